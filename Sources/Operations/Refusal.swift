package import Facility
package import Ledger

/// Why the running site did not do what it was asked. Nothing was recorded, unless the case says
/// otherwise.
package enum Refusal: Error, Sendable {
    /// The JSON is not the command it claims to be.
    case problem(CommandProblem)
    /// The site's rules refuse the command.
    case rejected(Rejection)
    /// The command is signed, and no password was given.
    case passwordNeeded(command: String)
    /// The command sets a password, and none was chosen.
    case newPasswordNeeded(command: String)
    /// The password does not open the person's key, or there is none.
    case key(KeyError)
    /// Too many wrong passwords: the person may try again later.
    case lockedOut(PersonID, until: Timestamp)
    /// The ledger did not take the facts.
    case writer(WriterError)
    /// The ledger could not be read.
    case storage(StorageError)
    /// A stored file failed.
    case files(ContentStoreError)
    /// The facts cannot be written as entries.
    case unwritable(String)
}

extension Refusal: CustomStringConvertible {
    /// A stable code.
    package var code: String {
        switch self {
        case .problem: "command.malformed"
        case .rejected(let rejection): rejection.code
        case .passwordNeeded: "signature.password-needed"
        case .newPasswordNeeded: "people.new-password-needed"
        case .key(let error): error.code
        case .lockedOut: "signature.locked-out"
        case .writer(let error): error.code
        case .storage(let error): error.code
        case .files: "files.failed"
        case .unwritable: "site.unwritable"
        }
    }

    /// What is the case; lower case, no full stop.
    package var message: String {
        switch self {
        case .problem(let problem): problem.problems.joined(separator: "; ")
        case .rejected(let rejection): rejection.message
        case .passwordNeeded(let command): "'\(command)' is signed and no password was given"
        case .newPasswordNeeded(let command):
            "'\(command)' sets a password and none was chosen"
        case .key(let error): error.message
        case .lockedOut(let person, let until):
            "too many wrong passwords for '\(person)'; locked until \(until)"
        case .writer(let error): error.message
        case .storage(let error): error.message
        case .files(let error): error.description
        case .unwritable(let reason): reason
        }
    }

    /// The way out.
    package var help: String? {
        switch self {
        case .problem(let problem): problem.help
        case .rejected(let rejection): rejection.help
        case .passwordNeeded: "enter your password: it is asked for at every signature"
        case .newPasswordNeeded: "the person whose password it is chooses one"
        case .key(let error): error.help
        case .lockedOut: "wait, or ask an administrator"
        case .writer(let error): error.help
        case .storage(let error): error.help
        case .files: nil
        case .unwritable: nil
        }
    }

    /// The rule of the catalogue that is enforced, if any.
    package var rule: String? {
        if case .rejected(let rejection) = self { rejection.rule } else { nil }
    }

    package var description: String {
        message + (rule.map { " (rule \($0))" } ?? "") + (help.map { "; \($0)" } ?? "")
    }
}
