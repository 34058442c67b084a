import Foundation
import Testing

/// `check`, `explain`, `rules`, `schema`, `new`, `diff`, `classify` and `risk-profile`, as an author
/// of a definition meets them.
@Suite struct DefinitionCommandTests {
    private static let examples = ["Examples/uc-msc", "Examples/psc-dopaminergic"]

    private func seedlot(_ arguments: String...) throws -> Shell.Outcome {
        try Shell.seedlot(arguments: arguments, in: Shell.root)
    }

    private func json(_ text: String) throws -> Any {
        try JSONSerialization.jsonObject(with: Data(text.utf8))
    }

    @Test(arguments: examples) func anExampleHasNoError(path: String) throws {
        let checked = try seedlot("check", path, "--as-of", "2026-11-21")
        #expect(checked.code == 0, "\(checked.output)")
        #expect(!checked.output.contains("error["))
        // A later phase asks for more, and says where.
        let later = try seedlot("check", path, "--phase", "commercial", "--as-of", "2026-11-21")
        #expect(later.code == 1)
        #expect(later.output.contains("judged for"))
        let one = try seedlot(
            "check", path, "--phase", "commercial", "--rule", "validation-prerequisites",
            "--format", "json")
        let object = try #require(try json(one.output) as? [String: Any])
        let findings = try #require(object["findings"] as? [[String: Any]])
        #expect(
            findings.allSatisfy {
                $0["code"] as? String == "validation-prerequisites"
                    || $0["code"] as? String == "waiver-needs-risk-assessment"
            })
    }

    @Test func aMistakeIsShownAsACompilerDoes() throws {
        try withFile("product: { id: X, nmae: x, version: '1', phase: phase1 }\n") { path in
            let checked = try seedlot("check", path)
            #expect(checked.code == 1)
            #expect(checked.output.contains(":1:19"), "\(checked.output)")
            #expect(
                checked.output.contains("1 | product: { id: X, nmae: x, version: '1'"),
                "\(checked.output)")
            #expect(checked.output.contains("^^^^"))
            #expect(checked.output.contains("did you mean 'name'?"))
        }
    }

    /// One file that cannot be read is the one thing to mend: what stands in it is not missing.
    @Test func nothingIsMissingWhileAFileCannotBeRead() throws {
        let folder = try Shell.temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appending(path: "product").path
        try FileManager.default.copyItem(
            at: Shell.root.appending(path: "Examples/uc-msc"), to: URL(filePath: path))
        let file = folder.appending(path: "product/product.yaml")
        let text = try String(contentsOf: file, encoding: .utf8)
        try (text + "\n\t: [\n").write(to: file, atomically: true, encoding: .utf8)
        let checked = try seedlot("check", path)
        #expect(checked.code == 1)
        #expect(checked.output.contains("error[yaml-syntax]"), "\(checked.output)")
        #expect(!checked.output.contains("class-set"), "\(checked.output)")
        #expect(checked.output.contains("the rules are judged when every file can be read"))
    }

    @Test func aWaiverIsPrintedWithItsReasonAndSuppressedInSARIF() throws {
        let text = """
            product: { id: X, name: x, version: '1', phase: phase1, cell-source: embryonic stem cells }
            banks: [{ id: mcb, tier: master }]
            risks:
              assessments:
                - { id: RA-1, title: t, approved: 2026-01-15, approved-by: quality, review-due: 2027-01-15 }
              waivers:
                - { rule: bank-two-tier, assessment: RA-1, justification: the first trial is small }

            """
        try withFile(text) { path in
            let rule = ["--rule", "bank-two-tier", "--as-of", "2026-11-21"]
            let checked = try Shell.seedlot(arguments: ["check", path] + rule)
            #expect(checked.output.contains("the first trial is small"), "\(checked.output)")
            #expect(checked.output.contains("1 waived by risk assessment"))
            let sarif = try Shell.seedlot(
                arguments: ["check", path, "--format", "sarif"] + rule)
            #expect(sarif.output.contains("\"suppressions\""))
            #expect(sarif.output.contains("the first trial is small"))
        }
    }

    /// Inputs that nobody would write come to findings, in little time and memory.
    @Test func hostileInputsAreFindings() throws {
        let folder = try Shell.temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let huge = folder.appending(path: "huge.yaml").path
        #expect(FileManager.default.createFile(atPath: huge, contents: nil))
        try #require(FileHandle(forWritingAtPath: huge)).truncate(atOffset: 1 << 30)
        let large = try seedlot("check", huge)
        #expect(large.code == 1)
        #expect(large.output.contains("file-too-large"), "\(large.output)")

        let loop = folder.appending(path: "loop")
        try FileManager.default.createDirectory(at: loop, withIntermediateDirectories: false)
        try FileManager.default.createSymbolicLink(
            at: loop.appending(path: "again"), withDestinationURL: loop)
        let looping = try seedlot("check", loop.path)
        #expect(looping.code == 1)
        #expect(looping.output.contains("no-definition"), "\(looping.output)")

        let bad = Shell.root.appending(path: "Tests/ProductDefinitionTests/Fixtures/bad")
        for file in try FileManager.default.contentsOfDirectory(atPath: bad.path).sorted() {
            let checked = try seedlot("check", bad.appending(path: file).path)
            #expect(checked.code == 1 || file == "empty-values.yaml", "\(file)")
            #expect(checked.error.isEmpty, "\(file): \(checked.error)")
        }
    }

    @Test(
        arguments: [
            (["check"], 2, "Missing expected argument"),
            (["check", "x", "--phase", "phase7"], 2, "phases: preclinical"),
            (["check", "x", "--jurisdiction", "EU,XX"], 2, "there is no jurisdiction 'XX'"),
            (
                ["check", "x", "--rule", "open-step-grade-b"], 2,
                "did you mean 'open-step-grade-a'?"
            ),
            (["check", "x", "--rule", "release-by-qp"], 2, "judged on the records of a site"),
            (["check", "x", "--as-of", "soon"], 2, "'soon' is not a day"),
            (["explain", "open-step-grad"], 2, "did you mean 'open-step-grade-a'?"),
            (["rules", "--area", "donors"], 2, "there is no area 'donors'"),
            (["new", "uc-msc", "/tmp/none"], 2, "there is no template 'uc-msc'"),
        ] as [([String], Int32, String)])
    func misuseIsExplained(arguments: [String], code: Int32, message: String) throws {
        let outcome = try Shell.seedlot(arguments: arguments)
        #expect(outcome.code == code)
        #expect(outcome.error.contains(message), "\(outcome.error)")
    }

    @Test func everyRuleIsListedAndExplained() throws {
        let listed = try #require(
            try json(try seedlot("rules", "--format", "json").output) as? [[String: Any]])
        #expect(listed.count == 200)
        let codes = try seedlot("explain").output.split(separator: "\n").map(String.init)
        #expect(codes == listed.compactMap { $0["id"] as? String })
        let page = try seedlot("explain", "open-step-grade-a")
        for section in ["# open-step-grade-a", "## Flagged", "## Accepted", "Annex 1"] {
            #expect(page.output.contains(section))
        }
        let site = try seedlot("explain", "release-by-qp")
        #expect(site.code == 0)
        #expect(site.output.contains("Judged on: site"), "\(site.output)")
        let table = try seedlot("rules", "--area", "release").output
        #expect(table.contains("\nrelease-by-qp "), "\(table)")
    }

    @Test func aTemplateIsWrittenAndChecks() throws {
        let folder = try Shell.temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appending(path: "product").path
        let made = try seedlot("new", "uc-msc-explant", path)
        #expect(made.code == 0, "\(made.error)")
        #expect(made.error == "next: seedlot check \(path)\n")
        #expect(try seedlot("check", path).code == 0)
        let again = try seedlot("new", "uc-msc-explant", path)
        #expect(again.code == 1)
        #expect(again.error.contains("is not empty"))
    }

    @Test func twoDefinitionsAreComparedInTheFieldsWords() throws {
        let folder = try Shell.temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let (before, after) = (folder.appending(path: "a").path, folder.appending(path: "b").path)
        for path in [before, after] {
            #expect(try seedlot("new", "uc-msc-explant", path).code == 0)
        }
        let same = try seedlot("diff", before, after)
        #expect(same.output == "no change\n")
        let file = try #require(
            try FileManager.default.contentsOfDirectory(atPath: after).sorted().first {
                try String(contentsOfFile: "\(after)/\($0)", encoding: .utf8)
                    .contains("phase: preclinical")
            })
        let text = try String(contentsOfFile: "\(after)/\(file)", encoding: .utf8)
        try text.replacingOccurrences(of: "phase: preclinical", with: "phase: phase1")
            .write(toFile: "\(after)/\(file)", atomically: true, encoding: .utf8)
        let changed = try seedlot("diff", before, after)
        #expect(changed.code == 0)
        #expect(changed.output.contains("phase"), "\(changed.output)")
        #expect(changed.output.hasSuffix("1 change\n"), "\(changed.output)")
        let rows = try json(try seedlot("diff", before, after, "--format", "json").output)
        #expect((rows as? [[String: Any]])?.count == 1)
    }

    @Test(arguments: examples) func anExampleIsClassifiedAndItsRisksAreShown(path: String) throws {
        let classified = try seedlot("classify", path)
        #expect(classified.code == 0, "\(classified.output)")
        #expect(classified.output.contains("outcome: "))
        #expect(classified.output.contains("precedents:"))
        let answer = try json(try seedlot("classify", path, "--format", "json").output)
        #expect((answer as? [String: Any])?["agrees"] as? Bool == true)
        let profile = try seedlot("risk-profile", path)
        #expect(profile.code == 0)
        #expect(profile.output.contains("risk factors:"))
        let matrix = try json(try seedlot("risk-profile", path, "--format", "json").output)
        #expect(((matrix as? [String: Any])?["rows"] as? [Any])?.isEmpty == false)
    }

    private func withFile(_ text: String, _ body: (String) throws -> Void) throws {
        let folder = try Shell.temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appending(path: "product.yaml")
        try text.write(to: file, atomically: true, encoding: .utf8)
        try body(file.path)
    }
}
