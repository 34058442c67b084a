package import Guidance

/// A result of one line of the bank test matrix.
package struct BankTestResult: Sendable, Hashable, Codable {
    /// The line of the matrix, by id.
    package var test: String
    package var observation: Observation
    /// Whether it meets what the protocol asks for, as two people found; `nil` where the definition
    /// has a criterion, which says.
    package var passes: Bool?
    /// The laboratory's number for the run.
    package var reference: String
    package var stamp: Stamp
    /// Who held it against the protocol beside the analyst, where the definition has no criterion.
    package var verifiedBy: PersonID?
    /// What it was tested with; `nil` when nothing was named.
    package var run: TestRun?
    /// The second person who held it against its raw data.
    package var verified: Stamp?
    /// Why it does not count, when an investigation found the laboratory at fault.
    package var invalidated: TestResult.Invalidation?
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
    /// A line is needed where the matrix or the definition asks for it and the definition gives no
    /// reason against. It is answered by the result in force that was recorded for it, or by the
    /// lines of the bank's specification that answer it; one that fails is not made good by another.
    package func testMatrix(of bank: Bank) -> [BankTestStanding] {
        guard let definition = definition(of: bank) else { return [] }
        let kind = Bank.kind(of: definition)
        let isInduced = lines(behind: bank).contains { $0.isInduced }
        let required = Set(BankTest.required(for: kind, induced: isInduced).map(\.id))
        let standings = batches[bank.batch].flatMap { try? self.standings(of: $0) } ?? []
        return BankTest.all.map { test in
            let said = definition.tests?.first { $0.test == test.id }
            let isNeeded = said?.isNeeded ?? required.contains(test.id)
            let own = Self.answering(test, said, among: standings, by: \.test)
            let result = bank.tests.inForce(of: test.id)
            let passed = result.flatMap { verdict(on: $0, of: bank) }
            let isFailed = passed == false || own.contains { $0.verdict == .fails }
            let isPassed =
                passed == true || !own.isEmpty && own.allSatisfy { $0.verdict == .passes }
            let evidence =
                [result.map { "\($0.observation), \($0.reference)" }].compactMap(\.self)
                + own.filter { $0.verdict == .passes || $0.verdict == .fails }
                .map { "specification: \($0.test.attribute)" }
            return BankTestStanding(
                test: test, need: test.need(for: kind),
                answer: isFailed ? .fails : isPassed ? .passes : isNeeded ? .open : .notNeeded,
                evidence: evidence.isEmpty
                    ? said?.reason ?? "" : evidence.joined(separator: "; "))
        }
    }

    /// What a result of `test` of `bank` must be: the criterion of the one line of the bank's
    /// specification that answers it; `nil` where there is none, or several.
    package func criterion(of test: BankTest, for bank: Bank) -> Criterion? {
        guard let definition = definition(of: bank),
            let specification = definition.specification.flatMap({
                masters[bank.master]?.specification($0)
            })
        else { return nil }
        let said = definition.tests?.first { $0.test == test.id }
        let lines = Self.answering(test, said, among: specification.tests, by: \.self)
        guard lines.count == 1, let criterion = lines.first?.criterion, criterion != .reported
        else { return nil }
        return criterion
    }

    /// Whether a result of the matrix meets what is asked for; `nil` when nobody can say.
    package func verdict(on result: BankTestResult, of bank: Bank) -> Bool? {
        if let passes = result.passes { return passes }
        guard let test = BankTest.test(result.test), let asked = criterion(of: test, for: bank),
            let met = try? asked.isMet(by: result.observation)
        else { return nil }
        return met
    }

    /// The lines of a specification that answer a line of the matrix: of the same id or with the
    /// assay of that id, and otherwise with the assay the definition names for it.
    private static func answering<Line>(
        _ test: BankTest, _ said: MasterBankTest?, among lines: [Line],
        by line: (Line) -> MasterTest
    ) -> [Line] {
        let direct = lines.filter { line($0).id == test.id || line($0).assay == test.id }
        guard direct.isEmpty, let assay = said?.assay else { return direct }
        return lines.filter { line($0).assay == assay }
    }

    /// The cell lines a bank was made of.
    private func lines(behind bank: Bank) -> [CellLine] {
        genealogy.trace(from: bank.id.text, .back).compactMap { lines[.init(unchecked: $0.node)] }
    }

    /// Refuses a bank with a test of the matrix that is open or failed, wherever it was made.
    func requireMatrix(of bank: Bank) throws(Rejection) {
        let unmet = testMatrix(of: bank).filter { $0.answer == .open || $0.answer == .fails }
        guard !unmet.isEmpty else { return }
        let failed = unmet.first { $0.answer == .fails }
        throw Rejection(
            "bank.tests-missing",
            unmet.map { "\($0.test.title) \($0.answer.rawValue)" }.joined(separator: ", "),
            help: failed == nil
                ? "record the results: bank.record-test"
                : "investigate the result, or reject the bank: bank.reject",
            rule: failed.map { $0.test.rule ?? "bank-released-before-use" }
                ?? "bank-matrix-complete")
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
