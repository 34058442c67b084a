import Diagnostics
import Facility
import Foundation
import ProductDefinition

/// Reads the files of a definition for a command that registers it.
enum DefinitionFolder {
    /// The YAML files at `path` (one file or a folder), relative to `base`, named within it.
    static func files(at path: String, in base: URL) throws -> [DefinitionFile] {
        let url = URL(filePath: path, relativeTo: base).standardizedFileURL
        let loaded = DefinitionFiles.load(url.path)
        if let finding = loaded.findings.first {
            throw Complaint(finding.message, wayOut: finding.help)
        }
        // What is recorded names a file within the definition, not a place on this machine.
        return loaded.sources.map { source in
            let inside = source.name.hasPrefix(url.path + "/")
            let name = inside ? String(source.name.dropFirst(url.path.count + 1)) : nil
            return DefinitionFile(name: name ?? url.lastPathComponent, text: source.text)
        }
    }
}
