/// Why gates cannot be read or applied: what is wrong, where, and what would help.
public struct GatingError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What kind of refusal this is. The cases are a promise; the wording of a message is not.
    public enum Code: String, Sendable, CaseIterable {
        /// The document is not well-formed XML, or exceeds a limit.
        case xml = "gating-xml"
        /// The document is not Gating-ML 2.0.
        case version = "gating-version"
        /// An element or attribute is missing or cannot be read.
        case element = "gating-element"
        /// A gate has a shape that encloses nothing or cannot be computed.
        case shape = "gating-shape"
        /// Two gates, transformations or matrices share an id.
        case duplicate = "gating-duplicate"
        /// A gate, transformation or compensation is referred to that does not exist.
        case unknownReference = "gating-unknown-reference"
        /// A gate depends on itself.
        case cycle = "gating-cycle"
        /// The events do not have a channel that a gate needs.
        case unknownChannel = "gating-unknown-channel"
        /// A transformation has parameters for which it is not defined.
        case transform = "gating-transform"
        /// A compensation cannot be carried out.
        case compensation = "gating-compensation"
        /// A number exceeds a limit of this program.
        case limit = "gating-limit"
    }

    /// The kind of refusal.
    public let code: Code
    /// Line of the document, from 1, when there is one.
    public let line: Int?
    /// What is wrong, with names and values.
    public let message: String
    /// What would help.
    public let remedy: String?

    init(_ code: Code, line: Int? = nil, _ message: String, remedy: String? = nil) {
        self.code = code
        self.line = line
        self.message = message
        self.remedy = remedy
    }

    /// Line, message and way out.
    public var description: String {
        let place = line.map { "line \($0): " } ?? ""
        let help = remedy.map { "; \($0)" } ?? ""
        return place + message + help
    }
}
