/// The lines of a picture as they are compressed: each begins with the number of its filter
/// (PNG 9.2).
enum PNGLines {
    /// Indices of colours, several to a byte below 8 bits, the leftmost in the high bits (PNG 7.2).
    /// Differences of indices mean nothing, so no line is filtered (PNG 12.7).
    static func packed(_ pixels: [UInt8], width: Int, depth: Int) -> [UInt8] {
        let perByte = 8 / depth
        let lineLength = (width + perByte - 1) / perByte
        var lines: [UInt8] = []
        lines.reserveCapacity((lineLength + 1) * (pixels.count / width))
        for start in stride(from: 0, to: pixels.count, by: width) {
            lines.append(0)
            let line = pixels[start..<(start + width)]
            guard depth < 8 else {
                lines += line
                continue
            }
            for first in stride(from: start, to: start + width, by: perByte) {
                var byte: UInt8 = 0
                for place in 0..<perByte where first + place < start + width {
                    byte |= pixels[first + place] << UInt8(8 - depth * (place + 1))
                }
                lines.append(byte)
            }
        }
        return lines
    }

    /// Samples, each line with the filter whose differences are smallest in sum: the rule that
    /// PNG 12.7 recommends.
    static func filtered(_ samples: [UInt8], lineLength: Int, pixelLength: Int) -> [UInt8] {
        var lines: [UInt8] = []
        lines.reserveCapacity(samples.count + samples.count / lineLength)
        var above = [UInt8](repeating: 0, count: lineLength)
        for start in stride(from: 0, to: samples.count, by: lineLength) {
            let line = Array(samples[start..<(start + lineLength)])
            var best: (filter: Filter, bytes: [UInt8], sum: Int)?
            for filter in Filter.allCases {
                let bytes = filter.apply(to: line, above: above, pixelLength: pixelLength)
                let sum = bytes.reduce(0) { $0 + Int(Int8(bitPattern: $1).magnitude) }
                if sum < best?.sum ?? .max { best = (filter, bytes, sum) }
            }
            if let best {
                lines.append(best.filter.rawValue)
                lines += best.bytes
            }
            above = line
        }
        return lines
    }

    /// What is subtracted from a byte (PNG 9.2): nothing, the byte of the pixel to the left, the
    /// one above, their mean, or the nearest to left + above − above left.
    enum Filter: UInt8, CaseIterable {
        case none, sub, up, average, paeth

        func apply(to line: [UInt8], above: [UInt8], pixelLength: Int) -> [UInt8] {
            line.indices.map { index in
                let left = index >= pixelLength ? line[index - pixelLength] : 0
                let corner = index >= pixelLength ? above[index - pixelLength] : 0
                let prediction: UInt8 =
                    switch self {
                    case .none: 0
                    case .sub: left
                    case .up: above[index]
                    case .average: UInt8((Int(left) + Int(above[index])) / 2)
                    case .paeth: Self.nearest(left, above[index], corner)
                    }
                return line[index] &- prediction
            }
        }

        /// The predictor of A. W. Paeth (PNG 9.4).
        private static func nearest(_ left: UInt8, _ above: UInt8, _ corner: UInt8) -> UInt8 {
            let estimate = Int(left) + Int(above) - Int(corner)
            let distances = [left, above, corner].map { abs(estimate - Int($0)) }
            if distances[0] <= distances[1], distances[0] <= distances[2] { return left }
            return distances[1] <= distances[2] ? above : corner
        }
    }
}
