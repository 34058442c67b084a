import Foundation
import Statistics

/// Simulates the quantiles of the dip of uniform samples, to compare with the published ones that
/// `DipTable` holds.
///
/// `dip-table SEED` prints them as Swift. The dip does not change when a sample is moved or
/// stretched, so the partial sums of exponential spacings stand for the order statistics of a
/// uniform sample: no sample is sorted. A row has its own seed, SEED plus the sample size.
@main
struct DipTableSimulation {
    /// Sample sizes with the number of samples drawn of each.
    static let plan: [(size: Int, samples: Int)] =
        [4, 5, 6, 7, 8, 9, 10, 15, 20, 30, 50, 100, 200, 500, 1000, 2000].map { ($0, 1_000_000) }
        + [(5000, 300_000), (20_000, 100_000), (72_000, 40_000)]

    static let probabilities = [
        0.0, 0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99,
        0.995, 0.998, 0.999, 0.9995, 0.9998, 0.9999, 0.99995, 0.99998, 0.99999, 1.0,
    ]

    /// A quantile with fewer samples beyond it than this is extended from the row before.
    static let tailSamples = 9.5

    static func main() throws {
        let seed = CommandLine.arguments.dropFirst().first.flatMap { UInt64($0) } ?? 20_260_301
        var before: (size: Int, row: [Double])?
        for (size, samples) in plan {
            var random = RandomSource(seed: seed &+ UInt64(size))
            var dips: [Double] = []
            dips.reserveCapacity(samples)
            var sample = [Double](repeating: 0, count: size)
            for _ in 0..<samples {
                var sum = 0.0
                for index in 0..<size {
                    sum -= log(random.uniform())
                    sample[index] = sum
                }
                dips.append(try DipTest(sorted: sample).dip)
            }
            dips.sort()
            var row = probabilities.map { Summary.quantile(sorted: dips, $0) }
            if let before { extend(&row, size, samples, before) }
            print(line(size, row))
            fflush(nil)
            before = (size, row)
        }
    }

    /// On the scale of sqrt(n) dip the far tail of a large sample has the shape of the tail of
    /// the size before: it is that tail, moved to where this row's own one ends.
    private static func extend(
        _ row: inout [Double], _ size: Int, _ samples: Int, _ before: (size: Int, row: [Double])
    ) {
        guard samples < 1_000_000 else { return }
        let last =
            probabilities.lastIndex { Double(samples) * (1 - $0) >= tailSamples } ?? 0
        let scale = row[last] / before.row[last]
        for place in (last + 1)..<row.count { row[place] = before.row[place] * scale }
    }

    private static func line(_ size: Int, _ row: [Double]) -> String {
        let numbers = row.map { String(format: "%.8g", $0) }
        var text = "        // \(size)\n        [\n"
        for start in stride(from: 0, to: numbers.count, by: 7) {
            text +=
                "            "
                + numbers[start..<min(start + 7, numbers.count)].joined(separator: ", ") + ",\n"
        }
        return text + "        ],"
    }
}
