import Ledger

/// What a control or a reference gave in a run: whether the run may be read at all.
package struct ControlReading: Field, Sendable, Hashable {
    /// The control, as the method calls it.
    package var control: String
    package var observation: Observation

    package static var fieldSchema: FieldSchema {
        .object([
            .init(name: "control", schema: .text(maximum: 200), isRequired: true),
            .init(name: "observation", schema: Observation.fieldSchema, isRequired: true),
        ])
    }
    package static var sample: ControlReading {
        ControlReading(control: "", observation: .sample)
    }
}

extension [ControlReading] {
    /// What controls gave: `reference 104 %, blank 0.02`.
    package var words: String {
        map { "\($0.control) \($0.observation)" }.joined(separator: ", ")
    }
}

/// A run whose controls were outside what the method accepts, or that was spoilt: it is kept and its
/// result does not count.
package struct InvalidRun: Sendable, Hashable, Codable {
    /// The batch, bank, lot or study it was a test of.
    package var subject: ThingID
    package var reference: String
    package var readings: [ControlReading]
    package var reason: String
    package var stamp: Stamp
    package var raw: [StoredFile]?
}

/// Records a run that does not count: its controls missed their criteria, or it was spoilt.
///
/// A run is judged by its controls before its result is read: one that is not suitable says nothing
/// about the product, so it is no result outside the specification; it is kept with its raw data and
/// repeated (Ph. Eur. 5.3 and USP <1032>, <1034> for bioassays; 21 CFR 211.194(a)(4)). The review of
/// the batch and the page of what was tested show it, so that nobody repeats a test until it passes.
package struct RecordInvalidRun: Command, NamesStoredFiles {
    package static let name = "testing.record-invalid-run"
    package static let summary =
        "Record a run that does not count: a control missed its criterion, or it was spoilt."
    package static let permission = Permission.test
    package static let help = [
        "method": "which method", "subject": "the batch, bank, lot or study that was tested",
        "reference": "the laboratory's number for the run",
        "suitability": "what controls and references gave, as far as they were read",
        "reason": "why the run does not count", "instruments": TestRun.instrumentsHelp,
        "reagents": TestRun.reagentsHelp, "raw": "the raw data of the run",
    ]

    package var method: String
    package var subject: ThingID
    package var reference: String
    package var suitability: [ControlReading]?
    package var reason: String
    package var instruments: [EquipmentID]?
    package var reagents: [ReagentUse]?
    package var raw: [StoredFile]?

    package var storedFiles: [StoredFile] { raw ?? [] }

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        try requireText(reference, "reference")
        try requireText(reason, "reason")
        guard site.methods[method] != nil else {
            throw Rejection(
                "testing.unknown-method", "the site has no method '\(method)'",
                help: didYouMean(method, among: site.methods.keys)
                    ?? "register it first: testing.register-method")
        }
        let kinds: [Thing] = [.batch, .bank, .lot, .study]
        guard let thing = site.things[subject.text], kinds.contains(thing) else {
            throw Rejection(
                "testing.subject", "'\(subject)' is no batch, bank, lot or study",
                help: "name what was tested")
        }
        try RecordResult.requireFew(storedFiles)
        try RegisterMethod.requireControls((suitability ?? []).map(\.control), of: "readings")
        try site.requireSpent(instruments ?? [], reagents ?? [])
        return [
            InvalidRunRecorded(
                method: method, subject: subject, reference: reference,
                suitability: suitability, reason: reason, instruments: instruments,
                reagents: reagents, raw: raw)
        ]
    }
}

/// A run that does not count was recorded.
package struct InvalidRunRecorded: Fact {
    package static let kind = "testing.invalid-run-recorded/1"
    package var method: String
    package var subject: ThingID
    package var reference: String
    package var suitability: [ControlReading]?
    package var reason: String
    package var instruments: [EquipmentID]?
    package var reagents: [ReagentUse]?
    package var raw: [StoredFile]?

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        site.methods[method]?.invalidRuns.append(
            InvalidRun(
                subject: subject, reference: reference, readings: suitability ?? [],
                reason: reason, stamp: stamp, raw: raw))
        // What was counted out is spent; nothing rests on the run, so it leads to no trace.
        for use in reagents ?? [] {
            guard let quantity = use.quantity, let account = site.lots[use.lot]?.stockAccount
            else { continue }
            site.lots[use.lot]?.move(
                quantity, from: account, to: .consumed,
                for: "\(subject), run \(reference), which does not count", at: stamp)
        }
    }
}

extension SiteState {
    /// Refuses a run that lacks a control of its method, and one whose control missed its criterion.
    func requireSuitable(
        _ readings: [ControlReading], of method: String, _ version: TestMethod.Version
    ) throws(Rejection) {
        try RegisterMethod.requireControls(readings.map(\.control), of: "readings")
        for criterion in version.suitability ?? [] {
            guard let reading = readings.first(where: { $0.control == criterion.test }) else {
                throw Rejection(
                    "testing.control-missing",
                    "version \(version.name) of '\(method)' is read with the control "
                        + "'\(criterion.test)', \(criterion.criterion)",
                    help: "enter what it gave in 'suitability'", rule: "potency-reference")
            }
            guard try criterion.criterion.isMet(by: reading.observation) == false else { continue }
            throw Rejection(
                "testing.run-not-suitable",
                "'\(criterion.test)' gave \(reading.observation), '\(method)' accepts "
                    + "\(criterion.criterion)",
                help: "the run does not count: testing.record-invalid-run, then repeat it",
                rule: "potency-reference")
        }
    }

    /// Refuses instruments and lots that are not there. A run may have failed because one was unfit,
    /// so their standing is not asked for.
    fileprivate func requireSpent(
        _ instruments: [EquipmentID], _ reagents: [ReagentUse]
    ) throws(Rejection) {
        try requireOnce(instruments, "instruments")
        try requireOnce(reagents.map(\.lot), "reagents")
        for id in instruments { _ = try equipment(id) }
        for use in reagents {
            let lot = try lot(use.lot)
            if let quantity = use.quantity {
                try requireAvailable(quantity, of: lot, to: .consumed)
            }
        }
    }
}
