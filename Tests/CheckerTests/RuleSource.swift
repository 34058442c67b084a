import Foundation

/// A rule as it stands in its source file: the comment that is its page, and its examples.
struct RuleSource {
    /// The code, from `static let id = "…"`.
    let id: String
    /// The comment without slashes.
    let comment: String
    /// The path below `Sources/Checker/Rules`.
    let path: String

    /// The lead and every section except the examples' fences stay as written.
    var flagged: [String] { examples(under: "## Flagged") }
    var accepted: [String] { examples(under: "## Accepted") }

    /// The phase at which the examples are judged: named in the heading, "## Flagged (phase1)",
    /// or confirmatory trials.
    var phaseName: String {
        guard
            let line = comment.split(separator: "\n").first(where: { $0.hasPrefix("## Flagged (") })
        else { return "pivotal" }
        return String(line.dropFirst("## Flagged (".count).dropLast())
    }

    private func examples(under heading: String) -> [String] {
        var blocks: [String] = []
        var isUnderHeading = false
        var block: [Substring]?
        for line in comment.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("## ") { isUnderHeading = line.hasPrefix(heading) }
            guard isUnderHeading else { continue }
            if line == "```yaml" {
                block = []
            } else if line == "```", let lines = block {
                blocks.append(lines.joined(separator: "\n") + "\n")
                block = nil
            } else {
                block?.append(line)
            }
        }
        return blocks
    }

    /// Every rule file below `Sources/Checker/Rules`, in the order of their codes.
    static func all() throws -> [RuleSource] {
        let folder = repository.appending(path: "Sources/Checker/Rules")
        var sources: [RuleSource] = []
        let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
        while let file = files?.nextObject() as? URL {
            guard file.pathExtension == "swift" else { continue }
            let text = try String(contentsOf: file, encoding: .utf8)
            guard let source = RuleSource(text: text, path: relative(file, to: folder)) else {
                continue
            }
            sources.append(source)
        }
        return sources.sorted { $0.id < $1.id }
    }

    /// The root of the repository, found from this file.
    static let repository = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    /// Reads the comment before the first enum that is a rule; `nil` for other files.
    init?(text: String, path: String) {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        guard
            let start = lines.firstIndex(where: { $0.hasPrefix("enum ") && $0.contains(": Rule {") }
            ),
            let idLine = lines[start...].first(where: { $0.contains("static let id = \"") }),
            let id = idLine.split(separator: "\"").dropFirst().first
        else { return nil }
        let comment = lines[..<start].reversed().prefix { $0.hasPrefix("///") }.reversed().map {
            $0.dropFirst($0.hasPrefix("/// ") ? 4 : 3)
        }
        self.id = String(id)
        self.comment = comment.joined(separator: "\n")
        self.path = path
    }

    private static func relative(_ file: URL, to folder: URL) -> String {
        String(file.path.dropFirst(folder.path.count + 1))
    }
}
