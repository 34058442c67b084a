package import Ledger

/// A file kept under its digest beside the ledger, as a fact names it.
package struct StoredFile: Field, Hashable, Sendable {
    /// What it was called where it came from.
    package var name: String
    package var digest: Digest

    /// A kept file.
    package init(name: String, digest: Digest) {
        self.name = name
        self.digest = digest
    }

    package static var fieldSchema: FieldSchema {
        .object([
            .init(name: "name", schema: .text(maximum: 200), isRequired: true),
            .init(name: "digest", schema: Digest.fieldSchema, isRequired: true),
        ])
    }
    package static var sample: StoredFile { StoredFile(name: "", digest: .sample) }
}

/// A command that names files which were kept before: the site refuses it when one is missing, and
/// the entry names them, so that verification reads them again.
package protocol NamesStoredFiles {
    /// The files it names.
    var storedFiles: [StoredFile] { get }
}
