import Deflate
import Foundation
import Testing
import TestSupport

@Suite struct PNGImageTests {
    private func rgba(_ colour: PNGImage.Colour) -> [UInt8] {
        [colour.red, colour.green, colour.blue, colour.alpha]
    }

    /// Every depth, lines that end inside a byte, see-through colours.
    @Test func anIndependentReaderFindsEveryPixelOfAPalette() {
        forAll(cases: 30) { random in
            let colours = [1, 2, 3, 4, 5, 16, 17, 256].randomElement(using: &random) ?? 1
            let palette = (0..<colours).map { index in
                PNGImage.Colour(
                    UInt8(index), .random(in: 0...255, using: &random),
                    .random(in: 0...255, using: &random),
                    alpha: Bool.random(using: &random) ? 255 : 80)
            }
            let width = Int.random(in: 1...23, using: &random)
            let height = Int.random(in: 1...23, using: &random)
            let pixels = (0..<(width * height)).map { _ in
                UInt8(Int.random(in: 0..<colours, using: &random))
            }
            let image = PNGImage(width: width, height: height, pixels: pixels, palette: palette)
            let read = try PlainPNG(image.encoded())
            try require(read.width == width && read.height == height, "another size")
            let used = Set(pixels).count
            try require(
                read.depth == [1, 2, 4].first { used <= 1 << $0 } ?? 8,
                "\(read.depth) bits for \(used) colours")
            try require(read.pixels == pixels.map { rgba(palette[Int($0)]) }, "other pixels")
        }
    }

    @Test(arguments: [false, true])
    func anIndependentReaderFindsEveryPixelOfAnyColour(hasAlpha: Bool) {
        forAll(cases: 15) { random in
            let width = Int.random(in: 1...19, using: &random)
            let height = Int.random(in: 1...19, using: &random)
            let each = hasAlpha ? 4 : 3
            // Ramps with noise, so that every filter has its lines.
            let samples = (0..<(width * height * each)).map { place in
                UInt8(truncatingIfNeeded: place * 3 + Int.random(in: 0...9, using: &random))
            }
            let image = PNGImage(
                width: width, height: height, samples: samples, hasAlpha: hasAlpha)
            let read = try PlainPNG(image.encoded(effort: .quick))
            let expected = stride(from: 0, to: samples.count, by: each).map { start in
                Array(samples[start..<(start + each)]) + (hasAlpha ? [] : [255])
            }
            try require(read.pixels == expected, "other pixels")
        }
    }

    @Test func aSmoothPictureIsSmallerThanItsPixels() throws {
        let samples = (0..<(64 * 64)).flatMap { place -> [UInt8] in
            [UInt8(place % 64), UInt8(place / 64), 40]
        }
        let image = PNGImage(width: 64, height: 64, samples: samples, hasAlpha: false)
        #expect(image.encoded().count < samples.count / 20)
    }

    @Test func wordsStandInTheFile() throws {
        var image = PNGImage(width: 1, height: 1, pixels: [0], palette: [.init(1, 2, 3)])
        image.words = [("Title", "lot A"), ("Description", "≥ 95 %\u{0}"), ("\u{1}", "nameless")]
        let read = try PlainPNG(image.encoded())
        #expect(read.content("tEXt") == Array("Title\0lot A".utf8))
        #expect(read.content("iTXt") == Array("Description\0\0\0\0\0≥ 95 %".utf8))
        #expect(read.chunks.map(\.type) == ["IHDR", "tEXt", "iTXt", "PLTE", "IDAT", "IEND"])
    }

    @Test func theSamePictureGivesTheSameBytes() {
        let pixels = (0..<4096).map { UInt8($0 * $0 % 251) }
        let palette = (0...255).map { PNGImage.Colour(UInt8($0), 0, 0) }
        let one = PNGImage(width: 64, height: 64, pixels: pixels, palette: palette)
        let other = PNGImage(width: 64, height: 64, pixels: pixels, palette: palette)
        #expect(one.encoded() == other.encoded())
    }

    /// A program that many people's tools share takes the files too, where it is installed.
    @Test func librsvgShowsThePicture() throws {
        let program = "/usr/bin/rsvg-convert"
        guard FileManager.default.isExecutableFile(atPath: program) else { return }
        let pixels: [UInt8] = (0..<64).map { UInt8($0 % 3) }
        let palette = [PNGImage.Colour(200, 10, 20), .init(0, 150, 0), .init(10, 20, 250)]
        let image = PNGImage(width: 8, height: 8, pixels: pixels, palette: palette)
        let svg = """
            <svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"><image width="8" \
            height="8" href="\(image.dataURL())"/></svg>
            """
        let process = Process()
        process.executableURL = URL(filePath: program)
        let (input, output) = (Pipe(), Pipe())
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        input.fileHandleForWriting.write(Data(svg.utf8))
        try input.fileHandleForWriting.close()
        let drawn = try #require(try output.fileHandleForReading.readToEnd())
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        let read = try PlainPNG([UInt8](drawn))
        #expect(read.pixels == pixels.map { rgba(palette[Int($0)]) })
    }
}
