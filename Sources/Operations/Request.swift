package import Facility
package import Ledger

/// One command as a person gives it.
package struct Request: Sendable {
    package var command: any Command
    package var person: PersonID
    /// How the person proves to be themselves for a signature.
    package var authentication: Authentication
    /// The password a person chooses, for a command that sets one.
    package var newPassword: String?
    /// When it happened, for a late entry.
    package var happened: Timestamp?
    /// The idempotency key: the same key twice returns the first answer.
    package var key: String

    /// How a person proves to be themselves.
    package enum Authentication: Sendable {
        case none
        case password(String)
        /// A key opened before: a scenario opens each person's key once.
        case key(PersonSigningKey)
    }

    /// A request of `person`.
    package init(
        _ command: any Command, by person: PersonID, authentication: Authentication = .none,
        newPassword: String? = nil, happened: Timestamp? = nil, key: String = Request.newKey()
    ) {
        self.command = command
        self.person = person
        self.authentication = authentication
        self.newPassword = newPassword
        self.happened = happened
        self.key = key
    }

    /// A random idempotency key of 128 bits, for a request that will not be repeated.
    package static func newKey() -> String {
        let words = (0..<2).map { _ in UInt64.random(in: .min ... .max) }
        return words.map { String($0, radix: 36) }.joined(separator: "-")
    }
}

/// What a performed command led to.
package struct Receipt: Hashable, Sendable, Codable {
    /// The idempotency key.
    package var command: String
    /// The ledger index of the first fact.
    package var firstEntry: UInt64
    /// The kinds of the facts, in order.
    package var kinds: [String]
}

/// Why a site could not be opened.
package enum SiteOpeningError: Error, Sendable {
    case folder(SiteFolderError)
    case writer(WriterError)
    case storage(StorageError)
    case fact(FactError)

    /// What is the case; lower case, no full stop.
    package var message: String {
        switch self {
        case .folder(let error): error.message
        case .writer(let error): error.message
        case .storage(let error): error.message
        case .fact(let error): error.description
        }
    }

    /// The way out.
    package var help: String? {
        switch self {
        case .folder(let error): error.help
        case .writer(let error): error.help
        case .storage(let error): error.help
        case .fact: nil
        }
    }

    var refusal: Refusal {
        switch self {
        case .folder(let error): .unwritable(error.message)
        case .writer(let error): .writer(error)
        case .storage(let error): .storage(error)
        case .fact(let error): .unwritable(error.description)
        }
    }
}
