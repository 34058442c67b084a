import Foundation

/// Where messages and progress go: standard error, so that standard output stays readable by
/// programs.
enum Terminal {
    /// True when a person is watching standard error.
    static let isWatched = isatty(2) == 1

    /// Prints one message for a person.
    static func error(_ message: String) {
        FileHandle.standardError.write(Data((message + "\n").utf8))
    }

    /// Shows how far long work has come: rewritten in place for a person, silent for a pipe.
    static func progress(_ message: String) {
        guard isWatched else { return }
        FileHandle.standardError.write(Data("\r\u{1B}[K\(message)".utf8))
    }

    /// Ends the line that `progress` rewrote.
    static func endProgress() {
        guard isWatched else { return }
        FileHandle.standardError.write(Data("\r\u{1B}[K".utf8))
    }
}
