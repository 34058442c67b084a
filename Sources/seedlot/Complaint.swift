import ArgumentParser

/// Why a command stopped, in one line: what, its value, the limit, and the way out.
struct Complaint: Error, CustomStringConvertible {
    /// What is wrong, with values and limits; lower case, no full stop.
    var what: String
    /// What the person can do about it.
    var wayOut: String?
    /// 1 when something wrong was found, 2 when the command line was misused.
    var exitCode: Int32

    /// A complaint about what was found.
    init(_ what: String, wayOut: String? = nil) {
        self.init(what, wayOut: wayOut, exitCode: ExitCode.failure.rawValue)
    }

    private init(_ what: String, wayOut: String?, exitCode: Int32) {
        self.what = what
        self.wayOut = wayOut
        self.exitCode = exitCode
    }

    /// A complaint about how the command was called.
    static func misuse(_ what: String, wayOut: String? = nil) -> Complaint {
        Complaint(what, wayOut: wayOut, exitCode: ExitCode.misuse.rawValue)
    }

    var description: String {
        wayOut.map { "error: \(what); \($0)" } ?? "error: \(what)"
    }
}

extension ExitCode {
    /// The command line was misused.
    static let misuse = ExitCode(2)
}
