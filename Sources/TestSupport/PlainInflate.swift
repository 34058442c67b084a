/// Reads a deflate stream one bit at a time, from the text of RFC 1951 alone: it shares nothing
/// with the library that writes the streams.
public struct PlainInflate {
    /// The stream is none.
    public struct Damage: Error {}

    private let bytes: [UInt8]
    private var bit: Int
    private var output: [UInt8] = []

    /// The bytes of the stream that begins at `start`, and the place of the byte after it.
    public static func inflate(_ bytes: [UInt8], from start: Int) throws -> (
        output: [UInt8], end: Int
    ) {
        var reader = PlainInflate(bytes: bytes, bit: start * 8)
        while try !reader.block() {}
        return (reader.output, (reader.bit + 7) / 8)
    }

    private init(bytes: [UInt8], bit: Int) {
        self.bytes = bytes
        self.bit = bit
    }

    private mutating func take(_ count: Int) throws -> Int {
        var value = 0
        for place in 0..<count {
            guard bit / 8 < bytes.count else { throw Damage() }
            value |= Int(bytes[bit / 8] >> UInt8(bit % 8) & 1) << place
            bit += 1
        }
        return value
    }

    /// One block (3.2.3); true when it is the last.
    private mutating func block() throws -> Bool {
        let isLast = try take(1) == 1
        switch try take(2) {
        case 0: try stored()
        case 1:
            let lengths = (0..<288).map { $0 < 144 ? 8 : $0 < 256 ? 9 : $0 < 280 ? 7 : 8 }
            try codes(Code(lengths), Code([Int](repeating: 5, count: 30)))
        case 2: try dynamic()
        default: throw Damage()
        }
        return isLast
    }

    private mutating func stored() throws {
        bit = (bit + 7) / 8 * 8
        let (length, complement) = (try take(16), try take(16))
        guard length == ~complement & 0xFFFF else { throw Damage() }
        for _ in 0..<length { output.append(UInt8(try take(8))) }
    }

    private mutating func dynamic() throws {
        let (literals, distances, count) = (try take(5) + 257, try take(5) + 1, try take(4) + 4)
        let order = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]
        var short = [Int](repeating: 0, count: 19)
        for index in 0..<count { short[order[index]] = try take(3) }
        let code = Code(short)
        var lengths: [Int] = []
        while lengths.count < literals + distances {
            switch try symbol(code) {
            case let length where length < 16: lengths.append(length)
            case 16:
                guard let last = lengths.last else { throw Damage() }
                lengths += [Int](repeating: last, count: try take(2) + 3)
            case 17: lengths += [Int](repeating: 0, count: try take(3) + 3)
            default: lengths += [Int](repeating: 0, count: try take(7) + 11)
            }
        }
        try codes(Code(Array(lengths[..<literals])), Code(Array(lengths[literals...])))
    }

    private mutating func codes(_ literals: Code, _ distances: Code) throws {
        let extra = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5]
        while true {
            let value = try symbol(literals)
            if value == 256 { return }
            if value < 256 {
                output.append(UInt8(value))
                continue
            }
            var length = 258
            if value < 285 {
                let row = value - 257
                let bits = row < extra.count ? extra[row] : 5
                let base = (0..<row).reduce(3) { $0 + (1 << ($1 < extra.count ? extra[$1] : 5)) }
                length = base + (try take(bits))
            }
            let place = try symbol(distances)
            let bits = max(0, place / 2 - 1)
            let base = (0..<place).reduce(1) { $0 + (1 << max(0, $1 / 2 - 1)) }
            let distance = base + (try take(bits))
            guard distance <= output.count else { throw Damage() }
            for _ in 0..<length { output.append(output[output.count - distance]) }
        }
    }

    private mutating func symbol(_ code: Code) throws -> Int {
        var (value, length) = (0, 0)
        while length < 15 {
            value = value << 1 | (try take(1))
            length += 1
            if let symbol = code.symbols[Code.Word(length: length, value: value)] { return symbol }
        }
        throw Damage()
    }

    /// A canonical code from its lengths (3.2.2).
    private struct Code {
        struct Word: Hashable {
            var length: Int
            var value: Int
        }
        var symbols: [Word: Int] = [:]

        init(_ lengths: [Int]) {
            var next = 0
            for length in 1...15 {
                next <<= 1
                for (symbol, own) in lengths.enumerated() where own == length {
                    symbols[Word(length: length, value: next)] = symbol
                    next += 1
                }
            }
        }
    }
}
