import Foundation
import Testing

/// `swift format lint --strict` finds nothing.
@Suite struct FormatTests {
    @Test func everyFileIsFormatted() throws {
        let lint = Process()
        lint.executableURL = URL(filePath: "/usr/bin/env")
        lint.arguments = [
            "swift", "format", "lint", "--strict", "--parallel", "--recursive",
            "Package.swift", "Sources", "Tests",
        ]
        lint.currentDirectoryURL = House.root
        let pipe = Pipe()
        lint.standardError = pipe
        lint.standardOutput = pipe
        try lint.run()
        let output = pipe.fileHandleForReading.readDataToEndOfFile()
        lint.waitUntilExit()
        #expect(
            lint.terminationStatus == 0,
            "run './dev format':\n\(String(decoding: output.prefix(4000), as: UTF8.self))")
    }
}
