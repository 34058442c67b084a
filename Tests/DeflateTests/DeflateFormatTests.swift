import Deflate
import Testing
import TestSupport

@Suite struct DeflateFormatTests {
    /// The check value of the CRC catalogues, and the example that everybody computes for Adler.
    @Test func theChecksOfTheTestsAreThePublishedOnes() {
        #expect(plainCRC32("123456789".utf8) == 0xCBF4_3926)
        #expect(plainCRC32("IEND".utf8) == 0xAE42_6082)
        #expect(plainAdler32("Wikipedia".utf8) == 0x11E6_0398)
    }

    /// Bytes with long repeats, none at all, and everything between.
    private func sample(_ random: inout SeededGenerator) -> [UInt8] {
        let alphabet = Int.random(in: 1...256, using: &random)
        var bytes: [UInt8] = []
        for _ in 0..<Int.random(in: 0...40, using: &random) {
            let word = (0..<Int.random(in: 0...60, using: &random)).map { _ in
                UInt8(Int.random(in: 0..<alphabet, using: &random))
            }
            for _ in 0..<Int.random(in: 1...4, using: &random) { bytes += word }
        }
        return bytes
    }

    @Test func anIndependentReaderFindsTheSameBytesInAZlibStream() {
        forAll(cases: 25) { random in
            let bytes = sample(&random)
            for effort in [DeflateFormat.Effort.quick, .thorough] {
                let stream = DeflateFormat.zlib.compress(bytes, effort: effort)
                let (output, end) = try PlainInflate.inflate(stream, from: 2)
                let check = stream[end...].reduce(0) { $0 << 8 | UInt32($1) }
                try require(output == bytes, "\(bytes.count) bytes came back differently")
                try require(end + 4 == stream.count, "\(stream.count - end - 4) bytes left over")
                try require(check == plainAdler32(bytes), "the check differs")
            }
        }
    }

    @Test func anIndependentReaderFindsTheSameBytesInAGzipStream() {
        forAll(cases: 25) { random in
            let bytes = sample(&random)
            let stream = DeflateFormat.gzip.compress(bytes, effort: .quick)
            // No name, no time (RFC 1952 2.3).
            try require(stream.prefix(8) == [0x1F, 0x8B, 8, 0, 0, 0, 0, 0], "another header")
            let (output, end) = try PlainInflate.inflate(stream, from: 10)
            let check = stream[end..<(end + 4)].reversed().reduce(0) { $0 << 8 | UInt32($1) }
            let length = stream[(end + 4)...].reversed().reduce(0) { $0 << 8 | Int($1) }
            try require(output == bytes, "\(bytes.count) bytes came back differently")
            try require(check == plainCRC32(bytes), "the check differs")
            try require(length == bytes.count, "a length of \(length) for \(bytes.count)")
        }
    }

    @Test func whatCannotShrinkHardlyGrows() {
        var random = SeededGenerator(seed: 7)
        let noise = (0..<20_000).map { _ in UInt8.random(in: 0...255, using: &random) }
        #expect(DeflateFormat.zlib.compress(noise, effort: .thorough).count < 20_040)
        #expect(DeflateFormat.zlib.compress([], effort: .thorough).count == 8)
    }
}
