import ArgumentParser
import Foundation

/// Where a command gets a password: never from its arguments, which other users of the machine
/// can see.
struct PasswordOption: ParsableArguments {
    @Option(
        name: .customLong("password-file"),
        help: "A file whose first line is the password; '-' reads it from standard input.",
        completion: .file())
    var passwordFile: String?

    /// The password: from the file, from `SEEDLOT_PASSWORD`, or typed by a person.
    func password(prompt: String) throws -> String {
        if let passwordFile { return try Self.firstLine(of: passwordFile) }
        if let password = ProcessInfo.processInfo.environment["SEEDLOT_PASSWORD"] {
            return password
        }
        // Standard input may hold the fields of a command while a person sits at the terminal.
        guard isatty(0) == 1 || Self.hasTerminal else {
            throw Complaint.misuse(
                "no password was given", wayOut: "use --password-file FILE or SEEDLOT_PASSWORD")
        }
        guard let typed = getpass(prompt + ": ") else { throw Complaint("no password was typed") }
        return String(cString: typed)
    }

    private static var hasTerminal: Bool {
        guard let terminal = fopen("/dev/tty", "r+") else { return false }
        fclose(terminal)
        return true
    }

    private static func firstLine(of path: String) throws -> String {
        let text: String?
        if path == "-" {
            text = readLine()
        } else {
            let content = try? String(contentsOfFile: path, encoding: .utf8)
            text = content?.split(separator: "\n", omittingEmptySubsequences: false).first.map(
                String.init)
        }
        guard let text, !text.isEmpty else {
            throw Complaint("'\(path)' holds no password", wayOut: "write it on the first line")
        }
        return text
    }
}
