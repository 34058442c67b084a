import Deflate
import Foundation

/// So many points that their marks would hide each other: an image in which each point darkens
/// its place, so that no point is left out and a crowd is told from a few.
struct PointCloud {
    /// Pixels of a user unit, enough for a screen of high density.
    private static let pixelsPerUnit = 2
    /// Side of the spot of one point in pixels.
    private static let spot = 4
    /// Opacity of a single point, which must be seen.
    private static let faintest = 110.0

    let places: [Point]
    let ink: Ink

    /// Draws the cloud over the area from `left`, `top` to `right`, `bottom`.
    func draw(
        left: Double, top: Double, right: Double, bottom: Double, into svg: inout SVGWriter
    ) {
        let width = Int((right - left).rounded(.up))
        let height = Int((bottom - top).rounded(.up))
        guard width > 0, height > 0, width * Self.pixelsPerUnit <= PNGImage.sideMax,
            height * Self.pixelsPerUnit <= PNGImage.sideMax
        else { return }
        svg.element(
            .image, .x(left), .y(top), .width(Double(width)), .height(Double(height)), .filled,
            .image(image(left, top, width * Self.pixelsPerUnit, height * Self.pixelsPerUnit)))
    }

    private func image(_ left: Double, _ top: Double, _ width: Int, _ height: Int) -> PNGImage {
        var counts = [UInt32](repeating: 0, count: width * height)
        let scale = Double(Self.pixelsPerUnit)
        for place in places {
            let column = Int(((place.x - left) * scale).rounded()) - Self.spot / 2
            let row = Int(((place.y - top) * scale).rounded()) - Self.spot / 2
            for y in max(row, 0)..<max(min(row + Self.spot, height), max(row, 0)) {
                for x in max(column, 0)..<max(min(column + Self.spot, width), max(column, 0)) {
                    counts[y * width + x] += 1
                }
            }
        }
        let top = log1p(Double(counts.max() ?? 0))
        let pixels = counts.map { count in
            count == 0 ? 0 : UInt8(max(1, (log1p(Double(count)) / max(top, 1) * 255).rounded()))
        }
        return PNGImage(width: width, height: height, pixels: pixels, palette: palette)
    }

    /// The ink, from see-through where there is no point to opaque where most are.
    private var palette: [PNGImage.Colour] {
        let (red, green, blue) = ink.components
        return (0...255).map { level in
            let opacity = Self.faintest + Double(level) / 255 * (255 - Self.faintest)
            return PNGImage.Colour(
                red, green, blue, alpha: level == 0 ? 0 : UInt8(opacity.rounded()))
        }
    }
}

extension Ink {
    /// Red, green and blue from 0 to 255.
    var components: (UInt8, UInt8, UInt8) {
        let value = UInt32(rawValue.dropFirst(), radix: 16) ?? 0
        return (UInt8(value >> 16 & 255), UInt8(value >> 8 & 255), UInt8(value & 255))
    }
}
