import Foundation

extension AnalysisReport {
    /// A primary standard named on the command line.
    public struct PrimaryStandard: Hashable, Sendable {
        /// Its name.
        public let name: String
        /// Its potency.
        public let potency: Double
        /// The unit, as IU/mg.
        public let unit: String

        /// A primary standard.
        public init(name: String, potency: Double, unit: String) {
            self.name = name
            self.potency = potency
            self.unit = unit
        }
    }

    /// The potencies of a chain of standards from a table of assays with the columns standard,
    /// against, potency (the ratio), lower, upper and df.
    /// - Parameters:
    ///   - needed: fewest assays of an assignment.
    ///   - margins: limits of a bridging ratio over the expected one, where two standards were
    ///     measured against the same one and against each other.
    public static func referenceStandards(
        _ table: MeasurementTable, primary: PrimaryStandard, needed: Int, margins: Interval?,
        confidence: Double, method: PotencyCombination.Method
    ) throws(AnalysisError) -> AnalysisReport {
        var report = AnalysisReport("reference standards")
        let standards = try table.texts("standard")
        let against = try table.texts("against")
        let potencies = try table.numbers("potency", "ratio")
        let lower = try table.numbers("lower")
        let upper = try table.numbers("upper")
        let freedoms = try table.numbers("df", "degrees-of-freedom")
        report.convention("primary standard", "\(primary.name), \(primary.potency) \(primary.unit)")
        report.convention("fewest assays", "\(needed)")
        report.convention("combination", method.rawValue)
        report.convention("uncertainty", "variances of the logarithms add along the chain")
        var assays: [String: [PotencyCombination.Assay]] = [:]
        var parents: [String: [String]] = [:]
        for index in standards.indices {
            let key = "\(standards[index])\u{1}\(against[index])"
            assays[key, default: []].append(
                try PotencyCombination.Assay(
                    estimate: potencies[index], interval: Interval(lower[index], upper[index]),
                    degreesOfFreedom: freedoms[index], confidence: confidence))
            if !(parents[standards[index]] ?? []).contains(against[index]) {
                parents[standards[index], default: []].append(against[index])
            }
        }
        var assigned = [
            primary.name: try AssignedPotency.primary(
                primary.name, potency: primary.potency, unit: primary.unit)
        ]
        let names = orderedNames(standards)
        // Each pass assigns the standards whose parent is known: the chain may come in any order.
        for _ in names {
            for name in names where assigned[name] == nil {
                guard let parent = parents[name]?.first, let known = assigned[parent] else {
                    continue
                }
                assigned[name] = try known.assigning(
                    name, assays: assays["\(name)\u{1}\(parent)"] ?? [], method: method,
                    needed: needed)
            }
        }
        var rows: [[Value]] = []
        for name in [primary.name] + names {
            guard let own = assigned[name] else {
                report.conclude(
                    Inconclusive(
                        .tooLittleData,
                        "no chain of assays leads from '\(name)' to '\(primary.name)'"),
                    about: "potency of '\(name)'")
                continue
            }
            let interval = own.standardError > 0 ? try own.interval(confidence: confidence) : nil
            rows.append([
                .text(name), .text(own.chain.map(\.standard).joined(separator: " → ")),
                Value(own.chain.last?.assays ?? 0), Value(own.potency), Value(interval?.lower),
                Value(interval?.upper), Value(own.standardError),
            ])
            report.result("potency of '\(name)' (\(own.unit))", own.potency, interval)
        }
        report.table(
            "assigned potencies",
            ["standard", "chain", "assays", "potency", "lower", "upper", "standard error of ln"],
            rows)
        for name in names {
            for other in (parents[name] ?? []).dropFirst() {
                try report.bridging(
                    name, other, assays["\(name)\u{1}\(other)"] ?? [], assigned, margins, method)
            }
        }
        if report.conclusions.isEmpty {
            report.conclude("\(rows.count - 1) standards are traced to '\(primary.name)'")
        }
        return report
    }

    private mutating func bridging(
        _ name: String, _ other: String, _ assays: [PotencyCombination.Assay],
        _ assigned: [String: AssignedPotency], _ margins: Interval?,
        _ method: PotencyCombination.Method
    ) throws(AnalysisError) {
        guard let new = assigned[name], let old = assigned[other] else { return }
        guard let margins else {
            remark("'\(name)' was bridged to '\(other)', but no margins were given to judge it by")
            return
        }
        convention(
            "margins of bridging", "\(margins.lower ?? 0) to \(margins.upper ?? .infinity)")
        let study = try StandardBridging(
            assays, expected: new.potency / old.potency, margins: margins, method: method)
        result("'\(name)' over '\(other)', found", study.ratio, study.interval)
        result("'\(name)' over '\(other)', as assigned", study.expected)
        result("found over assigned", study.shift, study.shiftInterval)
        switch study.outcome {
        case .equivalent: conclude("'\(name)' may replace '\(other)': the unit is kept")
        case .different:
            conclude(
                "'\(name)' does not keep the unit of '\(other)'", finding: "not-equivalent")
        case .undecided:
            conclude(
                Inconclusive(
                    .tooLittleData, "the interval of the bridging ratio crosses a margin"),
                about: "bridging of '\(name)' to '\(other)'")
        }
    }
}
