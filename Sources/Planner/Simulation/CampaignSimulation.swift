import Dispatch
import Synchronization

/// Runs a campaign many times over.
///
/// Replication r takes its draws from (seed, r) alone and its numbers are taken in after those of
/// replication r − 1, so the result has the same bits for any number of threads, any size of chunk
/// and any computer.
public struct CampaignSimulation: Sendable {
    /// What is simulated.
    public let campaign: Campaign
    /// The seed of all draws.
    public let seed: UInt32

    /// Replications of one run at most: more would only narrow a standard error that is already
    /// far below what the parameters are known to.
    public static let replicationsAtMost = 10_000_000
    /// Threads of one run at most.
    public static let threadsAtMost = 256
    /// Numbers that are held between two takings-in at most, over all threads.
    private static let heldAtMost = 4_000_000

    /// Simulates `campaign` with the draws of `seed`.
    public init(_ campaign: Campaign, seed: UInt32) {
        self.campaign = campaign
        self.seed = seed
    }

    /// Runs the campaign `replications` times.
    ///
    /// - Parameters:
    ///   - replications: from 1 to `replicationsAtMost`.
    ///   - threads: from 1 to `threadsAtMost`; it changes the time, never the result.
    ///   - chunk: replications that a thread takes at once; it changes nothing else.
    ///   - shouldStop: asked after each replication by every thread; once it is true the run ends
    ///     and its result holds the replications up to the first that is missing.
    ///   - progress: told now and then how many replications are in the result.
    /// - Throws: a `CampaignRefusal` when a number is out of range.
    public func run(
        replications: Int, threads: Int = 1, chunk: Int = 16,
        shouldStop: @escaping @Sendable () -> Bool = { false },
        progress: (Int) -> Void = { _ in }
    ) throws(CampaignRefusal) -> CampaignResult {
        try Self.check(replications, "replications", Self.replicationsAtMost)
        try Self.check(threads, "threads", Self.threadsAtMost)
        try Self.check(chunk, "replications in a chunk", 100_000)
        let columns = CampaignColumns(
            resources: campaign.plan.resources.count, hasDemand: campaign.plan.demand != nil)
        let roundSize = max(
            min(chunk * threads * 16, replications, Self.heldAtMost / columns.count), 1)
        let round = SimulationRound(
            campaign.program, columns: columns, size: roundSize,
            threads: min(threads, (roundSize + chunk - 1) / chunk))
        var collector = CampaignCollector(campaign.plan, columns)
        var first = 0
        while first < replications, !shouldStop() {
            let size = min(roundSize, replications - first)
            let done = round.run(
                first: first, size: size, chunk: chunk, seed: seed, shouldStop: shouldStop)
            for index in 0..<done { collector.add(round.row(index)) }
            first += done
            progress(first)
            if done < size { break }
        }
        return collector.result(seed: seed, asked: replications)
    }

    private static func check(
        _ value: Int, _ name: String, _ most: Int
    ) throws(CampaignRefusal) {
        guard value >= 1, value <= most else {
            throw CampaignRefusal(
                value < 1 ? .badNumber : .tooLarge, "\(value) \(name), outside 1 to \(most)",
                wayOut: "ask for a number between them")
        }
    }
}

/// A stretch of replications, run by several threads into rows of their own.
private final class SimulationRound: @unchecked Sendable {
    private final class Worker: @unchecked Sendable {
        var engine: CampaignEngine

        init(_ program: CampaignProgram) { engine = CampaignEngine(program) }
    }

    private let workers: [Worker]
    private let rows: UnsafeMutablePointer<Double>
    /// Whether each replication of the stretch was run. Each place is written by one thread only.
    private let isDone: UnsafeMutablePointer<Bool>
    private let size: Int
    private let width: Int

    init(_ program: CampaignProgram, columns: CampaignColumns, size: Int, threads: Int) {
        workers = (0..<threads).map { _ in Worker(program) }
        width = columns.count
        self.size = size
        rows = .allocate(capacity: size * width)
        isDone = .allocate(capacity: size)
        isDone.initialize(repeating: false, count: size)
    }

    deinit {
        rows.deallocate()
        isDone.deallocate()
    }

    func row(_ index: Int) -> UnsafePointer<Double> { UnsafePointer(rows + index * width) }

    /// Runs replications from `first`; gives how many were run without a gap.
    func run(
        first: Int, size: Int, chunk: Int, seed: UInt32,
        shouldStop: @escaping @Sendable () -> Bool
    ) -> Int {
        isDone.update(repeating: false, count: self.size)
        let next = Atomic<Int>(0)
        let work: @Sendable (Int) -> Void = { [self] thread in
            while true {
                let start = next.wrappingAdd(chunk, ordering: .relaxed).oldValue
                guard start < size else { return }
                for index in start..<min(start + chunk, size) {
                    if shouldStop() { return }
                    workers[thread].engine.run(
                        DrawStream(seed: seed, replication: UInt64(first + index)),
                        into: rows + index * width)
                    isDone[index] = true
                }
            }
        }
        if workers.count == 1 {
            work(0)
        } else {
            DispatchQueue.concurrentPerform(iterations: workers.count, execute: work)
        }
        return (0..<size).first { !isDone[$0] } ?? size
    }
}
