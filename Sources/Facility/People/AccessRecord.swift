/// A person's sign-ins and wrong passwords, as far as a lock-out depends on them.
package struct AccessRecord: Sendable, Hashable, Codable {
    /// Wrong passwords since the last right one or the last lock-out.
    package internal(set) var failedInARow = 0
    /// Until when the person may not try again.
    package internal(set) var lockedUntil: Timestamp?
    package internal(set) var lastSignIn: Stamp?
    /// The day the latest failure was recorded on, and how many were on that day.
    private var day: CalendarDate?
    private var recordedOnDay = 0

    init() {}

    /// Wrong passwords before the person is locked out.
    package static let attemptsAllowed = 5
    /// How long a person is locked out, in seconds: makes guessing through the door hopeless, and
    /// a person who mistyped can wait it out.
    package static let lockedSeconds: Int64 = 300
    /// Entries about failed sign-ins that one person's name may cause in a day. Whoever stands at
    /// the door and guesses cannot fill the ledger: what comes beyond is counted, and the number
    /// stands in the next entry.
    package static let failuresRecordedPerDayMax = 40

    /// Whether one more failure on `date` gets an entry of its own.
    package func records(on date: CalendarDate) -> Bool {
        day != date || recordedOnDay < Self.failuresRecordedPerDayMax
    }

    /// What was tried during a lock-out is recorded and does not lengthen it: whoever guesses at the
    /// door would keep its owner out for ever.
    mutating func fail(_ attempts: Int, at instant: Timestamp) {
        recordedOnDay = day == instant.date ? recordedOnDay + 1 : 1
        day = instant.date
        if let lockedUntil, instant < lockedUntil { return }
        failedInARow += attempts
        guard failedInARow >= Self.attemptsAllowed else { return }
        failedInARow = 0
        lockedUntil = instant.advanced(bySeconds: Self.lockedSeconds)
    }

    mutating func signIn(at stamp: Stamp) {
        failedInARow = 0
        lastSignIn = stamp
    }
}
