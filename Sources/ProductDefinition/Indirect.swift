/// A record that may be left out, kept behind a reference.
///
/// The records of a definition lie in each other. Were they all kept in place, a definition would
/// be a value of thousands of words, each of which is copied, retained and released by itself
/// whenever the whole is passed on; the optimiser alone would spend minutes on such functions.
@propertyWrapper
public struct Indirect<Wrapped: Sendable>: Sendable {
    private final class Box: Sendable {
        let value: Wrapped

        init(_ value: Wrapped) { self.value = value }
    }

    private var box: Box?

    /// Nothing.
    public init() {}

    /// The record, if there is one.
    public var wrappedValue: Wrapped? {
        get { box?.value }
        set { box = newValue.map(Box.init) }
    }
}
