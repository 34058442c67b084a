package import Facility
package import Ledger

/// One command as a person gives it.
package struct Request: Sendable {
    package var command: any Command
    package var person: PersonID
    /// How the person proves to be themselves for a signature.
    package var authentication: Authentication
    /// The first password of a person who is enrolled by the command.
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

/// Wrong passwords of one person in a row.
package struct FailedAttempts: Sendable {
    /// Wrong passwords before the person is locked out.
    package static let allowed = 5
    /// How long a person is locked out: makes guessing through the door hopeless, and a person
    /// who mistyped can wait it out.
    package static let lockedSeconds: Int64 = 300

    private var attempts = 0
    /// Until when the person may not try again.
    package private(set) var lockedUntil: Timestamp?

    mutating func count(at now: Timestamp) {
        attempts += 1
        guard attempts >= Self.allowed else { return }
        attempts = 0
        lockedUntil = now.advanced(bySeconds: Self.lockedSeconds)
    }
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
