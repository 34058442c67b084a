/// Makes a report from a sample, its gates, its panel and its controls.
public struct PhenotypeReporter: Sendable {
    private let panel: MarkerPanel
    private let strategy: GatingStrategy
    private let controls: [String: FCSDataSet]

    /// - Parameter controls: control samples by the file name that the panel uses.
    /// - Throws: when the panel names a gate, scale or control that is not there.
    public init(
        panel: MarkerPanel, strategy: GatingStrategy, controls: [String: FCSDataSet] = [:]
    ) throws(PanelError) {
        self.panel = panel
        self.strategy = strategy
        self.controls = controls
        let known = Set(strategy.populationIDs)
        func check(_ gate: String?, _ what: String) throws(PanelError) {
            guard let gate, !known.contains(gate) else { return }
            throw PanelError(
                "\(what) names the gate '\(gate)', which the gates do not have; they have: "
                    + strategy.populationIDs.prefix(40).joined(separator: ", "))
        }
        try check(panel.population, "'population'")
        try check(panel.viability?.gate, "'viability'")
        try check(panel.viability?.among, "'viability'")
        for marker in panel.markers {
            try check(marker.gate, "marker '\(marker.marker)'")
            if let file = marker.control?.file, controls[file] == nil {
                throw PanelError(
                    "marker '\(marker.marker)' needs the control '\(file)', which was not given")
            }
        }
        if let scale = panel.scale, strategy.transforms[scale] == nil {
            throw PanelError(
                "'scale' names the transformation '\(scale)', which the gates do not have")
        }
    }

    /// The report of one sample. The same input gives the same report, on any machine and with
    /// any number of threads.
    public func report(
        _ dataSet: FCSDataSet, sample: PhenotypeReport.Source, gates: PhenotypeReport.Source,
        panelSource: PhenotypeReport.Source, controlSources: [PhenotypeReport.Source] = [],
        software: String, threads: Int = 1, progress: (@Sendable (Int) -> Void)? = nil
    ) throws(PhenotypeError) -> PhenotypeReport {
        if let expected = panel.gates, expected.sha256 != gates.sha256 {
            throw PhenotypeError(
                "panel version \(panel.version) belongs to gates version \(expected.version) with "
                    + "SHA-256 \(expected.sha256), '\(gates.name)' has \(gates.sha256): "
                    + "a changed gate is a new version with a reason")
        }
        do {
            let result = try GatingPlan(strategy, on: dataSet).run(
                threads: threads, progress: progress)
            var positives: [String: EventMask] = [:]
            var markers: [PhenotypeReport.MarkerResult] = []
            for marker in panel.markers {
                let (measured, mask) = try measure(marker, dataSet, result)
                markers.append(measured)
                positives[marker.marker] = mask
            }
            let joint = (panel.joint ?? []).map { measure($0, positives, result) }
            let run = RunQuality.inspect(
                dataSet, result: result, population: panel.population,
                viability: panel.viability.map { ($0.gate, $0.among) },
                limits: panel.run ?? RunLimits(), confidence: panel.confidence)
            let (verdict, reasons) = conclude(markers, joint, run)
            return PhenotypeReport(
                sample: sample, gates: gates, gatesVersion: panel.gates,
                panelSource: panelSource,
                controls: controlSources, software: software, panel: panel.name,
                panelVersion: panel.version, panelReason: panel.reason, tissue: panel.tissue,
                population: panel.population, confidence: panel.confidence,
                acquisition: acquisition(dataSet), compensation: compensation(dataSet),
                warnings: dataSet.warnings.map(\.description), populations: populations(result),
                markers: markers, joint: joint, tissueReadings: tissue(markers), run: run,
                panelFindings: PanelReview.review(panel), verdict: verdict, reasons: reasons)
        } catch let error as GatingError {
            throw PhenotypeError(error.description)
        } catch let error as ControlError {
            throw PhenotypeError(error.message)
        } catch {
            throw PhenotypeError("\(error)")
        }
    }

    // MARK: Markers

    private func dimension(_ channel: String, onScale: Bool) -> GateDimension {
        .channel(channel, compensation: .file, transform: onScale ? panel.scale : nil)
    }

    private func channel(_ marker: MarkerPanel.Marker) -> GateDimension? {
        if let channel = marker.channel { return dimension(channel, onScale: false) }
        guard let id = marker.gate, let gate = strategy.gates.first(where: { $0.id == id }),
            case .rectangle(let intervals) = gate.shape, intervals.count == 1
        else { return nil }
        return GateDimension(
            intervals[0].dimension.source, compensation: intervals[0].dimension.compensation)
    }

