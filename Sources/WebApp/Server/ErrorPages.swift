import HTTPTypes
import Hummingbird
import Ledger
import Logging

/// Turns every error into an answer: a page for people, an object for programs.
///
/// An error that nobody foresaw is logged once, here, under the id the reader sees; what it holds
/// is not shown, since it may hold anything.
struct ErrorPages: RouterMiddleware {
    let setting: @Sendable (SessionStore.Session?) -> PageFrame.Setting
    let sessions: SessionStore
    let cookie: SessionCookie
    let now: @Sendable () -> Int64

    func handle(
        _ request: Request, context: VisitorContext,
        next: (Request, VisitorContext) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch {
            return answer(to: Self.fault(for: error, in: context), request)
        }
    }

    static func fault(for error: any Error, in context: VisitorContext) -> WebFault {
        switch error {
        case let fault as WebFault:
            return fault
        case let error as any HTTPResponseError where error.status == .notFound:
            return .notFound("page at this address")
        case let error as any HTTPResponseError where error.status.kind == .clientError:
            return WebFault(
                status: error.status, code: "refused-request",
                message: error.status.reasonPhrase.lowercased())
        default:
            context.logger.error("request failed", metadata: ["error": "\(error)"])
            var fault = WebFault.internalFault
            fault.details = "request \(context.id)"
            return fault
        }
    }

    private func answer(to fault: WebFault, _ request: Request) -> Response {
        var response: Response
        if request.isForAPI {
            response = .json(fault.object, status: fault.status)
        } else if fault.code == WebFault.signInNeeded.code, request.method == .get {
            let wanted = request.uri.string
            response = .seeOther(
                Address(.signIn, query: [.init(name: "next", value: wanted)]))
        } else {
            response = .page(page(fault, request), status: fault.status)
        }
        if let seconds = fault.retryAfter { response.headers[.retryAfter] = String(seconds) }
        return response
    }

    private func page(_ fault: WebFault, _ request: Request) -> HTML {
        // The error may be older than the look-up of the session, so it is looked up here.
        let session = request.cookies[cookie.name].flatMap {
            sessions.session(with: $0.value, at: now())
        }
        let frame = PageFrame(
            title: fault.title, setting: setting(session), place: nil)
        return frame.page { html in
            html(.section, .class("fault")) { html in
                html(.p, .class("fault-code"), text: "\(fault.status.code)  \(fault.code)")
                html(.h1, text: fault.title)
                if let details = fault.details { html(.p, text: details) }
                if let hint = fault.hint { html(.p, .class("help"), text: hint) }
                html(.p) { html in
                    html(
                        .a, .class("button"), .href(session == nil ? Link.signIn : Link.home),
                        text: session == nil ? "Sign in" : "To the start page")
                }
            }
        }
    }
}

extension WebFault {
    /// The message as a heading.
    var title: String { message.prefix(1).uppercased() + message.dropFirst() }

    /// The object of the API: code, message, details, hint; the rule that was not kept, and what is
    /// wrong field by field, where there is one.
    var object: JSONValue {
        var members: [String: JSONValue] = [
            "code": .string(code), "message": .string(message),
        ]
        if let details { members["details"] = .string(details) }
        if let hint { members["hint"] = .string(hint) }
        if let rule { members["rule"] = .string(rule) }
        if !problems.isEmpty {
            members["problems"] = .object(problems.mapValues { .string($0) })
        }
        return .object(["error": .object(members)])
    }
}

extension Response {
    /// A JSON value in its canonical form, so that the same answer has the same bytes.
    static func json(_ value: JSONValue, status: HTTPResponse.Status = .ok) -> Response {
        .bytes(value.canonicalBytes(), type: "application/json", status: status)
    }
}
