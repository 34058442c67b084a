import Cytometry
import Foundation

/// A simulated MSC panel: twelve Float32 parameters, eight fluorochromes with spillover, living
/// and dead cells, debris and doublets. The same seed gives the same file everywhere.
struct SimulatedPanel {
    static let names = [
        "FSC-A", "FSC-H", "SSC-A", "FITC-A", "PE-A", "PerCP-Cy5-5-A", "PE-Cy7-A", "APC-A",
        "APC-Cy7-A", "BV421-A", "BV510-A", "Time",
    ]
    static let spillover: [[Float]] = [
        [1, 0.21, 0.03, 0.004, 0, 0, 0, 0.01], [0.01, 1, 0.27, 0.05, 0, 0, 0, 0],
        [0, 0.02, 1, 0.31, 0.09, 0.05, 0, 0], [0, 0.03, 0.05, 1, 0, 0.15, 0, 0],
        [0, 0, 0.04, 0.01, 1, 0.2, 0, 0], [0, 0, 0, 0.09, 0.1, 1, 0, 0],
        [0, 0, 0, 0, 0, 0, 1, 0.12], [0.06, 0.01, 0, 0, 0, 0, 0.1, 1],
    ]
    /// Share of positive cells and brightness of each fluorochrome.
    private static let positive: [Double] = [0.99, 0.006, 0.985, 0.8, 0.992, 0.06, 0.008, 0.004]
    private static let brightness: [Double] = [3e4, 9e3, 1.4e4, 2.5e3, 2.6e4, 1.2e4, 6e3, 5e3]

    private var state: UInt64 = 20_240_607

    private mutating func uniform() -> Double {
        // SplitMix64.
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return Double((mixed ^ (mixed >> 31)) >> 11) * 0x1p-53
    }

    private mutating func normal() -> Double {
        (-2 * log(1 - uniform())).squareRoot() * cos(2 * .pi * uniform())
    }

    private mutating func event(_ index: Int, of count: Int, into row: inout [Float]) {
        let kind = uniform()
        let (isDebris, isDoublet, isDead) = (kind < 0.05, kind > 0.96, kind > 0.9 && kind <= 0.96)
        var size = exp(log(95_000) + 0.22 * normal())
        var side = exp(log(60_000) + 0.3 * normal())
        if isDebris { (size, side) = (size * 0.15, side * 0.25) }
        if isDead { (size, side) = (size * 0.62, side * 1.35) }
        let height = size * exp(log(0.83) + 0.035 * normal()) * (isDoublet ? 1.12 : 1)
        if isDoublet { (size, side) = (size * 1.85, side * 1.7) }
        row[0] = Float(min(size, 262_143))
        row[1] = Float(min(height, 262_143))
        row[2] = Float(min(side, 262_143))
        for detector in 0..<8 { row[3 + detector] = Float(40 * normal()) }
        for dye in 0..<8 {
            var signal = exp(log(120) + 0.33 * normal())
            let isStained = dye == 5 ? isDead || uniform() < 0.004 : uniform() < Self.positive[dye]
            if isStained, !isDebris {
                signal += Self.brightness[dye] * exp(0.5 * normal()) * (isDoublet ? 1.8 : 1)
            }
            for detector in 0..<8 {
                row[3 + detector] += Float(signal) * Self.spillover[dye][detector]
            }
        }
        row[11] = Float(120_000 * Double(index) / Double(max(count, 1)))
    }

