import Facility
import HTTPTypes
import Ledger

/// The secret of an instrument's token, as it is given out once.
enum InstrumentToken {
    /// What every secret begins with, so that a search of files and logs finds one that was left
    /// lying about.
    static let prefix = "slt_"

    /// A secret of 256 bits.
    static func secret(randomBytes: (Int) -> [UInt8]) -> String {
        prefix + Digest.sha256(of: randomBytes(64)).hex
    }

    /// What the site knows of `secret`.
    static func digest(of secret: String) -> Digest { .sha256(of: Array(secret.utf8)) }

    /// The token that `secret` opens at `now`, if its account still has access.
    static func token(_ secret: String, in state: SiteState, at now: Timestamp) -> AccessToken? {
        guard secret.hasPrefix(prefix),
            let token = state.tokensByDigest[digest(of: secret)].flatMap({ state.tokens[$0] }),
            token.isValid(on: now.date), state.people[token.person]?.isActive ?? false
        else { return nil }
        return token
    }
}

extension AccessToken {
    /// Refuses a command that the token does not reach.
    ///
    /// A token holds no key, so it signs nothing: a signature is a person with a password.
    func require(_ type: any Command.Type) throws(WebFault) {
        guard type.signature == nil, !type.takesNewPassword else {
            throw .notPermitted("'\(type.name)' is signed, and a token signs nothing")
        }
        guard permissions.contains(type.permission) else {
            throw .notPermitted(
                "the token '\(id)' has no permission '\(type.permission.rawValue)'")
        }
    }
}
