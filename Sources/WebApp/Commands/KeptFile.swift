import Facility
import Ledger

/// A file that was brought and kept, as a form carries it from page to page: the JSON by which a
/// record names it.
struct KeptFile: Hashable {
    let file: StoredFile

    init(_ file: StoredFile) { self.file = file }

    /// The file that `text` names; nil where it names none.
    init?(text: String) {
        guard let value = try? JSONValue(parsing: Array(text.utf8)),
            let name = value["name"]?.stringValue, name.utf8.count <= Self.nameBytesMax * 4,
            let digest = value["digest"]?.stringValue.flatMap({ Digest(hex: $0) })
        else { return nil }
        file = StoredFile(name: name, digest: digest)
    }

    /// The JSON of the file.
    var text: String {
        let value: JSONValue = [
            "name": .string(file.name), "digest": .string(file.digest.hex),
        ]
        return String(decoding: value.canonicalBytes(), as: UTF8.self)
    }

    /// Bytes of the name of a file at most, as a record has room for it.
    static let nameBytesMax = 200

    /// What a browser calls a file, without the folders some send with it, and within the room of a
    /// record.
    static func name(of sent: String) -> String {
        var name = String(sent.split { $0 == "/" || $0 == "\\" }.last ?? "")
        name.unicodeScalars.removeAll { $0.properties.generalCategory == .control }
        while name.utf8.count > nameBytesMax { name.removeLast() }
        return name.isEmpty ? "file" : name
    }
}

/// How a field of a command takes files.
enum FileField {
    /// One file that stays beside the ledger.
    case one
    /// Several.
    case several
    /// One file whose text the site itself reads.
    case text

    /// How the field with `schema` takes files; nil where it takes none.
    init?(_ schema: FieldSchema) {
        switch schema {
        case StoredFile.fieldSchema: self = .one
        case .list(StoredFile.fieldSchema, _): self = .several
        case DefinitionFile.fieldSchema: self = .text
        default: return nil
        }
    }

    /// Bytes of one file at most.
    var bytesMax: Int {
        switch self {
        case .one, .several: UploadDesk.fileBytesMax
        case .text: CommandLimits.documentCharacters
        }
    }

    /// The fields of `type` that take files.
    static func all(of type: any Command.Type) -> [String: FileField] {
        guard case .object(let members) = type.schema else { return [:] }
        return members.reduce(into: [:]) { $0[$1.name] = FileField($1.schema) }
    }
}