    /// Writes an FCS 3.1 file of `count` events.
    static func write(_ count: Int, to path: String) throws {
        var text = "|"
        func add(_ name: String, _ value: String) { text += "\(name)|\(value)|" }
        let textBegin = 58
        func build(_ begin: Int) -> String {
            text = "|"
            add("$BEGINDATA", String(format: "%020d", begin))
            add("$ENDDATA", String(format: "%020d", begin + count * 48 - 1))
            for name in ["$BEGINSTEXT", "$ENDSTEXT", "$BEGINANALYSIS", "$ENDANALYSIS", "$NEXTDATA"]
            { add(name, "0") }
            add("$MODE", "L")
            add("$DATATYPE", "F")
            add("$BYTEORD", "1,2,3,4")
            add("$PAR", "12")
            add("$TOT", "\(count)")
            add("$TIMESTEP", "0.01")
            for (index, name) in names.enumerated() {
                add("$P\(index + 1)B", "32")
                add("$P\(index + 1)E", "0,0")
                add("$P\(index + 1)N", name)
                add("$P\(index + 1)R", "262144")
            }
            let dyes = names[3...10].joined(separator: ",")
            let values = spillover.joined().map { "\($0)" }.joined(separator: ",")
            add("$SPILLOVER", "8,\(dyes),\(values)")
            return text
        }
        let begin = textBegin + build(0).utf8.count
        let end = begin + count * 48 - 1
        let fits = end <= 99_999_999
        let offsets = [textBegin, begin - 1, fits ? begin : 0, fits ? end : 0, 0, 0]
        let header = "FCS3.1    " + offsets.map { String(format: "%8d", $0) }.joined()
        FileManager.default.createFile(atPath: path, contents: nil)
        let file = try FileHandle(forWritingTo: URL(filePath: path))
        defer { try? file.close() }
        file.write(Data((header + build(begin)).utf8))
        var panel = SimulatedPanel()
        var row = [Float](repeating: 0, count: 12)
        var block = Data()
        for index in 0..<count {
            panel.event(index, of: count, into: &row)
            row.withUnsafeBytes { block.append(contentsOf: $0) }
            if block.count > 8 << 20 {
                file.write(block)
                block.removeAll(keepingCapacity: true)
            }
        }
        file.write(block)
    }

    /// Eleven gates: two polygons, eight ranges on compensated logicle axes, one combination.
    static func strategy() throws -> GatingStrategy {
        func polygon(_ id: String, _ parent: String?, _ y: String, _ points: [(Double, Double)])
            -> Gate
        {
            Gate(
                id: id, parent: parent,
                .polygon(.channel("FSC-A"), .channel(y), points.map { GatePoint($0.0, $0.1) }))
        }
        func range(_ id: String, _ parent: String, _ name: String, min: Double?, max: Double?)
            -> Gate
        {
            Gate(
                id: id, parent: parent,
                .rectangle([
                    Gate.Interval(
                        .channel(name, compensation: .file, transform: "Logicle"), min: min,
                        max: max)
                ]))
        }
        let markers = [
            ("CD105pos", "PerCP-Cy5-5-A", 0.55), ("CD73pos", "APC-A", 0.55),
            ("CD90pos", "FITC-A", 0.55), ("CD146pos", "PE-Cy7-A", 0.48),
            ("NegCocktailPos", "PE-A", 0.52), ("CD45pos", "BV510-A", 0.52),
            ("HLADRpos", "BV421-A", 0.52),
        ]
        return try GatingStrategy(
            gates: [
                polygon(
                    "Cells", nil, "SSC-A",
                    [
                        (42_000, 9000), (70_000, 6000), (262_144, 60_000), (262_144, 230_000),
                        (150_000, 230_000), (60_000, 120_000), (40_000, 50_000),
                    ]),
                polygon(
                    "Singlets", "Cells", "FSC-H",
                    [(30_000, 19_000), (262_144, 187_000), (262_144, 248_000), (30_000, 31_000)]),
                range("Live", "Singlets", "APC-Cy7-A", min: nil, max: 0.55),
            ] + markers.map { range($0.0, "Live", $0.1, min: $0.2, max: nil) } + [
                Gate(
                    id: "TriplePos", parent: "Live",
                    .boolean(
                        .and, [.init("CD105pos"), .init("CD73pos"), .init("CD90pos")]))
            ],
            transforms: ["Logicle": .logicle(t: 262_144, w: 0.7, m: 4.5, a: 0)])
    }
}
