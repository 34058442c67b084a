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
    /// Failures of one network address; a whole site may stand behind one.
    let byAddress = AttemptLimiter(allowed: 60, window: 600)

    func add(to router: Router<VisitorContext>) {
        router.get("sign-in") { request, context in page(request, context) }
        router.post("sign-in") { try await signIn($0, $1) }
        router.group(context: SignedInContext.self).post("sign-out") { try await signOut($0, $1) }
    }

    private func signIn(_ request: Request, _ context: VisitorContext) async throws -> Response {
        if let wait = byAddress.wait(for: context.peer, at: reception.now) {
            throw WebFault.tooManyAttempts(wait: wait)
        }
        let form = try await SubmittedForm(ofStranger: request)
        let name = form["person"] ?? ""
        let next = form["next"].flatMap { Address(local: $0) } ?? Address(.home)
        do {
            let person = try await Self.admit(
                name, password: form.raw("password") ?? "", on: reception.site)
            byAddress.succeeded(context.peer)
            if let old = context.visit { reception.sessions.close(old.secret) }
            let (secret, _) = reception.sessions.open(for: person.id.text, at: reception.now)
            var response = Response.seeOther(next)
            response.headers[.setCookie] = reception.cookie.setting(secret)
            return response
        } catch {
            byAddress.failed(context.peer, at: reception.now)
            return page(request, context, name: name, next: next, fault: error)
        }
    }

    /// The person whose key `password` opens.
    ///
    /// An unknown person, a wrong password and a person without access are told in the same words,
    /// so that nobody learns who works here.
    static func admit(
        _ name: String, password: String, on site: Site
    ) async throws(WebFault) -> Person {
        guard let id = PersonID(name), let person = site.state.people[id], person.isActive else {
            throw .wrongSignIn
        }
        do throws(Refusal) {
            try await site.signIn(id, password: password)
        } catch {
            if case .lockedOut = error { throw WebFault(error) }
            throw .wrongSignIn
        }
        return person
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

extension WebFault {
    static let wrongSignIn = WebFault(
        status: .forbidden, code: "wrong-sign-in",
        message: "the identifier or the password is wrong",
        hint: "try again, or ask an administrator for a new password")
}
