import Facility
import Synchronization

/// What was worked out from the whole site as it stands, kept until the site grows: a page that
/// two hundred screens read again after an entry is worked out once, not two hundred times.
///
/// The number of entries names a state of the site: the ledger only grows. What follows from one
/// table alone is a view of that table (`Table.view`) and outlives entries that leave it as it is.
final class WorkedOut: Sendable {
    private struct Kept: Sendable {
        let entries: UInt64
        let day: CalendarDate?
        let value: any Sendable
    }

    private let kept = Mutex<[ObjectIdentifier: Kept]>([:])

    /// The value of this kind for `state`: the one that is kept, or what `make` gives.
    ///
    /// - Parameter day: the day it is judged on, where that makes a difference.
    func value<Value: Sendable>(
        _ type: Value.Type, of state: SiteState, on day: CalendarDate? = nil,
        make: () -> Value
    ) -> Value {
        let known = kept.withLock { $0[ObjectIdentifier(type)] }
        if let known, known.entries == state.entryCount, known.day == day,
            let value = known.value as? Value
        {
            return value
        }
        let value = make()
        kept.withLock { kept in
            // Who was slower with an older state leaves the newer one as it is.
            let entries = kept[ObjectIdentifier(type)]?.entries ?? 0
            guard entries <= state.entryCount else { return }
            kept[ObjectIdentifier(type)] = Kept(
                entries: state.entryCount, day: day, value: value)
        }
        return value
    }
}
