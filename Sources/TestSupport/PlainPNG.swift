/// Reads the PNG forms that the room writes, from the text of the standard alone.
public struct PlainPNG {
    /// The file is no PNG, or of a form that is not known here.
    public struct Damage: Error {}

    /// Pixels in a row.
    public private(set) var width = 0
    /// Rows.
    public private(set) var height = 0
    /// Bits of a sample.
    public private(set) var depth = 0
    /// 2, 3 or 6 (PNG 11.2.2).
    public private(set) var colourType = 0
    /// Type and content of each chunk.
    public private(set) var chunks: [(type: String, content: [UInt8])] = []
    /// Red, green, blue and alpha of each pixel, row after row from the top.
    public private(set) var pixels: [[UInt8]] = []

    /// Reads a file and checks every sum in it.
    public init(_ bytes: [UInt8]) throws {
        guard bytes.starts(with: [137, 80, 78, 71, 13, 10, 26, 10]) else { throw Damage() }
        var at = 8
        while at + 12 <= bytes.count {
            let length = Self.big(bytes[at..<(at + 4)])
            guard at + 12 + length <= bytes.count else { throw Damage() }
            let body = bytes[(at + 4)..<(at + 8 + length)]
            let checksum = Self.big(bytes[(at + 8 + length)..<(at + 12 + length)])
            guard checksum == Int(plainCRC32(body)) else { throw Damage() }
            chunks.append(
                (String(decoding: body.prefix(4), as: UTF8.self), Array(body.dropFirst(4))))
            at += 12 + length
        }
        guard at == bytes.count, chunks.first?.type == "IHDR", chunks.last?.type == "IEND",
            let head = chunks.first?.content
        else { throw Damage() }
        (width, height) = (Self.big(head[0..<4]), Self.big(head[4..<8]))
        (depth, colourType) = (Int(head[8]), Int(head[9]))
        guard head[10...] == [0, 0, 0] else { throw Damage() }
        try decode(chunks.filter { $0.type == "IDAT" }.flatMap(\.content))
    }

    /// The content of the first chunk of a type.
    public func content(_ type: String) -> [UInt8]? { chunks.first { $0.type == type }?.content }

    private static func big(_ bytes: ArraySlice<UInt8>) -> Int {
        bytes.reduce(0) { $0 << 8 | Int($1) }
    }

    private mutating func decode(_ stream: [UInt8]) throws {
        guard stream.count > 6, stream[0] & 15 == 8,
            (Int(stream[0]) << 8 | Int(stream[1])) % 31 == 0
        else { throw Damage() }
        let (lines, end) = try PlainInflate.inflate(stream, from: 2)
        guard end + 4 == stream.count, Self.big(stream[end...]) == Int(plainAdler32(lines))
        else { throw Damage() }
        let samples = colourType == 6 ? 4 : colourType == 2 ? 3 : 1
        let lineLength = (width * samples * depth + 7) / 8
        guard lines.count == height * (lineLength + 1) else { throw Damage() }
        var above = [UInt8](repeating: 0, count: lineLength)
        for row in 0..<height {
            let start = row * (lineLength + 1)
            var line = Array(lines[(start + 1)..<(start + 1 + lineLength)])
            let step = max(1, samples * depth / 8)
            for index in line.indices {
                let a = index >= step ? Int(line[index - step]) : 0
                let (b, c) = (Int(above[index]), index >= step ? Int(above[index - step]) : 0)
                let p = a + b - c
                let paeth =
                    abs(p - a) <= abs(p - b) && abs(p - a) <= abs(p - c)
                    ? a : abs(p - b) <= abs(p - c) ? b : c
                let predictions = [0, a, b, (a + b) / 2, paeth]
                guard predictions.indices.contains(Int(lines[start])) else { throw Damage() }
                line[index] &+= UInt8(predictions[Int(lines[start])])
            }
            try append(line)
            above = line
        }
    }

    private mutating func append(_ line: [UInt8]) throws {
        for column in 0..<width {
            switch colourType {
            case 6: pixels.append(Array(line[(column * 4)..<(column * 4 + 4)]))
            case 2: pixels.append(Array(line[(column * 3)..<(column * 3 + 3)]) + [255])
            case 3:
                let bit = column * depth
                let byte = Int(line[bit / 8])
                let index = byte >> (8 - depth - bit % 8) & ((1 << depth) - 1)
                guard let palette = content("PLTE"), palette.count >= index * 3 + 3
                else { throw Damage() }
                let alphas = content("tRNS") ?? []
                pixels.append(
                    Array(palette[(index * 3)..<(index * 3 + 3)])
                        + [index < alphas.count ? alphas[index] : 255])
            default: throw Damage()
            }
        }
    }
}

/// CRC-32 bit by bit (PNG annex D).
public func plainCRC32(_ bytes: some Sequence<UInt8>) -> UInt32 {
    var value: UInt32 = .max
    for byte in bytes {
        value ^= UInt32(byte)
        for _ in 0..<8 { value = value & 1 == 1 ? 0xEDB8_8320 ^ (value >> 1) : value >> 1 }
    }
    return ~value
}

/// Adler-32 (RFC 1950 8.2).
public func plainAdler32(_ bytes: some Sequence<UInt8>) -> UInt32 {
    var (a, b): (UInt32, UInt32) = (1, 0)
    for byte in bytes {
        a = (a + UInt32(byte)) % 65_521
        b = (b + a) % 65_521
    }
    return b << 16 | a
}
