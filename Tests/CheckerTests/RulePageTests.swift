import Foundation
import Guidance
import Testing

@testable import Checker

/// The pages of the rules are made from the comments of the rules.
///
/// `UPDATE_SNAPSHOTS=1` writes them anew; the change is then reviewed as a diff.
@Suite struct RulePageTests {
    /// What `seedlot explain` prints comes from these files, which repeat the comments so that
    /// the program does not have to carry its sources.
    @Test func embeddedTextsAreCurrent() throws {
        let sources = try RuleSource.all()
        for (name, areas) in RulePageFiles.groups {
            let members = sources.filter { source in
                RuleCatalogue.rule(source.id).map { areas.contains($0.area) } ?? false
            }
            try expectFile(
                RulePageFiles.swift(name: name, rules: members),
                at: "Sources/Checker/Pages/RulePageTexts+\(name).swift")
        }
    }

    @Test func publishedPagesAreCurrent() throws {
        for source in try RuleSource.all() {
            let rule = try #require(RuleCatalogue.rule(source.id))
            let page = RulePage(of: rule, text: source.comment)
            try expectFile(page.markdown, at: "docs/rules/\(source.id).md")
        }
        try expectFile(RuleIndex.markdown, at: "docs/rules/README.md")
    }

    @Test func noPageIsLeftOfARuleThatIsGone() throws {
        let folder = RuleSource.repository.appending(path: "docs/rules")
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        let ids = Set(RuleRegistry.all.map { "\($0.id).md" } + ["README.md", "at-the-site.md"])
        #expect(Set(names) == ids)
    }

    @Test func everyRuleFileIsRegisteredAndNamedAfterItsCode() throws {
        let sources = try RuleSource.all()
        #expect(sources.map(\.id) == RuleRegistry.all.map { $0.id })
        for source in sources {
            let name = source.id.split(separator: "-")
                .map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
            let file = source.path.split(separator: "/").last ?? ""
            #expect(file.lowercased() == "\(name).swift".lowercased(), "\(source.id)")
        }
    }

    @Test func everyPageHasItsSections() throws {
        for source in try RuleSource.all() {
            #expect(source.comment.contains("## Why it matters"), "\(source.id)")
            #expect(!source.flagged.isEmpty, "\(source.id) shows nothing that is flagged")
            #expect(!source.accepted.isEmpty, "\(source.id) shows nothing that is accepted")
        }
    }

    @Test func theCatalogueSaysWhichRulesTheCheckerJudges() {
        let promised = RuleCatalogue.all.filter {
            $0.enforcement.contains(.definition) && UnjudgedRules.reason($0.id) == nil
        }
        #expect(Set(promised.map(\.id)) == Set(RuleRegistry.all.map { $0.id }))
    }

    /// Compares a file of the repository with what it should be, or writes it.
    private func expectFile(_ text: String, at path: String) throws {
        let file = RuleSource.repository.appending(path: path)
        if ProcessInfo.processInfo.environment["UPDATE_SNAPSHOTS"] == "1" {
            try Data(text.utf8).write(to: file)
            return
        }
        let current = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
        #expect(current == text, "\(path) is not current: run with UPDATE_SNAPSHOTS=1")
    }
}

/// How the embedded texts are divided into files, so that none grows too long.
enum RulePageFiles {
    static let groups: [(name: String, areas: Set<RuleArea>)] = [
        ("Product", [.classification, .product, .risk]),
        ("Donor", [.donor]),
        ("Material", [.material]),
        ("CellsAndBanks", [.cellLine, .bank]),
        ("Process", [.process]),
        ("Batch", [.batch, .dataIntegrity]),
        ("Facility", [.facility]),
        ("Asepsis", [.asepticProcessSimulation, .personnel]),
        ("Specification", [.specification]),
        ("Release", [.release, .potency, .analytics]),
        ("Stability", [.stability, .storage, .transport]),
        (
            "Development",
            [
                .comparability, .change, .nonclinical, .techTransfer, .dose, .trial, .records,
                .lifecycle, .dossier,
            ]
        ),
    ]

    static func swift(name: String, rules: [RuleSource]) -> String {
        var lines = [
            "// Made from the comments of the rules: UPDATE_SNAPSHOTS=1 ./dev test Checker",
            "// swift-format-ignore-file",
            "extension RulePageTexts {",
            "    static let \(name.prefix(1).lowercased() + name.dropFirst()) = #\"\"\"",
        ]
        for rule in rules {
            lines.append("\(RulePageTexts.marker)\(rule.id)")
            lines.append(rule.comment)
        }
        lines += ["\"\"\"#", "}", ""]
        return lines.joined(separator: "\n")
    }
}
