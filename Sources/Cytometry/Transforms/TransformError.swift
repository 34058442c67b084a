/// Parameters for which a scale transformation is not defined.
public struct TransformError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The transformation, the rule that is broken and the values.
    public let message: String

    init(_ message: String) { self.message = message }

    /// The message.
    public var description: String { message }
}
