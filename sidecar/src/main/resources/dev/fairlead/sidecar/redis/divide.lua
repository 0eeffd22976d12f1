-- Divides the limits of one pool among the processes that use it, passes on what rests and where resources are.
-- One call is one report of one process and its answer. Limits are divided by the rules of the operator's books (package allot);
-- what a process says must rest is believed.
--
-- KEYS: 1 the pool's standing, 2 what rests, 3 the log of pins, then one hash a limit: process -> what is known of it.
-- ARGV: process, number of the report, 1 when it ends, how far it has read the log of pins, tenant, weight of the tenant,
--       count of limits, for each: limit, window ms, share, used, wanted, what one call more takes, mark (another one: it has
--       forgotten what it used), number of the last report of it that was answered (0: none);
--       count of rests, for each: name, ms, cause; count of pins, for each: resource, account.
-- Answer: shares (-1: a later report came first), rests {name, ms, cause, ...}, pins {how far, resource, account, ...}.

local BIRTH_MS = 3000    -- nobody gets more than it has until all have said what they have: this store may have lost its memory
local GAP_MS = 5000      -- nobody came for so long: the store was away and its memory may be old, or everybody was away
local SILENT_MS = 15000  -- whoever is silent for longer keeps what it holds, but nothing is planned with it
local COMES_MS = 3000    -- whoever wants something comes more often; nothing is kept for one who has been silent for longer
local TURN_MS = 1000     -- so long whoever has its turn keeps it, so that short calls are not all spent on passing it on
local MANY = 20          -- among those who have room for so many calls in whole numbers nobody takes turns at the little that is left
local LEAVE_MS = 30000   -- beyond the window: then what it holds is given to others
local CALLS_END_MS = 10000
local DAY_LIKE_MS = 3600000
local RESTS = 2000
local LOG = 4096
local LOG_PART = 512

local me, number, ends = ARGV[1], tonumber(ARGV[2]), ARGV[3] == '1'
local my_tenant, my_weight = ARGV[5], math.max(1, math.min(1000, tonumber(ARGV[6]) or 1))

-- A steady clock: when the server's is set back, ours goes on from where it was.
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
local known = redis.call('HMGET', KEYS[1], 'at', 'offset', 'born', 'back', 'pins')
local at, offset = tonumber(known[1]), tonumber(known[2] or '0')
now = now + offset
if at and now < at then
  offset = offset + at - now
  now = at
end
-- Since when all that is held may be known here. A script of before sets only the second where there was a gap.
local born = math.max(tonumber(known[3] or now), tonumber(known[4] or known[3] or now))
if at and now - at > GAP_MS then born = now end
local pins = tonumber(known[5]) or 0

local function whole(n) return string.format('%.0f', n) end

