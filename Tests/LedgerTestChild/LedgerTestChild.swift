import Foundation
import Ledger

/// What tests run as processes of their own:
///
///     append PATH SKEY RUN           append commands until killed
///     verify PATH VKEY               verify under this process's locale and time zone
///     sample DIR                     write a ledger with proofs for other people's verifiers
///     check-stamp TSQ TSR PEM        check an RFC 3161 response
@main struct LedgerTestChild {
    static func main() async {
        let arguments = Array(CommandLine.arguments.dropFirst())
        do {
            switch (arguments.first, arguments.count) {
            case ("append", 4):
                try await append(path: arguments[1], skey: arguments[2], run: arguments[3])
            case ("verify", 3): try await verify(path: arguments[1], vkey: arguments[2])
            case ("sample", 2): try await Sample(folder: arguments[1]).write()
            case ("check-stamp", 4):
                try checkStamp(request: arguments[1], response: arguments[2], pem: arguments[3])
            default: exit(2)
            }
        } catch {
            FileHandle.standardError.write(Data("\(error)\n".utf8))
            exit(1)
        }
    }

    /// One unbuffered write a line: what was said before a kill arrives.
    static func say(_ line: String) {
        FileHandle.standardOutput.write(Data("\(line)\n".utf8))
    }

    private static func checkStamp(request: String, response: String, pem: String) throws {
        let token = try TimeStampToken(response: try bytes(response))
        try token.verify(
            request: try TimeStampRequest(parsing: try bytes(request)),
            trusted: try TimeStampCertificate.all(pem: try bytes(pem)))
        say("stamped at \(token.at)")
    }

    private static func bytes(_ path: String) throws -> [UInt8] {
        Array(try Data(contentsOf: URL(filePath: path)))
    }
}