    private func measure(
        _ marker: MarkerPanel.Marker, _ dataSet: FCSDataSet, _ result: GatingResult
    ) throws -> (PhenotypeReport.MarkerResult, EventMask) {
        let parent = result.members(of: panel.population) ?? EventMask(eventCount: 0, words: [])
        let axis = channel(marker)
        let reader = ColumnReader(strategy, on: dataSet)
        let all = try axis.map { try reader.values(of: $0) }
        let values = all.map { column in parent.indices.map { column[$0] } }
        let mask: EventMask
        let rule: String
        var controlMedian: Double?
        if let control = marker.control, let axis, let all {
            let (threshold, median) = try self.threshold(control, axis, marker)
            controlMedian = median
            mask = EventMask(
                (0..<parent.eventCount).map { parent[$0] && all[$0] >= threshold.value })
            rule =
                "\(axis.name) at or above \(rounded(threshold.value)), the "
                + "\(rounded(control.percentile))th percentile of the \(control.kind.rawValue) "
                + "control '\(control.file)' (\(threshold.eventCount) events)"
        } else {
            let id = marker.gate ?? ""
            mask = parent.intersection(result.members(of: id) ?? parent)
            rule = "gate '\(id)'"
        }
        let share = ProportionInterval(
            count: mask.count, total: parent.count, confidence: panel.confidence)
        let sorted = values.map { $0.filter(\.isFinite).sorted() }
        let summary = sorted.map {
            ValueSummary(sorted: $0, nonFinite: (values?.count ?? 0) - $0.count)
        }
        let scaled = panel.scale.flatMap { strategy.transforms[$0] }
        let isLimited = marker.role != .informative
        return (
            PhenotypeReport.MarkerResult(
                marker: marker.marker, role: marker.role, share: share, limit: marker.limit,
                verdict: judge(share, isLimited ? marker.limit : nil),
                isBorderline: isLimited && isBorderline(share, marker.limit), rule: rule,
                channel: axis?.name, median: summary?.median, controlMedian: controlMedian,
                distribution: sorted.flatMap { distribution(of: $0, on: scaled) },
                robustCoefficientOfVariation: summary?.robustCoefficientOfVariation),
            mask
        )
    }

    /// More values than this say nothing more about a shape, and each costs a transformation.
    private static let valuesOfDistributionMax = 50_000

    /// The shape of ascending values on a scale, from equally spaced ones where there are many.
    private func distribution(of sorted: [Double], on scale: ScaleTransform?) -> Distribution? {
        let step = max(1, sorted.count / Self.valuesOfDistributionMax)
        let chosen = stride(from: step / 2, to: sorted.count, by: step).map { sorted[$0] }
        return Distribution(
            sorted: scale.map { scale in chosen.map { scale($0) }.filter(\.isFinite) } ?? chosen)
    }

    /// The threshold of a control, read in the same population of the control as the marker is
    /// in the sample, and the control's median.
    private func threshold(
        _ control: MarkerPanel.Control, _ axis: GateDimension, _ marker: MarkerPanel.Marker
    ) throws -> (ControlThreshold, Double?) {
        guard let dataSet = controls[control.file] else {
            throw PhenotypeError("control '\(control.file)' was not given")
        }
        let result = try GatingPlan(strategy, on: dataSet).run()
        let values = try ColumnReader(strategy, on: dataSet).values(
            of: axis, in: result.members(of: panel.population))
        return (
            try ControlThreshold(
                control.kind, channel: axis.name, values: values,
                fraction: control.percentile / 100), Quantiles.median(values.filter(\.isFinite))
        )
    }

    private func measure(
        _ joint: MarkerPanel.Joint, _ positives: [String: EventMask], _ result: GatingResult
    ) -> PhenotypeReport.MarkerResult {
        let parent = result.members(of: panel.population) ?? EventMask(eventCount: 0, words: [])
        var mask = parent
        for name in joint.positive { mask = mask.intersection(positives[name] ?? mask) }
        for name in joint.negative {
            if let other = positives[name] { mask = mask.subtracting(other) }
        }
        let share = ProportionInterval(
            count: mask.count, total: parent.count, confidence: panel.confidence)
        let signs = joint.positive.map { $0 + "+" } + joint.negative.map { $0 + "-" }
        return PhenotypeReport.MarkerResult(
            marker: joint.name, role: joint.limit == nil ? .informative : .positive, share: share,
            limit: joint.limit, verdict: judge(share, joint.limit),
            isBorderline: isBorderline(share, joint.limit),
            rule: signs.joined(separator: " ") + " on the same cell", channel: nil, median: nil,
            controlMedian: nil, distribution: nil, robustCoefficientOfVariation: nil)
    }

