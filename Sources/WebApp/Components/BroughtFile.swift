import Cytometry
import Facility
import Ledger
import Operations
import Quantities

/// A file that was brought in a form and is not recorded yet: its name, its digest, and what can be
/// read of it.
struct BroughtFile: Component {
    let kept: KeptFile
    /// The field of the command it was brought in, which says what it should hold.
    let field: String
    let store: ContentStore
    /// What a logger's file is in; `nil` for a temperature in °C.
    var unit: Quantities.Unit?

    /// Bytes that are read of a file to tell what it is; a larger one is kept unread.
    private static let readBytesMax = 4 << 20
    /// Lines of a text that are shown.
    private static let linesMax = 12

    func write(into html: inout HTML) {
        let file = kept.file
        html(.div, .class("brought")) { html in
            html(.p) { html in
                html(.a, .href(.file(file.digest.hex)), text: file.name)
                html.text(" ")
                html(.code, text: "SHA-256 \(file.digest.hex)")
            }
            guard let reference = try? store.reference(to: file.digest, name: file.name) else {
                html(
                    .p, .class("problem"), text: "It is not in the store any more: bring it again.")
                return
            }
            guard reference.size <= UInt64(Self.readBytesMax),
                let bytes = try? store.bytes(of: file.digest)
            else {
                html(.p, .class("help"), text: "\(reference.size) bytes, kept as they are")
                return
            }
            var facts = Facts()
            facts.add("Size", "\(reference.size) bytes")
            do throws(FileProblem) {
                try read(bytes, into: &facts)
            } catch {
                html(.p, .class("problem"), text: error.message)
            }
            html.add(facts)
            if let lines = Self.lines(of: bytes) { html(.pre, text: lines) }
        }
    }

    /// Why a file does not hold what its field asks for.
    private struct FileProblem: Error {
        let message: String
    }

    /// What the file holds, by what its field asks for; a problem when it does not.
    private func read(_ bytes: [UInt8], into facts: inout Facts) throws(FileProblem) {
        switch field {
        case "series": try readLog(bytes, into: &facts)
        case "gates":
            do throws(GatingError) {
                let gates = try GatingDocument(bytes).strategy(for: nil)
                facts.add("Gates", gates.populationIDs.joined(separator: ", "))
            } catch {
                throw FileProblem(message: "It holds no gates: \(error.message).")
            }
        case "panel":
            do throws(PanelError) {
                let panel = try MarkerPanel(json: bytes)
                facts.add("Markers", panel.markers.map(\.inWords).joined(separator: "; "))
            } catch {
                throw FileProblem(message: "It holds no panel: \(error.message).")
            }
        default: facts.add("Kind", Self.kind(of: bytes))
        }
    }

    private func readLog(_ bytes: [UInt8], into facts: inout Facts) throws(FileProblem) {
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw FileProblem(message: "It is no text: bring the file of the logger as CSV.")
        }
        do throws(Rejection) {
            let log = try LoggerSeries(text, in: unit).log(file: text)
            facts.add("From", log.from.description)
            facts.add("To", log.to.description)
            facts.add("Readings", "\(log.readings)")
            facts.add("Lowest", log.lowest.description)
            facts.add("Highest", log.highest.description)
            facts.add("Longest gap", log.longestGap.map { "\($0 / 60) min" })
        } catch {
            throw FileProblem(
                message: "It cannot be read: \(error.message)"
                    + (error.help.map { "; \($0)" } ?? "") + ".")
        }
    }

    /// What the first bytes of a file say it is.
    private static func kind(of bytes: [UInt8]) -> String {
        let marks: [(mark: String, kind: String)] = [
            ("%PDF-", "PDF document"), ("\u{89}PNG", "PNG image"), ("FCS", "cytometer run (FCS)"),
            ("PK\u{3}\u{4}", "archive: a spreadsheet or a text document"),
        ]
        for (mark, kind) in marks
        where bytes.starts(with: mark.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }) {
            return kind
        }
        if bytes.starts(with: [0xFF, 0xD8, 0xFF]) { return "JPEG image" }
        return String(validating: bytes, as: UTF8.self) == nil ? "bytes" : "text"
    }

    /// The first lines of a text; nil for anything else.
    private static func lines(of bytes: [UInt8]) -> String? {
        guard !bytes.starts(with: Array("%PDF-".utf8)), !bytes.contains(0),
            let text = String(validating: bytes, as: UTF8.self)
        else { return nil }
        let lines = text.split(
            maxSplits: linesMax, omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        let shown = lines.prefix(linesMax).map { String($0.prefix(200)) }
        return (shown + (lines.count > linesMax ? ["…"] : [])).joined(separator: "\n")
    }
}

extension MarkerPanel.Marker {
    /// "CD73 at least 95 %".
    fileprivate var inWords: String {
        let bounds = [
            limit?.min.map { "at least \($0) %" }, limit?.max.map { "at most \($0) %" },
        ].compactMap { $0 }
        return ([marker] + bounds).joined(separator: " ")
    }
}
