package import Guidance

/// A result of one line of the bank test matrix.
package struct BankTestResult: Sendable, Hashable, Codable {
    /// The line of the matrix, by id.
    package var test: String
    package var observation: Observation
    /// Whether it meets what the protocol asks for.
    package var passes: Bool
    /// The laboratory's number for the run.
    package var reference: String
    package var stamp: Stamp
}

/// How a bank stands to one line of the test matrix (ICH Q5D 2.3; Q5A(R2)).
package struct BankTestStanding: Sendable {
    package var test: BankTest
    package var need: BankTest.Need
    package var answer: Answer
    /// The result, or where it stands.
    package var evidence: String

    /// Whether a line of the matrix is answered.
    package enum Answer: String, Sendable, Hashable, Codable {
        case passes, fails, open
        case notNeeded = "not needed"
    }
}

extension Bank {
    /// The column of the test matrix for a bank as its definition describes it.
    static func kind(of definition: MasterBank) -> BankKind {
        if definition.tier == .endOfProduction { return .endOfProduction }
        let isWorking = definition.tier == .working
        return definition.isPluripotent == true
            ? (isWorking ? .pscWorking : .pscMaster) : (isWorking ? .mscWorking : .mscMaster)
    }
}

extension SiteState {
    /// How `bank` stands to every line of the test matrix.
    ///
    /// A line is answered by a result recorded for it, or by a test of the bank's specification
    /// that has the same id or is done with the assay of that id.
    package func testMatrix(of bank: Bank) -> [BankTestStanding] {
        guard let definition = definition(of: bank) else { return [] }
        let kind = Bank.kind(of: definition)
        let isInduced = bank.arrival.flatMap { lines[$0.line] }?.isInduced ?? false
        let required = Set(BankTest.required(for: kind, induced: isInduced).map(\.id))
        let standings = batches[bank.batch].flatMap { try? self.standings(of: $0) } ?? []
        return BankTest.all.map { test in
            let need = test.need(for: kind)
            if let result = bank.tests.last(where: { $0.test == test.id }) {
                return BankTestStanding(
                    test: test, need: need, answer: result.passes ? .passes : .fails,
                    evidence: "\(result.observation), \(result.reference)")
            }
            let own = standings.first { $0.test.id == test.id || $0.test.assay == test.id }
            if let own, own.verdict == .passes || own.verdict == .fails {
                return BankTestStanding(
                    test: test, need: need, answer: own.verdict == .passes ? .passes : .fails,
                    evidence: "specification: \(own.test.attribute)")
            }
            return BankTestStanding(
                test: test, need: need, answer: required.contains(test.id) ? .open : .notNeeded,
                evidence: "")
        }
    }

    /// Refuses a received bank with a test of the matrix that is open or failed.
    func requireMatrix(of bank: Bank) throws(Rejection) {
        let unmet = testMatrix(of: bank).filter { $0.answer == .open || $0.answer == .fails }
        guard unmet.isEmpty else {
            throw Rejection(
                "bank.tests-missing",
                unmet.map { "\($0.test.title) \($0.answer.rawValue)" }.joined(separator: ", "),
                help: "record the results: bank.record-test",
                rule: unmet.lazy.compactMap { $0.answer == .fails ? $0.test.rule : nil }.first
                    ?? "bank-released-before-use")
        }
    }
}

extension BankTest {
    /// The rule that asks for this line in particular; `nil` when only the whole matrix does.
    var rule: String? {
        switch id {
        case "str": "line-identity-str"
        case "sterility", "mycoplasma": "bank-microbiology"
        case "viability", "doubling-time": "bank-post-thaw"
        case "karyotype": "bank-karyotype"
        case "recurrent-loci": "bank-recurrent-loci"
        case "undifferentiated-markers", "trilineage": "bank-pluripotency"
        default: nil
        }
    }
}

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
        "passes": "whether it meets what the protocol asks for",
        "reference": "the laboratory's number for the run",
    ]

    package var bank: BankID
    package var test: BankTestID
    package var observation: Observation
    package var passes: Bool
    package var reference: String

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
        if bank.tests.contains(where: { $0.test == test.text }) {
            throw Rejection(
                "testing.result-stands", "'\(test.text)' of '\(bank.id)' has a result",
                help: "investigate the result that stands; a repeat does not replace it",
                rule: "release-all-pass")
        }
        let recorded = BankTestRecorded(
            bank: bank.id, test: test.text, observation: observation, passes: passes,
            reference: reference)
        guard !passes else { return [recorded] }
        return [
            recorded,
            DeviationOpened(
                deviation: site.nextDeviation(), batch: nil, step: nil,
                cause: .outOfSpecification,
                description: "bank \(bank.id), \(listed.title): \(observation)",
                rule: listed.rule ?? "bank-released-before-use"),
        ]
    }
}

/// A bank was tested.
package struct BankTestRecorded: Fact {
    package static let kind = "bank.test-recorded/1"
    package var bank: BankID
    package var test: String
    package var observation: Observation
    package var passes: Bool
    package var reference: String

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        site.banks[bank]?.tests.append(
            BankTestResult(
                test: test, observation: observation, passes: passes, reference: reference,
                stamp: stamp))
    }
}
