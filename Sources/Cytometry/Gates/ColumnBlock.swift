/// The columns of a plan for one block of events, computed when first asked for.
///
/// One block belongs to one thread. Its memory is allocated once and serves every block.
final class ColumnBlock {
    /// Events of a block: some twenty columns of 8 bytes stay inside a second-level cache.
    static let size = 512
    /// Numbers from one column to the next: not a power of two, or all columns would compete for the
    /// same lines of a cache.
    private static let stride = size + 8

    let plan: ColumnPlan
    private(set) var events = 0..<0
    private let values: UnsafeMutablePointer<Double>
    private var ready: [Bool]
    /// Events that were read since the source was last told that they are done with.
    private var read = 0..<0
    /// Events after which the source is told: some megabytes.
    private static let eventsBeforeRelease = 64 * size

    init(plan: ColumnPlan) {
        self.plan = plan
        ready = [Bool](repeating: false, count: plan.columns.count)
        let count = max(plan.columns.count, 1) * Self.stride
        // Aligned for the widest vector that is loaded below.
        let memory = UnsafeMutableRawPointer.allocate(byteCount: count * 8, alignment: 64)
        values = memory.bindMemory(to: Double.self, capacity: count)
        values.initialize(repeating: 0, count: count)
    }

    deinit {
        plan.source.release(read)
        values.deallocate()
    }

    /// Turns to another block. `events` has at most `size` of them.
    func move(to events: Range<Int>) {
        if events.lowerBound != read.upperBound || read.count >= Self.eventsBeforeRelease {
            plan.source.release(read)
            read = events
        } else {
            read = read.lowerBound..<events.upperBound
        }
        self.events = events
        for index in ready.indices { ready[index] = false }
    }

    /// The values of a column for the current block.
    func column(_ index: Int) -> UnsafePointer<Double> {
        let target = values + index * Self.stride
        if ready[index] { return UnsafePointer(target) }
        switch plan.columns[index] {
        case .channel(let channel): plan.source.fill(channel, events, into: target)
        case .unmixed(let matrix, let output): unmix(plan.unmixings[matrix], output, target)
        case .ratio(let ratio, let numerator, let denominator):
            let (above, below) = (column(numerator), column(denominator))
            for event in 0..<events.count {
                target[event] = ratio.a * (above[event] - ratio.b) / (below[event] - ratio.c)
            }
        }
        ready[index] = true
        return UnsafePointer(target)
    }

    /// Column of one fluorochrome: a sum over detectors, always in the same order, so that the
    /// result does not depend on the number of threads or the size of a block.
    private func unmix(
        _ unmixing: ColumnPlan.Unmixing, _ output: Int, _ target: UnsafeMutablePointer<Double>
    ) {
        for detector in unmixing.detectors { _ = column(detector) }
        let count = unmixing.detectors.count
        let groups = (events.count + 7) / 8
        let source = UnsafeRawPointer(values)
        let result = UnsafeMutableRawPointer(target)
        unmixing.detectors.withUnsafeBufferPointer { detectors in
            unmixing.coefficients[output].withUnsafeBufferPointer { coefficients in
                for group in 0..<groups {
                    let place = group &* 64
                    var sum = SIMD8<Double>(repeating: 0)
                    for index in 0..<count {
                        let column = source + (detectors[index] &* (Self.stride &* 8) &+ place)
                        sum += column.load(as: SIMD8<Double>.self) * coefficients[index]
                    }
                    result.storeBytes(of: sum, toByteOffset: place, as: SIMD8<Double>.self)
                }
            }
        }
    }
}
