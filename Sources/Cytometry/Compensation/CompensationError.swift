/// Why a compensation cannot be carried out.
public struct CompensationError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What kind of refusal this is. The cases are a promise; the wording of a message is not.
    public enum Code: String, Sendable, CaseIterable {
        /// The matrix is not n × m with finite numbers, or a name occurs twice.
        case shape = "compensation-shape"
        /// A spillover keyword cannot be read.
        case keyword = "compensation-keyword"
        /// The matrix cannot be inverted, or so badly that noise would drown the result.
        case singular = "compensation-singular"
        /// The matrix names a detector that the events do not have.
        case missingChannel = "compensation-missing-channel"
        /// A single-stain control does not show one stained population.
        case control = "compensation-control"
    }

    /// The kind of refusal.
    public let code: Code
    /// What is wrong, with names and values.
    public let message: String

    init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// The message.
    public var description: String { message }
}
