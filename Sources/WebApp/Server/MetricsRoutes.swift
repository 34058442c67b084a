import Facility
import Hummingbird
import Ledger
import Operations

/// `/metrics`: how the server fares, for a monitoring system (Prometheus text format 0.0.4).
///
/// Numbers only; nothing in them tells what the site makes or for whom.
struct MetricsRoutes {
    let site: Site
    let sessions: SessionStore
    let stream: EventStream
    let meter: RequestMeter

    func add(to router: Router<VisitorContext>) {
        router.get("metrics") { _, _ in
            Response.bytes(Array(text.utf8), type: "text/plain; version=0.0.4; charset=utf-8")
        }
    }

    private var text: String {
        let counts = meter.counts
        var lines: [String] = []
        func add(_ name: String, _ type: String, _ help: String, _ samples: [(String, String)]) {
            lines.append("# HELP \(name) \(help)")
            lines.append("# TYPE \(name) \(type)")
            lines += samples.map { "\(name)\($0.0) \($0.1)" }
        }
        add(
            "seedlot_ledger_entries", "gauge", "Durable entries of the ledger.",
            [("", "\(site.state.entryCount)")])
        if let backup = site.folder.lastBackup {
            add(
                "seedlot_backup_timestamp_seconds", "gauge",
                "When the newest known copy of the site was made, in seconds since 1970.",
                [("", "\(backup.made.milliseconds / 1000)")])
            add(
                "seedlot_backup_entries", "gauge", "Entries of the ledger in that copy.",
                [("", "\(backup.head.size)")])
        }
        add(
            "seedlot_web_sessions", "gauge", "Sessions kept in memory.", [("", "\(sessions.count)")]
        )
        add(
            "seedlot_web_live_streams", "gauge", "Pages that follow the ledger.",
            [("", "\(stream.openCount)")])
        add(
            "seedlot_web_responses_total", "counter", "Answers by class of status.",
            counts.byStatus.sorted { $0.key < $1.key }
                .map { ("{class=\"\($0.key)xx\"}", "\($0.value)") })
        var within = 0
        var buckets: [(String, String)] = []
        for (bound, count) in zip(RequestMeter.bounds, counts.byDuration) {
            within += count
            buckets.append(("_bucket{le=\"\(bound)\"}", "\(within)"))
        }
        let all = counts.byDuration.reduce(0, +)
        buckets.append(("_bucket{le=\"+Inf\"}", "\(all)"))
        buckets.append(("_sum", "\(counts.seconds)"))
        buckets.append(("_count", "\(all)"))
        add(
            "seedlot_web_response_seconds", "histogram", "Seconds an answer took to make.", buckets)
        return lines.joined(separator: "\n") + "\n"
    }
}
