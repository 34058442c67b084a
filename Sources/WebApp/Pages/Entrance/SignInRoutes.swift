import Charts
import Facility
import HTTPTypes
import Hummingbird
import Operations

/// `/sign-in` and `/sign-out`.
///
/// There is no other check of a password than that it opens the person's signing key. Failures are
/// counted per person and per address: guessing through the door must take years.
struct SignInRoutes {
    let reception: Reception

    func add(to router: Router<VisitorContext>) {
        router.get("sign-in") { request, context in page(request, context) }
        router.post("sign-in") { try await signIn($0, $1) }
        router.group(context: SignedInContext.self).post("sign-out") { try await signOut($0, $1) }
    }

    private func signIn(_ request: Request, _ context: VisitorContext) async throws -> Response {
        try reception.requireFewFailures(of: context.peer)
        let form = try await SubmittedForm(ofStranger: request)
        let name = form["person"] ?? ""
        let next = form["next"].flatMap { Address(local: $0) } ?? Address(.home)
        do {
            let person = try await reception.admit(
                name, password: form.raw("password") ?? "", from: context.peer)
            if let old = context.visit { reception.sessions.close(old.secret) }
            let (secret, _) = reception.sessions.open(for: person.id.text, at: reception.now)
            var response = Response.seeOther(next)
            response.headers[.setCookie] = reception.cookie.setting(secret)
            return response
        } catch let fault as WebFault {
            return page(request, context, name: name, next: next, fault: fault)
        }
    }

    private func signOut(_ request: Request, _ context: SignedInContext) async throws -> Response {
        _ = try await SubmittedForm(in: request, of: context)
        reception.sessions.close(context.visit.secret)
        var response = Response.seeOther(.signIn)
        response.headers[.setCookie] = reception.cookie.clearing
        return response
    }

    private func page(
        _ request: Request, _ context: VisitorContext, name: String = "", next: Address? = nil,
        fault: WebFault? = nil
    ) -> Response {
        if fault == nil, context.visit != nil { return .seeOther(.home) }
        let next = next?.text ?? request.query("next") ?? Link.home.path
        let frame = PageFrame(title: "Sign in", setting: reception.setting(for: nil), place: nil)
        let form = Form(
            to: .signIn, pass: nil, button: "Sign in",
            fields: [
                Field(
                    name: "person", label: "Identifier", value: name, isRequired: true,
                    isFirst: true),
                Field(name: "password", label: "Password", input: .password, isRequired: true),
                Field(name: "next", label: "", input: .hidden, value: next),
            ])
        let html = frame.page { html in
            html(.section, .class("entrance")) { html in
                html(.h1, text: "Sign in")
                html(.p, .class("help"), text: reception.setting(for: nil).site)
                if let fault {
                    html.add(
                        Notice(
                            .bad, fault.title + ".", detail: fault.hint.map { $0 + "." }))
                }
                html.add(form)
            }
        }
        return .page(html, status: fault?.status ?? .ok)
    }
}

extension Reception {
    /// Refuses an address that failed too often a moment ago.
    func requireFewFailures(of peer: String) throws(WebFault) {
        if let wait = failuresByAddress.wait(for: peer, at: now) {
            throw .tooManyAttempts(wait: wait)
        }
    }

    /// The person whose key `password` opens, on the threads of the key desk.
    ///
    /// An unknown person, a wrong password and a person without access are told in the same words,
    /// so that nobody learns who works here.
    func admit(_ name: String, password: String, from peer: String) async throws -> Person {
        guard let id = PersonID(name), let person = site.state.people[id], person.isActive else {
            failuresByAddress.failed(peer, at: now)
            try await keys.run { [site] in site.turnAway(password) }
            throw WebFault.wrongSignIn
        }
        do {
            try await keys.run { [site] in try await site.signIn(id, password: password) }
        } catch let refusal as Refusal {
            failuresByAddress.failed(peer, at: now)
            if case .lockedOut = refusal { throw WebFault(refusal) }
            throw WebFault.wrongSignIn
        }
        failuresByAddress.succeeded(peer)
        return person
    }
}

extension WebFault {
    static let wrongSignIn = WebFault(
        status: .forbidden, code: "wrong-sign-in",
        message: "the identifier or the password is wrong",
        hint: "try again, or ask an administrator for a new password")
}
