/// Which key signed for whom, and when: what the notices in the ledger say so far.
struct KeyHistory {
    private struct Term {
        let key: PersonPublicKey
        let person: String
        let issued: LedgerInstant
        var revoked: (at: LedgerInstant, entry: UInt64)?
    }

    private var terms: [String: Term] = [:]

    /// Takes in a notice of entry `entry`; returns what contradicts an earlier one.
    mutating func apply(_ notice: KeyNotice, of entry: UInt64) -> String? {
        let id = notice.key.id
        guard let at = LedgerInstant(rfc3339: notice.at) else {
            return "the notice about key \(id) has no instant"
        }
        switch notice.change {
        case .issued:
            guard terms[id] == nil else { return "key \(id) was issued before" }
            terms[id] = Term(key: notice.key, person: notice.person, issued: at)
        case .revoked:
            guard let term = terms[id], term.key == notice.key, term.person == notice.person else {
                return "key \(id) was never issued to '\(notice.person)'"
            }
            guard term.revoked == nil else { return "key \(id) was revoked before" }
            terms[id]?.revoked = (at, entry)
        }
        return nil
    }

    /// The key that made `signature` if it was in force for entry `entry`, else what is wrong.
    ///
    /// A key signs from the entry that issues it to the one that revokes it. Its position in the
    /// ledger counts beside the date in the signature: whoever has a revoked key can write any
    /// date, but cannot insert an entry before the revocation.
    func key(
        for signature: PersonSignature, at entry: UInt64
    ) -> Result<PersonPublicKey, Refusal> {
        guard let term = terms[signature.keyID] else {
            return .failure(
                Refusal(.signatureUnknownKey, "key \(signature.keyID) was never issued"))
        }
        guard term.person == signature.person else {
            return .failure(
                Refusal(
                    .signatureForeignKey,
                    "key \(signature.keyID) is of '\(term.person)', not '\(signature.person)'"))
        }
        guard let at = LedgerInstant(rfc3339: signature.at) else {
            return .failure(Refusal(.signatureWrong, "it has no instant"))
        }
        guard at.posixSeconds >= term.issued.posixSeconds else {
            return .failure(
                Refusal(
                    .signatureBeforeIssue,
                    "signed at \(signature.at), before key \(signature.keyID) was issued"))
        }
        if let revoked = term.revoked,
            revoked.entry < entry || revoked.at.posixSeconds < at.posixSeconds
        {
            return .failure(
                Refusal(
                    .signatureAfterRevocation,
                    "key \(signature.keyID) was revoked by entry \(revoked.entry)"))
        }
        return .success(term.key)
    }

    struct Refusal: Error {
        let code: VerificationFinding.Code
        let reason: String

        init(_ code: VerificationFinding.Code, _ reason: String) {
            self.code = code
            self.reason = reason
        }
    }
}
