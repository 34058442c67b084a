public import Diagnostics
import Foundation

/// The files of a definition on disk: the room's only contact with the outside.
///
/// A path is one YAML file or a folder, which is searched for files ending in `.yaml` or `.yml`, in
/// the order of their names. Links are followed to files and folders inside the given folder only
/// as far as each is met once. What cannot be read is a finding, never a failure.
public enum DefinitionFiles {
    /// The texts at `path`, named by their path as given, and what could not be read.
    public static func load(_ path: String) -> (sources: [SourceFile], findings: [Finding]) {
        var loading = Loading()
        loading.visit(path, depth: 0, isGiven: true)
        if loading.sources.isEmpty, loading.findings.isEmpty {
            loading.report(
                "no-definition", "'\(path)' holds no file that ends in '.yaml'",
                help: "name a YAML file, or a folder with YAML files")
        }
        return (loading.sources, loading.findings)
    }

    /// Reads the definition at `path`.
    public static func read(
        _ path: String
    ) -> (definition: Definition?, findings: [Finding], sources: [SourceFile]) {
        let loaded = load(path)
        guard !loaded.sources.isEmpty else { return (nil, loaded.findings, []) }
        var (definition, findings) = DefinitionReader.read(loaded.sources)
        if !loaded.findings.isEmpty { definition?.isWhole = false }
        return (definition, loaded.findings + findings, loaded.sources)
    }
}

private struct Loading {
    var sources: [SourceFile] = []
    var findings: [Finding] = []
    private var bytes = 0
    /// Files and folders by device and number, so that a link to a parent is met only once.
    private var visited: Set<Identity> = []

    private struct Identity: Hashable {
        var device: UInt64
        var number: UInt64
    }

    mutating func visit(_ path: String, depth: Int, isGiven: Bool) {
        var status = stat()
        guard stat(path, &status) == 0 else {
            return report("unreadable-file", "'\(path)' cannot be read: \(reason())")
        }
        let identity = Identity(device: UInt64(status.st_dev), number: UInt64(status.st_ino))
        guard visited.insert(identity).inserted else { return }
        switch status.st_mode & S_IFMT {
        case S_IFDIR: visitFolder(path, depth: depth)
        case S_IFREG:
            if isGiven || path.hasSuffix(".yaml") || path.hasSuffix(".yml") {
                load(path, size: Int(status.st_size))
            }
        default:
            // A pipe or device would be read for ever.
            if isGiven {
                report("unreadable-file", "'\(path)' is neither a file nor a folder")
            }
        }
    }

    private mutating func visitFolder(_ path: String, depth: Int) {
        guard depth <= DefinitionLimits.folderDepth else {
            return report(
                "folder-too-deep",
                "'\(path)' is not read: deeper than \(DefinitionLimits.folderDepth) folders")
        }
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: path) else {
            return report("unreadable-file", "the folder '\(path)' cannot be read")
        }
        for name in names.sorted() where !name.hasPrefix(".") {
            guard sources.count < DefinitionLimits.files else {
                return report(
                    "too-many-files",
                    "only the first \(DefinitionLimits.files) files of '\(path)' are read")
            }
            let separator = path.hasSuffix("/") ? "" : "/"
            visit(path + separator + name, depth: depth + 1, isGiven: false)
        }
    }

    private mutating func load(_ path: String, size: Int) {
        let limit = min(DefinitionLimits.fileBytes, DefinitionLimits.totalBytes - bytes)
        guard size <= limit else {
            return report(
                "file-too-large", "'\(path)' is not read: \(size) bytes, more than \(limit)",
                help: "split it, or look for what does not belong in it")
        }
        guard let handle = FileHandle(forReadingAtPath: path) else {
            return report("unreadable-file", "'\(path)' cannot be read: \(reason())")
        }
        defer { try? handle.close() }
        // One byte more than allowed: a file may grow between looking and reading.
        guard let data = try? handle.read(upToCount: limit + 1), data.count <= limit else {
            if size == 0 { return sources.append(SourceFile(name: path, text: "")) }
            return report("unreadable-file", "'\(path)' cannot be read to its end")
        }
        bytes += data.count
        decode(data, path)
    }

    private mutating func decode(_ data: Data, _ path: String) {
        var bytes = [UInt8](data)
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes.removeFirst(3) }
        if let text = String(validating: bytes, as: UTF8.self) {
            return sources.append(SourceFile(name: path, text: text))
        }
        // The text is read all the same, so that the rest is checked too; the place of the first
        // bad byte is where the repaired text first differs.
        let text = String(decoding: bytes, as: UTF8.self)
        let good = zip(text.utf8, bytes).prefix { $0 == $1 }.count
        let before = bytes[..<good]
        let line = before.count { $0 == 0x0A } + 1
        let start = before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
        let column = String(decoding: before[start...], as: UTF8.self).unicodeScalars.count + 1
        findings.append(
            Finding(
                code: "invalid-utf8", severity: .error,
                message: "the text is not UTF-8 from here on",
                position: SourcePosition(file: path, line: line, column: column),
                help: "save the file as UTF-8"))
        sources.append(SourceFile(name: path, text: text))
    }

    mutating func report(
        _ code: String, _ message: String, help: String? = nil
    ) {
        findings.append(
            Finding(code: code, severity: .error, message: message, help: help))
    }

    private func reason() -> String { String(cString: strerror(errno)).lowercased() }
}
