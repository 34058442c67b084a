import Charts
import Facility
import Foundation
import HTTPTypes
import Hummingbird
import Ledger
import Operations

/// `/files`: files brought in by hand and kept under their SHA-256, which a record then names; and
/// `/files/{digest}`, to fetch one.
struct FileRoutes {
    let reception: Reception
    let desk: UploadDesk

    func add(to group: RouterGroup<SignedInContext>) {
        group.get("files") { request, context in try page(request, context) }
        group.post("files") { try await receive($0, $1) }
        group.get("files/{digest}") { _, context in try file(context) }
    }

    private func page(
        _ request: Request, _ context: SignedInContext, kept: FileReference? = nil
    ) throws -> Response {
        let viewer = try reception.viewer(context)
        return reception.page("Files", in: .files, for: viewer) { html in
            html.add(
                PageHead(
                    "Files",
                    under: "Instrument files and images, kept under their SHA-256; a record "
                        + "names the digest."))
            if let kept {
                html.add(
                    Notice(
                        .good, "Kept “\(kept.name)”, \(kept.size) bytes.",
                        detail: "Its digest goes into the record that speaks of it."))
                html(.section, .class("panel")) { html in
                    var facts = Facts()
                    facts.add("SHA-256") { html in
                        html(.a, .href(.file(kept.digest.hex))) {
                            $0(.code, text: kept.digest.hex)
                        }
                    }
                    html.add(facts)
                    Self.uses(of: kept, viewer, &html)
                }
            }
            html.panel("Bring a file") { html in
                html(.form, .class("form"), .post, .action(.files), .multipart) { html in
                    html.add(viewer.pass)
                    html(.div, .class("field")) { html in
                        html(.label, .forField("file"), text: "File")
                        html(
                            .p, .class("help"),
                            text: "At most \(UploadDesk.fileBytesMax >> 20) MB.")
                        html(
                            .input, .id("file"), .type(.file), .name("file"), .required)
                    }
                    html(.div, .class("buttons")) { html in
                        html(.button, .submits, .class("primary"), text: "Keep the file")
                    }
                }
            }
            html.panel("Fetch a file") { html in
                html(
                    .p, .class("help"),
                    text: "The address \(Link.files.path)/ followed by the digest gives the bytes.")
            }
        }
    }

    /// What the file can be recorded as.
    private static func uses(of kept: FileReference, _ viewer: Viewer, _ html: inout HTML) {
        let uses: [(type: any Command.Type, words: String)] = [
            (ImportParticleSeries.self, "Import it as particle counts"),
            (ImportTrace.self, "Import it as the trace of a sensor"),
            (RegisterDocument.self, "Register it as a version of a document"),
        ].filter { viewer.may($0.type) }
        guard !uses.isEmpty else { return }
        html(.p, .class("next")) { html in
            for use in uses {
                html(
                    .a, .class("button"),
                    .href(
                        Address(
                            .command(use.type.name),
                            query: [
                                .init(
                                    name: "file",
                                    value: use.type == RegisterDocument.self
                                        ? StoredFile(name: kept.name, digest: kept.digest).json
                                        : kept.digest.hex)
                            ])),
                    text: use.words)
            }
        }
    }

    /// The fields of the pass come before the file in the form, so the token is checked before a
    /// byte of the file is taken.
    private func receive(_ request: Request, _ context: SignedInContext) async throws -> Response {
        if let announced = request.headers[.contentLength].flatMap({ Int($0) }),
            announced > UploadDesk.fileBytesMax + 64 * 1024
        {
            throw WebFault.tooLarge(limit: UploadDesk.fileBytesMax)
        }
        let form = try MultipartForm(in: request)
        let file = try await form.file()
        guard
            FormToken.matches(
                form[SubmittedForm.tokenField] ?? "", context.visit.session.formToken)
        else { throw WebFault.staleForm }
        let viewer = try reception.viewer(context)
        guard viewer.person.mayBringFiles else {
            throw WebFault.notPermitted("'\(viewer.person.id)' brings no files")
        }
        let kept = try await desk.receive(
            file, named: String(file.name.prefix(200)),
            randomName: Digest.sha256(of: reception.randomBytes(32)).hex)
        return try page(request, context, kept: kept)
    }

    private func file(_ context: SignedInContext) throws -> Response {
        let text = try context.parameters.require("digest")
        guard let digest = Digest(hex: text) else {
            throw WebFault.notFound("file '\(text.prefix(80))'")
        }
        return try reception.file(digest, named: "\(digest.hex.prefix(16)).bin")
    }
}

extension Reception {
    /// Bytes of a file that are read at once on its way out.
    private static var partBytes: Int { 256 * 1024 }

    /// A kept file on its way out, to be saved as `name`.
    func file(_ digest: Digest, named name: String) throws -> Response {
        let url = site.folder.files.url(of: digest)
        guard let handle = try? FileHandle(forReadingFrom: url),
            let size = try? handle.seekToEnd(), (try? handle.seek(toOffset: 0)) != nil
        else { throw WebFault.notFound("file '\(digest.hex)'") }
        // Never shown in the browser: a file may hold anything.
        return Response(
            status: .ok,
            headers: [
                .contentType: "application/octet-stream",
                .contentDisposition: "attachment; filename=\"\(Self.plain(name))\"",
            ],
            body: ResponseBody(contentLength: Int(size)) { writer in
                defer { try? handle.close() }
                while let part = try handle.read(upToCount: Self.partBytes), !part.isEmpty {
                    try await writer.write(ByteBuffer(bytes: part))
                }
                try await writer.finish(nil)
            })
    }

    /// A file name that a header carries as it is: letters, digits, dots, dashes and underscores.
    private static func plain(_ name: String) -> String {
        let kept = name.map { character in
            character.isASCII && (character.isLetter || character.isNumber)
                || "-._".contains(character) ? character : "_"
        }
        return String(kept.suffix(120))
    }
}

extension StoredFile {
    /// The file as a form takes it.
    fileprivate var json: String {
        let json: JSONValue = ["name": .string(name), "digest": .string(digest.hex)]
        return String(decoding: json.canonicalBytes(), as: UTF8.self)
    }
}

extension Person {
    /// Whether the person records anything that can speak of a file.
    var mayBringFiles: Bool {
        roles.contains { role in
            role.permissions.contains { ![.keepOwnAccount, .managePeople].contains($0) }
        }
    }
}
