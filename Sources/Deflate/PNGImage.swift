import Foundation

/// A picture of pixels, written as PNG (ISO/IEC 15948, W3C Recommendation "Portable Network
/// Graphics (PNG) Specification").
///
/// The same picture gives the same bytes: nothing in them comes from a clock or a machine.
public struct PNGImage: Sendable {
    /// A colour, opaque at an alpha of 255.
    public struct Colour: Hashable, Sendable {
        /// Red from 0 to 255, sRGB.
        public var red: UInt8
        /// Green from 0 to 255, sRGB.
        public var green: UInt8
        /// Blue from 0 to 255, sRGB.
        public var blue: UInt8
        /// Opacity from 0 to 255.
        public var alpha: UInt8

        /// A colour.
        public init(_ red: UInt8, _ green: UInt8, _ blue: UInt8, alpha: UInt8 = 255) {
            self.red = red
            self.green = green
            self.blue = blue
            self.alpha = alpha
        }
    }

    /// The longest side of a picture: four times a large screen.
    public static let sideMax = 16_384

    /// Pixels in a row.
    public let width: Int
    /// Rows.
    public let height: Int
    /// Words about the picture, as text chunks (PNG 11.3.3): `Title`, `Description`, `Software`
    /// and others of 1 to 79 ASCII characters; what is not ASCII in a keyword is left out.
    public var words: [(keyword: String, text: String)] = []

    private let form: Form

    private enum Form {
        case indexed(depth: Int, palette: [Colour], pixels: [UInt8])
        case colours(hasAlpha: Bool, samples: [UInt8])
    }

    /// A picture of at most 256 colours: one byte a pixel, row after row from the top, each the
    /// place of its colour in `palette`.
    ///
    /// Colours that no pixel has are left out, and with 16, 4 or 2 colours left a pixel takes 4,
    /// 2 or 1 bits.
    ///
    /// - Precondition: sides of 1 to `sideMax`, a byte for every pixel, none beyond the palette.
    public init(width: Int, height: Int, pixels: [UInt8], palette: [Colour]) {
        Self.check(width, height, bytes: pixels.count, each: 1)
        var isUsed = [Bool](repeating: false, count: 256)
        for pixel in pixels { isUsed[Int(pixel)] = true }
        var place = [UInt8](repeating: 0, count: 256)
        var used: [Colour] = []
        for index in 0..<256 where isUsed[index] {
            precondition(index < palette.count, "pixel \(index) of \(palette.count) colours")
            place[index] = UInt8(used.count)
            used.append(palette[index])
        }
        self.width = width
        self.height = height
        let depth = [1, 2, 4].first { used.count <= 1 << $0 } ?? 8
        form = .indexed(depth: depth, palette: used, pixels: pixels.map { place[Int($0)] })
    }

    /// A picture of any colours: red, green, blue and, with `hasAlpha`, opacity of each pixel, row
    /// after row from the top.
    ///
    /// - Precondition: sides of 1 to `sideMax`, three or four bytes for every pixel.
    public init(width: Int, height: Int, samples: [UInt8], hasAlpha: Bool) {
        Self.check(width, height, bytes: samples.count, each: hasAlpha ? 4 : 3)
        self.width = width
        self.height = height
        form = .colours(hasAlpha: hasAlpha, samples: samples)
    }

    private static func check(_ width: Int, _ height: Int, bytes: Int, each: Int) {
        precondition(
            (1...sideMax).contains(width) && (1...sideMax).contains(height),
            "a picture of \(width) × \(height) pixels")
        precondition(
            bytes == width * height * each, "\(bytes) bytes for \(width) × \(height) pixels")
    }

    /// The file.
    public func encoded(effort: DeflateFormat.Effort = .thorough) -> [UInt8] {
        var file = PNGChunks()
        let size = PNGChunks.big(UInt32(width)) + PNGChunks.big(UInt32(height))
        switch form {
        case .indexed(let depth, let palette, let pixels):
            file.append("IHDR", size + [UInt8(depth), 3, 0, 0, 0])
            appendWords(to: &file)
            file.append("PLTE", palette.flatMap { [$0.red, $0.green, $0.blue] })
            // One alpha for each colour up to the last that is not opaque.
            let alphas = palette.map(\.alpha)
            if let last = alphas.lastIndex(where: { $0 < 255 }) {
                file.append("tRNS", Array(alphas[...last]))
            }
            let lines = PNGLines.packed(pixels, width: width, depth: depth)
            file.append("IDAT", DeflateFormat.zlib.compress(lines, effort: effort))
        case .colours(let hasAlpha, let samples):
            file.append("IHDR", size + [8, hasAlpha ? 6 : 2, 0, 0, 0])
            appendWords(to: &file)
            let pixel = hasAlpha ? 4 : 3
            let lines = PNGLines.filtered(samples, lineLength: width * pixel, pixelLength: pixel)
            file.append("IDAT", DeflateFormat.zlib.compress(lines, effort: effort))
        }
        file.append("IEND", [])
        return file.bytes
    }

    /// The file as the address of an image that stands inside a page or an SVG picture (RFC 2397).
    public func dataURL(effort: DeflateFormat.Effort = .thorough) -> String {
        "data:image/png;base64," + Data(encoded(effort: effort)).base64EncodedString()
    }

    /// ASCII in `tEXt`, anything else as UTF-8 in `iTXt`.
    private func appendWords(to file: inout PNGChunks) {
        for (keyword, text) in words {
            let name = keyword.unicodeScalars.filter { (0x20...0x7E).contains($0.value) }.prefix(79)
            guard !name.isEmpty else { continue }
            let key = name.map { UInt8($0.value) } + [0]
            // A zero would end the text.
            let clean = text.unicodeScalars.filter { $0.value != 0 }
            if clean.allSatisfy({ $0.value < 0x80 }) {
                file.append("tEXt", key + clean.map { UInt8($0.value) })
            } else {
                // Not compressed, no language, no translated keyword.
                file.append("iTXt", key + [0, 0, 0, 0] + Array(String(clean).utf8))
            }
        }
    }
}

extension String {
    fileprivate init(_ scalars: [Unicode.Scalar]) {
        self.init(UnicodeScalarView(scalars))
    }
}
