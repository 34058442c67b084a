import Facility
import HTTPTypes
import Ledger
import Operations

/// A version of a definition that was brought and is not registered: the names and digests of its
/// files.
///
/// The list of files is itself kept under its digest, which names the draft: the same files are
/// the same draft, whoever brings them, and nothing of it stands in the ledger.
struct DefinitionDraft: Equatable {
    /// One file of the draft.
    struct File: Equatable {
        let name: String
        let digest: Digest
    }

    /// Files of a definition at most; the largest example has a dozen.
    static let filesMax = 64
    /// Bytes of one file at most: ten times the longest text of an example.
    static let fileBytesMax = 1 << 20
    /// Bytes of the list of files at most.
    static let listBytesMax = 64 * 1024
    /// Bytes of all files at most: what one command carries.
    static let bytesMax = 4 << 20

    let files: [File]

    init(files: [File]) { self.files = files }

    /// The draft whose list of files is `bytes`; nil where they are no such list.
    init?(list bytes: [UInt8]) {
        guard let value = try? JSONValue(parsing: bytes, bytesMax: Self.listBytesMax),
            let members = value["definition-draft"]?.arrayValue, members.count <= Self.filesMax
        else { return nil }
        var files: [File] = []
        for member in members {
            guard let name = member["name"]?.stringValue,
                let digest = (member["sha256"]?.stringValue).flatMap({ Digest(hex: $0) })
            else { return nil }
            files.append(File(name: name, digest: digest))
        }
        self.files = files
    }

    /// The list of files, as it is kept.
    var list: [UInt8] {
        let value: JSONValue = [
            "definition-draft": .array(
                files.map { ["name": .string($0.name), "sha256": .string($0.digest.hex)] })
        ]
        return value.canonicalBytes()
    }

    /// The name of a file as a definition writes it: the last part of what a browser sends.
    /// - Throws: a fault where it is no name of a YAML file.
    static func name(of sent: String) throws(WebFault) -> String {
        let name = String(sent.split { $0 == "/" || $0 == "\\" }.last ?? "")
        guard name.hasSuffix(".yaml") || name.hasSuffix(".yml"), name.utf8.count <= 200,
            !name.unicodeScalars.contains(where: { $0.properties.generalCategory == .control })
        else {
            throw WebFault(
                status: .unprocessableContent, code: "no-definition-file",
                message: "'\(name.prefix(80))' is no file of a definition",
                hint: "bring the files of the definition, whose names end in '.yaml'")
        }
        return name
    }
}
