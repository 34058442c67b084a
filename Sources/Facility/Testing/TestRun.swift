package import Quantities

/// What a run of a test was done with: enough to find every result again when an instrument turns
/// out to measure wrong or a reagent is recalled (EU GMP Part I 6.17, 6.20; 21 CFR 211.194(a), (d)).
package struct TestRun: Sendable, Hashable, Codable {
    package var instruments: [EquipmentID]
    package var reagents: [ReagentUse]
    /// What controls and references gave; `nil` where none was entered.
    package var readings: [ControlReading]?

    /// What the fields of a command that records a run ask for.
    static let instrumentsHelp = "what it was measured with, by the numbers on the labels"
    static let reagentsHelp =
        "the lots it was tested with, and how much of those that are counted out"
    static let suitabilityHelp =
        "what controls and references gave, each once: a run that misses a criterion of its method "
        + "does not count"

    /// A run that names these; `nil` when it names nothing.
    init?(
        _ instruments: [EquipmentID]?, _ reagents: [ReagentUse]?, _ readings: [ControlReading]?
    ) {
        self.instruments = instruments ?? []
        self.reagents = reagents ?? []
        self.readings = readings
        if self.instruments.isEmpty, self.reagents.isEmpty, readings ?? [] == [] { return nil }
    }
}

/// A lot that a test was done with.
package struct ReagentUse: Field, Sendable, Hashable {
    package var lot: LotID
    /// How much of it; `nil` where a reagent is not counted out, such as a control of many runs.
    package var quantity: Quantity?

    /// A use of a lot.
    package init(lot: LotID, quantity: Quantity? = nil) {
        self.lot = lot
        self.quantity = quantity
    }

    package static var fieldSchema: FieldSchema { SchemaRecorder.schema(of: Self.self) }
    package static var sample: ReagentUse { ReagentUse(lot: .sample) }
}

/// One test that an instrument or a lot was used for.
package struct TestUse: Sendable, Hashable, Codable {
    /// The batch, the bank or the lot that was tested, or the study it was tested for.
    package var subject: ThingID
    package var test: String
    /// How much was used; `nil` for an instrument, and for what is not counted out.
    package var quantity: Quantity?
    package var stamp: Stamp
}

extension SiteState {
    /// Refuses a run with an instrument or a lot that may not be used, without one that the site's
    /// method asks for, with a control outside its criterion, or by somebody who is not qualified for
    /// it.
    ///
    /// - Parameters:
    ///   - sample: what was tested; the instruments and people of a laboratory outside are its own,
    ///     and its report stands for them.
    ///   - master: the version of the definition, whose phase says which rules bind.
    func requireRun(
        of method: String, with instruments: [EquipmentID]?, and reagents: [ReagentUse]?,
        reading controls: [ControlReading]?, on sample: SampleID?, for master: MasterRecord?,
        at moment: Moment
    ) throws(Rejection) {
        let (instruments, reagents) = (instruments ?? [], reagents ?? [])
        try requireOnce(instruments, "instruments")
        try requireOnce(reagents.map(\.lot), "reagents")
        func isBound(by rule: String) -> Bool { master.map { binds(rule, on: $0) } ?? true }
        var pieces: [Equipment] = []
        for id in instruments {
            let piece = try equipment(id)
            if isBound(by: "equipment-in-date") {
                try piece.requireFit(on: moment.happened.date)
            }
            pieces.append(piece)
        }
        var lots: [Lot] = []
        for use in reagents {
            let lot = try lot(use.lot)
            try requireUsable(lot, at: moment)
            if let quantity = use.quantity {
                try requireAvailable(quantity, of: lot, to: .consumed)
            }
            lots.append(lot)
        }
        guard !isOutside(sample), let registered = methods[method],
            let version = registered.version(at: moment.happened)
        else { return }
        try requireNamed(version, of: method, among: pieces, lots)
        try requireSuitable(controls ?? [], of: method, version)
        guard isBound(by: "training-current"),
            !registered.isQualified(moment.person, for: version, at: moment.happened)
        else { return }
        throw Rejection(
            "testing.analyst-not-qualified",
            "'\(moment.person)' is not qualified for version \(version.name) of '\(method)'",
            help: "another person records the qualification: testing.qualify-analyst",
            rule: "training-current")
    }

