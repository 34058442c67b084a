/// How much a finding weighs.
public enum Severity: String, CaseIterable, Codable, Comparable, Sendable {
    /// What must be put right: the definition cannot be used as it is.
    case error
    /// What an assessor would ask about.
    case warning
    /// What is worth knowing.
    case info

    /// Whether `left` weighs less than `right`.
    public static func < (left: Severity, right: Severity) -> Bool {
        left.weight < right.weight
    }

    private var weight: Int {
        switch self {
        case .error: 2
        case .warning: 1
        case .info: 0
        }
    }
}

/// Something that was found in a text: what is wrong, where, and what would satisfy.
///
/// Messages are lower case, name things in single quotes and end without a full stop. The code is
/// a promise and is never given a second meaning; the wording may change.
public struct Finding: Hashable, Sendable {
    /// Further information, with a place of its own where it has one.
    public struct Note: Hashable, Sendable {
        /// What is worth knowing.
        public var message: String
        /// Where to look.
        public var position: SourcePosition?

        /// A note on `message`.
        public init(_ message: String, at position: SourcePosition? = nil) {
            self.message = message
            self.position = position.flatMap { $0.line > 0 ? $0 : nil }
        }
    }

    /// The stable id, in kebab case: `unknown-key`, `open-step-grade-a`.
    public var code: String
    /// How much it weighs.
    public var severity: Severity
    /// What is wrong.
    public var message: String
    /// Where, if it has a place.
    public var position: SourcePosition?
    /// What would satisfy.
    public var help: String?
    /// The document and clause behind it.
    public var citation: String?
    /// Further information.
    public var notes: [Note]

    /// A finding.
    public init(
        code: String, severity: Severity, message: String, position: SourcePosition? = nil,
        help: String? = nil, citation: String? = nil, notes: [Note] = []
    ) {
        self.code = code
        self.severity = severity
        self.message = message
        // Lines count from 1: something that was never written has no place.
        self.position = position.flatMap { $0.line > 0 ? $0 : nil }
        self.help = help
        self.citation = citation
        self.notes = notes
    }
}

extension Sequence where Element == Finding {
    /// In reading order: by place, then code; what has no place comes first.
    public func inReadingOrder() -> [Finding] {
        sorted { left, right in
            if left.position != right.position {
                guard let first = left.position else { return true }
                guard let second = right.position else { return false }
                return first < second
            }
            return (left.code, left.message) < (right.code, right.message)
        }
    }
}
