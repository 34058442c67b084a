import Checker
import Diagnostics
import Guidance
import ProductDefinition
import Testing

/// How a check as a whole behaves.
@Suite struct DefinitionCheckTests {
    @Test func speaksLikeACompiler() throws {
        let checked = try CheckedText(
            """
            facility:
              rooms: [{ id: cell-room, name: cell processing, grade: C }]
              equipment: [{ id: bsc, kind: biosafety cabinet, grade: A, room: cell-room }]
            process:
              stages:
                - id: expansion
                  name: expansion
                  phase: expansion
                  operations:
                    - id: harvest
                      kind: harvest
                      state: open
                      room: cell-room
                      equipment: [bsc]

            """, rules: ["open-step-grade-a"])
        #expect(
            checked.rendered == """
                error[open-step-grade-a]: the open operation 'harvest' is in grade C, grade B is needed
                  --> process.yaml:13:17
                13 |           room: cell-room
                   |                 ^^^^^^^^^
                   = note: 'cell-room' is grade C (process.yaml:2:58)
                   = help: move it into grade B, use an isolator, or close the system
                   = citation: Annex 2A 3.11; Annex 1 4.4; EU GMP Part IV (2017) 9.5; Zhang & Stacey 2022, section 4


                """)
    }

    @Test func severityFollowsThePhase() throws {
        let text =
            "banks: [{ id: mcb, tier: master }]\nproduct: { cell-source: embryonic stem cells }\n"
        let expected: [DevelopmentPhase: Severity] = [
            .preclinical: .info, .phase1: .warning, .pivotal: .error, .commercial: .error,
        ]
        for (phase, severity) in expected {
            let checked = try CheckedText(text, rules: ["bank-two-tier"], phase: phase)
            #expect(checked.report.findings.map(\.severity) == [severity])
        }
    }

    @Test func rulesKeepToTheirJurisdiction() throws {
        let text = "donors: { tests: [HBsAg] }\nproduct: { cell-source: umbilical cord }\n"
        let rules: Set = ["donor-us-panel", "donor-eu-panel-complete"]
        let european = try CheckedText(text, rules: rules, jurisdictions: [.eu])
        #expect(Set(european.codes) == ["donor-eu-panel-complete"])
        let american = try CheckedText(text, rules: rules, jurisdictions: [.unitedStates])
        #expect(Set(american.codes) == ["donor-us-panel"])
        let elsewhere = try CheckedText(text, rules: rules, jurisdictions: [.japan])
        #expect(elsewhere.codes.isEmpty)
    }

    @Test func anUnconfirmedRuleSaysSo() throws {
        let checked = try CheckedText("donors: { tests: [HBsAg] }\n", rules: ["donor-consent"])
        let finding = try #require(checked.report.findings.first)
        #expect(finding.severity == .warning)
        #expect(finding.notes.last?.message.contains("unconfirmed") == true)
    }

    /// Every message is lower case, names what it is about and ends without a full stop.
    @Test func messagesKeepTheirForm() throws {
        for source in try RuleSource.all() {
            for text in source.flagged {
                let checked = try CheckedText(
                    text, rules: [source.id], jurisdictions: [.eu, .unitedStates])
                for finding in checked.report.findings {
                    let first = try #require(finding.message.first)
                    #expect(!first.isUppercase || finding.message.hasPrefix("HLA"), "\(finding)")
                    #expect(!finding.message.hasSuffix("."), "\(finding)")
                    #expect(finding.help != nil, "\(finding)")
                    #expect(!finding.message.contains("\n"), "\(finding)")
                }
            }
        }
    }

    /// An empty definition is judged without harm, in every phase.
    @Test(arguments: DevelopmentPhase.allCases) func judgesAnEmptyDefinition(
        phase: DevelopmentPhase
    ) throws {
        let checked = try CheckedText(
            "product: { id: x }\n", phase: phase, jurisdictions: [.eu, .unitedStates])
        #expect(checked.codes.contains("dose-defined"))
    }

    /// The same mistake in thousands of steps is one mistake: what is shown stays bounded, and
    /// the rest is counted.
    @Test func boundsWhatIsShownOfOneMistake() throws {
        let steps = (0..<1_200).map { "        - { id: s\($0), kind: passage }\n" }.joined()
        let text = """
            process:
              stages:
                - id: a
                  name: expansion
                  phase: expansion
                  operations:

            """ + steps
        let checked = try CheckedText(text, rules: ["step-state-declared"])
        #expect(checked.report.findings.count == Findings.perRuleLimit)
        #expect(checked.report.omitted["step-state-declared"] == 1_200 - Findings.perRuleLimit)
    }
}