    private func requireNamed(
        _ version: TestMethod.Version, of method: String, among pieces: [Equipment], _ lots: [Lot]
    ) throws(Rejection) {
        if let missing = version.instruments.first(where: { kind in
            !pieces.contains { $0.servesAs == kind }
        }) {
            let candidates = equipment.values.filter { $0.servesAs == missing }.map(\.id.text)
            throw Rejection(
                "testing.instrument-missing",
                "version \(version.name) of '\(method)' is done with '\(missing)'",
                help: "name it in 'instruments': "
                    + candidates.sorted().prefix(5).joined(separator: ", "),
                rule: "equipment-in-date")
        }
        if let missing = version.reagents.first(where: { material in
            !lots.contains { $0.material == material }
        }) {
            throw Rejection(
                "testing.reagent-missing",
                "version \(version.name) of '\(method)' is done with '\(missing)'",
                help: "name the lot in 'reagents'", rule: "material-released-at-use")
        }
    }

    /// Refuses a list that names one thing twice, or more than an entry of the ledger should hold.
    func requireOnce<Thing>(
        _ things: [Identifier<Thing>], _ field: String
    ) throws(Rejection) {
        guard things.count <= RegisterMethod.namesMax else {
            throw Rejection(
                "testing.run-too-long",
                "'\(field)' has \(things.count) members, at most \(RegisterMethod.namesMax)",
                help: "name those the result rests on")
        }
        guard Set(things).count == things.count else {
            throw Rejection("testing.named-twice", "'\(field)' names a thing twice")
        }
    }

    /// Whether a sample is held by a laboratory outside the site.
    func isOutside(_ sample: SampleID?) -> Bool {
        sample.flatMap { samples[$0]?.holder }.map { things[$0] == .organisation } ?? false
    }

    /// Books what a run was done with: instruments and lots know the test, and what was counted out
    /// is consumed. A lot stands behind what it was used to judge: a trace and a recall find it.
    mutating func book(_ run: TestRun?, of test: String, on subject: ThingID, at stamp: Stamp) {
        guard let run else { return }
        for instrument in run.instruments {
            equipment[instrument]?.tests.append(
                TestUse(subject: subject, test: test, quantity: nil, stamp: stamp))
        }
        for use in run.reagents {
            lots[use.lot]?.tests.append(
                TestUse(subject: subject, test: test, quantity: use.quantity, stamp: stamp))
            if let quantity = use.quantity, let account = lots[use.lot]?.stockAccount {
                lots[use.lot]?.move(
                    quantity, from: account, to: .consumed, for: "\(subject), test \(test)",
                    at: stamp)
            }
            genealogy.link(use.lot, to: subject)
        }
    }

    /// The batches that the tests of an instrument or a lot since `start` judged, in their order.
    func batches(testedIn uses: [TestUse], since start: Timestamp? = nil) -> [BatchID] {
        var found: [BatchID] = []
        for use in uses where start.map({ use.stamp.happened >= $0 }) ?? true {
            for batch in batches(judgedBy: use.subject)
            where batches[batch] != nil && !found.contains(batch) {
                found.append(batch)
            }
        }
        return found
    }

    /// The batches that a test of `subject` bears on.
    private func batches(judgedBy subject: ThingID) -> [BatchID] {
        switch things[subject.text] {
        case .lot: lots[subject.naming(Lot.self)]?.uses.map(\.batch) ?? []
        case .bank: [banks[subject.naming(Bank.self)]?.batch].compactMap(\.self)
        case .study:
            // A study is about a batch, a bank, a change or a version: it never names another study.
            studies[subject.naming(Study.self)].map { batches(judgedBy: $0.subject) } ?? []
        default: [subject.naming(Batch.self)]
        }
    }

    /// The studies without a conclusion that have results found with `lot`.
    func openStudies(testedWith lot: Lot) -> [StudyID] {
        Set(lot.tests.map { $0.subject.naming(Study.self) }).sorted().filter {
            studies[$0].map { $0.conclusion == nil } ?? false
        }
    }
}
