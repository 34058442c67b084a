/// What every error of the ledger can say about itself.
///
/// `code` is a promise and never reused; the wording of `message` and `help` may change.
public protocol LedgerFault: Error, Sendable, CustomStringConvertible {
    /// A stable kebab-case name of the case.
    var code: String { get }
    /// What is the matter: the thing, its value and the limit; lower case, no full stop.
    var message: String { get }
    /// What one can do about it.
    var help: String { get }
}

extension LedgerFault {
    /// The message and the way out in one line.
    public var description: String { "\(message); \(help)" }
}
