import HTTPTypes
import Hummingbird

/// Adds to every response what keeps a browser from being used against its user.
struct SecurityHeaders: RouterMiddleware {
    let usesTLS: Bool

    /// Everything comes from this site alone; no inline script, no inline style, no frame around
    /// us, forms go nowhere else (CSP Level 3). An image may stand inside a picture of a page, as
    /// the density of a million points does.
    static let policy = [
        "default-src 'none'", "script-src 'self'", "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'", "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'",
    ].joined(separator: "; ")

    func handle(
        _ request: Request, context: VisitorContext,
        next: (Request, VisitorContext) async throws -> Response
    ) async throws -> Response {
        var response = try await next(request, context)
        response.headers[.contentSecurityPolicy] = Self.policy
        response.headers[.xContentTypeOptions] = "nosniff"
        set("Referrer-Policy", "same-origin", on: &response)
        set("Cross-Origin-Opener-Policy", "same-origin", on: &response)
        set("Cross-Origin-Resource-Policy", "same-origin", on: &response)
        set("Permissions-Policy", "camera=(self), geolocation=(), microphone=()", on: &response)
        set("X-Frame-Options", "DENY", on: &response)
        if usesTLS { response.headers[.strictTransportSecurity] = "max-age=31536000" }
        // Records of patients and donors do not belong into a cache; assets say otherwise.
        if response.headers[.cacheControl] == nil { response.headers[.cacheControl] = "no-store" }
        return response
    }

    private func set(_ name: String, _ value: String, on response: inout Response) {
        guard let name = HTTPField.Name(name) else { return }
        response.headers[name] = value
    }
}

/// Refuses requests that change something and come from a page of another site.
///
/// A browser says where a request comes from in `Origin` and `Sec-Fetch-Site`; a program says
/// neither, and carries no cookie of ours by itself. Together with `SameSite=Strict` and the token
/// in each form this is three walls, each sufficient (OWASP, "Cross-Site Request Forgery
/// Prevention").
struct OriginCheck: RouterMiddleware {
    func handle(
        _ request: Request, context: VisitorContext,
        next: (Request, VisitorContext) async throws -> Response
    ) async throws -> Response {
        switch request.method {
        case .get, .head, .options: break
        default: try check(request)
        }
        return try await next(request, context)
    }

    private func check(_ request: Request) throws {
        if let name = HTTPField.Name("Sec-Fetch-Site"), let site = request.headers[name],
            site != "same-origin", site != "none"
        {
            throw WebFault.foreignRequest
        }
        guard let origin = request.headers[.origin] else { return }
        guard let separator = origin.firstRange(of: "://"),
            let authority = request.head.authority ?? request.headers[.init("Host") ?? .origin],
            origin[separator.upperBound...].lowercased() == authority.lowercased()
        else { throw WebFault.foreignRequest }
    }
}
