// Compiled into the tests and, together with the room itself, into the fuzz targets.
#if canImport(Cytometry)
import Cytometry
#endif

/// An FCS file in order, whose layout and events are read out of arbitrary bytes, with the numbers
/// that a reader must find in it.
///
/// The first bytes choose type, byte order, widths, ranges and offsets; the rest are the events.
/// Whatever the bytes, the file is well-formed, so that a fuzzer's changes reach the decoding of
/// DATA instead of ending in TEXT. The expected numbers are put together one bit or digit at a
/// time, as slowly and plainly as the standard describes them.
struct FramedFCS {
    /// How the numbers are stored.
    enum Storage: Int, CaseIterable {
        case integers, floats, doubles, mixed, packed, characters, delimited
    }

    /// The whole file.
    private(set) var bytes: [UInt8] = []
    /// Stored numbers, parameter by parameter.
    private(set) var numbers: [[Double]] = []
    /// The same to the last bit for binary integers; empty for the others.
    private(set) var integers: [[UInt64]] = []

    private struct Column {
        var type: Character
        var bits: Int
        var range: UInt64
        var order: [Int] = []
    }

    /// Names that the checks of a run look for.
    private static let names = ["Time", "FSC-A", "FSC-H", "PE-A", "SSC-A", "APC-A"]

    private let storage: Storage
    private var columns: [Column] = []
    private var byteOrder: [Int] = []
    private var data: [UInt8] = []
    private var events = 0

    /// Every sequence of bytes gives a file; events beyond the 200th are left out.
    init(_ seed: [UInt8]) {
        var rest = seed[...]
        func next() -> Int { Int(rest.popFirst() ?? 0) }
        storage = Storage(rawValue: next() % Storage.allCases.count) ?? .integers
        let order = next()
        let offsets = next()
        let count = 1 + next() % 6
        for _ in 0..<count { columns.append(column(next(), next())) }
        chooseOrder(order)
        switch storage {
        case .characters: readCharacters(&rest)
        case .delimited: readWords(&rest)
        case .packed: readPacked(&rest)
        default: readWholeBytes(&rest)
        }
        frame(offsets)
    }

    private func column(_ width: Int, _ range: Int) -> Column {
        func integer() -> Column {
            let bits =
                storage == .packed ? 1 + width % 64 : [8, 16, 24, 32, 40, 48, 56, 64][width % 8]
            // From 2 to 2^63, on, above and below powers of two.
            let power = UInt64(1) << UInt64(1 + range % 63)
            return Column(type: "I", bits: bits, range: max(2, power &+ UInt64(range / 63) &- 1))
        }
        switch storage {
        case .integers, .packed: return integer()
        case .floats: return Column(type: "F", bits: 32, range: 1024)
        case .doubles: return Column(type: "D", bits: 64, range: 1024)
        case .mixed:
            if width % 3 == 0 { return Column(type: "F", bits: 32, range: 1024) }
            return width % 3 == 1 ? Column(type: "D", bits: 64, range: 1024) : integer()
        case .characters: return Column(type: "A", bits: 1 + width % 15, range: 1024)
        case .delimited: return Column(type: "A", bits: 0, range: 1024)
        }
    }

    /// Mixed orders are those of 32-bit machines with 16-bit words; they say nothing on numbers
    /// of other widths.
    private mutating func chooseOrder(_ choice: Int) {
        let mixed: [[Int]] = [[2, 1, 4, 3], [3, 4, 1, 2]]
        let takesMixed = columns.allSatisfy { [8, 16, 32].contains($0.bits) && $0.type != "A" }
        byteOrder = [[1, 2, 3, 4], [4, 3, 2, 1]][choice % 2]
        if choice % 4 > 1, takesMixed, storage != .packed { byteOrder = mixed[choice % 2] }
        for index in columns.indices {
            let count = (columns[index].bits + 7) / 8
            if byteOrder == [1, 2, 3, 4] || (byteOrder == [3, 4, 1, 2] && count < 4) {
                columns[index].order = Array(0..<count)
            } else if byteOrder == [4, 3, 2, 1] || count < 4 {
                columns[index].order = (0..<count).reversed()
            } else {
                columns[index].order = byteOrder.map { $0 - 1 }
            }
        }
    }

    // MARK: Events

    private func mask(_ column: Column) -> UInt64 {
        var mask: UInt64 = 0
        while mask < column.range - 1 { mask = mask << 1 | 1 }
        return column.bits == 64 ? mask : mask & ((1 << UInt64(column.bits)) - 1)
    }

    private mutating func append(_ value: UInt64, to column: Int) {
        let masked = value & mask(columns[column])
        integers[column].append(masked)
        numbers[column].append(Double(masked))
    }

    private mutating func readWholeBytes(_ rest: inout ArraySlice<UInt8>) {
        let stride = columns.reduce(0) { $0 + $1.bits / 8 }
        events = min(rest.count / stride, 200)
        data = Array(rest.prefix(events * stride))
        numbers = columns.map { _ in [] }
        integers = columns.map { _ in [] }
        var place = 0
        for _ in 0..<events {
            for (index, column) in columns.enumerated() {
                var value: UInt64 = 0
                for (byte, significance) in column.order.enumerated() {
                    value += UInt64(data[place + byte]) << UInt64(8 * significance)
                }
                place += column.bits / 8
                switch column.type {
                case "F":
                    numbers[index].append(
                        Double(Float(bitPattern: UInt32(truncatingIfNeeded: value))))
                case "D": numbers[index].append(Double(bitPattern: value))
                default: append(value, to: index)
                }
            }
        }
    }

