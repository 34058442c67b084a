import Facility
import Foundation

/// Reads the files of a definition for a command that registers it.
enum DefinitionFolder {
    /// Files of one definition at most.
    private static let filesMax = 200

    /// The YAML files at `path` (one file or a folder), relative to `base`, in order of their names.
    static func files(at path: String, in base: URL) throws -> [DefinitionFile] {
        let url = URL(filePath: path, relativeTo: base).standardizedFileURL
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder) else {
            throw Complaint("'\(path)' does not exist")
        }
        let names =
            isFolder.boolValue
            ? try FileManager.default.contentsOfDirectory(atPath: url.path).filter {
                $0.hasSuffix(".yaml") || $0.hasSuffix(".yml")
            }.sorted() : [url.lastPathComponent]
        guard !names.isEmpty, names.count <= filesMax else {
            throw Complaint("'\(path)' holds \(names.count) YAML files, 1 to \(filesMax) are meant")
        }
        let folder = isFolder.boolValue ? url : url.deletingLastPathComponent()
        return try names.map { name in
            let text = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
            return DefinitionFile(name: name, text: text)
        }
    }
}
