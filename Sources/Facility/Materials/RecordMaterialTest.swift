/// A result of testing a lot.
package struct LotResult: Sendable, Hashable, Codable {
    package var test: String
    package var observation: Observation
    /// Whether it meets what the lot is accepted against.
    package var passes: Bool
    package var reference: String
    package var stamp: Stamp
    /// What it was tested with; `nil` when nothing was named.
    package var run: TestRun?
    /// The second person who held it against its raw data.
    package var verified: Stamp?
    /// The investigation that found the laboratory at fault; `nil` while the result counts.
    package var invalidated: TestResult.Invalidation?
}

/// Records a result of testing a lot; one that fails opens a deviation about the lot.
package struct RecordMaterialTest: Command {
    package static let name = "material.record-test"
    package static let summary =
        "Record a test result of a lot; one that fails opens a deviation about it."
    package static let permission = Permission.test
    package static let help = [
        "lot": "which lot", "test": "what was tested, as the definition calls it",
        "observation": "what was found: a number with its unit, or words",
        "passes": "whether it meets what the lot is accepted against",
        "reference": "the laboratory's number for the run",
        "instruments": TestRun.instrumentsHelp, "reagents": TestRun.reagentsHelp,
        "suitability": TestRun.suitabilityHelp,
    ]

    package var lot: LotID
    package var test: String
    package var observation: Observation
    package var passes: Bool
    package var reference: String
    package var instruments: [EquipmentID]?
    package var reagents: [ReagentUse]?
    package var suitability: [ControlReading]?

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        let lot = try site.lot(lot)
        try requireText(test, "test")
        try requireText(reference, "reference")
        guard lot.status == .quarantine else {
            throw Rejection(
                "material.not-in-quarantine", "lot '\(lot.id)' is \(lot.status.rawValue)",
                help: "a released lot is tested again with material.retest")
        }
        let planned = site.preparation(of: lot.material)?.tests ?? []
        guard lot.preparation == nil || planned.isEmpty || planned.contains(test) else {
            throw Rejection(
                "testing.unknown-test", "lots of '\(lot.material)' are not tested for '\(test)'",
                help: didYouMean(test, among: planned))
        }
        if let last = lot.results.inForce(of: test) {
            throw Rejection(
                "testing.result-stands",
                "'\(test)' of '\(lot.id)' has a result: \(last.observation)",
                help: last.passes
                    ? "a slip of the pen is corrected: entry.correct"
                    : "a repeat needs the result to be invalidated: oos.invalidate-result",
                rule: "release-all-pass")
        }
        try requireOthers(than: lot, on: site)
        try site.requireRun(
            of: test, with: instruments, and: reagents,
            reading: suitability, on: nil, for: nil, at: moment)
        let tested = MaterialTested(
            lot: lot.id, test: test, observation: observation, passes: passes,
            reference: reference, instruments: instruments, reagents: reagents,
            suitability: suitability)
        guard !passes else { return [tested] }
        return [
            tested,
            DeviationOpened(
                deviation: site.nextDeviation(), batch: nil, step: test,
                cause: .outOfSpecification,
                description: "lot \(lot.id) of \(lot.material), \(test): \(observation)",
                rule: "release-all-pass", subjects: [lot.id.naming(Thing.self)]),
        ]
    }

    /// Refuses a reagent that is the lot itself or was made from it: it would judge itself.
    private func requireOthers(than lot: Lot, on site: SiteState) throws(Rejection) {
        let own = Set([lot.id] + site.lots(restingOn: lot.id).map(\.id))
        guard let same = (reagents ?? []).first(where: { own.contains($0.lot) }) else { return }
        throw Rejection(
            "testing.reagent-of-itself", "'\(same.lot)' is, or came from, what is tested",
            help: "test it with another lot")
    }
}

/// A result of a lot was invalidated.
package struct MaterialTestInvalidated: Fact {
    package static let kind = "material.test-invalidated/1"
    package var lot: LotID
    package var test: String
    package var reference: String
    package var deviation: DeviationID
    package var reason: String

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        site.lots[lot]?.results.invalidate(
            reference, of: test, .init(deviation: deviation, reason: reason, stamp: stamp))
    }
}

/// A lot was tested.
package struct MaterialTested: Fact {
    package static let kind = "material.tested/1"
    package var lot: LotID
    package var test: String
    package var observation: Observation
    package var passes: Bool
    package var reference: String
    package var instruments: [EquipmentID]?
    package var reagents: [ReagentUse]?
    package var suitability: [ControlReading]?

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        let run = TestRun(instruments, reagents, suitability)
        site.lots[lot]?.results.append(
            LotResult(
                test: test, observation: observation, passes: passes, reference: reference,
                stamp: stamp, run: run))
        site.book(run, of: test, on: lot.naming(Thing.self), at: stamp)
    }
}
