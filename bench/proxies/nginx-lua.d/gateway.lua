-- What a sidecar does for one chat completion, written for LuaJIT with care: one decode of the request, of the
-- answer only the usage object, counters in a shared dictionary, a buffered log.
local cjson = require 'cjson.safe'

local state = ngx.shared.state
local keys = {
    { name = 'key-1', secret = 'Bearer bench-key-1' },
    { name = 'key-2', secret = 'Bearer bench-key-2' },
    { name = 'key-3', secret = 'Bearer bench-key-3' },
}
local routes = {
    ['bench'] = true,
    ['bench-stream'] = true,
    ['bench-burst'] = true,
    ['bench-many'] = true,
}
local requests_per_minute, tokens_per_minute = 1000000000, 1000000000000
local log

local gateway = {}

local function refuse(status, code, message)
    ngx.status = status
    ngx.header['content-type'] = 'application/json'
    ngx.print(cjson.encode { error = { message = message, type = 'invalid_request_error', code = code } })
    return ngx.exit(status)
end

local function key_for_next_call(now)
    local turn = state:incr('turn', 1, 0)
    for i = 0, #keys - 1 do
        local index = (turn + i) % #keys + 1
        local resting = state:get('resting:' .. index)
        if not resting or resting <= now then
            return index
        end
    end
end

function gateway.admit()
    local now = ngx.now()
    ngx.req.read_body()
    local body = ngx.req.get_body_data()
    local call = body and cjson.decode(body)
    if type(call) ~= 'table' or type(call.model) ~= 'string' then
        return refuse(400, 'invalid_request', 'the body is no JSON object with a string "model"')
    end
    if not routes[call.model] then
        return refuse(404, 'model_not_found', 'no route offers the model ' .. call.model)
    end
    local minute = math.floor(now / 60)
    if state:incr('requests:' .. minute, 1, 0, 120) > requests_per_minute then
        return refuse(429, 'limit_exceeded', 'requests per minute')
    end
    local reserved = math.ceil(#body / 4) + (call.max_completion_tokens or call.max_tokens or 256)
    local spending = 'tokens:' .. minute
    if state:incr(spending, reserved, 0, 120) > tokens_per_minute then
        return refuse(429, 'limit_exceeded', 'tokens per minute')
    end
    local index = key_for_next_call(now)
    if not index then
        return refuse(429, 'keys_exhausted', 'every key is resting')
    end
    ngx.req.set_header('authorization', keys[index].secret)
    local ctx = ngx.ctx
    ctx.model, ctx.stream = call.model, call.stream == true
    ctx.key, ctx.spending, ctx.reserved = index, spending, reserved
end

function gateway.head()
    local ctx = ngx.ctx
    if not ctx.key then
        return
    end
    if ngx.status == 429 then
        state:set('resting:' .. ctx.key, ngx.now() + (tonumber(ngx.header['retry-after']) or 30))
    end
    ngx.header['x-gateway-route'] = 'bench'
    ngx.header['x-gateway-attempts'] = 'primary=' .. ngx.status
end

function gateway.relay()
    local ctx = ngx.ctx
    if not ctx.key then
        return
    end
    local chunk = ngx.arg[1]
    if ctx.stream then
        if chunk:find('"total_tokens":', 1, true) then
            local answer = cjson.decode(chunk:match('data: ({[^\n]*"total_tokens":[^\n]*})'))
            ctx.usage = answer and answer.usage
        end
    elseif ngx.arg[2] then
        -- In a string of the answer the quotes would be escaped, so this is the field and nothing else.
        local body = ctx.body and ctx.body .. chunk or chunk
        local object = body:match('"usage":%s*(%b{})')
        ctx.usage, ctx.body = object and cjson.decode(object), nil
    else
        ctx.body = (ctx.body or '') .. chunk
    end
end

function gateway.settle()
    local ctx = ngx.ctx
    if not ctx.key then
        return
    end
    local usage = ctx.usage or {}
    local used = usage.total_tokens or ctx.reserved
    state:incr(ctx.spending, used - ctx.reserved, 0, 120)
    state:incr('calls_total', 1, 0)
    state:incr('tokens_total', used, 0)
    local took = math.floor((ngx.now() - ngx.req.start_time()) * 1000 + 0.5)
    state:incr('milliseconds_total', took, 0)
    if not log then
        log = assert(io.open(os.getenv('RECORDS'), 'a'))
        log:setvbuf('full', 65536)
    end
    log:write(cjson.encode {
        time = ngx.now(),
        id = ngx.var.connection .. '-' .. ngx.var.connection_requests,
        route = 'bench',
        model = ctx.model,
        stream = ctx.stream,
        key = keys[ctx.key].name,
        status = ngx.status,
        outcome = ngx.status < 400 and 'ok' or 'failed',
        durationMs = took,
        usage = { inputTokens = usage.prompt_tokens, outputTokens = usage.completion_tokens },
    }, '\n')
end

return gateway
