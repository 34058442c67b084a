import Checker
import Diagnostics
import Guidance
import ProductDefinition
import Testing

/// A waiver needs an approved risk assessment that is in date, a rule that can be waived, and a
/// departure that it fits. Nothing is waived in silence.
@Suite struct WaiverTests {
    private let bank = """
        product: { cell-source: embryonic stem cells }
        banks: [{ id: mcb, tier: master }]

        """

    private func risks(
        rule: String = "bank-two-tier", at place: String = "", approved: String = "2026-01-15",
        due: String = "2027-01-15", reason: String = "the first trial has ten patients"
    ) -> String {
        """
        risks:
          assessments:
            - { id: RA-1, title: t, approved: \(approved), approved-by: quality, review-due: \(due) }
          waivers:
            - { rule: \(rule), \(place)assessment: RA-1, justification: \(reason) }

        """
    }

    private let rules: Set = ["bank-two-tier", "waiver-needs-risk-assessment"]

    @Test func waivesWithTheReasonPrinted() throws {
        let checked = try CheckedText(bank + risks(), rules: rules)
        #expect(checked.report.findings.isEmpty)
        let waived = try #require(checked.report.waived.first)
        #expect(waived.finding.code == "bank-two-tier")
        #expect(waived.asFinding.severity == .info)
        #expect(
            waived.asFinding.notes.first?.message
                == "waived by 'RA-1', to be reviewed by 2027-01-15: the first trial has ten patients"
        )
    }

    @Test(arguments: [
        ("2026-12-24", "2027-01-15", "is approved only on 2026-12-24"),
        ("2025-01-15", "2026-11-20", "was due on 2026-11-20"),
    ])
    func doesNotWaiveOutsideTheDates(approved: String, due: String, why: String) throws {
        let checked = try CheckedText(bank + risks(approved: approved, due: due), rules: rules)
        #expect(checked.codes.sorted() == ["bank-two-tier", "waiver-needs-risk-assessment"])
        #expect(checked.messages.contains { $0.contains(why) })
        #expect(checked.report.waived.isEmpty)
    }

    @Test func countsTheDayOfReviewItself() throws {
        let checked = try CheckedText(bank + risks(due: "2026-11-21"), rules: rules)
        #expect(checked.report.findings.isEmpty)
    }

    @Test func asksForAReason() throws {
        let checked = try CheckedText(bank + risks(reason: "tbd"), rules: rules)
        #expect(checked.messages.contains { $0.hasSuffix("gives no reason") })
        #expect(checked.codes.contains("bank-two-tier"))
    }

    @Test func reportsAWaiverThatFitsNothing() throws {
        let both = bank.replacing("}]", with: "}, { id: wcb, tier: working, made-from: mcb }]")
        let checked = try CheckedText(both + risks(), rules: rules)
        #expect(checked.messages == ["the waiver of 'bank-two-tier' fits nothing that was found"])
        #expect(checked.report.findings.first?.severity == .warning)
    }

    @Test func saysWhatWasMeantByAMisspeltRule() throws {
        let checked = try CheckedText(bank + risks(rule: "bank-two-teir"), rules: rules)
        #expect(checked.report.findings.contains { $0.help == "did you mean 'bank-two-tier'?" })
    }

    @Test func refusesToWaiveWhatCannotBeWaived() throws {
        let checked = try CheckedText(
            bank + risks(rule: "origin-set"), rules: rules.union(["origin-set"]))
        #expect(checked.messages.contains("the rule 'origin-set' cannot be waived"))
        #expect(checked.codes.contains("origin-set"))
    }

    /// A waiver at one thing leaves the same departure at another.
    @Test func waivesAtTheNamedThingOnly() throws {
        let materials = """
            materials:
              - { id: hpl, name: lysate, role: raw material, critical: yes, grade: research }
              - { id: enzyme, name: trypsin, role: raw material, critical: yes, grade: research }

            """
        let checked = try CheckedText(
            materials + risks(rule: "material-grade", at: "at: hpl, "),
            rules: ["material-grade", "waiver-needs-risk-assessment"])
        #expect(checked.report.waived.count == 1)
        #expect(checked.messages == ["the critical material 'trypsin' is of research grade"])
    }
}