local function read(key)
  local all, raw = {}, redis.call('HGETALL', key)
  for i = 1, #raw, 2 do
    local m = { id = raw[i] }
    m.held, m.used, m.wanted, m.grown, m.since, m.heard, m.number, m.gone, m.mark, m.weight, m.tenant =
      string.match(raw[i + 1], '^(%d+) (%d+) (%d+) (%d+) (%d+) (%d+) (%d+) (%d) (%-?%d+) (%d+) (.*)$')
    if m.held then
      for _, f in ipairs({ 'held', 'used', 'wanted', 'grown', 'since', 'heard', 'number', 'weight' }) do
        m[f] = tonumber(m[f])
      end
      m.gone = m.gone == '1'
      -- Behind the tenant's name, where a script of before turns were taken reads it as part of that; its own records have none.
      local tenant, has, had, turn, tenant_had, tenant_turn, call =
        string.match(m.tenant, '^(.-)\31(%d+) (%d+) (%d+) (%d+) (%d+) (%d+)$')
      m.tenant = tenant or m.tenant
      m.has, m.had, m.turn = tonumber(has or m.held), tonumber(had or m.heard), tonumber(turn or 0)
      m.tenant_had, m.tenant_turn = tonumber(tenant_had or m.heard), tonumber(tenant_turn or 0)
      m.call = tonumber(call or math.min(1, m.wanted))
      all[#all + 1] = m
    end
  end
  return all
end

local function forgotten(m, window)
  if m.gone then return now - m.heard > math.max(window, CALLS_END_MS) end
  -- After a gap, those who are still there come back before anything of theirs is given away.
  return now - born >= BIRTH_MS and now - m.heard > window + LEAVE_MS
end

-- Weighted max-min in whole numbers: who wants less than its part has it whole, the others share what that leaves.
local function fill(capacity, all)
  table.sort(all, function(a, b)
    local x, y = a.want / a.counts, b.want / b.counts
    if x ~= y then return x < y end
    return a.id < b.id
  end)
  local rest, level, weight, filled = capacity, capacity, 0, true
  for _, one in ipairs(all) do weight = weight + one.counts end
  for _, one in ipairs(all) do
    filled = filled and one.want * weight <= level * one.counts
    one.whole = math.min(rest, filled and one.want or math.min(one.want, math.floor(level * one.counts / weight)))
    rest = rest - one.whole
    if filled then level, weight = rest, weight - one.counts end
    one.short = one.whole < one.next
    one.unit = math.max(1, one.next - one.used)
    one.has_more = math.floor(one.has / one.unit) > math.floor(one.whole / one.unit)
    -- What of a part is less than one call is of no use to whose it is: it goes round.
    one.part = one.short and math.floor(math.min(one.whole, one.used) / one.unit) * one.unit or one.whole
  end
end

-- Who has more than its whole part has its turn. It keeps it for a moment; then whoever has been without for longest is first.
local function judge(one, at)
  if one.whole >= MANY * one.unit then
    one.turn, one.had = 0, now
  elseif one.has_more then
    if one.turn == 0 then one.turn = at end
    one.had = at
  else
    one.turn = 0
  end
  one.rank = one.turn == 0 and one.had or (now - one.turn < TURN_MS and -1 or now + now - one.turn)
end

local function goes_before(a, b)
  if a.rank ~= b.rank then return a.rank < b.rank end
  return a.id < b.id
end

-- What whole parts leave: those take turns at it whose part is too small for one call more. Returns what nobody wants.
local function go_round(capacity, all)
  local rest, waiting = capacity, {}
  for _, one in ipairs(all) do
    rest = rest - one.part
    if one.part < one.want then waiting[#waiting + 1] = one end
  end
  if rest <= 0 or #waiting == 0 then return rest end
  table.sort(waiting, goes_before)
  local function raise(one, to)
    local more = math.max(0, math.min(rest, to - one.part))
    one.part = one.part + more
    rest = rest - more
  end
  -- Less than a call is of no use, and one that is too large for what goes round keeps it from nobody.
  local function raise_whole(one, to) if to - one.part <= rest then raise(one, to) end end
  for _, one in ipairs(waiting) do raise_whole(one, one.has_more and math.min(one.has, one.want) or one.next) end
  for _, one in ipairs(waiting) do raise_whole(one, one.next) end
  for _, one in ipairs(waiting) do raise(one, one.want) end
  return rest
end

-- A tenant's weight is what the latest of its processes has said, and its turn what that was told.
local function by_tenant(present)
  local tenants, named = {}, {}
  for _, m in ipairs(present) do
    local tenant = named[m.tenant]
    if not tenant then
      tenant = { id = m.tenant, want = 0, used = 0, has = 0, call = 0, heard = -1, said = -2, members = {} }
      named[m.tenant] = tenant
      tenants[#tenants + 1] = tenant
    end
    if m.heard > tenant.heard or (m.heard == tenant.heard and m.weight > tenant.counts) then
      tenant.heard, tenant.counts = m.heard, m.weight
    end
    local said = m.said or m.heard
    if said > tenant.said then tenant.said, tenant.had, tenant.turn = said, m.tenant_had, m.tenant_turn end
    tenant.want, tenant.used, tenant.has = tenant.want + m.want, tenant.used + m.used, tenant.has + m.has
    tenant.call = math.max(tenant.call, m.next - m.used)
    tenant.members[#tenant.members + 1] = m
  end
  for _, tenant in ipairs(tenants) do tenant.next = tenant.used + tenant.call end
  return tenants, named
end

-- How much is still to come to those who take no turns, or only with their tenant's others, and to those whose turn it is before this
-- one's: what has become free is theirs.
local function owed_before(mine, its, tenants)
  if not its.short and not mine.short then return 0 end
  local owed = 0
  for _, tenant in ipairs(tenants) do
    local before = tenant ~= its and its.short and (not tenant.short or goes_before(tenant, its))
    for _, m in ipairs(tenant.members) do
      local first = before or not (tenant.short or m.short) or (tenant == its and m.short and mine.short and goes_before(m, mine))
      if m ~= mine and first and now - m.heard <= COMES_MS then owed = owed + math.max(0, m.part - m.held) end
    end
  end
  return owed
end

-- What a process should have: use, wishes and a little more (who asks now and then need not wait for it) by weighted max-min, first
-- among tenants, then among each one's processes; of what nobody asks for three quarters go to all evenly. And what is owed to others
-- before anything more is given to it.
local function target(mine, others, limit, window)
  local present, capacity = { mine }, limit
  for _, m in ipairs(others) do
    if m.gone or now - m.heard > SILENT_MS then capacity = capacity - m.held else present[#present + 1] = m end
  end
  capacity = math.max(0, capacity)
  local n = #present
  local idle = math.floor(limit / (40 * n))
  for _, m in ipairs(present) do
    m.want, m.next = idle + m.used + m.wanted, m.used + m.call
    m.counts = 1
  end
  local tenants, named = by_tenant(present)
  fill(capacity, tenants)
  for _, tenant in ipairs(tenants) do
    judge(tenant, now)
    fill(tenant.whole, tenant.members)
    for _, m in ipairs(tenant.members) do judge(m, m.heard) end
  end
  local its = named[mine.tenant]
  mine.tenant_had, mine.tenant_turn = its.had, its.turn
  local rest = go_round(capacity, tenants)
  for _, tenant in ipairs(tenants) do
    if tenant.part ~= tenant.whole then fill(tenant.part, tenant.members) end
    rest = rest + go_round(tenant.part, tenant.members)
  end
  local owed = owed_before(mine, its, tenants)
  if rest > 0 then
    local each, more = math.ceil(rest * 3 / 4 / n), math.max(1, math.floor(rest * 3 / 4))
    for _, m in ipairs(present) do
      local most = each
      -- Of a limit that comes back after a day nobody gets much ahead: it would be lost with the process.
      if window >= DAY_LIKE_MS then most = math.min(each, math.max(1, math.floor(limit / 500), 8 * m.grown)) end
      most = math.min(most, more)
      more = more - most
      m.part = m.part + most
    end
  end
  return mine.part, owed, its.short or mine.short
end

-- How far down a process goes at once that has more than its part: what it has used counts on at the provider.
local function sliding_down(m, share, window)
  local base = math.min(share, m.used)
  local over = 2 * math.max(10000, math.min(window, 60000))
  return math.max(0, base - math.max(1, math.floor(base * math.min(m.since, 5000) / over)))
end

local function write(key, m)
  redis.call('HSET', key, m.id, table.concat({ whole(m.held), whole(m.used), whole(m.wanted), whole(m.grown), whole(m.since),
    whole(m.heard), whole(m.number), m.gone and '1' or '0', m.mark, whole(m.weight),
    m.tenant .. '\31' .. whole(m.has), whole(m.had), whole(m.turn), whole(m.tenant_had), whole(m.tenant_turn), whole(m.call) }, ' '))
end

local function grant(key, all, limit, window, share, used, wanted, call, mark)
  local mine, others, held = nil, {}, 0
  for _, m in ipairs(all) do
    if m.id == me then
      mine = m
    elseif forgotten(m, window) then
      redis.call('HDEL', key, m.id)
    else
      others[#others + 1] = m
      held = held + m.held
    end
  end
  if mine and mine.number >= number then return -1 end
  if mine and mine.mark ~= mark then
    -- What it had used before it was without this limit for a while counts on at the provider, as if another process had gone.
    if not mine.gone then mine.heard, mine.gone, mine.wanted, mine.call = now, true, 0, 0 end
    mine.id = me .. '/' .. mine.mark
    write(key, mine)
    others[#others + 1] = mine
    held = held + mine.held
    mine = nil
  end
  local before = mine and mine.held or 0
  used = math.min(used, 2 * limit)
  local this = { id = me, used = used, wanted = math.min(wanted, 2 * limit), heard = now, gone = false, grown = 0, since = 0,
    number = number, mark = mark, tenant = my_tenant, weight = my_weight, has = math.max(math.min(share, limit), used),
    had = now, turn = 0, tenant_had = now, tenant_turn = 0, said = -1 }
  this.call = math.min(call, this.wanted, limit)
  if mine then
    this.had, this.turn, this.tenant_had, this.tenant_turn = mine.had, mine.turn, mine.tenant_had, mine.tenant_turn
    this.said = mine.heard
    this.grown = math.max(0, used - mine.used)
    this.since = now - mine.heard
  end
  local given
  if ends then
    -- What it has used counts on at the provider; nothing else is lost with it.
    given, this.held, this.gone, this.wanted, this.call = used, used, true, 0, 0
  else
    local room = math.max(0, limit - held)
    local claimed = this.has
    local has = claimed <= before and claimed or math.max(before, math.min(claimed, room))
    if now - born >= BIRTH_MS then
      local its, owed, takes_turns = target(this, others, limit, window)
      local wish = math.max(its, sliding_down(this, math.min(has, share), window))
      given = math.min(wish, math.max(room - owed, has))
      -- Of those who take turns nobody keeps a piece of a call, or all would have one and none a whole.
      if takes_turns and given > used then
        local call = math.max(1, this.call)
        given = used + math.floor((given - used) / call) * call
      end
    else
      given = math.min(has, share)
    end
    -- Until it says that it has less, it may be using what it had.
    this.held = math.max(given, has)
  end
  write(key, this)
  redis.call('PEXPIRE', key, whole(2 * window + 3600000))
  return given
end

local i = 7
local function take()
  i = i + 1
  return ARGV[i - 1]
end
local function take_number() return math.max(0, tonumber(take()) or 0) end

-- A store that does not know what it has answered has an older memory than that, as a replica that was behind its master: what others
-- have been given since then is not known here either.
local function is_behind(all, answered)
  for _, m in ipairs(all) do
    if m.id == me then return m.number < answered end
  end
  return answered > 0
end

local asked = {}
for k = 1, take_number() do
  asked[k] = { read(KEYS[3 + k]), take_number(), take_number(), take_number(), take_number(), take_number(), take_number(), take() }
  if is_behind(asked[k][1], take_number()) then born = now end
end
local shares = {}
for k, one in ipairs(asked) do shares[k] = grant(KEYS[3 + k], unpack(one)) end

-- What rests, by its latest end. A little later than known is the way that the word took, and no news.
local function news(ms, known_ms) return ms > known_ms + math.max(250, known_ms / 50) end
local rests, count, raw = {}, 0, redis.call('HGETALL', KEYS[2])
for k = 1, #raw, 2 do
  local ends_at, cause = string.match(raw[k + 1], '^(%d+) (.*)$')
  if ends_at and tonumber(ends_at) > now then
    rests[raw[k]] = { ms = tonumber(ends_at) - now, cause = cause }
    count = count + 1
  else
    redis.call('HDEL', KEYS[2], raw[k])
  end
end
local said = {}
for _ = 1, take_number() do
  local name, ms, cause = take(), take_number(), take()
  said[name] = ms
  local rest = rests[name]
  if (rest and news(ms, rest.ms)) or (not rest and ms > 0 and count < RESTS) then
    if not rest then count = count + 1 end
    rests[name] = { ms = ms, cause = cause }
    redis.call('HSET', KEYS[2], name, whole(now + ms) .. ' ' .. cause)
    redis.call('PEXPIRE', KEYS[2], 172800000)
  end
end
local told = {}
for name, rest in pairs(rests) do
  if news(rest.ms, said[name] or 0) or not said[name] then
    told[#told + 1] = name
    told[#told + 1] = whole(math.max(1, rest.ms))
    told[#told + 1] = rest.cause
  end
end

for _ = 1, take_number() do
  pins = pins + 1
  redis.call('RPUSH', KEYS[3], take() .. ' ' .. take())
  redis.call('LTRIM', KEYS[3], -LOG, -1)
  redis.call('PEXPIRE', KEYS[3], 172800000)
end
local seen = tonumber(ARGV[4])
local first = pins - redis.call('LLEN', KEYS[3])
if seen > pins or seen < first then seen = first end
local found = { whole(seen) }
if seen < pins and not ends then
  local part = redis.call('LRANGE', KEYS[3], seen - first, seen - first + LOG_PART - 1)
  found[1] = whole(seen + #part)
  for _, line in ipairs(part) do
    local resource, account = string.match(line, '^(%S+) (.*)$')
    found[#found + 1] = resource
    found[#found + 1] = account
  end
end

redis.call('HSET', KEYS[1], 'at', whole(now), 'offset', whole(offset), 'born', whole(born), 'back', whole(born),
  'pins', whole(pins))
redis.call('PEXPIRE', KEYS[1], 172800000)
return { shares, told, found }
