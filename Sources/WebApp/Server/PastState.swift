import Facility
import HTTPTypes
import Operations
import Synchronization

/// The site as it stood, for readers of the past: the state that was asked for last is kept, since
/// whoever looks at one page of a past looks at the next.
final class PastState: Sendable {
    /// Entries of a state that is kept: a larger one is as large as the site itself.
    private static let keptMax: UInt64 = 100_000

    private let kept = Mutex<(end: UInt64, state: SiteState)?>(nil)

    /// The site as it stood before entry `end` was recorded.
    /// - Throws: a fault when the line at `desk` is full, and when the ledger cannot be read.
    func state(before end: UInt64, of site: Site, at desk: WorkDesk) async throws -> SiteState {
        if let state = known(end) { return state }
        return try await desk.run {
            if let state = self.known(end) { return state }
            do throws(SiteOpeningError) {
                let state = try await site.state(before: end)
                if end <= Self.keptMax { self.kept.withLock { $0 = (end, state) } }
                return state
            } catch {
                throw WebFault(
                    status: .serviceUnavailable, code: "ledger-unreadable", message: error.message,
                    hint: error.help)
            }
        }
    }

    private func known(_ end: UInt64) -> SiteState? {
        kept.withLock { $0?.end == end ? $0?.state : nil }
    }
}
