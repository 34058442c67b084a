import Charts
import Facility
import HTTPTypes
import Hummingbird
import Ledger
import Operations

/// `/commands` and `/commands/{name}`: every command of the catalogue as a form. Pages with forms
/// of their own send them here too, so that a command is performed in one place.
struct CommandRoutes {
    let reception: Reception
    let desk: UploadDesk

    func add(to group: RouterGroup<SignedInContext>) {
        group.get("commands") { _, context in try list(context) }
        group.get("commands/{name}") { request, context in try form(request, context) }
        group.post("commands/{name}") { try await perform($0, $1) }
    }

    private func list(_ context: SignedInContext) throws -> Response {
        let viewer = try reception.viewer(context)
        return reception.page("All commands", in: .commands, for: viewer) { html in
            html.add(PageHead("All commands", under: "What can be recorded at this site."))
            let areas = Dictionary(grouping: CommandCatalogue.all) {
                String($0.name.split(separator: ".").first ?? "")
            }
            html(.div, .class("areas")) { html in
                for area in CommandCatalogue.all.map({ String($0.name.prefix { $0 != "." }) })
                    .uniqued()
                {
                    html(.section, .class("panel")) { html in
                        html(.h2, text: area.prefix(1).uppercased() + area.dropFirst())
                        html(.ul, .class("plain")) { html in
                            for type in areas[area] ?? [] { item(type, viewer, &html) }
                        }
                    }
                }
            }
        }
    }

    private func item(_ type: any Command.Type, _ viewer: Viewer, _ html: inout HTML) {
        html(.li) { html in
            html(.a, .href(.command(type.name)), text: CommandForm.verb(of: type.name))
            html(.span, .class("help"), text: " \(type.summary)")
            if !viewer.may(type) {
                html(
                    .span, .class("help"),
                    text: " For: \(type.permission.roles.map(\.title).joined(separator: ", ")).")
            }
        }
    }

    private func form(_ request: Request, _ context: SignedInContext) throws -> Response {
        let viewer = try reception.viewer(context)
        let type = try self.type(context)
        var values: [String: [String]] = [:]
        for pair in request.queryPairs { values[pair.name, default: []].append(pair.value) }
        let returnTo = request.query(CommandForm.returnField).flatMap { Address(local: $0) }
        return page(type, viewer, values: values, returnTo: returnTo)
    }

    private func perform(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let type = try self.type(context)
        let viewer = try reception.viewer(context)
        let form = FieldRows.all(of: type).reduce(
            try await submitted(request, context, for: type, by: viewer)
        ) { $1.closingRanks(in: $0) }
        let returnTo = form[CommandForm.returnField].flatMap { Address(local: $0) }
        guard !form.bringsFiles, form[FieldRows.addName] == nil else {
            return shown(form, of: type, refusal: nil, returnTo, context)
        }
        let body = CommandEntry.object(for: type, from: try texts(of: form, for: type))
        do {
            let receipt = try await performing(type, body, form, viewer)
            let link = returnTo ?? Address(.entry(Int(receipt.firstEntry)))
            return .seeOther(link.adding("done", String(receipt.firstEntry)))
        } catch let refusal as Refusal {
            if form[CommandForm.askedOnField] != nil {
                return shown(form, of: type, refusal: refusal, returnTo, context)
            }
            return page(
                type, viewer, values: Self.values(of: form, of: type), returnTo: returnTo,
                refusal: refusal)
        }
    }

    /// The form in `request`, with what its file fields bring kept for whoever may record it.
    private func submitted(
        _ request: Request, _ context: SignedInContext, for type: any Command.Type,
        by viewer: Viewer
    ) async throws -> SubmittedForm {
        let files = FileField.all(of: type)
        var left = Self.fileBytesMax
        var form = try await SubmittedForm(in: request, of: context, filesIn: Set(files.keys)) {
            file in
            guard viewer.may(type) else {
                throw WebFault.notPermitted("'\(viewer.person.id)' may not \(type.name)")
            }
            let kept = try await reception.keep(
                file, at: desk, bytesMax: min(files[file.field]?.bytesMax ?? 0, left))
            left -= kept.size
            return kept.file
        }
        // A file that was chosen anew takes the place of the one before.
        for (name, field) in files where field != .several {
            form = form.replacing(name, with: form.all(name).suffix(1))
        }
        return form
    }

    /// Bytes of all files of one form at most.
    private static let fileBytesMax = 2 * UploadDesk.fileBytesMax

    /// `form` with its files as the command takes them: named by digest, or as the text they hold.
    private func texts(
        of form: SubmittedForm, for type: any Command.Type
    ) throws -> SubmittedForm {
        var form = form
        for (name, field) in FileField.all(of: type) {
            let kept = form.all(name).compactMap(KeptFile.init(text:))
            guard let last = kept.last else { continue }
            switch field {
            case .one: form = form.replacing(name, with: [last.text])
            case .several:
                let list = kept.map(\.text).joined(separator: ",")
                form = form.replacing(name, with: ["[\(list)]"])
            case .text:
                let file = last.file
                guard let bytes = try? reception.site.folder.files.bytes(of: file.digest),
                    bytes.count <= field.bytesMax,
                    let text = String(validating: bytes, as: UTF8.self)
                else {
                    throw WebFault(
                        status: .unprocessableContent, code: "no-text",
                        message: "'\(file.name)' is no text in UTF-8",
                        hint: "bring the file as the instrument wrote it, as CSV")
                }
                let value: JSONValue = ["name": .string(file.name), "text": .string(text)]
                form = form.replacing(
                    name, with: [String(decoding: value.canonicalBytes(), as: UTF8.self)])
            }
        }
        return form
    }

