import Foundation
import Testing
import TestSupport

/// The threat model of `SECURITY.md`: every threat names tests, and every test it names exists.
@Suite struct ThreatModelTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    /// The rows of the tables: a threat, and what its last column names.
    private static func threats() throws -> [(threat: String, tests: [String])] {
        let text = try String(contentsOf: root.appending(path: "SECURITY.md"), encoding: .utf8)
        return text.split(separator: "\n").compactMap { line in
            let cells = line.split(separator: "|", omittingEmptySubsequences: false)
                .map { $0.trimmingCharacters(in: .whitespaces) }
            guard cells.count == 5, cells[1] != "threat", !cells[1].hasPrefix("-") else {
                return nil
            }
            let names = cells[3].matches(of: /`([A-Za-z.]+)`/).map { String($0.1) }
            return (cells[1], names)
        }
    }

    /// The text of the tests by the name of the file.
    private static func sources() throws -> [String: String] {
        let tests = root.appending(path: "Tests")
        let files = FileManager.default.enumerator(at: tests, includingPropertiesForKeys: nil)
        var sources: [String: String] = [:]
        for case let file as URL in files ?? .init()
        where ["swift", "py"].contains(file.pathExtension) {
            sources[file.lastPathComponent, default: ""] += try String(
                contentsOf: file, encoding: .utf8)
        }
        return sources
    }

    @Test func everyThreatNamesTestsThatExist() throws {
        let threats = try Self.threats()
        let sources = try Self.sources()
        #expect(threats.count > 25)
        for (threat, names) in threats {
            #expect(!names.isEmpty, "nothing shows what stands against: \(threat)")
            var suite = ""
            for name in names {
                let parts = name.split(separator: ".").map(String.init)
                if parts.count == 1, name.first?.isUppercase == true {
                    let isThere = sources.contains {
                        $0.key.hasSuffix(".py") && $0.value.contains("class \(name)(")
                    }
                    #expect(isThere, "no class '\(name)' in Tests/Browser: \(threat)")
                    continue
                }
                if parts.count == 2 { suite = parts[0] }
                let isThere = sources.contains {
                    $0.key.hasSuffix(".swift") && $0.value.contains("struct \(suite)")
                        && $0.value.contains("func \(parts.last ?? "")(")
                }
                #expect(isThere, "no test '\(suite).\(parts.last ?? "")': \(threat)")
            }
        }
    }
}
