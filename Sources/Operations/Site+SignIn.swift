package import Facility
package import Ledger
import Logging
import Synchronization

// Opening a person's key is the only check of a password. What happens at this door is recorded:
// a sign-in, and failed ones up to a number a day (`AccessRecord`): wrong passwords, and whatever is
// tried during a lock-out.

extension Site {
    /// Signs a person in: their password opens their key. The sign-in is recorded.
    package nonisolated func signIn(
        _ person: PersonID, password: String
    ) async throws(Refusal) {
        _ = try await unlock(person, password: password)
        let before = attempts.withLock { $0.removeValue(forKey: person)?.unrecorded ?? 0 }
        _ = try await perform(Request(SignIn(unrecorded: before), by: person))
    }

    /// Opens the person's signing key with their password.
    ///
    /// After `AccessRecord.attemptsAllowed` wrong ones the person is locked out for a while, also
    /// when the site is restarted in between.
    package nonisolated func unlock(
        _ person: PersonID, password: String
    ) async throws(Refusal) -> PersonSigningKey {
        let now = clock.now()
        let locks = [
            attempts.withLock { $0[person]?.lockedUntil },
            state.people[person]?.access.lockedUntil,
        ]
        if let until = locks.compactMap(\.self).max(), until > now {
            await recordFailure(of: person, at: now)
            throw .lockedOut(person, until: until)
        }
        do throws(KeyError) {
            let key = try sealedKey(of: person).open(password: password)
            attempts.withLock { $0[person]?.forget() }
            return key
        } catch {
            switch error {
            case .wrongPassword: await recordFailure(of: person, at: now)
            case .noKey: turnAway(password)
            default: break
            }
            throw .key(error)
        }
    }

    /// Takes as long over a password as for a name that somebody has: an answer at once would tell
    /// that nobody has it.
    package nonisolated func turnAway(_ password: String) { scryptCost.spend(on: password) }

    /// The person's sealed key. One that was announced and did not reach its place, because the
    /// machine stopped in between, is put there now.
    private nonisolated func sealedKey(
        of person: PersonID
    ) throws(KeyError) -> SealedPersonKey {
        let kept = try folder.vault.key(of: person.text)
        let inForce = key(of: person)
        if let inForce, kept?.publicKey != inForce,
            let new = try folder.incoming.key(of: person.text), new.publicKey == inForce
        {
            try folder.vault.store(new)
            return new
        }
        // A key that was replaced signs nothing any more, wherever its file came from.
        guard let kept, inForce == nil || kept.publicKey == inForce else {
            throw .noKey(person: person.text)
        }
        return kept
    }

    /// Puts a sealed key in its place, now that its entry is durable.
    nonisolated func keep(_ sealed: SealedPersonKey) throws(Refusal) {
        do throws(KeyError) {
            try folder.vault.store(sealed)
            try folder.incoming.remove(sealed.person)
        } catch {
            throw .key(error)
        }
    }

    private nonisolated func recordFailure(of person: PersonID, at now: Timestamp) async {
        log.notice("failed sign-in", metadata: ["person": "\(person)"])
        let records = state.people[person]?.access.records(on: now.date) ?? false
        let count = attempts.withLock { attempts in
            attempts[person, default: FailedAttempts()].count(at: now)
            return records ? attempts[person]?.take() ?? 0 : 0
        }
        guard count > 0 else { return }
        do throws(Refusal) {
            _ = try await perform(Request(FailSignIn(attempts: count), by: person))
        } catch {
            // Whoever lost access, or had many entries a moment ago, is only counted.
            attempts.withLock { $0[person]?.giveBack(count) }
            log.notice(
                "failed sign-in not recorded",
                metadata: ["person": "\(person)", "reason": "\(error.code)"])
        }
    }
}

/// Wrong passwords of one person, as far as they are not in the ledger.
struct FailedAttempts: Sendable {
    /// How many have no entry.
    private(set) var unrecorded = 0
    private var inARow = 0
    /// Until when the person may not try again.
    private(set) var lockedUntil: Timestamp?

    mutating func count(at now: Timestamp) {
        unrecorded += 1
        if let lockedUntil, now < lockedUntil { return }
        inARow += 1
        guard inARow >= AccessRecord.attemptsAllowed else { return }
        inARow = 0
        lockedUntil = now.advanced(bySeconds: AccessRecord.lockedSeconds)
    }

    /// Hands over what is to be recorded.
    mutating func take() -> Int {
        defer { unrecorded = 0 }
        return unrecorded
    }

    mutating func giveBack(_ count: Int) { unrecorded += count }

    /// The right password: a new row begins.
    mutating func forget() {
        inARow = 0
        lockedUntil = nil
    }
}

extension [PersonID: PersonPublicKey] {
    /// Takes in what an entry says about keys.
    mutating func announce(_ notices: [KeyNotice]) {
        for notice in notices {
            guard let person = PersonID(notice.person) else { continue }
            switch notice.change {
            case .issued: self[person] = notice.key
            case .revoked: if self[person] == notice.key { self[person] = nil }
            }
        }
    }
}
