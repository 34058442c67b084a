import Deflate

extension DensityRaster {
    /// Level of each pixel from 0, no event, to 255, row after row from the top: images begin at
    /// the top, plots at the bottom.
    func levels() -> [UInt8] {
        let intensities = intensities()
        var levels = [UInt8](repeating: 0, count: intensities.count)
        for row in 0..<height {
            let target = (height - 1 - row) * width
            for column in 0..<width {
                levels[target + column] = UInt8((intensities[row * width + column] * 255).rounded())
            }
        }
        return levels
    }

    /// The density alone as a PNG file, without axes, one pixel for a pixel of the raster.
    ///
    /// - Parameter words: `Title`, `Description` and the like, kept in the file.
    public func png(
        palette: DensityPalette = .classic, words: [(keyword: String, text: String)] = []
    ) -> [UInt8] {
        var image = image(palette: palette)
        image.words = words
        return image.encoded()
    }

    func image(palette: DensityPalette) -> PNGImage {
        PNGImage(width: width, height: height, pixels: levels(), palette: palette.colours)
    }
}

extension DensityPalette {
    /// The colours of the levels 0 to 255.
    var colours: [PNGImage.Colour] {
        (0...255).map { level in
            let colour = colour(Double(level) / 255)
            return PNGImage.Colour(colour.red, colour.green, colour.blue)
        }
    }
}
