import Diagnostics
import Foundation
import ProductDefinition
import TestSupport
import Testing

/// Ten thousand damaged pieces of the examples: whatever is in a file, the reader comes back with
/// findings whose places lie inside it.
@Suite struct FuzzTests {
    /// Four suites of 2,500, so that they run side by side.
    @Test(arguments: 0..<4) func damagedExamplesAreReportedAndNeverCrash(part: Int) throws {
        let pieces = try Self.pieces.get()
        var clean = 0
        forAll(cases: 2500, seed: UInt64(part) * 1_000_000 + 1) { generator in
            var bytes = Array(pieces.randomElement(using: &generator)!.utf8)
            for _ in 0..<Int.random(in: 1...4, using: &generator) {
                damage(&bytes, &generator)
            }
            let text = String(decoding: bytes, as: UTF8.self)
            let (definition, findings) = DefinitionReader.read([SourceFile(name: "f", text: text)])
            let lines = text.utf8.count { $0 == 0x0A || $0 == 0x0D } + 2
            for finding in findings {
                try require(isWellFormed(finding, lines: lines), "\(finding)")
            }
            try require(findings.count <= DefinitionLimits.findings + 1, "\(findings.count)")
            try require(definition != nil || !findings.isEmpty, "neither definition nor finding")
            if findings.isEmpty { clean += 1 }
            if let definition { try require(definition.changes(to: definition).isEmpty, text) }
        }
        // Most damage has to be noticed, or the pieces are no test.
        #expect(clean < 1500)
    }

    private func isWellFormed(_ finding: Finding, lines: Int) -> Bool {
        let places = [finding.position] + finding.notes.map(\.position)
        let areInside = places.compactMap(\.self).allSatisfy {
            $0.file == "f" && (1...lines).contains($0.line) && $0.column >= 1
        }
        return areInside && !finding.message.isEmpty && !finding.message.hasSuffix(".")
            && finding.code.allSatisfy { $0.isLowercase || $0 == "-" || $0.isNumber }
            && finding.message.utf8.count < 4000
    }

    /// Small definitions cut from the examples: some lines with those they stand under.
    private static let pieces = Result<[String], any Error> {
        var pieces: [String] = []
        for example in ExampleTests.examples {
            let folder = repository.appending(path: "Examples/\(example)").path
            for source in DefinitionFiles.load(folder).sources {
                let lines = source.text.split(separator: "\n", omittingEmptySubsequences: false)
                    .filter { !$0.hasPrefix("#") }
                var start = 0
                while start < lines.count {
                    let end = min(start + 24, lines.count)
                    pieces.append(
                        (ancestors(of: start, in: lines) + lines[start..<end])
                            .joined(separator: "\n") + "\n")
                    start = end
                }
            }
        }
        return pieces
    }
}

/// The lines of smaller and smaller indentation above `place`, down to the margin.
private func ancestors(of place: Int, in lines: [Substring]) -> [Substring] {
    func indentation(_ line: Substring) -> Int { line.prefix { $0 == " " }.count }
    var found: [Substring] = []
    var least = indentation(lines[place])
    for line in lines[..<place].reversed() where !line.isEmpty && indentation(line) < least {
        found.append(line)
        least = indentation(line)
    }
    return found.reversed()
}

private let tokens = [
    "*a", "&a ", "<<: ", "[", "]", "{", "}", ": ", "- ", "\n", "\n\n", "  ", "\t", "'", "\"", "|",
    ">", "~", "null", "yes", "1e999", "-1", "0x1F", "..", "±", "≥", "°C", " cells/cm2", " celss",
    "%", "#", "!!binary ", "---\n", "...\n", "? ", "\u{0}", "\u{FEFF}", "\u{202E}", "é", "😀",
    String(repeating: "[", count: 200), String(repeating: "9", count: 60),
]

private func damage(_ bytes: inout [UInt8], _ generator: inout SeededGenerator) {
    guard !bytes.isEmpty else { return }
    let place = Int.random(in: 0..<bytes.count, using: &generator)
    let length = min(Int.random(in: 1...12, using: &generator), bytes.count - place)
    switch Int.random(in: 0..<7, using: &generator) {
    case 0: bytes[place] = UInt8.random(in: .min ... .max, using: &generator)
    case 1: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
    case 2: bytes.removeSubrange(place..<place + length)
    case 3: bytes.insert(contentsOf: bytes[place..<place + length], at: place)
    case 4: bytes.insert(contentsOf: tokens.randomElement(using: &generator)!.utf8, at: place)
    case 5:
        // A word becomes another word of the text: a known key or id in the wrong place.
        let words = bytes.split { !($0 >= 0x61 && $0 <= 0x7A) && $0 != 0x2D }
        guard let from = words.randomElement(using: &generator),
            let to = words.randomElement(using: &generator)
        else { return }
        bytes.replaceSubrange(from.startIndex..<from.endIndex, with: Array(to))
    default:
        // A line moves sideways.
        guard let line = bytes[place...].firstIndex(of: 0x0A) else { return }
        bytes.insert(contentsOf: [0x20, 0x20], at: line + 1)
    }
}
