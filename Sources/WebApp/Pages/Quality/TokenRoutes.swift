import Charts
import Facility
import HTTPTypes
import Hummingbird
import Ledger
import Operations

/// `/tokens`: the tokens by which instruments record, issued and revoked by an administrator.
struct TokenRoutes {
    let reception: Reception

    func add(to group: RouterGroup<SignedInContext>) {
        group.get("tokens") { request, context in try list(request, context) }
        group.post("tokens") { try await issue($0, $1) }
    }

    private func list(
        _ request: Request, _ context: SignedInContext, secret: String? = nil,
        problem: Refusal? = nil, values: [String: [String]] = [:]
    ) throws -> Response {
        let viewer = try reception.viewer(context)
        let (state, today) = (viewer.state, viewer.now.date)
        let listing = Listing(
            at: .tokens, of: "tokens",
            state.tokens.newestFirst(\.issued.entry),
            columns: [
                Column("token", "Token", { $0.id.text }),
                .status("status", "Status", { $0.standing(on: today) }),
                Column("use", "Used by", { $0.use }),
                .link(
                    "person", "Records as", { state.name(of: $0.person) },
                    to: { .person($0.person.text) }),
                Column("permissions", "May") { token in
                    token.permissions.map { $0.rawValue.replacing("-", with: " ") }
                        .joined(separator: ", ")
                },
                Column("expires", "Until") { $0.expires.description },
                Column("issued", "Issued") { state.signed($0.issued) },
                Column("revoke", "", order: .unsorted, { _ in "" }) { token, html in
                    guard token.revoked == nil, viewer.may(RevokeToken.self) else { return }
                    html(
                        .a,
                        .href(
                            Address(
                                .command(RevokeToken.name),
                                query: [
                                    .init(name: "token", value: token.id.text),
                                    .init(
                                        name: CommandForm.returnField, value: Link.tokens.path),
                                ])), text: "Revoke")
                },
            ], query: ListQuery(request.queryPairs))
        if let file = listing.file(asked: request) { return file }
        return reception.page(
            "Instruments", in: .tokens, for: viewer,
            status: problem.map { WebFault($0).status } ?? .ok
        ) { html in
            html.add(
                PageHead(
                    "Instruments",
                    under: "Tokens by which instruments record through the API, each for its "
                        + "account and some of its permissions. A token signs nothing."))
            if let done = request.query("done") { html.add(Notice.recorded(done)) }
            if let problem { html.add(Notice(problem)) }
            if let secret {
                html(.section, .class("panel")) { html in
                    html.add(
                        Notice(
                            .attention, "Copy the secret now: it is shown this once.",
                            detail: "The site keeps its SHA-256 alone."))
                    html(.pre, .id("secret"), text: secret)
                    html(
                        .p, .class("help"),
                        text: "The instrument sends it as “Authorization: Bearer …” to "
                            + "\(Link.api.path)/commands/….")
                }
            }
            html.add(listing)
            if viewer.may(IssueToken.self) {
                html.panel("Issue a token") { $0.add(form(viewer, values)) }
            }
        }
    }

    private func form(_ viewer: Viewer, _ values: [String: [String]]) -> Form {
        func value(_ name: String) -> String { values[name]?.first ?? "" }
        let accounts = viewer.state.people.inOrder.filter(\.isActive).map(\.id.text)
        var fields = [
            Field(
                name: "token", label: "Number of the token", value: value("token"), isRequired: true
            ),
            Field(
                name: "use", label: "Used by", value: value("use"),
                help: "such as: particle counter in ROOM-102", isRequired: true),
            Field(
                name: "person", label: "Records as", value: value("person"),
                help: IssueToken.help["person"], isRequired: true, suggestions: accounts),
            Field(
                name: "expires", label: "Last day", value: value("expires"),
                help: "such as 2026-12-31; at most two years ahead", isRequired: true),
        ]
        let offered = Permission.allCases.filter {
            ![.managePeople, .certify, .keepOwnAccount].contains($0)
        }
        for (index, permission) in offered.enumerated() {
            var field = Field(
                name: "permissions", label: permission.rawValue.replacing("-", with: " "),
                input: .tick(permission.rawValue),
                value: values["permissions"]?.contains(permission.rawValue) == true
                    ? permission.rawValue : "")
            if index == 0 { field.heading = "May" }
            fields.append(field)
        }
        return Form(
            to: .tokens, pass: viewer.pass, button: "Issue the token",
            explanation: "The secret is drawn here and shown once.", fields: fields)
    }

    private func issue(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let form = try await SubmittedForm(in: request, of: context)
        let viewer = try reception.viewer(context)
        let secret = InstrumentToken.secret(randomBytes: reception.randomBytes)
        let body: JSONValue = [
            "token": .string(form["token"] ?? ""), "person": .string(form["person"] ?? ""),
            "use": .string(form["use"] ?? ""), "expires": .string(form["expires"] ?? ""),
            "permissions": .array(form.all("permissions").map { .string($0) }),
            "digest": .string(InstrumentToken.digest(of: secret).hex),
        ]
        do {
            _ = try await reception.perform(
                IssueToken.name, body, by: viewer.person.id, formKey: form.key, password: nil)
            return try list(request, context, secret: secret)
        } catch let refusal as Refusal {
            var values: [String: [String]] = [:]
            for name in ["token", "person", "use", "expires", "permissions"] {
                values[name] = form.all(name)
            }
            return try list(request, context, problem: refusal, values: values)
        }
    }
}

extension AccessToken {
    func standing(on date: CalendarDate) -> (words: String, tone: Tone) {
        if revoked != nil { return ("revoked", .inactive) }
        if expires < date { return ("over since \(expires)", .inactive) }
        return expires < date.advanced(byDays: DueSoon.days)
            ? ("until \(expires)", .attention) : ("accepted", .good)
    }
}
