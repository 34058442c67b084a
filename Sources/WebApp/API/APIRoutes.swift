import Facility
import HTTPTypes
import Hummingbird
import Ledger
import Operations

/// `/api/v1`: every command and view of the site for programs, decoded by the same catalogue as
/// the pages.
///
/// Answers are canonical JSON. An error is an object with `code`, `message`, `details` and `hint`;
/// the code is a promise. A program signs in with `POST /api/v1/session` and sends the token it
/// gets as `Authorization: Bearer …`; a browser's session works too, with the form token in the
/// header `X-Form-Token`.
struct APIRoutes {
    let reception: Reception
    let desk: UploadDesk

    /// A definition with all its files; larger content goes another way.
    private static let bodyBytesMax = 8 << 20

    func add(to router: Router<VisitorContext>) {
        router.post("api/v1/session") { try await openSession($0, $1) }
        router.get("api/v1/openapi.json") { _, _ in
            Response.json(OpenAPI.document(site: reception.setting(for: nil).site))
        }
        let group = router.group("api/v1", context: SignedInContext.self)
        group.put("files/{name}") { try await keep($0, $1) }
        group.delete("session") { request, context in
            try Self.check(request, context)
            reception.sessions.close(context.visit.secret)
            return Response(status: .noContent)
        }
        group.get("commands") { _, context in try catalogue(context) }
        group.get("commands/{name}") { _, context in
            Response.json(try Self.type(context).jsonSchema)
        }
        group.post("commands/{name}") { try await perform($0, $1) }
        group.get("things/{id}") { _, context in try thing(context) }
        group.get("documents/{document}/file") { try document($0, $1) }
        group.get("trace/{id}") { _, context in try trace(context) }
        group.get("entries/{index}") { try await entry($0, $1) }
        addViews(to: group)
    }

    private func openSession(_ request: Request, _ context: VisitorContext) async throws -> Response
    {
        let json = try await Self.body(of: request)
        guard let person = json["person"]?.stringValue, let password = json["password"]?.stringValue
        else {
            throw WebFault.unreadable(
                "'person' and 'password' are needed", details: "both are text")
        }
        try reception.requireFewFailures(of: context.peer)
        let admitted = try await reception.admit(person, password: password, from: context.peer)
        let (secret, _) = reception.sessions.open(for: admitted.id.text, at: reception.now)
        return .json(
            [
                "token": .string(secret), "person": .string(admitted.id.text),
                "roles": .array(admitted.roles.sorted().map { .string($0.rawValue) }),
            ], status: .created)
    }

    private func catalogue(_ context: SignedInContext) throws -> Response {
        let viewer = try reception.viewer(context)
        return .json([
            "commands": .array(
                CommandCatalogue.all.map { type in
                    [
                        "name": .string(type.name), "summary": .string(type.summary),
                        "permission": .string(type.permission.rawValue),
                        "signature": type.signature.map { .string($0.rawValue) } ?? .null,
                        "permitted": .bool(
                            viewer.may(type)
                                && (context.visit.token?.permissions.contains(type.permission)
                                    ?? true)
                        ),
                        "schema": .string(Link.apiCommand(type.name).path),
                    ]
                })
        ])
    }

    /// The body is `{"with": {…fields…}, "password": …, "happened": …, "newPassword": …}`.
    private func perform(_ request: Request, _ context: SignedInContext) async throws -> Response {
        try Self.check(request, context)
        let type = try Self.type(context)
        let viewer = try reception.viewer(context)
        try context.visit.token?.require(type)
        let json = try await Self.body(of: request)
        guard let fields = json["with"] else {
            throw WebFault.unreadable(
                "'with' is missing", details: "it holds the fields of the command")
        }
        var happened: Timestamp?
        if let text = json["happened"]?.stringValue {
            guard let instant = Timestamp(text) else {
                throw WebFault.unreadable("'happened' is no instant in UTC")
            }
            happened = instant
        }
        let key = HTTPField.Name("Idempotency-Key").flatMap { request.headers[$0] }
        do {
            let receipt = try await reception.perform(
                type.name, fields, by: viewer.person.id,
                formKey: key ?? Digest.sha256(of: reception.randomBytes(32)).hex,
                password: json["password"]?.stringValue,
                newPassword: json["newPassword"]?.stringValue, happened: happened)
            return .json(
                [
                    "request": .string(receipt.command),
                    "firstEntry": .number(Double(receipt.firstEntry)),
                    "kinds": .array(receipt.kinds.map { .string($0) }),
                ], status: .created)
        } catch let refusal as Refusal {
            throw WebFault(refusal)
        }
    }

