import ArgumentParser
import Checker
import Diagnostics
import Foundation
import Guidance
import ProductDefinition

/// `seedlot check PATH…`: the findings of the reader and of the rules, as a compiler prints them.
struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Checks product definitions against the rules of the field.",
        discussion: """
            A path is a YAML file or a folder of them. Exit code 1 when an error stands.
            Departures that a risk assessment justifies are printed with its reason and do not \
            count.
            """)

    @Argument(help: "Definitions to check: files or folders.")
    var paths: [String]

    @Option(help: "Judge for this phase: preclinical, phase1, pivotal or commercial.")
    var phase: String?

    @Option(help: "Judge for these jurisdictions, for instance EU,US.")
    var jurisdiction: String?

    @Option(help: "How to print: text, json or sarif.")
    var format = CheckFormat.text

    @Option(help: "Judge by these rules only; can be given more than once.")
    var rule: [String] = []

    @Option(help: "The day on which due dates are judged, as 2026-11-21; today when not given.")
    var asOf: String?

    func run() throws {
        let settings = try CheckSettings(
            phase: phase, jurisdictions: jurisdiction, rules: rule, day: asOf)
        var results: [CheckedDefinition] = []
        for path in paths { results.append(CheckedDefinition(path, settings)) }
        switch format {
        case .text: results.forEach { $0.printText() }
        case .json: print(JSONRenderer.render(results.flatMap(\.all)))
        case .sarif:
            let renderer = SARIFRenderer(
                version: SeedlotVersion.current, rules: RuleRegistry.all.map { described($0.entry) }
            )
            print(
                renderer.render(
                    results.flatMap(\.findings), suppressed: results.flatMap(\.suppressed)))
        }
        if results.contains(where: \.hasError) { throw ExitCode.failure }
    }
}

/// A rule as SARIF describes it.
private func described(_ rule: CatalogueRule) -> SARIFRenderer.RuleDescription {
    .init(id: rule.id, summary: rule.statement, citation: rule.basis.joined(separator: "; "))
}

/// How `seedlot check` prints.
enum CheckFormat: String, ExpressibleByArgument, CaseIterable {
    case text, json, sarif
}

/// What a person asked of a check, read from the command line.
struct CheckSettings {
    let phase: DevelopmentPhase?
    let jurisdictions: Set<Jurisdiction>?
    let rules: Set<String>?
    let day: CalendarDate

    init(phase: String?, jurisdictions: String?, rules: [String], day: String?) throws {
        self.phase = try phase.map { name in
            guard let phase = DevelopmentPhase(named: name) else {
                let known = DevelopmentPhase.allCases.map(\.rawValue).joined(separator: ", ")
                throw Complaint.misuse("there is no phase '\(name)'", wayOut: "phases: \(known)")
            }
            return phase
        }
        self.jurisdictions = try jurisdictions.map { list in
            try Set(
                list.split(separator: ",").map { code in
                    let code = code.filter { $0 != " " }
                    guard let jurisdiction = Jurisdiction(code: code) else {
                        let known = Jurisdiction.allCases.map(\.rawValue).joined(separator: ", ")
                        throw Complaint.misuse(
                            "there is no jurisdiction '\(code)'", wayOut: "jurisdictions: \(known)")
                    }
                    return jurisdiction
                })
        }
        for rule in rules where RuleRegistry.rule(rule) == nil {
            let near = Spelling.nearest(to: rule, among: RuleRegistry.all.map { $0.id })
            let wayOut =
                RuleCatalogue.rule(rule) != nil
                ? "it is judged on the records of a site, not on a definition"
                : near.map { "did you mean '\($0)'?" } ?? "'seedlot rules' lists all rules"
            throw Complaint.misuse("no rule '\(rule)' is judged on definitions", wayOut: wayOut)
        }
        self.rules = rules.isEmpty ? nil : Set(rules)
        let text = day ?? Self.today()
        guard let date = CalendarDate(text) else {
            throw Complaint.misuse("'\(text)' is not a day", wayOut: "write it as 2026-11-21")
        }
        self.day = date
    }

    /// The day where this machine stands, the one thing a check reads from its surroundings.
    private static func today() -> String {
        let parts = Calendar(identifier: .gregorian)
            .dateComponents([.year, .month, .day], from: Date())
        func padded(_ number: Int?, _ width: Int) -> String {
            let digits = String(number ?? 0)
            return String(repeating: "0", count: max(width - digits.count, 0)) + digits
        }
        return "\(padded(parts.year, 4))-\(padded(parts.month, 2))-\(padded(parts.day, 2))"
    }
}

/// A definition with everything that was found in it.
struct CheckedDefinition {
    let path: String
    let sources: [SourceFile]
    /// What the reader and the rules found and what stands.
    let findings: [Finding]
    let report: CheckReport?

    init(_ path: String, _ settings: CheckSettings) {
        self.path = path
        let read = DefinitionFiles.read(path)
        sources = read.sources
        // What stands in a file that cannot be read would be reported as missing.
        guard let definition = read.definition, definition.isWhole else {
            findings = read.findings
            report = nil
            return
        }
        let report = DefinitionCheck.run(
            definition, phase: settings.phase, jurisdictions: settings.jurisdictions,
            asOf: settings.day, only: settings.rules)
        findings = (read.findings + report.findings).inReadingOrder()
        self.report = report
    }

    var hasError: Bool { findings.contains { $0.severity == .error } }

    /// Everything, with what was waived as information.
    var all: [Finding] {
        (findings + (report?.waived.map(\.asFinding) ?? [])).inReadingOrder()
    }

    /// What was waived, as SARIF shows it.
    var suppressed: [SARIFRenderer.Suppressed] {
        (report?.waived ?? []).map {
            .init(
                $0.finding,
                because: "waived by '\($0.assessment)', to be reviewed by \($0.reviewDue): "
                    + $0.justification)
        }
    }

    func printText() {
        let text = TextRenderer(sources: sources).render(all)
        print(text, terminator: "")
        let phase = report.map { ", judged for \($0.phase.title)" } ?? ""
        print("\(path): \(TextRenderer.summary(of: findings))\(phase)")
        guard let report else {
            return print("\(path): the rules are judged when every file can be read")
        }
        if !report.waived.isEmpty {
            print("\(path): \(report.waived.count) waived by risk assessment")
        }
        for (rule, count) in report.omitted.sorted(by: { $0.key < $1.key }) {
            print("\(path): \(count) more of '\(rule)' are not shown")
        }
    }
}
