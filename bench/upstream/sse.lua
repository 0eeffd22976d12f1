-- One stream of chat completion chunks: COUNT events of content, one of usage, [DONE]; each is its own write.
local count, pace = tonumber(ngx.var.count), tonumber(ngx.var.pace) / 1000
local head = 'data: {"id":"chatcmpl-B9MHDbslfkBeAs8l4bebGdFOJ6PeG","object":"chat.completion.chunk",'
    .. '"created":1741570283,"model":"bench-2025-04-14","service_tier":"default","system_fingerprint":"fp_44709d6fcb",'
local content = head .. '"choices":[{"index":0,"delta":{"content":" word"},"logprobs":null,"finish_reason":null}],"usage":null}\n\n'
local usage = head .. '"choices":[],"usage":{"prompt_tokens":219,"completion_tokens":' .. count
    .. ',"total_tokens":' .. (219 + count) .. '}}\n\n'
ngx.req.read_body()
for _ = 1, count do
    ngx.print(content)
    if not ngx.flush(true) then
        return
    end
    if pace > 0 then
        ngx.sleep(pace)
    end
end
ngx.print(usage, "data: [DONE]\n\n")
