-- Each request takes the next of the sessions and the next of the pages. The files are written by
-- load.py: one cookie a line, one path a line.
local cookies, paths = {}, {}

function setup(thread)
    thread:set("folder", os.getenv("SEEDLOT_LOAD"))
end

function init(args)
    for line in io.lines(folder .. "/cookies") do cookies[#cookies + 1] = line end
    for line in io.lines(folder .. "/paths") do paths[#paths + 1] = line end
    count = math.random(1, #cookies)
end

function request()
    count = count + 1
    local headers = { ["Accept-Encoding"] = "gzip" }
    if #cookies > 0 then headers["Cookie"] = cookies[count % #cookies + 1] end
    return wrk.format("GET", paths[count % #paths + 1], headers)
end

function done(summary, latency, requests)
    local errors = summary.errors
    io.write(string.format(
        "RESULT %d %.1f %.2f %.2f %.2f %d %d\n", summary.requests,
        summary.requests / summary.duration * 1e6, latency:percentile(50) / 1000,
        latency:percentile(99) / 1000, latency.max / 1000,
        errors.connect + errors.read + errors.write + errors.timeout, errors.status))
end