    private mutating func readPacked(_ rest: inout ArraySlice<UInt8>) {
        let perEvent = columns.reduce(0) { $0 + $1.bits }
        events = min(rest.count * 8 / perEvent, 200)
        data = Array(rest.prefix((events * perEvent + 7) / 8))
        numbers = columns.map { _ in [] }
        integers = columns.map { _ in [] }
        let words = columns.map {
            $0.bits % 8 == 0
                ? $0.bits / 8 : $0.bits <= 8 ? 1 : $0.bits <= 16 ? 2 : $0.bits <= 32 ? 4 : 8
        }
        let whole = columns.allSatisfy { $0.bits % 8 == 0 }
        // Only the length of DATA tells packed numbers from padded ones.
        guard !whole, data.count < events * words.reduce(0, +) else {
            events = 0
            data = []
            return
        }
        var bit = 0
        for _ in 0..<events {
            for (index, column) in columns.enumerated() {
                var value: UInt64 = 0
                for _ in 0..<column.bits {
                    value = value * 2 + UInt64(data[bit / 8] >> UInt8(7 - bit % 8) & 1)
                    bit += 1
                }
                append(value, to: index)
            }
        }
    }

    private mutating func readCharacters(_ rest: inout ArraySlice<UInt8>) {
        let stride = columns.reduce(0) { $0 + $1.bits }
        events = min(rest.count / stride, 200)
        numbers = columns.map { _ in [] }
        for _ in 0..<events {
            for (index, column) in columns.enumerated() {
                let digits = rest.prefix(column.bits).map { $0 % 10 }
                rest = rest.dropFirst(column.bits)
                data += digits.map { $0 + 48 }
                numbers[index].append(digits.reduce(0.0) { $0 * 10 + Double($1) })
            }
        }
    }

    private mutating func readWords(_ rest: inout ArraySlice<UInt8>) {
        events = min(rest.count / columns.count, 200)
        numbers = columns.map { _ in [] }
        for _ in 0..<events {
            for index in columns.indices {
                let value = rest.popFirst() ?? 0
                data += Array("\(value)".utf8)
                data.append([32, 44, 9, 10, 13][Int(value) % 5])
                numbers[index].append(Double(value))
            }
        }
    }

    // MARK: The file

    private mutating func frame(_ choice: Int) {
        var pairs = [
            ("$MODE", "L"), ("$DATATYPE", storage == .mixed ? "I" : String(columns[0].type)),
            ("$BYTEORD", byteOrder.map(String.init).joined(separator: ",")),
            ("$PAR", "\(columns.count)"), ("$TOT", "\(events)"), ("$NEXTDATA", "0"),
        ]
        for (index, column) in columns.enumerated() {
            let name = "$P\(index + 1)"
            pairs += [
                ("\(name)N", Self.names[index]), ("\(name)E", "0,0"),
                ("\(name)B", column.bits == 0 ? "*" : "\(column.bits)"),
                ("\(name)R", "\(column.range)"),
            ]
            if storage == .mixed { pairs.append(("\(name)DATATYPE", String(column.type))) }
        }
        func text(_ begin: Int, _ end: Int) -> [UInt8] {
            func padded(_ value: Int) -> String { String("0000000\(value)".suffix(8)) }
            let all = pairs + [("$BEGINDATA", padded(begin)), ("$ENDDATA", padded(end))]
            return Array(("|" + all.map { "\($0)|\($1)|" }.joined()).utf8)
        }
        let textEnd = 57 + text(0, 0).count
        // DATA follows TEXT at once or after a gap; HEADER, TEXT or both say where it stands.
        let begin = textEnd + 1 + choice / 16 % 4 * 7
        let end = begin + data.count - 1
        let inHeader = choice % 3 != 1 && !data.isEmpty
        let inText = choice % 3 != 0 && !data.isEmpty
        let fields = [58, textEnd, inHeader ? begin : 0, inHeader ? end : 0, 0, 0]
        bytes = Array((storage == .mixed ? "FCS3.2    " : "FCS3.0    ").utf8)
        bytes += fields.flatMap { Array(String("       \($0)".suffix(8)).utf8) }
        bytes += text(inText ? begin : 0, inText ? end : 0)
        bytes += [UInt8](repeating: 32, count: begin - bytes.count)
        bytes += data
    }

    // MARK: Comparing

    /// The first difference between what the room reads and what stands in the file; nil when
    /// there is none.
    func difference() -> String? {
        let set: FCSDataSet
        do {
            set = try FCSFile.read(FileBytes(bytes))[0]
        } catch {
            return "\(storage): refused: \(error)"
        }
        guard set.eventCount == events else {
            return "\(storage): \(set.eventCount) events, \(events) were written"
        }
        for index in columns.indices where events > 0 {
            let read = set.storedValues(of: index)
            for (event, (actual, wanted)) in zip(read, numbers[index]).enumerated()
            where !(actual == wanted || (actual.isNaN && wanted.isNaN)) {
                return "\(storage): parameter \(index + 1) of event \(event + 1) is \(actual), "
                    + "\(wanted) was written"
            }
            if columns[index].type == "I", set.exactIntegers(of: index) != integers[index] {
                return "\(storage): parameter \(index + 1) is not exact"
            }
        }
        return nil
    }
}
