import Synchronization

/// What was worked out from a value that does not change: each view once, by its type.
///
/// A site is a value: a thousand readers of one state ask it the same questions. What answers them
/// is kept beside the value and goes with it, so that nothing ever has to be told that it is out of
/// date.
package final class DerivedViews: Sendable {
    private let kept = Mutex<[ObjectIdentifier: any Sendable]>([:])

    /// No views yet.
    package init() {}

    /// Whether nothing was worked out yet.
    var isEmpty: Bool { kept.withLock(\.isEmpty) }

    /// The view of type `type`; `make` works it out when it is not here yet.
    ///
    /// Two readers that ask at the same moment may both work it out: neither waits for the other.
    package func view<View: Sendable>(_ type: View.Type, make: () -> View) -> View {
        let key = ObjectIdentifier(type)
        if let view = kept.withLock({ $0[key] }) as? View { return view }
        let view = make()
        kept.withLock { $0[key] = view }
        return view
    }
}
