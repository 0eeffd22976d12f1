-- Divides the limits of one pool among the processes that use it, passes on what rests and where resources are.
-- One call is one report of one process and its answer. Limits are divided by the rules of the operator's books (package allot);
-- what a process says must rest is believed.
--
-- KEYS: 1 the pool's standing, 2 what rests, 3 the log of pins, then one hash a limit: process -> what is known of it.
-- ARGV: process, number of the report, 1 when it ends, how far it has read the log of pins, tenant, weight of the tenant,
--       count of limits, for each: limit, window ms, share, used, wanted, mark (another one: it has forgotten what it used);
--       count of rests, for each: name, ms, cause; count of pins, for each: resource, account.
-- Answer: shares (-1: a later report came first), rests {name, ms, cause, ...}, pins {how far, resource, account, ...}.

local BIRTH_MS = 3000    -- nobody gets more than it has until all have said what they have: this store may have lost its memory
local GAP_MS = 5000      -- nobody came for so long: the store was away, or everybody was
local SILENT_MS = 15000  -- whoever is silent for longer keeps what it holds, but nothing is planned with it
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
local born = tonumber(known[3]) or now
local back = tonumber(known[4]) or now
if at and now - at > GAP_MS then back = now end
local pins = tonumber(known[5]) or 0
local may_give = now - born >= BIRTH_MS
-- After a gap, those who are still there come back before anything of theirs is given away.
local may_forget = now - back >= BIRTH_MS

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
      all[#all + 1] = m
    end
  end
  return all
end

local function forgotten(m, window)
  if m.gone then return now - m.heard > math.max(window, CALLS_END_MS) end
  return may_forget and now - m.heard > window + LEAVE_MS
end

-- Weighted max-min: who wants less than its part has it whole, the others share what that leaves.
local function fill(capacity, all)
  table.sort(all, function(a, b)
    local x, y = a.want / a.counts, b.want / b.counts
    if x ~= y then return x < y end
    return a.id < b.id
  end)
  local rest, weight = capacity, 0
  for _, one in ipairs(all) do weight = weight + one.counts end
  for _, one in ipairs(all) do
    local fair = weight == one.counts and rest or math.min(rest, math.floor(rest * one.counts / weight))
    one.part = math.min(one.want, fair)
    rest = rest - one.part
    weight = weight - one.counts
  end
  return rest
end

-- A tenant's weight is what the latest of its processes has said.
local function by_tenant(present)
  local tenants, named = {}, {}
  for _, m in ipairs(present) do
    local tenant = named[m.tenant]
    if not tenant then
      tenant = { id = m.tenant, want = 0, heard = -1, members = {} }
      named[m.tenant] = tenant
      tenants[#tenants + 1] = tenant
    end
    if m.heard > tenant.heard or (m.heard == tenant.heard and m.weight > tenant.counts) then
      tenant.heard, tenant.counts = m.heard, m.weight
    end
    tenant.want = tenant.want + m.want
    tenant.members[#tenant.members + 1] = m
  end
  return tenants
end

-- What a process should have: use, wishes and a little more (who asks now and then need not wait for it) by weighted max-min, first
-- among tenants, then among each one's processes; of what nobody asks for three quarters go to all evenly.
local function target(mine, others, limit, window)
  local present, capacity = { mine }, limit
  for _, m in ipairs(others) do
    if m.gone or now - m.heard > SILENT_MS then capacity = capacity - m.held else present[#present + 1] = m end
  end
  capacity = math.max(0, capacity)
  local n = #present
  local idle = math.floor(limit / (40 * n))
  for _, m in ipairs(present) do
    m.want = idle + m.used + m.wanted
    m.counts = 1
  end
  local tenants = by_tenant(present)
  fill(capacity, tenants)
  local rest = capacity
  for _, tenant in ipairs(tenants) do rest = rest - tenant.part + fill(tenant.part, tenant.members) end
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
  return mine.part
end

-- How far down a process goes at once that has more than its part: what it has used counts on at the provider.
local function sliding_down(m, share, window)
  local base = math.min(share, m.used)
  local over = 2 * math.max(10000, math.min(window, 60000))
  return math.max(0, base - math.max(1, math.floor(base * math.min(m.since, 5000) / over)))
end

local function write(key, m)
  redis.call('HSET', key, m.id, table.concat({ whole(m.held), whole(m.used), whole(m.wanted), whole(m.grown), whole(m.since),
    whole(m.heard), whole(m.number), m.gone and '1' or '0', m.mark, whole(m.weight), m.tenant }, ' '))
end

local function grant(key, limit, window, share, used, wanted, mark)
  local mine, others, held = nil, {}, 0
  for _, m in ipairs(read(key)) do
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
    if not mine.gone then mine.heard, mine.gone, mine.wanted = now, true, 0 end
    mine.id = me .. '/' .. mine.mark
    write(key, mine)
    others[#others + 1] = mine
    held = held + mine.held
    mine = nil
  end
  local before = mine and mine.held or 0
  used = math.min(used, 2 * limit)
  local this = { id = me, used = used, wanted = math.min(wanted, 2 * limit), heard = now, gone = false, grown = 0, since = 0,
    number = number, mark = mark, tenant = my_tenant, weight = my_weight }
  if mine then
    this.grown = math.max(0, used - mine.used)
    this.since = now - mine.heard
  end
  local given
  if ends then
    -- What it has used counts on at the provider; nothing else is lost with it.
    given, this.held, this.gone, this.wanted = used, used, true, 0
  else
    local room = math.max(0, limit - held)
    local claimed = math.max(math.min(share, limit), used)
    local has = claimed <= before and claimed or math.max(before, math.min(claimed, room))
    if may_give then
      local wish = math.max(target(this, others, limit, window), sliding_down(this, math.min(has, share), window))
      given = math.min(wish, math.max(room, has))
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

local shares = {}
for k = 1, take_number() do
  local limit, window, share, used, wanted = take_number(), take_number(), take_number(), take_number(), take_number()
  shares[k] = grant(KEYS[3 + k], limit, window, share, used, wanted, take())
end

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

redis.call('HSET', KEYS[1], 'at', whole(now), 'offset', whole(offset), 'born', whole(born), 'back', whole(back),
  'pins', whole(pins))
redis.call('PEXPIRE', KEYS[1], 172800000)
return { shares, told, found }
