/// Why a command was refused. Nothing was recorded.
///
/// The code is a promise and never reused; the wording is not. A rejection that enforces a rule of
/// the catalogue names it, so that the person sees the citation.
package struct Rejection: Error, Hashable, Sendable {
    /// A stable code: the area and the reason, such as `batch.step-out-of-order`.
    package var code: String
    /// What is the case, with values and limits; lower case, no full stop.
    package var message: String
    /// What the person can do.
    package var help: String?
    /// The rule of the catalogue that is enforced, such as `release-qp-only`.
    package var rule: String?

    /// A refusal with these particulars.
    package init(_ code: String, _ message: String, help: String? = nil, rule: String? = nil) {
        self.code = code
        self.message = message
        self.help = help
        self.rule = rule
    }
}

extension Rejection: CustomStringConvertible {
    package var description: String {
        var text = "\(code): \(message)"
        if let rule { text += " (rule \(rule))" }
        if let help { text += "; \(help)" }
        return text
    }
}
