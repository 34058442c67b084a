import Charts
import Diagnostics
import Facility
import Hummingbird
import Ledger
import Operations
import ProductDefinition

/// `/definition-drafts` and `/definition-drafts/{digest}`: a version of a definition is brought as
/// its files, read with what the checker finds, and registered.
struct DefinitionDraftRoutes {
    let reception: Reception
    let shelf: DefinitionShelf
    let desk: UploadDesk

    func add(to group: RouterGroup<SignedInContext>) {
        group.get("definition-drafts") { _, context in try start(context) }
        group.post("definition-drafts") { try await receive($0, $1) }
        group.get("definition-drafts/{digest}") { request, context in
            let (viewer, digest) = (try viewer(context), try digest(context))
            return try page(digest, request, viewer)
        }
        group.post("definition-drafts/{digest}") { try await register($0, $1) }
    }

    /// The one who asks, who must be one who registers definitions.
    private func viewer(_ context: SignedInContext) throws -> Viewer {
        let viewer = try reception.viewer(context)
        guard viewer.may(RegisterDefinition.self) else {
            throw WebFault.notPermitted("'\(viewer.person.id)' registers no definitions")
        }
        return viewer
    }

    private func digest(_ context: SignedInContext) throws -> Digest {
        let text = try context.parameters.require("digest")
        guard let digest = Digest(hex: text) else {
            throw WebFault.notFound("draft '\(text.prefix(80))'")
        }
        return digest
    }

    // MARK: Bringing

    private func start(_ context: SignedInContext) throws -> Response {
        let viewer = try viewer(context)
        return reception.page(
            "A new version", in: .definitions, trail: [("Definitions", .definitions)], for: viewer
        ) { html in
            html.add(
                PageHead(
                    "A new version", kind: "Definition",
                    under: "Bring its files, read what the checker finds, and register it."))
            html.panel("Files") { html in
                html(.form, .class("form"), .post, .action(.definitionDrafts), .multipart) { html in
                    html.add(viewer.pass)
                    html(.div, .class("field")) { html in
                        html(.label, .forField("files"), text: "Files of the definition")
                        html(
                            .p, .class("help"), .id("files-help"),
                            text: "All of them at once, YAML; at most "
                                + "\(DefinitionDraft.filesMax) files of "
                                + "\(DefinitionDraft.fileBytesMax >> 20) MB, together "
                                + "\(DefinitionDraft.bytesMax >> 20) MB.")
                        html(
                            .input, .id("files"), .type(.file), .name("files"), .multiple,
                            .accepts(".yaml,.yml"), .describedBy("files-help"), .required)
                    }
                    html(.div, .class("buttons")) { html in
                        html(.button, .submits, .class("primary"), text: "Check the files")
                    }
                }
            }
        }
    }

    /// The fields of the pass come before the files in the form, so the token is checked before a
    /// byte of a file is taken.
    private func receive(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let viewer = try viewer(context)
        let form = try MultipartForm(in: request)
        var next: MultipartForm.File? = try await form.file()
        guard
            FormToken.matches(
                form[SubmittedForm.tokenField] ?? "", context.visit.session.formToken)
        else { throw WebFault.staleForm }
        var files: [DefinitionDraft.File] = []
        var left = DefinitionDraft.bytesMax
        while let file = next {
            let name = try DefinitionDraft.name(of: file.name)
            guard files.count < DefinitionDraft.filesMax else {
                throw WebFault.unreadable(
                    "the form brings more than \(DefinitionDraft.filesMax) files")
            }
            guard !files.contains(where: { $0.name == name }) else {
                throw WebFault.unreadable("the form brings two files called '\(name)'")
            }
            let kept = try await desk.receive(
                file, named: name, randomName: Digest.sha256(of: reception.randomBytes(32)).hex,
                bytesMax: min(DefinitionDraft.fileBytesMax, left))
            left -= Int(kept.size)
            files.append(.init(name: name, digest: kept.digest))
            next = try await form.nextFile()
        }
        let draft = DefinitionDraft(files: files.sorted { $0.name < $1.name })
        do throws(ContentStoreError) {
            let kept = try reception.site.folder.files.keep(
                draft.list, name: "draft of \(viewer.person.id)")
            return .seeOther(.definitionDraft(kept.digest.hex))
        } catch {
            throw WebFault.diskFailed
        }
    }

    // MARK: Reading

    private func page(
        _ digest: Digest, _ request: Request, _ viewer: Viewer, refusal: Refusal? = nil,
        asked: String? = nil
    ) throws -> Response {
        let book = try shelf.draft(digest, on: viewer.now.date)
        let wanted = request.query("file") ?? book.sources.first?.name ?? ""
        guard let source = book.sources.first(where: { $0.name == wanted }) else {
            throw WebFault.notFound("file '\(wanted.prefix(80))' of the draft")
        }
        let link = Link.definitionDraft(digest.hex)
        let errors = book.findings.count { $0.severity == .error }
        let first = max(1, request.query("line").flatMap { Int($0) } ?? 1)
        return reception.page(
            "A new version", in: .definitions, trail: [("Definitions", .definitions)], for: viewer,
            status: refusal.map { WebFault($0).status } ?? .ok
        ) { html in
            let product = book.definition?.product
            html.add(
                PageHead(
                    product?.name.value ?? "A new version", kind: "Definition, not registered",
                    status: errors > 0
                        ? Badge("cannot be registered", .bad) : Badge("can be registered", .good),
                    under: TextRenderer.summary(of: book.findings) + " in "
                        + counted(book.sources.count, "files"),
                    actions: [("Bring other files", Address(.definitionDrafts))]))
            html.panel("Register") { html in
                if errors > 0 {
                    html(
                        .p, .class("help"),
                        text: "Mend the errors or have them waived by a risk assessment, and bring "
                            + "the files again.")
                    return
                }
                var form = Form(
                    to: link, pass: viewer.pass, button: "Register the version",
                    fields: [
                        Field(
                            name: "definition", label: "Identifier",
                            value: asked ?? product.map { "\($0.id.value)-\($0.version.value)" }
                                ?? "",
                            help: "of this version, such as UCMSC-0.3.0; it is approved on its own "
                                + "page, with a signature", isRequired: true)
                    ])
                form.refusal = refusal.map { Notice($0) }
                html.add(form)
            }
            html.add(DefinitionFileBar(book: book, shown: source.name, link: link))
            html.add(
                SourceText(source: source, findings: book.findings, first: first, link: link))
        }
    }

    // MARK: Registering

    private func register(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let (viewer, digest) = (try viewer(context), try digest(context))
        let form = try await SubmittedForm(in: request, of: context)
        let book = try shelf.draft(digest, on: viewer.now.date)
        let body: JSONValue = [
            "definition": .string(form["definition"] ?? ""),
            "files": .array(
                book.sources.map { ["name": .string($0.name), "text": .string($0.text)] }),
        ]
        do {
            let receipt = try await reception.perform(
                RegisterDefinition.name, body, by: viewer.person.id, formKey: form.key,
                password: nil)
            return .seeOther(
                Address(.definition(form["definition"] ?? ""))
                    .adding("done", String(receipt.firstEntry)))
        } catch let refusal as Refusal {
            return try page(
                digest, request, viewer, refusal: refusal, asked: form["definition"] ?? "")
        }
    }
}