    /// Sends the browser to the page the form stood on, or to the command's own, where it is shown
    /// again: with why it was refused, with what was read of its files, or with one more row.
    private func shown(
        _ form: SubmittedForm, of type: any Command.Type, refusal: Refusal?, _ returnTo: Address?,
        _ context: SignedInContext
    ) -> Response {
        let asked = form[CommandForm.askedOnField].flatMap { Address(local: $0) }
        var page = asked ?? Address(.command(type.name))
        if asked == nil, let returnTo {
            page = page.adding(CommandForm.returnField, returnTo.text)
        }
        let key = reception.refusals.keep(
            RefusedForm(
                command: type.name, values: Self.values(of: form, of: type), refusal: refusal),
            of: context.visit.secret, at: reception.now)
        return .seeOther(page.adding(RefusalDesk.queryName, key))
    }

    /// What was typed, by field; never a password. A list that asked for a row has one more.
    private static func values(
        of form: SubmittedForm, of type: any Command.Type
    ) -> [String: [String]] {
        var values = form.names.reduce(into: [String: [String]]()) { values, name in
            if !secrets.contains(name) { values[name] = form.all(name) }
        }
        for rows in FieldRows.all(of: type) where form[FieldRows.addName] == rows.list.name {
            values[rows.countName] = ["\(rows.count(in: values) + 1)"]
        }
        return values
    }

    /// Fields that are never shown again.
    private static let secrets: Set<String> = [
        SubmittedForm.passwordField, CommandForm.newPasswordField, SubmittedForm.tokenField,
        SubmittedForm.keyField,
    ]

    private func performing(
        _ type: any Command.Type, _ body: JSONValue, _ form: SubmittedForm, _ viewer: Viewer
    ) async throws -> Receipt {
        var person = viewer.person.id
        // A second person signs on the screen of the first: their password is their presence.
        if type.signature != nil, let signer = form[CommandForm.signerField] {
            guard let id = PersonID(signer) else {
                throw Refusal.rejected(
                    Rejection("people.unknown", "'\(signer.prefix(80))' is no identifier"))
            }
            person = id
        }
        var happened: Timestamp?
        if let text = form[CommandForm.happenedField] {
            guard let instant = Timestamp(text) else {
                throw Refusal.rejected(
                    Rejection(
                        "site.instant", "'\(text.prefix(80))' is no instant in UTC",
                        help: "write it as 2026-01-05T08:00:00Z"))
            }
            happened = instant
        }
        return try await reception.perform(
            type.name, body, by: person, formKey: form.key,
            password: form.raw(SubmittedForm.passwordField),
            newPassword: form.raw(CommandForm.newPasswordField), happened: happened)
    }

    private func type(_ context: SignedInContext) throws -> any Command.Type {
        let name = try context.parameters.require("name")
        do throws(CommandProblem) {
            return try CommandCatalogue.type(named: name)
        } catch {
            throw WebFault.notFound("command '\(name.prefix(80))'", hint: error.help)
        }
    }

    private func page(
        _ type: any Command.Type, _ viewer: Viewer, values: [String: [String]],
        returnTo: Address?, refusal: Refusal? = nil
    ) -> Response {
        let title = CommandForm.title(of: type.name)
        var form = CommandForm(type: type, viewer: viewer)
        form.values = values
        form.returnTo = returnTo
        form.isEmbedded = false
        form.isForAnother = values[CommandForm.signerField] != nil
        if case .problem(let problem)? = refusal {
            form.problems = CommandEntry.byInput(problem)
        }
        return reception.page(
            title, in: .commands, trail: [("All commands", .commands)], for: viewer,
            status: refusal.map { WebFault($0).status } ?? .ok
        ) { html in
            html.add(PageHead(title, kind: type.name, under: type.summary))
            if let refusal { html.add(Notice(refusal)) }
            if let returnTo {
                html(.p) { $0(.a, .href(returnTo), text: "Back without recording") }
            }
            if viewer.may(type) || form.isForAnother {
                html(.div, .class("panel")) { $0.add(form) }
            } else {
                let roles = type.permission.roles.map(\.title).joined(separator: " or ")
                html.add(
                    Notice(
                        .attention, "You may not do this.",
                        detail: "It needs the role \(roles); you are \(viewer.person.rolesInWords)."
                    ))
            }
        }
    }
}

extension Sequence where Element: Hashable {
    /// The elements, each once, in the order they first came.
    func uniqued() -> [Element] {
        var seen: Set<Element> = []
        return filter { seen.insert($0).inserted }
    }
}
