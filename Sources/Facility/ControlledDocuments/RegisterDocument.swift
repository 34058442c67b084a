/// Registers a version of an instruction, procedure or form with its file.
package struct RegisterDocument: Command, NamesStoredFiles {
    package static let name = "document.register"
    package static let summary =
        "Register a version of an instruction, procedure or form, with its file."
    package static let permission = Permission.manageDefinitions
    package static let help = [
        "document": "the number of the document, the same for all its versions",
        "kind": "what it is for", "title": "its title", "version": "the number of this version",
        "file": "the file, kept beside the ledger before", "reason": "why this version came to be",
        "readers": "roles whose people are all trained in it; those of the version before if none",
    ]

    package var document: DocumentID
    package var kind: DocumentKind
    package var title: String
    package var version: String
    package var file: StoredFile
    package var reason: String
    package var readers: [Role]?

    /// A registration.
    package init(
        document: DocumentID, kind: DocumentKind, title: String, version: String,
        file: StoredFile, reason: String, readers: [Role]? = nil
    ) {
        self.document = document
        self.kind = kind
        self.title = title
        self.version = version
        self.file = file
        self.reason = reason
        self.readers = readers
    }

    package var storedFiles: [StoredFile] { [file] }

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        try requireText(title, "title")
        try requireText(version, "version")
        try requireText(reason, "reason")
        try requireText(file.name, "file.name")
        let registered = DocumentRegistered(
            document: document, kind: kind, title: title, version: version, file: file,
            reason: reason, readers: readers)
        guard let known = site.documents[document] else {
            try site.requireUnused(document)
            return [registered]
        }
        try known.requireInUse()
        guard known.kind == kind else {
            throw Rejection(
                "document.another-kind", "'\(document)' is a \(known.kind.rawValue)",
                help: "a document of another kind has a number of its own")
        }
        guard known.version(version) == nil else {
            throw Rejection(
                "document.version-registered", "'\(document)' has a version \(version)",
                help: "give the new version a number of its own")
        }
        if let same = known.versions.first(where: { $0.file.digest == file.digest }) {
            throw Rejection(
                "document.no-change", "the file is that of version \(same.number) of '\(document)'",
                help: "a new version has another text")
        }
        return [registered]
    }
}

/// A version of a document was registered.
package struct DocumentRegistered: Fact {
    package static let kind = "document.version-registered/1"
    package var document: DocumentID
    package var kind: DocumentKind
    package var title: String
    package var version: String
    package var file: StoredFile
    package var reason: String
    package var readers: [Role]?

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        site.things[document.text] = .document
        var known =
            site.documents[document]
            ?? ControlledDocument(id: document, kind: kind, title: title)
        known.title = title
        known.versions.append(
            .init(
                number: version, file: file, reason: reason,
                readers: readers ?? known.versions.last?.readers ?? [], registered: stamp))
        site.documents[document] = known
    }
}

extension ControlledDocument {
    /// Refuses a document that was taken out of use.
    func requireInUse() throws(Rejection) {
        guard let withdrawn else { return }
        throw Rejection(
            "document.withdrawn", "'\(id)' was withdrawn: \(withdrawn.reason)",
            help: "register what takes its place under a number of its own")
    }
}
