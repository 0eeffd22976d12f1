-- wrk script: one fixed call (arguments: file of the body), totals as one JSON line at the end.
wrk.method = 'POST'
wrk.headers['Content-Type'] = 'application/json'
wrk.headers['Accept'] = 'application/json'
wrk.headers['Authorization'] = 'Bearer fairlead'
wrk.headers['User-Agent'] = 'bench'

function init(args)
    local file = assert(io.open(args[1]))
    wrk.body = file:read('*a')
    file:close()
end

function done(summary, latency)
    local e = summary.errors
    print(string.format('{"requests":%d,"seconds":%.6f,"errors":%d,"p50Us":%d,"p99Us":%d}', summary.requests,
        summary.duration / 1e6, e.connect + e.read + e.write + e.status + e.timeout, latency:percentile(50),
        latency:percentile(99)))
end
