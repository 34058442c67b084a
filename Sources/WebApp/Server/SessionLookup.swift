import Facility
import HTTPTypes
import Hummingbird

/// Finds the session of the one who asks: by the cookie of a browser, or by the header of a program.
struct SessionLookup: RouterMiddleware {
    let sessions: SessionStore
    let cookie: SessionCookie
    let now: @Sendable () -> Int64
    /// The instrument's token that a secret opens now.
    let token: @Sendable (String) -> AccessToken?
    /// Counts secrets that opened nothing, by address.
    let failures: AttemptLimiter

    func handle(
        _ request: Request, context: VisitorContext,
        next: (Request, VisitorContext) async throws -> Response
    ) async throws -> Response {
        var context = context
        if let secret = Self.bearer(request) {
            context.visit = try visit(by: secret, request, from: context.peer)
        } else if let secret = request.cookies[cookie.name]?.value,
            let session = sessions.session(with: secret, at: now())
        {
            context.visit = .init(
                secret: secret, session: session, isByCookie: true,
                refused: request.query(RefusalDesk.queryName))
        }
        return try await next(request, context)
    }

    /// The session or the token that `secret` opens. A program that names one which is over must
    /// hear so, not be a stranger.
    private func visit(
        by secret: String, _ request: Request, from peer: String
    ) throws -> VisitorContext.Visit {
        let now = now()
        if let session = sessions.session(with: secret, at: now) {
            return .init(secret: secret, session: session, isByCookie: false)
        }
        if let wait = failures.wait(for: peer, at: now) {
            throw WebFault.tooManyAttempts(wait: wait)
        }
        // A token reaches the API and no page.
        guard request.isForAPI, let token = token(secret) else {
            failures.failed(peer, at: now)
            throw WebFault.signInNeeded
        }
        let session = SessionStore.Session(
            person: token.person.text, formToken: "", openedAt: now, seenAt: now)
        return .init(secret: secret, session: session, isByCookie: false, token: token)
    }

    private static func bearer(_ request: Request) -> String? {
        guard let value = request.headers[.authorization] else { return nil }
        let parts = value.split(separator: " ", maxSplits: 1)
        guard parts.count == 2, parts[0].lowercased() == "bearer" else { return nil }
        return String(parts[1])
    }
}

/// The cookie that carries a session's secret.
struct SessionCookie: Sendable {
    let usesTLS: Bool

    /// The prefix binds the cookie to this host and to TLS (RFC 6265bis 4.1.3.2); without TLS, on
    /// loopback, a browser would refuse it.
    var name: String { usesTLS ? "__Host-seedlot" : "seedlot" }

    /// The `Set-Cookie` value that gives `secret` to the browser.
    func setting(_ secret: String) -> String { line(secret, age: nil) }

    /// The `Set-Cookie` value that takes the cookie back.
    var clearing: String { line("", age: 0) }

    private func line(_ value: String, age: Int?) -> String {
        var line = "\(name)=\(value); Path=/; HttpOnly; SameSite=Strict"
        if usesTLS { line += "; Secure" }
        if let age { line += "; Max-Age=\(age)" }
        return line
    }
}
