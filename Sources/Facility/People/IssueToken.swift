package import Ledger

package typealias AccessTokenID = Identifier<AccessToken>

/// Leave for an instrument to record in the name of its own account, as far as the token goes.
///
/// The site knows the SHA-256 of the token's secret and never the secret: who reads the whole
/// ledger can use no token.
package struct AccessToken: Sendable, Codable {
    package var id: AccessTokenID
    /// The account it acts for: an instrument that was enrolled, with its name as printed.
    package var person: PersonID
    /// What it is used by: the counter in room 102, the monitoring system.
    package var use: String
    package var permissions: [Permission]
    package var digest: Digest
    /// The last day it is accepted.
    package var expires: CalendarDate
    package var issued: Stamp
    package var revoked: Stamp?

    /// Whether it is accepted on `date`.
    package func isValid(on date: CalendarDate) -> Bool { revoked == nil && date <= expires }
}

/// Issues a token by the digest of its secret.
package struct IssueToken: Command {
    package static let name = "access.issue-token"
    package static let summary = "Let an instrument record by a token, for some permissions."
    package static let permission = Permission.managePeople
    package static let help = [
        "token": "the number of the token", "person": "the account the instrument records as",
        "use": "what it is used by", "permissions": "what it may do; no more than the account",
        "digest": "SHA-256 of the secret, as 64 hexadecimal digits",
        "expires": "the last day it is accepted",
    ]

    /// Days a token lasts at most: two years, so that nobody forgets it for longer.
    package static let daysMax = 731

    package var token: AccessTokenID
    package var person: PersonID
    package var use: String
    package var permissions: [Permission]
    package var digest: Digest
    package var expires: CalendarDate

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        try site.requireUnused(token)
        try requireText(use, "use")
        let person = try site.person(person)
        let today = moment.now.date
        guard today <= expires, expires <= today.advanced(byDays: Self.daysMax) else {
            throw Rejection(
                "access.token-lasts", "it would be accepted until \(expires)",
                help: "choose a day within two years")
        }
        guard !permissions.isEmpty else {
            throw Rejection("access.token-without-permission", "the token permits nothing")
        }
        for permission in permissions where !person.may(permission) {
            throw Rejection(
                "access.token-beyond-person",
                "'\(person.id)' has no permission '\(permission.rawValue)'",
                help: "give the account the role first, or leave the permission out")
        }
        guard !permissions.contains(.managePeople), !permissions.contains(.certify) else {
            throw Rejection(
                "access.token-for-person",
                "accounts are kept, and batches certified, by people alone",
                help: "leave out manage-people and certify")
        }
        guard site.tokensByDigest[digest] == nil else {
            throw Rejection(
                "access.token-digest-in-use", "another token has this secret",
                help: "draw a new secret")
        }
        return [
            TokenIssued(
                token: token, person: person.id, use: use, permissions: permissions,
                digest: digest, expires: expires)
        ]
    }
}

/// A token was issued.
package struct TokenIssued: Fact {
    package static let kind = "access.token-issued/1"
    package var token: AccessTokenID
    package var person: PersonID
    package var use: String
    package var permissions: [Permission]
    package var digest: Digest
    package var expires: CalendarDate

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        site.things[token.text] = .token
        site.tokens[token] = AccessToken(
            id: token, person: person, use: use, permissions: permissions, digest: digest,
            expires: expires, issued: stamp)
        site.tokensByDigest[digest] = token
    }
}

/// Revokes a token: it is refused from now on.
package struct RevokeToken: Command {
    package static let name = "access.revoke-token"
    package static let summary = "Revoke a token: it is refused from now on."
    package static let permission = Permission.managePeople
    package static let help = ["token": "which token", "reason": "why"]

    package var token: AccessTokenID
    package var reason: String

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        let token = try site.accessToken(token)
        try requireText(reason, "reason")
        guard token.revoked == nil else {
            throw Rejection("access.token-revoked", "'\(token.id)' is revoked already")
        }
        return [TokenRevoked(token: token.id, reason: reason)]
    }
}

/// A token was revoked.
package struct TokenRevoked: Fact {
    package static let kind = "access.token-revoked/1"
    package var token: AccessTokenID
    package var reason: String

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        site.tokens[token]?.revoked = stamp
    }
}
