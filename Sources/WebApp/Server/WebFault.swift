import HTTPTypes
import Hummingbird

/// What a page or the API answers when it cannot do what was asked.
///
/// `code` is a promise to programs; the words are for people and may change.
struct WebFault: Error {
    let status: HTTPResponse.Status
    let code: String
    /// What is wrong, in lower case: "no batch 'B-1'".
    let message: String
    /// More about it: values and limits.
    var details: String?
    /// The way out.
    var hint: String?
    /// Seconds after which the request may be repeated.
    var retryAfter: Int64?
    /// The rule of the catalogue that was not kept.
    var rule: String?
    /// What is wrong, by field of the command.
    var problems: [String: String] = [:]

    static func notFound(_ what: String, hint: String? = nil) -> WebFault {
        WebFault(
            status: .notFound, code: "not-found", message: "there is no \(what)", hint: hint)
    }

    static let signInNeeded = WebFault(
        status: .unauthorized, code: "sign-in-needed", message: "nobody is signed in",
        hint: "sign in and ask again")

    static func notPermitted(_ what: String) -> WebFault {
        WebFault(
            status: .forbidden, code: "not-permitted", message: what,
            hint: "ask a person whose role holds the permission")
    }

    static let foreignRequest = WebFault(
        status: .forbidden, code: "foreign-request",
        message: "the request came from a page of another site",
        hint: "open the form on this site and send it from there")

    static let staleForm = WebFault(
        status: .forbidden, code: "stale-form",
        message: "the form was made for another session",
        hint: "open the page again, so that the form belongs to this session")

    static func tooLarge(limit: Int) -> WebFault {
        WebFault(
            status: .contentTooLarge, code: "body-too-large",
            message: "the request body is larger than \(limit) bytes",
            hint: "send less at once")
    }

    static func unreadable(_ what: String, details: String? = nil) -> WebFault {
        WebFault(
            status: .badRequest, code: "unreadable-request", message: what, details: details)
    }

    static func tooManyAttempts(wait: Int64) -> WebFault {
        WebFault(
            status: .tooManyRequests, code: "too-many-attempts",
            message: "too many sign-ins failed", details: "the next is possible in \(wait) s",
            hint: "wait, or ask an administrator for a new password", retryAfter: wait)
    }

    static let internalFault = WebFault(
        status: .internalServerError, code: "internal-fault",
        message: "the server could not answer",
        hint: "nothing was recorded unless a page says so; try again, and tell the administrator")
}
