public import Diagnostics

/// A value of a definition with where it was written.
@dynamicMemberLookup
public struct Located<Value> {
    /// The value.
    public var value: Value
    /// Where it was written.
    public var position: SourcePosition

    /// `value`, written at `position`.
    public init(_ value: Value, at position: SourcePosition) {
        self.value = value
        self.position = position
    }

    /// A member of the value.
    public subscript<Member>(dynamicMember path: KeyPath<Value, Member>) -> Member {
        value[keyPath: path]
    }

    /// The transformed value, still where it was written.
    public func map<Other>(_ transform: (Value) -> Other) -> Located<Other> {
        Located<Other>(transform(value), at: position)
    }
}

extension Located: Sendable where Value: Sendable {}

/// Two located values are equal when the values are, wherever they stand.
extension Located: Equatable where Value: Equatable {
    /// Whether the values are equal.
    public static func == (left: Located, right: Located) -> Bool { left.value == right.value }
}

extension Located: Hashable where Value: Hashable {
    /// Feeds the value into `hasher`.
    public func hash(into hasher: inout Hasher) { hasher.combine(value) }
}

extension Located: CustomStringConvertible {
    /// The value as one text.
    public var description: String { "\(value)" }
}

extension Optional where Wrapped == Located<Bool> {
    /// Whether the author wrote "yes"; false when nothing was written.
    public var isYes: Bool { self?.value ?? false }
}

extension SourcePosition {
    /// The place of a required value that was not written; the reader has reported it.
    static let missing = SourcePosition(file: "", line: 0, column: 0)
}
