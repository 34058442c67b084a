import Guidance

/// A line of the bank test matrix, as a word of a closed list.
package struct BankTestID: Field, Hashable, Sendable {
    package var text: String

    package static var fieldSchema: FieldSchema { .choice(BankTest.all.map(\.id)) }
    package static var sample: BankTestID { BankTestID(text: "sterility") }

    init(text: String) { self.text = text }

    package init(from decoder: any Decoder) throws {
        text = try decoder.singleValueContainer().decode(String.self)
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}

/// Records a result for a line of the bank test matrix.
package struct RecordBankTest: Command {
    package static let name = "bank.record-test"
    package static let summary =
        "Record a result of the bank test matrix; one that fails opens a deviation."
    package static let permission = Permission.test
    package static let help = [
        "bank": "which bank", "test": "the line of the matrix",
        "observation": "what was found: a number with its unit, or words",
        "passes":
            "whether it meets the protocol; may be left out where the definition has a criterion",
        "reference": "the laboratory's number for the run",
        "verifiedBy":
            "who held the finding against the protocol too; needed for a pass where the definition "
            + "has no criterion",
        "instruments": TestRun.instrumentsHelp, "reagents": TestRun.reagentsHelp,
        "suitability": TestRun.suitabilityHelp,
    ]

    package var bank: BankID
    package var test: BankTestID
    package var observation: Observation
    package var passes: Bool?
    package var reference: String
    package var verifiedBy: PersonID?
    package var instruments: [EquipmentID]?
    package var reagents: [ReagentUse]?
    package var suitability: [ControlReading]?

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        let bank = try site.bank(bank)
        try requireText(reference, "reference")
        guard bank.status == .quarantine else {
            throw Rejection(
                "bank.not-in-quarantine", "bank '\(bank.id)' is \(bank.status.rawValue)",
                help: "record later results under a study")
        }
        guard let listed = BankTest.test(test.text) else {
            throw Rejection(
                "bank.unknown-test", "the matrix has no test '\(test.text)'",
                help: didYouMean(test.text, among: BankTest.all.map(\.id)))
        }
        if bank.tests.inForce(of: test.text) != nil {
            throw Rejection(
                "testing.result-stands", "'\(test.text)' of '\(bank.id)' has a result",
                help: "a repeat needs the result to be invalidated: oos.invalidate-result",
                rule: "release-all-pass")
        }
        let criterion = site.criterion(of: listed, for: bank)
        let met = try criterion?.isMet(by: observation)
        try requireVerdict(met, criterion, on: site, at: moment)
        let said = site.definition(of: bank)?.tests?.first { $0.test == test.text }
        try site.requireRun(
            of: said?.assay ?? test.text, with: instruments, and: reagents,
            reading: suitability, on: nil,
            for: site.masters[bank.master], at: moment)
        let recorded = BankTestRecorded(
            bank: bank.id, test: test.text, observation: observation,
            passes: met == nil ? passes : nil, reference: reference,
            verifiedBy: met == nil ? verifiedBy : nil, instruments: instruments, reagents: reagents,
            suitability: suitability)
        guard met ?? passes == false else { return [recorded] }
        return [
            recorded,
            DeviationOpened(
                deviation: site.nextDeviation(), batch: nil, step: test.text,
                cause: .outOfSpecification,
                description: "bank \(bank.id), \(listed.title): \(observation)"
                    + (criterion.map { ", criterion \($0)" } ?? ""),
                rule: listed.rule ?? "bank-released-before-use",
                subjects: [bank.id.naming(Thing.self)]),
        ]
    }

    /// Refuses a verdict that contradicts the criterion, and a pass that the analyst alone found
    /// where there is none.
    private func requireVerdict(
        _ met: Bool?, _ criterion: Criterion?, on site: SiteState, at moment: Moment
    ) throws(Rejection) {
        if let met, let criterion {
            guard let passes, passes != met else { return }
            throw Rejection(
                "bank.verdict-contradicts",
                "'\(observation)' \(met ? "meets" : "does not meet") \(criterion), 'passes' says "
                    + "\(passes)",
                help: "leave 'passes' out: the definition's criterion decides",
                rule: BankTest.test(test.text)?.rule ?? "bank-matrix-complete")
        }
        guard let passes else {
            throw Rejection(
                "bank.verdict-missing", "the definition has no criterion for '\(test.text)'",
                help: "say in 'passes' whether it meets the protocol, and who verified it")
        }
        guard passes else { return }
        guard let verifiedBy else {
            throw Rejection(
                "bank.verdict-unverified",
                "the definition has no criterion for '\(test.text)', and one person judged it",
                help: "name who held it against the protocol too in 'verifiedBy'",
                rule: "critical-entry-checked")
        }
        let verifier = try site.person(verifiedBy)
        let mayJudge = verifier.roles.contains {
            !$0.permissions.isDisjoint(with: [.test, .review])
        }
        guard verifier.isActive, mayJudge, verifiedBy != moment.person else {
            throw Rejection(
                "bank.verdict-unverified",
                "'\(verifiedBy)' cannot verify what '\(moment.person)' found",
                help: "another person of quality control or quality assurance verifies it",
                rule: "critical-entry-checked")
        }
    }
}

/// A bank was tested.
package struct BankTestRecorded: Fact {
    package static let kind = "bank.test-recorded/1"
    package var bank: BankID
    package var test: String
    package var observation: Observation
    /// As people found; none where the definition has a criterion.
    package var passes: Bool?
    package var reference: String
    package var verifiedBy: PersonID?
    /// None in the first facts of this kind, and where nothing was named.
    package var instruments: [EquipmentID]?
    package var reagents: [ReagentUse]?
    package var suitability: [ControlReading]?

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        let run = TestRun(instruments, reagents, suitability)
        site.banks[bank]?.tests.append(
            BankTestResult(
                test: test, observation: observation, passes: passes, reference: reference,
                stamp: stamp, verifiedBy: verifiedBy, run: run))
        site.book(run, of: test, on: bank.naming(Thing.self), at: stamp)
    }
}
