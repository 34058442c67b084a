import Documents
import Foundation
import Testing

/// Programs outside: bounded, alone, and missed in clear words.
@Suite struct ConverterTests {
    /// A folder with a program of ours under the name of one that is owned.
    private static func folder(
        _ program: Converter.Program, _ script: String
    ) throws -> String {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "seedlot-programs-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let file = folder.appending(path: program.rawValue)
        try Data("#!/bin/sh\n\(script)\n".utf8).write(to: file)
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o755], ofItemAtPath: file.path)
        return folder.path
    }

    private static func outcome(
        _ script: String, input: [UInt8] = [], limits: Converter.Limits = .init()
    ) throws -> Result<String, ConversionError> {
        let folder = try folder(.zint, script)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let converter = Converter(folders: [folder], limits: limits)
        while true {
            do throws(ConversionError) {
                let bytes = try converter.run(.zint, ["one two", "$HOME"], input: input)
                return .success(String(decoding: bytes, as: UTF8.self))
            } catch {
                // A child that another test begins while the script is written has it open until it
                // becomes its own program (ETXTBSY).
                if case .failed(_, _, let message) = error, message.hasSuffix("Text file busy") {
                    continue
                }
                return .failure(error)
            }
        }
    }

    @Test func aMissingProgramIsNamedWithItsPackage() {
        for program in Converter.Program.allCases {
            do throws(ConversionError) {
                _ = try Converter(folders: ["/nowhere"]).run(program, [])
                Issue.record("\(program) ran")
            } catch {
                #expect(error.code == "conversion.program-missing")
                #expect(error.help.contains("'\(program.debianPackage)'"))
            }
        }
    }

    @Test func inputGoesInAndOutputComesOut() throws {
        let bytes = [UInt8]("what stands on the paper".utf8)
        #expect(try Self.outcome("cat", input: bytes) == .success("what stands on the paper"))
    }

    @Test func argumentsAreNotReadByAShell() throws {
        #expect(try Self.outcome("printf '%s|' \"$@\"") == .success("one two|$HOME|"))
    }

    @Test func theEnvironmentIsOfAFewFixedWords() throws {
        let names = try Self.outcome("env").get().split(separator: "\n")
            .compactMap { $0.split(separator: "=").first.map(String.init) }
        let known: Set<String> = [
            "PATH", "HOME", "TMPDIR", "LANG", "TZ", "SOURCE_DATE_EPOCH", "PYTHONHASHSEED",
            "http_proxy", "https_proxy", "PWD", "SHLVL", "_", "OLDPWD",
        ]
        #expect(Set(names).subtracting(known).isEmpty)
    }

    @Test func theFolderIsPrivateAndLeavesNothing() throws {
        let printed = try Self.outcome("stat -c %a . && pwd").get().split(separator: "\n")
        #expect(printed.first == "700")
        #expect(!FileManager.default.fileExists(atPath: String(printed.last ?? "/")))
    }

    @Test func whatFailsSaysWhy() throws {
        let outcome = try Self.outcome("echo first >&2; echo 'no such font' >&2; exit 3")
        #expect(
            outcome
                == .failure(.failed(program: "zint", status: 3, message: "no such font")))
    }

    @Test func whatHangsIsEnded() throws {
        var limits = Converter.Limits()
        limits.seconds = 1
        #expect(
            try Self.outcome("exec sleep 600", limits: limits)
                == .failure(.timedOut(program: "zint", seconds: 1)))
    }

    @Test func whatWritesWithoutEndIsEnded() throws {
        var limits = Converter.Limits()
        limits.outputBytes = 10_000
        let outcome = try Self.outcome("exec yes", limits: limits)
        guard case .failure(let error) = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(["conversion.output-too-large", "conversion.failed"].contains(error.code))
    }

    @Test func tooMuchInputIsRefused() throws {
        var limits = Converter.Limits()
        limits.inputBytes = 3
        #expect(
            try Self.outcome("cat", input: [1, 2, 3, 4], limits: limits)
                == .failure(.inputTooLarge(program: "zint", bytes: 4, limit: 3)))
    }
}
