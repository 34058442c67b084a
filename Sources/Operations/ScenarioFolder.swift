import Diagnostics
import Facility
package import Foundation
import ProductDefinition

/// The folder a scenario stands in: its lines name definitions and files relative to it.
package struct ScenarioFolder: Sendable {
    /// Bytes of one file at most: a run of a cytometer. A scenario holds its files in memory.
    package static let fileBytesMax = 64 << 20

    private let url: URL

    /// The folder at `url`.
    package init(_ url: URL) { self.url = url }

    /// The YAML files at `path` (one file or a folder), named within it.
    func definition(at path: String) throws(ScenarioFolderError) -> [DefinitionFile] {
        let folder = url.appending(path: path).standardizedFileURL
        let loaded = DefinitionFiles.load(folder.path)
        if let finding = loaded.findings.first {
            throw ScenarioFolderError(description: finding.message)
        }
        // What is recorded names a file within the definition, not a place on this machine.
        return loaded.sources.map { source in
            let inside = source.name.hasPrefix(folder.path + "/")
            let name = inside ? String(source.name.dropFirst(folder.path.count + 1)) : nil
            return DefinitionFile(name: name ?? folder.lastPathComponent, text: source.text)
        }
    }

    /// The file at `path`: what it is called, and its bytes.
    func file(at path: String) throws(ScenarioFolderError) -> (name: String, bytes: [UInt8]) {
        let file = url.appending(path: path).standardizedFileURL
        let values = try? file.resourceValues(forKeys: [.fileSizeKey, .isRegularFileKey])
        guard values?.isRegularFile == true, let size = values?.fileSize else {
            throw ScenarioFolderError(description: "there is no such file")
        }
        guard size <= Self.fileBytesMax else {
            throw ScenarioFolderError(
                description: "it has \(size) bytes, at most \(Self.fileBytesMax) are read")
        }
        do {
            return (file.lastPathComponent, Array(try Data(contentsOf: file)))
        } catch {
            throw ScenarioFolderError(description: "\(error)")
        }
    }
}

/// Why something that a scenario names cannot be read.
struct ScenarioFolderError: Error, CustomStringConvertible {
    let description: String
}
