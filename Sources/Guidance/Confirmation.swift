/// Whether a fact was read in its source.
///
/// What was not read stays usable, and says so wherever it is shown: a rule that rests on it may
/// warn, but does not stop anyone.
public enum Confirmation: Equatable, Sendable {
    /// Read in the source that is cited.
    case confirmed
    /// Read, except for the part that is named.
    case partly(String)
    /// Not read; `missing` says what would settle it.
    case unconfirmed(missing: String)

    /// Reads "confirmed", "partly: …" or "unconfirmed: …".
    init(reading text: String) {
        func rest(after prefix: String) -> String? {
            text.hasPrefix(prefix)
                ? String(text.dropFirst(prefix.count).drop { $0 == ":" || $0 == " " }) : nil
        }
        if let part = rest(after: "partly") {
            self = .partly(part)
        } else if let missing = rest(after: "unconfirmed") {
            self = .unconfirmed(missing: missing)
        } else {
            precondition(text == "confirmed", "'\(text)' is no state of confirmation")
            self = .confirmed
        }
    }

    /// What a reader is told; `nil` when there is nothing to tell.
    public var caution: String? {
        switch self {
        case .confirmed: nil
        case .partly(let part): part
        case .unconfirmed(let missing):
            missing.isEmpty ? "unconfirmed" : "unconfirmed (\(missing))"
        }
    }
}
