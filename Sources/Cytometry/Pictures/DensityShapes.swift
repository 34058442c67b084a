import Deflate

/// A density as SVG shapes or as an image inside the SVG, whichever is shorter: a few rare events
/// are a line of text, a million are a picture.
struct DensityShapes {
    /// An image has a head, a palette and an end, whatever it shows: with fewer pixels than these
    /// the shapes are tried.
    private static let pixelsMax = 400

    private let raster: DensityRaster
    private let palette: DensityPalette

    init(_ raster: DensityRaster, palette: DensityPalette) {
        self.raster = raster
        self.palette = palette
    }

    /// The element that fills the square of `size` units with its upper left corner at `x`, `y`.
    func element(x: String, y: String, size: Double) -> String {
        let image = raster.image(palette: palette)
        let picture =
            "<image x=\"\(x)\" y=\"\(y)\" width=\"\(fixed(size, 0))\" "
            + "height=\"\(fixed(size, 0))\" preserveAspectRatio=\"none\" "
            + "image-rendering=\"pixelated\" href=\"\(image.dataURL())\"/>"
        guard raster.counts.count(where: { $0 > 0 }) <= Self.pixelsMax else { return picture }
        let shapes = shapes(raster.levels(), palette.colours, x, y, size)
        return shapes.utf8.count < picture.utf8.count ? shapes : picture
    }

    /// One path for each colour, a rectangle for each run of pixels.
    private func shapes(
        _ levels: [UInt8], _ colours: [PNGImage.Colour], _ x: String, _ y: String, _ size: Double
    ) -> String {
        var paths: [UInt8: String] = [:]
        for row in 0..<raster.height {
            var column = 0
            while column < raster.width {
                let level = levels[row * raster.width + column]
                var end = column + 1
                while end < raster.width, levels[row * raster.width + end] == level { end += 1 }
                if level > 0 {
                    let length = end - column
                    paths[level, default: ""] += "M\(column) \(row)h\(length)v1h-\(length)z"
                }
                column = end
            }
        }
        func digits(_ value: UInt8) -> String {
            let text = String(value, radix: 16)
            return text.count < 2 ? "0" + text : text
        }
        let (across, upright) = (size / Double(raster.width), size / Double(raster.height))
        let place = "translate(\(x) \(y)) scale(\(fixed(across, 6)) \(fixed(upright, 6)))"
        let body = paths.sorted { $0.key < $1.key }.map { level, path in
            let colour = colours[Int(level)]
            let ink = digits(colour.red) + digits(colour.green) + digits(colour.blue)
            return "<path fill=\"#\(ink)\" d=\"\(path)\"/>"
        }
        return "<g transform=\"\(place)\" shape-rendering=\"crispEdges\">\(body.joined())</g>"
    }
}
