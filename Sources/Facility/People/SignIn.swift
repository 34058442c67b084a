/// Records that a person signed in. Given by the site itself, once the password opened the key.
package struct SignIn: Command {
    package static let name = "people.sign-in"
    package static let summary = "Record that a person signed in."
    package static let permission = Permission.keepOwnAccount
    package static let help: [String: String] = [
        "unrecorded": "wrong passwords before it that have no entry of their own"
    ]

    package var unrecorded: Int

    /// A sign-in after `unrecorded` wrong passwords that have no entry of their own.
    package init(unrecorded: Int = 0) { self.unrecorded = unrecorded }

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        if let until = site.people[moment.person]?.access.lockedUntil, until > moment.now {
            throw Rejection(
                "people.locked-out", "'\(moment.person)' is locked out until \(until)",
                help: "wait, or ask an administrator", rule: "access-authority")
        }
        return [SignedIn(person: moment.person, unrecorded: unrecorded)]
    }
}

/// A person signed in.
package struct SignedIn: Fact {
    package static let kind = "people.signed-in/1"
    package var person: PersonID
    package var unrecorded: Int

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        site.people[person]?.access.signIn(at: stamp)
    }
}

/// Records wrong passwords under a person's name. Given by the site itself.
package struct FailSignIn: Command {
    package static let name = "people.fail-sign-in"
    package static let summary = "Record wrong passwords under a person's name."
    package static let permission = Permission.keepOwnAccount
    package static let help: [String: String] = [
        "attempts": "how many wrong passwords the entry stands for"
    ]

    package var attempts: Int

    /// A record of `attempts` wrong passwords.
    package init(attempts: Int) { self.attempts = attempts }

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        guard attempts > 0 else {
            throw Rejection("people.no-attempt", "\(attempts) attempts are none")
        }
        guard site.people[moment.person]?.access.records(on: moment.now.date) == true else {
            throw Rejection(
                "people.attempts-not-recorded",
                "'\(moment.person)' has \(AccessRecord.failuresRecordedPerDayMax) entries about "
                    + "failed sign-ins today; further ones are counted only")
        }
        return [SignInFailed(person: moment.person, attempts: attempts)]
    }
}

/// Somebody gave wrong passwords under a person's name.
package struct SignInFailed: Fact {
    package static let kind = "people.sign-in-failed/1"
    package var person: PersonID
    package var attempts: Int

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        site.people[person]?.access.fail(attempts, at: stamp.recorded)
    }
}
