import Foundation
import Planner
import TestSupport
import Testing

/// The generator gives the published words; every golden campaign rests on that.
@Suite struct PhiloxTests {
    private struct Golden: Decodable {
        struct KnownAnswer: Decodable {
            let counter: [Word]
            let key: [Word]
            let out: [Word]
        }
        let philox4x32_10_kat: [KnownAnswer]
    }

    /// A 32-bit word, written in hexadecimal, or as the number zero.
    private struct Word: Decodable {
        let value: UInt32

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let number = try? container.decode(UInt32.self) {
                value = number
            } else {
                value = try #require(UInt32(container.decode(String.self), radix: 16))
            }
        }
    }

    /// The known answers that come with Random123, the reference implementation.
    @Test func knownAnswers() throws {
        let golden = try JSONDecoder().decode(
            Golden.self, from: Data(contentsOf: fixtures().appending(path: "prng_golden.json")))
        #expect(golden.philox4x32_10_kat.count == 3)
        for known in golden.philox4x32_10_kat {
            #expect(
                Philox.words(counter: vector(known.counter), key: vector(known.key))
                    == vector(known.out))
        }
    }

    private func vector<Vector: SIMD>(_ words: [Word]) -> Vector where Vector.Scalar == UInt32 {
        var vector = Vector()
        for (index, word) in words.enumerated() {
            vector[index] = word.value
        }
        return vector
    }
}
