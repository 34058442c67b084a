package import Ledger
package import Quantities

/// What a sensor saw of a parameter during a step: the file stands in the store by its digest, the
/// record holds what it comes to.
package struct ParameterTrace: LogOrigin, Sendable, Hashable, Codable {
    package var parameter: String
    package var from: Timestamp
    package var to: Timestamp
    /// Readings in the file.
    package var readings: Int
    package var lowest: Quantity
    package var highest: Quantity
    /// SHA-256 of the file.
    package var file: Digest
    package var isTyped: Bool?
    package var stamp: Stamp
}

/// Imports the trace of a sensor; a reading outside the range of the parameter opens a deviation.
///
/// The site reads the sensor's file and keeps it; a bare number in it is in the unit of the parameter.
/// What was typed off a file that the site cannot read is marked as typed wherever it is shown.
package struct ImportTrace: Command, NamesLog {
    package static let name = "batch.import-trace"
    package static let summary =
        "Import a sensor's trace of a parameter; a reading outside its range opens a deviation."
    package static let permission = Permission.execute
    package static let help = [
        "batch": "which batch", "step": "which step", "parameter": "which parameter",
    ].merging(logHelp) { own, _ in own }

    package var batch: BatchID
    package var step: String
    package var parameter: String
    package var series: DefinitionFile?
    package var from: Timestamp?
    package var to: Timestamp?
    package var readings: Int?
    package var lowest: Quantity?
    package var highest: Quantity?
    package var file: String?

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        let batch = try site.executing(batch)
        let step = try site.step(step, of: batch)
        let parameter = try step.requireParameter(parameter)
        guard let record = batch.steps[step.id] else {
            throw Rejection(
                "batch.step-not-started", "step '\(step.id)' of '\(batch.id)' is not started",
                help: "start it first")
        }
        guard record.verified == nil else {
            throw Rejection(
                "batch.step-verified", "step '\(step.id)' is verified by a second person",
                help: "open a deviation for what is found after verification")
        }
        let log = try logged(in: try? Unit(parameter.unit))
        try requirePeriod(of: log, within: record, by: moment.now)
        let digest = try log.digest()
        if record.traces.contains(where: { $0.file == digest }) {
            throw Rejection(
                "batch.trace-imported", "the file \(digest.hex.prefix(12)) was imported before")
        }
        let judgements = [
            (log.lowest, try parameter.judge(log.lowest)),
            (log.highest, try parameter.judge(log.highest)),
        ]
        let imported = TraceImported(
            batch: batch.id, step: step.id, parameter: parameter.id, from: log.from, to: log.to,
            readings: log.readings, lowest: log.lowest, highest: log.highest, file: digest,
            isTyped: log.isTyped)
        let worst =
            judgements.first { $0.1 == .outsideProven }
            ?? judgements.first { $0.1 == .outsideNormal }
        guard let (value, judgement) = worst else { return [imported] }
        return [imported]
            + site.deviation(from: judgement, of: parameter, value: value, batch, step)
    }

    /// Refuses a trace that is none, or that was not taken during the step.
    private func requirePeriod(
        of log: LoggedReadings, within record: StepRecord, by now: Timestamp
    ) throws(Rejection) {
        let (from, to) = (log.from, log.to)
        guard from < to, to <= now, log.readings >= 2 else {
            throw Rejection(
                "batch.trace-period", "\(log.readings) readings from \(from) to \(to), now \(now)",
                help: "bring the file, or enter the first and the last of at least two readings")
        }
        let end = record.completed?.happened ?? now
        guard from <= end, to >= record.started.happened else {
            throw Rejection(
                "batch.trace-beside-step",
                "the readings from \(from) to \(to) were not taken during the step, "
                    + "\(record.started.happened) to \(end)",
                help: "import the trace of the step")
        }
        guard (try? log.highest.isLess(than: log.lowest)) == false else {
            throw Rejection(
                "batch.trace-order", "the lowest, \(log.lowest), is no \(log.highest) or less",
                help: "enter both in the unit of the parameter")
        }
    }
}

/// A sensor's trace was imported.
package struct TraceImported: Fact {
    package static let kind = "batch.trace-imported/1"
    package var batch: BatchID
    package var step: String
    package var parameter: String
    package var from: Timestamp
    package var to: Timestamp
    package var readings: Int
    package var lowest: Quantity
    package var highest: Quantity
    package var file: Digest
    package var isTyped: Bool?

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        site.batches[batch]?.steps[step]?.traces.append(
            ParameterTrace(
                parameter: parameter, from: from, to: to, readings: readings, lowest: lowest,
                highest: highest, file: file, isTyped: isTyped, stamp: stamp))
    }
}
