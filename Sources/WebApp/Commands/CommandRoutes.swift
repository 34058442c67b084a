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
        let form = try await SubmittedForm(in: request, of: context)
        let viewer = try reception.viewer(context)
        let returnTo = form[CommandForm.returnField].flatMap { Address(local: $0) }
        let body = CommandEntry.object(for: type, from: form)
        do {
            let receipt = try await performing(type, body, form, viewer)
            let link = returnTo ?? Address(.entry(Int(receipt.firstEntry)))
            return .seeOther(link.adding("done", String(receipt.firstEntry)))
        } catch let refusal as Refusal {
            var values: [String: [String]] = [:]
            for name in form.names where !Self.secrets.contains(name) {
                values[name] = form.all(name)
            }
            if let asked = form[CommandForm.askedOnField].flatMap({ Address(local: $0) }) {
                let key = reception.refusals.keep(
                    RefusedForm(command: type.name, values: values, refusal: refusal),
                    of: context.visit.secret, at: reception.now)
                return .seeOther(asked.adding(RefusalDesk.queryName, key))
            }
            return page(type, viewer, values: values, returnTo: returnTo, refusal: refusal)
        }
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
            form.problems = CommandEntry.sorted(problem).byField
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
