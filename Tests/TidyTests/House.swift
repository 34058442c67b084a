import Foundation

/// The repository as the tidy tests see it: its manifest and its sources, read as text.
struct House {
    /// The root of the repository.
    static let root = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    /// One Swift file.
    struct File {
        /// Path from the root of the repository.
        var path: String
        var text: String

        /// The room or test target the file belongs to.
        var target: String { String(path.split(separator: "/").dropFirst().first ?? "") }

        /// The modules the file imports.
        var imports: Set<String> {
            var imports: Set<String> = []
            for line in text.split(separator: "\n") {
                var words = line.split(separator: " ")
                if let first = words.first, first.hasPrefix("@") { words.removeFirst() }
                let access: Set<Substring> = ["public", "package", "internal", "private"]
                if let first = words.first, access.contains(first) { words.removeFirst() }
                guard words.first == "import", words.count >= 2 else { continue }
                // `import struct Module.Type` names the module in its last word.
                let module = words.last?.split(separator: ".").first ?? ""
                imports.insert(String(module))
            }
            return imports
        }
    }

    /// The Swift files under `folder`.
    static func files(in folder: String) -> [File] {
        let url = root.appending(path: folder)
        guard let paths = FileManager.default.enumerator(atPath: url.path) else { return [] }
        return paths.compactMap { $0 as? String }
            .filter { $0.hasSuffix(".swift") }
            .sorted()
            .compactMap { path in
                let file = url.appending(path: path)
                guard let text = try? String(contentsOf: file, encoding: .utf8) else { return nil }
                return File(path: "\(folder)/\(path)", text: text)
            }
    }

    /// Text files of the repository that people read, by their path.
    static func documents() -> [(path: String, text: String)] {
        let kinds = [".md", ".swift", ".yaml", ".sh", ".py", ".css", ".js", ".go", ".jsonl"]
        let names = ["dev", ".ci/run"]
        guard let paths = FileManager.default.enumerator(atPath: root.path) else { return [] }
        var documents: [(path: String, text: String)] = []
        for case let path as String in paths {
            if path.hasPrefix(".git/") || path.hasPrefix(".build") { continue }
            guard kinds.contains(where: path.hasSuffix) || names.contains(path),
                let text = try? String(contentsOf: root.appending(path: path), encoding: .utf8)
            else { continue }
            documents.append((path, text))
        }
        return documents
    }
}