    private func judge(_ share: ProportionInterval?, _ limit: MarkerPanel.Limit?) -> Verdict {
        guard let share else { return .notMeasured }
        guard let limit, limit.min != nil || limit.max != nil else { return .informative }
        return share.percent >= (limit.min ?? 0) && share.percent <= (limit.max ?? 100)
            ? .pass : .fail
    }

    private func isBorderline(_ share: ProportionInterval?, _ limit: MarkerPanel.Limit?) -> Bool {
        guard let share, let limit else { return false }
        return [limit.min, limit.max].contains { $0.map(share.crosses) ?? false }
    }

    // MARK: The rest

    private func conclude(
        _ markers: [PhenotypeReport.MarkerResult], _ joint: [PhenotypeReport.MarkerResult],
        _ run: [RunCheck]
    ) -> (Verdict, [String]) {
        var reasons: [String] = []
        var isFailed = false
        for result in markers + joint where result.limit != nil {
            let percent = result.share.map { "\(fixed($0.percent, 2)) %" } ?? "no events"
            let limits = [
                result.limit?.min.map { "at least \($0) %" },
                result.limit?.max.map { "at most \($0) %" },
            ].compactMap { $0 }.joined(separator: ", ")
            switch result.verdict {
            case .fail, .notMeasured:
                isFailed = true
                let edge = result.isBorderline ? ", within counting error of the limit" : ""
                reasons.append("\(result.marker) is \(percent), limit \(limits)\(edge)")
            case .pass where result.isBorderline:
                reasons.append(
                    "\(result.marker) is \(percent), within counting error of the limit \(limits)")
            case .pass, .informative: break
            }
        }
        for check in run where check.limit != nil {
            guard check.verdict == .fail || check.verdict == .notMeasured else { continue }
            isFailed = true
            let value = check.value.map { "\(rounded($0)) \(check.unit)" } ?? "not measured"
            reasons.append(
                "\(check.id) is \(value), limit \(rounded(check.limit ?? 0)) \(check.unit)")
        }
        return (isFailed ? .fail : .pass, reasons)
    }

    private func populations(_ result: GatingResult) -> [PhenotypeReport.Population] {
        result.populations.map {
            PhenotypeReport.Population(
                id: $0.id, parent: $0.parent, count: $0.count,
                share: ProportionInterval(
                    count: $0.count, total: $0.parentCount, confidence: panel.confidence))
        }
    }

    private func tissue(
        _ markers: [PhenotypeReport.MarkerResult]
    ) -> [TissueMarkers.Reading] {
        guard let tissue = TissueMarkers.Tissue(rawValue: panel.tissue) else { return [] }
        return TissueMarkers.readings(
            tissue: tissue,
            percents: markers.compactMap { result in
                result.share.map { (result.marker, $0.percent) }
            })
    }

    private func acquisition(_ dataSet: FCSDataSet) -> [String: String] {
        var result: [String: String] = [
            "version": dataSet.version.rawValue, "events": "\(dataSet.eventCount)",
        ]
        for name in ["$CYT", "$CYTSN", "$DATE", "$BTIM", "$ETIM", "$OP", "$FIL", "$SRC", "$VOL"] {
            if let value = dataSet.keywords[name], !value.isEmpty { result[name] = value }
        }
        return result
    }

    private func compensation(_ dataSet: FCSDataSet) -> String {
        if let sign = dataSet.signOfEarlierCompensation {
            return "as the gates say; the file may be compensated already: \(sign)"
        }
        let used = Set(strategy.gates.flatMap(\.dimensions).map(\.compensation))
        var sources: [String] = []
        if used.contains(.file) {
            let found = (try? dataSet.spillover()) ?? nil
            sources.append(
                found.map { "spillover of the file over \($0.detectors.count) detectors" }
                    ?? "none, the file carries no spillover")
        }
        for id in strategy.matrices.keys.sorted() where used.contains(.matrix(id)) {
            sources.append("matrix '\(id)' of the gates")
        }
        return sources.isEmpty ? "none" : sources.joined(separator: "; ")
    }
}

/// A sample that cannot be reported.
public struct PhenotypeError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is wrong.
    public let message: String

    init(_ message: String) { self.message = message }

    /// The message.
    public var description: String { message }
}
