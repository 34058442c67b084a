import Diagnostics
import Foundation
import TestSupport
import Testing

@Suite struct RendererTests {
    private let source = SourceFile(
        name: "process.yaml",
        text: """
            process: expansion
            steps:
              - name: overnight
                hold: { at: 4 °C }
            """)

    private let finding = Finding(
        code: "unbounded-hold", severity: .error,
        message: "hold 'overnight' has no maximum duration",
        position: SourcePosition(file: "process.yaml", line: 4, column: 5, length: 4),
        help: "add 'maximum:' with the validated limit", citation: "Annex 1 8.18",
        notes: [.init("the stage begins here", at: .init(file: "process.yaml", line: 2, column: 1))]
    )

    @Test func textShowsTheAuthorsLineWithACaret() {
        #expect(
            TextRenderer(sources: [source]).render(finding) == """
                error[unbounded-hold]: hold 'overnight' has no maximum duration
                 --> process.yaml:4:5
                4 |     hold: { at: 4 °C }
                  |     ^^^^
                  = note: the stage begins here (process.yaml:2:1)
                  = help: add 'maximum:' with the validated limit
                  = citation: Annex 1 8.18

                """)
    }

    @Test func textWithoutALineStillNamesThePlace() {
        let text = TextRenderer(sources: []).render(finding)
        #expect(text.contains(" --> process.yaml:4:5\n"))
        #expect(!text.contains("hold: {"))
        var bare = finding
        bare.position = .init(file: "process.yaml", line: 99, column: 1)
        #expect(TextRenderer(sources: [source]).render(bare).contains("--> process.yaml:99:1\n"))
    }

    @Test func tabsStayUnderTabsAndLongLinesAreCut() {
        let tabbed = SourceFile(name: "a", text: "\tkey: x\r\n")
        let long = SourceFile(name: "b", text: String(repeating: "x", count: 100_000))
        let renderer = TextRenderer(sources: [tabbed, long])
        let first = renderer.render(
            Finding(
                code: "c", severity: .warning, message: "m",
                position: .init(file: "a", line: 1, column: 2, length: 3)))
        #expect(first.contains("1 | \tkey: x\n  | \t^^^\n"))
        let second = renderer.render(
            Finding(
                code: "c", severity: .warning, message: "m",
                position: .init(file: "b", line: 1, column: 50_000, length: 9000)))
        #expect(second.utf8.count < 500)
        #expect(second.contains("…"))
    }

    @Test func controlCharactersDoNotReachATerminal() {
        let hostile = SourceFile(name: "a", text: "key: \u{1B}[31mred \u{202E}")
        let text = TextRenderer(sources: [hostile]).render(
            Finding(
                code: "c", severity: .info, message: "is \u{7}'x'",
                position: .init(file: "a", line: 1, column: 1)))
        #expect(!text.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" })
        #expect(!text.unicodeScalars.contains("\u{202E}"))
    }

    @Test func jsonHoldsEveryField() throws {
        let text = JSONRenderer.render([finding])
        let object = try #require(
            try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        let first = try #require((object["findings"] as? [[String: Any]])?.first)
        #expect(first["code"] as? String == "unbounded-hold")
        #expect((first["position"] as? [String: Any])?["line"] as? Int == 4)
        #expect((object["counts"] as? [String: Int]) == ["error": 1, "warning": 0, "info": 0])
    }

    @Test func sarifNamesRuleLevelAndRegion() throws {
        let text = SARIFRenderer(
            version: "1.0",
            rules: [.init(id: "unbounded-hold", summary: "holds have a maximum", citation: "8.18")]
        ).render([finding])
        let object = try #require(
            try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        #expect(object["version"] as? String == "2.1.0")
        let run = try #require((object["runs"] as? [[String: Any]])?.first)
        let result = try #require((run["results"] as? [[String: Any]])?.first)
        #expect(result["level"] as? String == "error")
        #expect(result["ruleIndex"] as? Int == 0)
        #expect((result["relatedLocations"] as? [Any])?.count == 1)
        expectSnapshot(text, named: "findings.sarif")
    }

    @Test func sarifShowsWhatWasJustifiedAsSuppressed() throws {
        let text = SARIFRenderer(version: "1.0").render(
            [], suppressed: [.init(finding, because: "the hold was studied")])
        let object = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
        let run = try #require((object?["runs"] as? [[String: Any]])?.first)
        let result = try #require((run["results"] as? [[String: Any]])?.first)
        let suppression = try #require((result["suppressions"] as? [[String: String]])?.first)
        #expect(
            suppression == [
                "kind": "external", "status": "accepted", "justification": "the hold was studied",
            ])
        #expect(result["ruleIndex"] as? Int == 0)
    }

    /// Regions begin at line 1: a place that was never written is left out.
    @Test func whatWasNeverWrittenHasNoPlace() {
        let nowhere = SourcePosition(file: "", line: 0, column: 0)
        let finding = Finding(
            code: "c", severity: .error, message: "m", position: nowhere,
            notes: [.init("n", at: nowhere)])
        #expect(finding.position == nil)
        #expect(finding.notes[0].position == nil)
        #expect(!SARIFRenderer(version: "1").render([finding]).contains("startLine"))
    }

    @Test func findingsSortByPlace() {
        let places = [(2, 1), (1, 9), (1, 2)].map {
            Finding(
                code: "c", severity: .error, message: "m",
                position: .init(file: "f", line: $0.0, column: $0.1))
        }
        #expect(places.inReadingOrder().map { $0.position!.line } == [1, 1, 2])
        #expect(TextRenderer.summary(of: places) == "3 errors")
        #expect(TextRenderer.summary(of: []) == "no findings")
    }
}
