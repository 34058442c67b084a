import Foundation
import Testing

/// Runs the built `seedlot` as its user would.
enum Shell {
    /// What a command line gave.
    struct Outcome {
        var code: Int32
        var output: String
        var error: String
    }

    /// The program, built beside the tests.
    static let program = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
        .appending(path: "seedlot")

    /// Runs `seedlot` with `arguments`.
    static func seedlot(
        _ arguments: String..., input: String = "", password: String? = "a long password",
        in folder: URL? = nil
    ) throws -> Outcome {
        try seedlot(arguments: arguments, input: input, password: password, in: folder)
    }

    /// Runs `seedlot` with `arguments`.
    static func seedlot(
        arguments: [String], input: String = "", password: String? = "a long password",
        in folder: URL? = nil, environment added: [String: String] = [:]
    ) throws -> Outcome {
        let process = Process()
        process.executableURL = program
        process.arguments = arguments
        process.currentDirectoryURL = folder
        var environment = ["PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"]
        if let password { environment["SEEDLOT_PASSWORD"] = password }
        process.environment = environment.merging(added) { $1 }
        let (stdin, stdout, stderr) = (Pipe(), Pipe(), Pipe())
        process.standardInput = stdin
        process.standardOutput = stdout
        process.standardError = stderr
        try process.run()
        try stdin.fileHandleForWriting.write(contentsOf: Data(input.utf8))
        try stdin.fileHandleForWriting.close()
        // Read before waiting: a full pipe would stop the program for ever.
        let output = stdout.fileHandleForReading.readDataToEndOfFile()
        let error = stderr.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return Outcome(
            code: process.terminationStatus, output: String(decoding: output, as: UTF8.self),
            error: String(decoding: error, as: UTF8.self))
    }

    /// A new folder that nobody else uses.
    static func temporaryFolder() throws -> URL {
        let url = FileManager.default.temporaryDirectory
            .appending(path: "seedlot-cli-\(UInt64.random(in: .min ... .max))")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        return url
    }

    /// The root of the repository.
    static let root = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()
}
