/// Who acts, when, and from which session: everything `decide` knows besides the site itself.
package struct Moment: Sendable {
    /// The person who acts.
    package var person: PersonID
    /// When the command reached the site. Facts are recorded with this instant.
    package var now: Timestamp
    /// When the thing happened, as told by the person; `now` unless the entry is late.
    package var happened: Timestamp

    /// A moment at which `person` acts; `happened` is `now` unless the entry is late.
    package init(person: PersonID, now: Timestamp, happened: Timestamp? = nil) {
        self.person = person
        self.now = now
        self.happened = happened ?? now
    }
}

/// What the ledger says of a fact besides the fact: who, when, and where it stands.
package struct Stamp: Hashable, Sendable, Codable {
    /// Who did it.
    package var person: PersonID
    /// When it happened.
    package var happened: Timestamp
    /// When it was recorded.
    package var recorded: Timestamp
    /// The index of its entry in the ledger.
    package var entry: UInt64

    /// What the next fact of `site` will be stamped with when it is recorded at `moment`.
    init(of moment: Moment, on site: SiteState) {
        self.init(
            person: moment.person, happened: moment.happened, recorded: moment.now,
            entry: site.entryCount)
    }

    /// A stamp with these particulars.
    package init(person: PersonID, happened: Timestamp, recorded: Timestamp, entry: UInt64) {
        self.person = person
        self.happened = happened
        self.recorded = recorded
        self.entry = entry
    }
}
