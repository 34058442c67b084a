import HTTPTypes
import Hummingbird
import Synchronization

/// Counts requests and how long their answers took to make.
final class RequestMeter: RouterMiddleware {
    /// Upper bounds of the classes of duration, in seconds: a page is quick under 10 ms, an
    /// operator in gloves notices 250 ms, and a signature takes as long as scrypt does.
    static let bounds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5]

    /// What was counted.
    struct Counts {
        /// Answers by the hundreds of their status: 2 for 200 to 299.
        var byStatus: [Int: Int] = [:]
        /// Answers within each bound and not within the one before, and those beyond all.
        var byDuration = Array(repeating: 0, count: RequestMeter.bounds.count + 1)
        /// Seconds spent on all answers.
        var seconds = 0.0
    }

    private let counted = Mutex(Counts())

    /// What was counted so far.
    var counts: Counts { counted.withLock { $0 } }

    func handle(
        _ request: Request, context: VisitorContext,
        next: (Request, VisitorContext) async throws -> Response
    ) async throws -> Response {
        let clock = ContinuousClock()
        let start = clock.now
        let response = try await next(request, context)
        let seconds = (clock.now - start) / .seconds(1)
        let place = Self.bounds.firstIndex { seconds <= $0 } ?? Self.bounds.count
        counted.withLock { counts in
            counts.byStatus[response.status.code / 100, default: 0] += 1
            counts.byDuration[place] += 1
            counts.seconds += seconds
        }
        return response
    }
}
