import Checker
import Guidance
import ProductDefinition
import Testing

/// Open and closed processing against the background that Annex 1 and Annex 2A give it.
@Suite struct EnvironmentRuleTests {
    private let rules: Set = [
        "open-step-grade-a", "lower-background-waiver", "closed-background-floor",
    ]

    /// One operation in a room, done in a cabinet or isolator.
    private func process(
        state: String, room: String, equipment: String? = nil, more: String = "",
        product: String = ""
    ) -> String {
        let device = equipment.map { "equipment: [{ id: e, kind: \($0), grade: A }]" } ?? ""
        let use = equipment == nil ? "" : ", equipment: [e]"
        return """
            \(product)
            facility:
              rooms: [{ id: r, name: room, grade: \(room) }]
              \(device)
            process:
              stages:
                - id: a
                  name: expansion
                  phase: expansion
                  operations: [{ id: h, kind: harvest, state: \(state), room: r\(use)\(more) }]

            """
    }

    /// Local grade A; what background each barrier allows (Annex 1 4.4, 4.20).
    @Test(arguments: [
        ("biosafety cabinet", "B", true), ("biosafety cabinet", "C", false),
        ("RABS", "B", true), ("RABS", "C", false), ("open isolator", "C", true),
        ("open isolator", "D", false), ("closed isolator", "D", true),
        ("closed isolator", "CNC", false),
    ])
    func openHandlingNeedsTheBackgroundOfItsBarrier(
        equipment: String, room: String, isAccepted: Bool
    ) throws {
        let checked = try CheckedText(
            process(state: "open", room: room, equipment: equipment), rules: rules)
        #expect(checked.codes.contains("open-step-grade-a") == !isAccepted)
        #expect(checked.codes.contains("lower-background-waiver") == !isAccepted)
    }

    @Test func openHandlingNeedsGradeAAtTheProduct() throws {
        let checked = try CheckedText(
            process(state: "open", room: "B", more: ", local-grade: B"), rules: rules)
        #expect(
            checked.messages == [
                "the open operation 'h' has grade B at the product, grade A is needed"
            ])
        let unknown = try CheckedText(process(state: "open", room: "B"), rules: rules)
        #expect(
            unknown.messages == ["the open operation 'h' does not say which air is at the product"])
    }

    @Test func aLaterInactivationOrTissueLawReleasesAStep() throws {
        let later = process(state: "open", room: "D", more: ", microbes-inactivated-later: yes")
        #expect(try CheckedText(later, rules: rules).codes.isEmpty)
        let procurement = process(state: "open", room: "D").replacing(
            "phase: expansion", with: "phase: procurement\n      regime: tissue law")
        #expect(try CheckedText(procurement, rules: rules).codes.isEmpty)
    }

    /// Annex 2A 3.13: grade C may do for closed systems, D with integrity through the whole use;
    /// both below B with an approved assessment.
    @Test func closedHandlingNeedsAnAssessmentBelowGradeB() throws {
        let assessed = ", risk-assessment: RA-1"
        let assessment = """
            risks:
              assessments:
                - { id: RA-1, title: t, approved: 2026-01-15, approved-by: quality, review-due: 2027-01-15 }

            """
        let inB = try CheckedText(process(state: "closed", room: "B"), rules: rules)
        #expect(inB.codes.isEmpty)
        let inC = try CheckedText(process(state: "closed", room: "C"), rules: rules)
        #expect(inC.codes == ["lower-background-waiver"])
        let covered = try CheckedText(
            process(state: "closed", room: "C", more: assessed) + assessment, rules: rules)
        #expect(covered.codes.isEmpty)
        let overdue = try CheckedText(
            process(state: "closed", room: "C", more: assessed)
                + assessment.replacing("2027-01-15", with: "2026-01-16"), rules: rules)
        #expect(overdue.messages.first?.contains("was due on 2026-01-16") == true)
        let inD = try CheckedText(
            process(state: "closed", room: "D", more: assessed) + assessment, rules: rules)
        #expect(inD.codes == ["closed-background-floor"])
        let integral = try CheckedText(
            process(
                state: "closed", room: "D",
                more: assessed + ", integrity: { evidence: VAL-1, whole-use: yes }") + assessment,
            rules: rules)
        #expect(integral.codes.isEmpty)
        let unclassified = try CheckedText(
            process(
                state: "functionally closed", room: "CNC",
                more: assessed + ", integrity: { evidence: VAL-1, whole-use: yes }") + assessment,
            rules: rules)
        #expect(unclassified.codes == ["closed-background-floor"])
    }

    /// Annex 2A 3.12: life-threatening, no alternative, approved by the authority, assessed.
    @Test(arguments: [
        ("life-threatening: yes", "authority-approved: yes, no-alternative: yes", ""),
        ("life-threatening: no", "authority-approved: yes, no-alternative: yes", "disease"),
        ("life-threatening: yes", "authority-approved: no, no-alternative: yes", "authority"),
        ("life-threatening: yes", "authority-approved: yes, no-alternative: no", "alternative"),
    ])
    func anExceptionNeedsAllItsConditions(
        product: String, conditions: String, missing: String
    ) throws {
        let text =
            process(
                state: "open", room: "C", equipment: "biosafety cabinet",
                product: "product: { \(product) }")
                + """
                risks:
                  assessments:
                    - { id: RA-1, title: t, approved: 2026-01-15, approved-by: quality, review-due: 2027-01-15 }
                  waivers:
                    - rule: lower-background-waiver
                      at: h
                      assessment: RA-1
                      justification: no grade B room in the country
                      \(conditions.replacing(", ", with: "\n      "))

                """
        let checked = try CheckedText(
            text, rules: rules.union(["waiver-needs-risk-assessment"]), phase: .phase1)
        if missing.isEmpty {
            #expect(checked.codes.isEmpty, "\(checked.rendered)")
        } else {
            #expect(checked.codes.contains("open-step-grade-a"))
            #expect(checked.messages.contains { $0.contains("lacks") && $0.contains(missing) })
        }
    }
}