    /// The body is the file; the answer is its digest, for the record that speaks of it.
    private func keep(_ request: Request, _ context: SignedInContext) async throws -> Response {
        try Self.check(request, context)
        let viewer = try reception.viewer(context)
        guard viewer.person.mayBringFiles else {
            throw WebFault.notPermitted("'\(viewer.person.id)' brings no files")
        }
        if let announced = request.headers[.contentLength].flatMap({ Int($0) }),
            announced > UploadDesk.fileBytesMax
        {
            throw WebFault.tooLarge(limit: UploadDesk.fileBytesMax)
        }
        let name = try context.parameters.require("name")
        let kept = try await desk.receive(
            request.body, named: String(name.prefix(200)),
            randomName: Digest.sha256(of: reception.randomBytes(32)).hex)
        return .json(
            [
                "digest": .string(kept.digest.hex), "size": .number(Double(kept.size)),
                "name": .string(kept.name),
            ], status: .created)
    }

    /// A token records; it reads nothing but what an identifier names.
    static func requirePerson(_ context: SignedInContext) throws(WebFault) {
        if let token = context.visit.token {
            throw .notPermitted("the token '\(token.id)' does not read records")
        }
    }

    private func thing(_ context: SignedInContext) throws -> Response {
        let viewer = try reception.viewer(context)
        let id = try context.parameters.require("id")
        guard let kind = viewer.state.things[id] else {
            throw WebFault.notFound("thing '\(id.prefix(80))'")
        }
        return .json([
            "id": .string(id), "kind": .string(kind.rawValue),
            "description": .string(viewer.state.describe(id)),
            "page": .string(Link(to: id, in: viewer.state).path),
        ])
    }

    /// The file of a document: of the version named, else of the one in force.
    private func document(_ request: Request, _ context: SignedInContext) throws -> Response {
        try Self.requirePerson(context)
        let viewer = try reception.viewer(context)
        let id = try context.parameters.require("document")
        guard let document = DocumentID(id).flatMap({ viewer.state.documents[$0] }) else {
            throw WebFault.notFound("document '\(id.prefix(80))'")
        }
        let number = request.query("version")
        let version =
            number.map(document.version) ?? document.inForce(on: viewer.now.date)
        guard let version else {
            throw WebFault.notFound(
                "version '\((number ?? "in force").prefix(80))' of '\(document.id)'",
                hint: "versions: " + document.versions.map(\.number).joined(separator: ", "))
        }
        return try reception.file(version.file.digest, named: version.file.name)
    }

    private func trace(_ context: SignedInContext) throws -> Response {
        try Self.requirePerson(context)
        let viewer = try reception.viewer(context)
        let id = try context.parameters.require("id")
        do {
            return .json(try JSONValue(encoding: viewer.state.trace(id)))
        } catch let rejection as Rejection {
            throw WebFault(absent: rejection)
        }
    }

    private func entry(_ request: Request, _ context: SignedInContext) async throws -> Response {
        try Self.requirePerson(context)
        let text = try context.parameters.require("index")
        let reader = LedgerReader(storage: reception.site.storage)
        guard let index = UInt64(text),
            let entry = try await reader.entries(from: index, limit: 1).first
        else { throw WebFault.notFound("entry '\(text.prefix(40))'") }
        return .bytes(entry.bytes, type: "application/json")
    }

    /// A cookie is sent by the browser itself, so a page of another site could send it along: a
    /// request by cookie proves with the form token that a page of ours made it.
    private static func check(_ request: Request, _ context: SignedInContext) throws {
        guard context.visit.isByCookie else { return }
        let token = HTTPField.Name("X-Form-Token").flatMap { request.headers[$0] } ?? ""
        guard FormToken.matches(token, context.visit.session.formToken) else {
            throw WebFault.staleForm
        }
    }

    private static func type(_ context: SignedInContext) throws -> any Command.Type {
        let name = try context.parameters.require("name")
        do throws(CommandProblem) {
            return try CommandCatalogue.type(named: name)
        } catch {
            throw WebFault.notFound("command '\(name.prefix(80))'", hint: error.help)
        }
    }

    private static func body(of request: Request) async throws -> JSONValue {
        let text = try await collectedBody(of: request, limit: bodyBytesMax)
        do throws(JSONError) {
            return try JSONValue(parsing: Array(text.utf8))
        } catch {
            throw WebFault.unreadable("the body is no JSON", details: error.message)
        }
    }
}
