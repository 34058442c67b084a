/// Reads the values that an axis shows, for all events or for the members of a population.
public struct ColumnReader: Sendable {
    private let strategy: GatingStrategy
    private let source: any EventSource

    /// A reader of the events of `source`, with the matrices, ratios and scales of `strategy`.
    public init(_ strategy: GatingStrategy, on source: any EventSource) {
        self.strategy = strategy
        self.source = source
    }

    /// The values of one axis in event order: after compensation and transformation.
    ///
    /// - Parameter mask: whose values; all events when nil.
    public func values(
        of dimension: GateDimension, in mask: EventMask? = nil
    ) throws(GatingError) -> [Double] {
        try values(of: [dimension], in: mask)[0]
    }

    /// The values of several axes, read in one pass.
    public func values(
        of dimensions: [GateDimension], in mask: EventMask? = nil
    ) throws(GatingError) -> [[Double]] {
        var plan = ColumnPlan(source: source, strategy: strategy)
        var axes: [BoundGate.Axis] = []
        for dimension in dimensions {
            if let id = dimension.transform, strategy.transforms[id] == nil {
                throw .init(.unknownReference, "transformation '\(id)' does not exist")
            }
            axes.append(
                BoundGate.Axis(
                    column: try plan.column(for: dimension),
                    transform: dimension.transform.flatMap { strategy.transforms[$0] }))
        }
        if let mask {
            precondition(
                mask.eventCount == source.eventCount,
                "a mask of \(mask.eventCount) events for \(source.eventCount)")
        }
        let block = ColumnBlock(plan: plan)
        let count = mask?.count ?? source.eventCount
        var result = [[Double]](repeating: [], count: axes.count)
        for index in result.indices { result[index].reserveCapacity(count) }
        for first in stride(from: 0, to: source.eventCount, by: ColumnBlock.size) {
            let events = first..<min(first + ColumnBlock.size, source.eventCount)
            if let mask,
                !mask.words[(first / 64)..<((events.upperBound + 63) / 64)].contains(
                    where: { $0 != 0 })
            {
                continue
            }
            block.move(to: events)
            for (index, axis) in axes.enumerated() {
                let column = block.column(axis.column)
                if mask == nil, axis.transform == nil {
                    result[index].append(
                        contentsOf: UnsafeBufferPointer(start: column, count: events.count))
                    continue
                }
                for event in 0..<events.count where mask?[first + event] ?? true {
                    result[index].append(axis.value(column[event]))
                }
            }
        }
        return result
    }
}
