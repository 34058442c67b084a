import ArgumentParser
import Foundation
import Ledger
import Operations

/// `seedlot audit SITE`: who did what, when and why, with old and new values.
struct AuditCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit",
        abstract: "Print who did what, when and why, with old and new values.",
        discussion: """
            Example: seedlot audit SITE --subject B-26-004 --from 2026-06-01 --csv
            """)

    /// Lines of one page at most, to keep the answer of a program within bounds.
    static let pageMax = 100_000

    @OptionGroup var site: SiteArgument

    @Option(help: "Only facts that name this batch, lot, donor, or other identifier.")
    var subject: String?

    @Option(help: "Only what this person did or signed.")
    var person: String?

    @Option(help: "Only from this day or instant on (UTC), such as 2026-03-01.")
    var from: String?

    @Option(help: "Only before this instant, or up to the end of this day (UTC).")
    var to: String?

    @Option(help: "Facts of one page.")
    var limit = 100

    @Option(help: "Go on after this entry: the last one of the page before.")
    var after: UInt64?

    @Flag(help: "Print comma-separated values, one row a value.")
    var csv = false

    @OptionGroup var output: FormatOption

    func run() async throws {
        guard (1...Self.pageMax).contains(limit) else {
            throw Complaint.misuse(
                "a page has 1 to \(Self.pageMax) facts, not \(limit)", wayOut: "change --limit")
        }
        guard !csv || output.format == .text else {
            throw Complaint.misuse("--csv and --format json contradict", wayOut: "give one of them")
        }
        guard after != .max else { throw Complaint.misuse("there is no entry after \(UInt64.max)") }
        let question = AuditTrail.Question(
            subject: subject, person: person, from: try instant(from, "--from", endOfDay: false),
            to: try instant(to, "--to", endOfDay: true), firstEntry: after.map { $0 + 1 } ?? 0)
        let folder = try SiteDoor.folder(site.site)
        let storage = try SiteDoor.reading(folder)
        var printer = Printer(csv: csv, format: output.format)
        var lastEntry: UInt64?
        var isCut = false
        try await Complaint.wrapping {
            try await AuditTrail(storage: storage, replacements: AuditTrail.Replacement.all)
                .lines(question) { line in
                    guard printer.count < limit else {
                        isCut = true
                        return false
                    }
                    try printer.print(line)
                    lastEntry = line.entry.index
                    return true
                }
        }
        try printer.finish(next: isCut ? lastEntry : nil)
        if isCut, let lastEntry {
            Terminal.error("there is more: --after \(lastEntry)")
        } else if printer.count == 0 {
            Terminal.error("no fact answers this")
        }
    }

    private func instant(
        _ text: String?, _ option: String, endOfDay: Bool
    ) throws -> LedgerInstant? {
        guard let text else { return nil }
        if let instant = LedgerInstant(rfc3339: text) { return instant }
        // A day: from its first moment, or up to and with its last.
        let whole = endOfDay ? "\(text)T23:59:59.999999999Z" : "\(text)T00:00:00Z"
        guard let instant = LedgerInstant(rfc3339: whole) else {
            throw Complaint.misuse(
                "'\(text.prefix(40))' for \(option) is neither a day nor an instant of UTC",
                wayOut: "write 2026-03-01 or 2026-03-01T09:30:00Z")
        }
        return instant
    }

    private struct Printer {
        let csv: Bool
        let format: OutputFormat
        var count = 0
        private var collected: [Line] = []

        init(csv: Bool, format: OutputFormat) {
            self.csv = csv
            self.format = format
            if csv { Swift.print(AuditLine.commaSeparated(AuditLine.header)) }
        }

        mutating func print(_ line: AuditLine) throws {
            count += 1
            if csv {
                for row in line.rows { Swift.print(AuditLine.commaSeparated(row)) }
            } else if format == .json {
                collected.append(Line(line))
            } else {
                Swift.print(Self.text(line))
            }
        }

        func finish(next: UInt64?) throws {
            guard !csv, format == .json else { return }
            Swift.print(try Page(lines: collected, after: next).printedJSON())
        }

        private static func text(_ line: AuditLine) -> String {
            let draft = line.entry.draft
            var text = "\(line.entry.index)  \(draft.at)  \(draft.by)  \(draft.kind)"
            for value in line.values {
                let old = value.old.map { " (was: \($0))" } ?? ""
                text += "\n    \(value.name): \(value.new)\(old)"
            }
            if let reason = line.reason { text += "\n    because: \(reason)" }
            for signature in draft.signatures {
                text +=
                    "\n    \(signature.meaning.rawValue) by \(signature.printedName) "
                    + "(\(signature.person)), \(signature.at)"
            }
            return text
        }
    }

    private struct Page: Encodable {
        var lines: [Line]
        /// The entry to go on after, when there is more.
        var after: UInt64?
    }

    private struct Line: Encodable {
        struct Value: Encodable {
            var name: String
            var old: String?
            var new: String
        }

        struct Signature: Encodable {
            var person: String
            var name: String
            var meaning: String
            var at: String
        }

        var entry: UInt64
        var at: String
        var recorded: String
        var by: String
        var kind: String
        var reason: String?
        var values: [Value]
        var signatures: [Signature]

        init(_ line: AuditLine) {
            let draft = line.entry.draft
            entry = line.entry.index
            at = draft.at
            recorded = draft.recorded
            by = draft.by
            kind = draft.kind
            reason = line.reason
            values = line.values.map { Value(name: $0.name, old: $0.old, new: $0.new) }
            signatures = draft.signatures.map {
                Signature(
                    person: $0.person, name: $0.printedName, meaning: $0.meaning.rawValue,
                    at: $0.at)
            }
        }
    }
}
