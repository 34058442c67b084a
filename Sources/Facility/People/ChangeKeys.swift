package import Ledger

/// Changes one's own password: the same key, sealed anew.
package struct ChangePassword: Command {
    package static let name = "people.change-password"
    package static let summary = "Change your own password; the old one signs the change."
    package static let permission = Permission.keepOwnAccount
    package static let signature: SignatureMeaning? = .performed
    package static let takesNewPassword = true
    package static let help: [String: String] = [:]

    /// A change of the acting person's password.
    package init() {}

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        [PasswordChanged(person: moment.person)]
    }
}

/// A person changed their password. The password itself is nowhere.
package struct PasswordChanged: Fact {
    package static let kind = "people.password-changed/1"
    package var person: PersonID

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        site.people[person]?.access.failedInARow = 0
    }
}

/// Revokes a person's key and issues a new one, when the password or the key file is lost.
///
/// An administrator gives the command in the person's presence; the person chooses the password.
/// Signatures made with the old key stay valid.
package struct ReplaceKey: Command {
    package static let name = "people.replace-key"
    package static let summary =
        "Revoke a person's lost key and issue a new one; the person chooses its password."
    package static let permission = Permission.managePeople
    package static let signature: SignatureMeaning? = .approved
    package static let takesNewPassword = true
    package static let help = [
        "person": "whose key is lost; the person is present and chooses the password",
        "reason": "what happened to the key or its password",
    ]

    package var person: PersonID
    package var reason: String

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        let person = try site.person(person)
        try requireText(reason, "reason")
        guard person.isActive else {
            throw Rejection("people.inactive", "'\(person.id)' has no access any more")
        }
        guard person.id != moment.person else {
            throw Rejection(
                "people.own-key", "nobody replaces their own key",
                help: "change the password, or ask another administrator",
                rule: "access-authority")
        }
        return [KeyReplaced(person: person.id, reason: reason)]
    }
}

/// A person signs with a new key from this entry on, which carries its announcement.
package struct KeyReplaced: Fact {
    package static let kind = "people.key-replaced/1"
    package var person: PersonID
    package var reason: String

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        site.people[person]?.keys.append(stamp)
        site.people[person]?.access.failedInARow = 0
        site.people[person]?.access.lockedUntil = nil
    }
}
