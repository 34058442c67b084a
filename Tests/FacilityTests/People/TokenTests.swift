import Facility
import Ledger
import Testing

/// Tokens of instruments: issued and revoked as facts, never more than the account they act for.
@Suite struct TokenTests {
    private static let digest = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"

    private func refusal(
        permissions: [String] = ["monitor"], person: String = "operator-1",
        expires: String = "2026-06-30", as giver: String = "admin"
    ) throws -> String? {
        var site = try TestSite.founded()
        return site.refusal(
            "access.issue-token",
            [
                "token": "T-1", "person": .string(person), "use": "particle counter",
                "permissions": .array(permissions.map { .string($0) }),
                "digest": .string(Self.digest), "expires": .string(expires),
            ], as: giver)
    }

    @Test func aTokenIsNeverMoreThanItsAccount() throws {
        #expect(try refusal() == nil)
        #expect(try refusal(permissions: ["review"]) == "access.token-beyond-person")
        #expect(try refusal(permissions: []) == "access.token-without-permission")
        #expect(
            try refusal(permissions: ["manage-people"], person: "admin")
                == "access.token-for-person")
        #expect(try refusal(permissions: ["certify"], person: "qp") == "access.token-for-person")
        #expect(try refusal(expires: "2025-01-01") == "access.token-lasts")
        #expect(try refusal(expires: "2030-01-01") == "access.token-lasts")
        #expect(try refusal(as: "operator-1") == "people.not-permitted")
    }

    @Test func aRevokedTokenStaysRevoked() throws {
        var site = try TestSite.founded()
        try site.perform(
            "access.issue-token",
            [
                "token": "T-1", "person": "operator-1", "use": "particle counter",
                "permissions": ["monitor"], "digest": .string(Self.digest),
                "expires": "2026-06-30",
            ], as: "admin")
        let day = try #require(CalendarDate("2026-06-30"))
        let token = try site.state.accessToken(#require(AccessTokenID("T-1")))
        #expect(token.isValid(on: day) && !token.isValid(on: day.advanced(byDays: 1)))
        let fields: JSONValue = ["token": "T-1", "reason": "lost"]
        try site.perform("access.revoke-token", fields, as: "admin")
        #expect(try !site.state.accessToken(#require(AccessTokenID("T-1"))).isValid(on: day))
        #expect(site.refusal("access.revoke-token", fields, as: "admin") == "access.token-revoked")
    }
}
