/// Why a program outside did not give what was asked of it.
package enum ConversionError: Error, Equatable, Sendable {
    /// The program is not there.
    case missing(program: String, debianPackage: String)
    /// More bytes than are handed to a program.
    case inputTooLarge(program: String, bytes: Int, limit: Int)
    /// It took longer than it is given.
    case timedOut(program: String, seconds: Int)
    /// It wrote more than is taken.
    case outputTooLarge(program: String, limit: Int)
    /// It ended with another status than 0.
    case failed(program: String, status: Int, message: String)
    /// What it wrote is not what was expected.
    case unexpectedOutput(program: String, expected: String)
    /// A folder for the exchange could not be made.
    case noFolder(String)
    /// As many conversions wait as may.
    case busy(limit: Int)

    /// A stable code.
    package var code: String {
        switch self {
        case .missing: "conversion.program-missing"
        case .inputTooLarge: "conversion.input-too-large"
        case .timedOut: "conversion.timed-out"
        case .outputTooLarge: "conversion.output-too-large"
        case .failed: "conversion.failed"
        case .unexpectedOutput: "conversion.unexpected-output"
        case .noFolder: "conversion.no-folder"
        case .busy: "conversion.busy"
        }
    }

    /// What is the case; lower case, no full stop.
    package var message: String {
        switch self {
        case .missing(let program, _): "the program '\(program)' is not installed"
        case .inputTooLarge(let program, let bytes, let limit):
            "\(bytes) bytes are too many for '\(program)', at most \(limit) are handed to it"
        case .timedOut(let program, let seconds):
            "'\(program)' was ended after \(seconds) seconds"
        case .outputTooLarge(let program, let limit):
            "'\(program)' wrote more than \(limit) bytes"
        case .failed(let program, let status, let message):
            "'\(program)' ended with status \(status)" + (message.isEmpty ? "" : ": \(message)")
        case .unexpectedOutput(let program, let expected):
            "'\(program)' did not write \(expected)"
        case .noFolder(let reason): "no folder for the conversion: \(reason)"
        case .busy(let limit): "\(limit) conversions are waiting"
        }
    }

    /// The way out.
    package var help: String {
        switch self {
        case .missing(_, let debianPackage):
            "install the Debian package '\(debianPackage)', or choose another form"
        case .inputTooLarge, .outputTooLarge: "choose another form, such as html"
        case .timedOut, .busy: "try again when the machine is less busy"
        case .failed, .unexpectedOutput: "choose another form, such as html"
        case .noFolder: "check the space and the permissions of the temporary folder"
        }
    }
}

extension ConversionError: CustomStringConvertible {
    package var description: String { "\(message); \(help)" }
}
