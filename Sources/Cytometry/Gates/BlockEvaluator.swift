/// Applies the gates of a plan to one block of events at a time.
///
/// Membership is one bit for an event, 64 to a word. A gate looks only at words in which its
/// parent has members, and a column that no such gate needs is not computed.
final class BlockEvaluator {
    static let words = ColumnBlock.size / 64

    private let gates: [BoundGate]
    private let parents: [Int?]
    private let block: ColumnBlock
    private let masks: UnsafeMutablePointer<UInt64>
    private let place: UnsafeMutablePointer<Double>
    private(set) var counts: [Int]

    init(plan: ColumnPlan, gates: [BoundGate], parents: [Int?]) {
        self.gates = gates
        self.parents = parents
        block = ColumnBlock(plan: plan)
        let count = (gates.count + 1) * Self.words
        masks = .allocate(capacity: count)
        masks.initialize(repeating: 0, count: count)
        place = .allocate(capacity: GatingStrategy.dimensionsMax)
        place.initialize(repeating: 0, count: GatingStrategy.dimensionsMax)
        counts = [Int](repeating: 0, count: gates.count)
    }

    deinit {
        masks.deallocate()
        place.deallocate()
    }

    /// The membership words of a gate for the block evaluated last.
    func members(of gate: Int) -> UnsafePointer<UInt64> {
        UnsafePointer(masks + gate * Self.words)
    }

    /// Evaluates every gate for `events`, at most a block of them.
    func evaluate(_ events: Range<Int>) {
        block.move(to: events)
        // The last mask is that of all events; its unused bits are zero and stay so everywhere.
        let all = masks + gates.count * Self.words
        for word in 0..<Self.words {
            let rest = events.count - word * 64
            all[word] = rest >= 64 ? .max : rest <= 0 ? 0 : (1 << UInt64(rest)) &- 1
        }
        for index in gates.indices {
            let parent = parents[index].map { masks + $0 * Self.words } ?? all
            let result = masks + index * Self.words
            var hasMembers = false
            for word in 0..<Self.words where parent[word] != 0 { hasMembers = true }
            if hasMembers {
                evaluate(gates[index], UnsafePointer(parent), result)
            } else {
                result.update(repeating: 0, count: Self.words)
            }
            var count = 0
            for word in 0..<Self.words { count &+= result[word].nonzeroBitCount }
            counts[index] += count
        }
    }

    private func evaluate(
        _ gate: BoundGate, _ parent: UnsafePointer<UInt64>, _ result: UnsafeMutablePointer<UInt64>
    ) {
        switch gate {
        case .never: result.update(repeating: 0, count: Self.words)
        case .limits(let limits):
            for (number, limit) in limits.enumerated() {
                let values = block.column(limit.column)
                let before = number == 0 ? parent : UnsafePointer(result)
                for word in 0..<Self.words {
                    let mask = before[word]
                    result[word] =
                        mask == 0
                        ? 0 : mask & Self.bits(values + word * 64, limit.min, limit.max)
                }
            }
        case .polygon(let x, let y, let region):
            polygon(x, y, region, parent, result)
        case .ellipsoid(let axes, let mean, let inverse, let distance):
            let columns = axes.map { block.column($0.column) }
            for word in 0..<Self.words {
                result[word] = filter(parent[word]) { bit in
                    let event = word * 64 + bit
                    for index in axes.indices {
                        place[index] = axes[index].value(columns[index][event]) - mean[index]
                    }
                    return quadraticForm(inverse) <= distance
                }
            }
        case .boolean(let operation, let operands):
            for word in 0..<Self.words {
                var value: UInt64 = operation == .or ? 0 : .max
                for operand in operands {
                    let mask = masks[operand.node * Self.words + word]
                    let bits = operand.isComplement ? ~mask : mask
                    switch operation {
                    case .and: value &= bits
                    case .or: value |= bits
                    case .not: value = ~bits
                    }
                }
                result[word] = value & parent[word]
            }
        }
    }

    private func polygon(
        _ x: BoundGate.Axis, _ y: BoundGate.Axis, _ region: PolygonRegion,
        _ parent: UnsafePointer<UInt64>, _ result: UnsafeMutablePointer<UInt64>
    ) {
        let (xs, ys) = (block.column(x.column), block.column(y.column))
        guard x.transform != nil || y.transform != nil else {
            for word in 0..<Self.words {
                result[word] =
                    parent[word] == 0
                    ? 0 : region.members(xs + word * 64, ys + word * 64, of: parent[word])
            }
            return
        }
        for word in 0..<Self.words {
            let first = word * 64
            func isInside(_ bit: Int) -> Bool {
                region.contains(x.value(xs[first + bit]), y.value(ys[first + bit]))
            }
            result[word] =
                parent[word] == 0
                ? 0
                : region.members(
                    untransformed: xs + first, ys + first, of: parent[word], isInside: isInside)
                    ?? filter(parent[word], isInside)
        }
    }

    /// (x − mean)ᵀ · inverse · (x − mean) of the event whose differences stand in `place`.
    private func quadraticForm(_ inverse: DenseMatrix) -> Double {
        var sum = 0.0
        for row in 0..<inverse.rows {
            var inner = 0.0
            for column in 0..<inverse.columns { inner += inverse[row, column] * place[column] }
            sum += place[row] * inner
        }
        return sum
    }

    private func filter(_ mask: UInt64, _ isMember: (Int) -> Bool) -> UInt64 {
        var rest = mask
        var result: UInt64 = 0
        while rest != 0 {
            let bit = rest.trailingZeroBitCount
            rest &= rest &- 1
            if isMember(bit) { result |= 1 << UInt64(bit) }
        }
        return result
    }

    /// Which of 64 values lie in `min <= value < max`. NaN and infinities never do.
    @inline(__always)
    private static func bits(
        _ values: UnsafePointer<Double>, _ min: Double, _ max: Double
    ) -> UInt64 {
        let weights = SIMD8<Int64>(1, 2, 4, 8, 16, 32, 64, 128)
        var word: UInt64 = 0
        for group in 0..<8 {
            let lanes = UnsafeRawPointer(values + group &* 8).load(as: SIMD8<Double>.self)
            let inside = unsafeBitCast((lanes .>= min) .& (lanes .< max), to: SIMD8<Int64>.self)
            let weighted = inside & weights
            let four = weighted.lowHalf | weighted.highHalf
            let two = four.lowHalf | four.highHalf
            word |= UInt64(bitPattern: two[0] | two[1]) << UInt64(group &* 8)
        }
        return word
    }
}
