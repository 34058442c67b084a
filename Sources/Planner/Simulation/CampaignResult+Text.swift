extension CampaignResult {
    /// The result for a person: each number as its median and the range of nine runs in ten.
    public var text: String {
        var lines = ["\(campaign)", run, ""]
        guard replications > 0 else { return lines.joined(separator: "\n") + "\n" }
        lines.append(Self.row("", "median", "9 of 10 runs", "mean"))
        lines += supplyLines + timeLines + costLines + lossLines + resourceLines + bankLines
        return lines.joined(separator: "\n") + "\n"
    }

    private var run: String {
        let done = "\(Self.grouped(Double(replications))) replications, seed \(seed)"
        return isPartial
            ? "PARTIAL: \(done), of \(Self.grouped(Double(replicationsAsked))) asked for" : done
    }

    private var supplyLines: [String] {
        var lines = [
            Self.row("batches started", batchesStarted),
            Self.row("batches released", batchesReleased),
            Self.row("vials released", vials),
        ]
        guard let supply else { return lines + [Self.row("doses released", doses)] }
        lines += [
            Self.row("patients who came", supply.patients),
            Self.row("served in time, %", supply.serviceLevel, times: 100, digits: 1),
            Self.row("served at once, %", supply.servedAtOnce, times: 100, digits: 1),
            Self.row("wait of a patient, d", supply.waitingPerPatient, times: 1 / 24.0, digits: 1),
            Self.row("\(supply.unit) used", supply.used),
            Self.row("\(supply.unit) expired", supply.expired),
            Self.row("\(supply.unit) left", supply.inStock),
        ]
        if supply.batchesLeftOut.mean > 0 {
            lines.append(Self.row("batches not needed", supply.batchesLeftOut))
        }
        return lines
    }

    private var timeLines: [String] {
        [
            "",
            Self.row("start to release, d", timePerBatch, times: 1 / 24.0, digits: 1),
            Self.row("of it waiting, d", waitingPerBatch, times: 1 / 24.0, digits: 2),
            Self.row("last release, day", makespan, times: 1 / 24.0),
        ]
    }

    private var costLines: [String] {
        var lines = ["", Self.row("cost of the year, \(currency)", cost)]
        if costPerDose.count > 0 {
            lines.append(Self.row("per dose released, \(currency)", costPerDose))
        }
        if let supply {
            lines.append(
                Self.row("per \(supply.unit.dropLast()) used, \(currency)", supply.costPerUnitUsed))
            lines.append(Self.row("per patient served, \(currency)", supply.costPerPatient))
        }
        return lines
    }

    private var lossLines: [String] {
        guard !losses.isEmpty else { return ["", "no batch was lost"] }
        return ["", "lost batches"]
            + losses.map {
                "  \(Self.padded($0.cause, 28)) \(Self.number($0.batches.mean, 2)) a year, "
                    + "\(Self.number(100 * $0.share, 1)) % of those started"
            }
    }

    private var resourceLines: [String] {
        let width = max(resources.map { "\($0.units) \($0.name)".count }.max() ?? 0, 24) + 4
        let head = Self.padded("what batches share", width)
        var lines = ["", head + "   use  in working hours   wait of a batch"]
        for resource in resources {
            let name = Self.padded("  \(resource.units) \(resource.name)", width)
            let use = Self.right("\(Self.number(100 * resource.use.mean, 1)) %", 6)
            let shift = Self.right("\(Self.number(100 * resource.useInShift.mean, 1)) %", 18)
            let wait = Self.right("\(Self.number(resource.waitingPerBatch.mean, 2)) h", 17)
            let why = resource.waitingPerBatch.mean > 0 ? "longest wait" : "most used"
            let mark = resource.id == bottleneck ? "   <- bottleneck (\(why))" : ""
            lines.append("\(name)\(use)\(shift)\(wait)\(mark)")
        }
        return lines
    }

    private var bankLines: [String] {
        guard let bank else { return [] }
        var lines = [
            "", Self.row("bank vials used", bank.vials), Self.row("banks begun", bank.banks),
        ]
        if bank.runsOut > 0 {
            lines.append(
                "the bank runs out in \(Self.number(100 * bank.runsOut, 1)) % of runs, in the "
                    + "median on day \(Self.grouped(bank.runsOutAt.p50 / 24))")
        }
        return lines
    }

    // MARK: Layout

    private static func row(
        _ name: String, _ outcome: Outcome, times factor: Double = 1, digits: Int = 0
    ) -> String {
        func shown(_ value: Double) -> String { number(value * factor, digits) }
        return row(
            name, shown(outcome.p50), "\(shown(outcome.p5)) to \(shown(outcome.p95))",
            shown(outcome.mean))
    }

    private static func row(
        _ name: String, _ median: String, _ range: String, _ mean: String
    ) -> String {
        padded(name, 29) + right(median, 12) + right(range, 26) + right(mean, 12)
    }

    private static func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(width - text.count, 1))
    }

    private static func right(_ text: String, _ width: Int) -> String {
        String(repeating: " ", count: max(width - text.count, 0)) + text
    }

    /// A number with `digits` after the point and its thousands apart.
    static func number(_ value: Double, _ digits: Int) -> String {
        var power = 1.0
        for _ in 0..<digits { power *= 10 }
        let scaled = (abs(value) * power).rounded()
        guard scaled.isFinite, scaled < 1e15 else { return "\(value)" }
        let whole = (scaled / power).rounded(.down)
        let sign = value < 0 && scaled > 0 ? "-" : ""
        guard digits > 0 else { return sign + grouped(whole) }
        let rest = String(Int(scaled - whole * power))
        let zeros = String(repeating: "0", count: max(digits - rest.count, 0))
        return sign + grouped(whole) + "." + zeros + rest
    }

    private static func grouped(_ value: Double) -> String {
        let text = String(Int(min(value.rounded(), 1e15)))
        var parts: [Substring] = []
        var end = text.endIndex
        while end > text.startIndex {
            let start =
                text.index(end, offsetBy: -3, limitedBy: text.startIndex) ?? text.startIndex
            parts.insert(text[start..<end], at: 0)
            end = start
        }
        return parts.joined(separator: ",")
    }
}
