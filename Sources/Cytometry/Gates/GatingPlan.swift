import Dispatch
import Synchronization

/// How many events a population has, and in which it is counted.
public struct PopulationCount: Hashable, Sendable {
    /// Id of the gate or quadrant.
    public let id: String
    /// Id of the population in which it is counted; nil for all events.
    public let parent: String?
    /// Number of members.
    public let count: Int
    /// Number of members of the parent.
    public let parentCount: Int
    /// Number of all events.
    public let eventCount: Int

    /// Percent of the parent's members; nil when the parent has none.
    public var percentOfParent: Double? {
        parentCount == 0 ? nil : 100 * Double(count) / Double(parentCount)
    }

    /// Percent of all events; nil when there are none.
    public var percentOfAll: Double? {
        eventCount == 0 ? nil : 100 * Double(count) / Double(eventCount)
    }
}

/// What applying gates to events gave.
public struct GatingResult: Sendable {
    /// The populations in the order of the document.
    public let populations: [PopulationCount]
    let masks: [String: EventMask]

    /// The population with this id.
    public func population(_ id: String) -> PopulationCount? {
        populations.first { $0.id == id }
    }

    /// Which events belong to a population; nil when membership was not asked for, or there is
    /// no such population.
    public func members(of id: String) -> EventMask? { masks[id] }
}

/// Gates bound to events: every name resolved, every limit moved to the scale of the file.
///
/// Cost: one pass over the columns in use. For twelve Float32 parameters, an 8 × 8 compensation
/// and eleven gates some 30 ns an event on one core of 2022; memory beyond the file is one block
/// for each thread, and one bit for each event and gate when membership is asked for.
public struct GatingPlan: Sendable {
    private let columns: ColumnPlan
    private let gates: [BoundGate]
    private let strategy: GatingStrategy

    /// A grid over a polygon pays from this many events.
    private static let gridEventsMin = 50_000
    /// Blocks that a thread takes at a time: some milliseconds of work.
    private static let blocksAtOnce = 64

    /// - Throws: `GatingError` for a channel that the events do not have or a compensation that
    ///   cannot be carried out.
    public init(_ strategy: GatingStrategy, on source: any EventSource) throws(GatingError) {
        self.strategy = strategy
        var columns = ColumnPlan(source: source, strategy: strategy)
        var gates: [BoundGate] = []
        gates.reserveCapacity(strategy.order.count)
        for node in strategy.order {
            gates.append(
                try columns.bind(node, useGrid: source.eventCount >= Self.gridEventsMin))
        }
        self.columns = columns
        self.gates = gates
    }

    /// Applies the gates.
    ///
    /// - Parameters:
    ///   - threads: how many threads to use; the result does not depend on it.
    ///   - membership: whether `members(of:)` of the result will be asked.
    ///   - progress: called now and then, from any thread, with the number of events done.
    public func run(
        threads: Int = 1, membership: Bool = true,
        progress: (@Sendable (Int) -> Void)? = nil
    ) -> GatingResult {
        let total = columns.source.eventCount
        let parents = strategy.order.map(\.parent)
        let wordsPerGate = (total + 63) / 64
        let storage = MaskStorage(count: membership ? wordsPerGate * gates.count : 0)
        let next = Atomic<Int>(0)
        let sum = Mutex([Int](repeating: 0, count: gates.count))
        let chunk = Self.blocksAtOnce * ColumnBlock.size
        let worker: @Sendable (Int) -> Void = { _ in
            let evaluator = BlockEvaluator(plan: columns, gates: gates, parents: parents)
            while true {
                let (start, _) = next.add(chunk, ordering: .relaxed)
                guard start < total else { break }
                for first in stride(
                    from: start, to: min(start + chunk, total), by: ColumnBlock.size)
                {
                    let events = first..<min(first + ColumnBlock.size, total)
                    evaluator.evaluate(events)
                    guard membership else { continue }
                    for gate in gates.indices {
                        storage.base.advanced(by: gate * wordsPerGate + first / 64).update(
                            from: evaluator.members(of: gate), count: (events.count + 63) / 64)
                    }
                }
                progress?(min(start + chunk, total))
            }
            sum.withLock { sum in
                for gate in gates.indices { sum[gate] += evaluator.counts[gate] }
            }
        }
        let workers = max(1, min(threads, (total + chunk - 1) / chunk))
        if workers == 1 {
            worker(0)
        } else {
            DispatchQueue.concurrentPerform(iterations: workers, execute: worker)
        }
        return result(sum.withLock { $0 }, total, storage, wordsPerGate, membership)
    }

    private func result(
        _ counts: [Int], _ total: Int, _ storage: MaskStorage, _ words: Int, _ membership: Bool
    ) -> GatingResult {
        var populations: [(place: Int, count: PopulationCount)] = []
        var masks: [String: EventMask] = [:]
        for (index, node) in strategy.order.enumerated() {
            populations.append(
                (
                    node.gate * 1_000_000 + (node.quadrant ?? 0),
                    PopulationCount(
                        id: node.id, parent: node.parent.map { strategy.order[$0].id },
                        count: counts[index],
                        parentCount: node.parent.map { counts[$0] } ?? total, eventCount: total)
                ))
            if membership {
                let part = UnsafeBufferPointer(start: storage.base + index * words, count: words)
                masks[node.id] = EventMask(eventCount: total, words: Array(part))
            }
        }
        populations.sort { $0.place < $1.place }
        return GatingResult(populations: populations.map(\.count), masks: masks)
    }
}

/// Membership words that several threads fill, each its own stretch.
private final class MaskStorage: @unchecked Sendable {
    let base: UnsafeMutablePointer<UInt64>

    init(count: Int) {
        base = .allocate(capacity: max(count, 1))
        base.initialize(repeating: 0, count: max(count, 1))
    }

    deinit { base.deallocate() }
}
