import Ledger
import Synchronization

/// Who is signed in, and since when.
///
/// A session is known by 256 random bits that only the browser keeps; here stands their SHA-256,
/// so that a copy of this memory signs nobody in. Sessions end when idle, when old, and when the
/// server stops.
final class SessionStore: Sendable {
    /// One signed-in person at one screen.
    struct Session: Sendable, Equatable {
        let person: String
        /// Carried by every form; a request that another site made does not know it.
        let formToken: String
        let openedAt: Int64
        var seenAt: Int64
    }

    /// How long sessions last, in seconds.
    struct Limits: Sendable {
        /// Without a request; a screen left alone in a clean room must not stay open.
        var idle: Int64 = 30 * 60
        /// From sign-in; a shift.
        var absolute: Int64 = 12 * 3600
        /// Sessions at once; the longest unused make room.
        var count = 10_000
    }

    private struct State {
        var sessions: [Digest: Session] = [:]
    }

    private let limits: Limits
    private let randomBytes: @Sendable (Int) -> [UInt8]
    private let state = Mutex(State())

    /// An empty store. `randomBytes` gives that many bytes nobody can guess.
    init(limits: Limits = Limits(), randomBytes: @escaping @Sendable (Int) -> [UInt8]) {
        self.limits = limits
        self.randomBytes = randomBytes
    }

    /// Opens a session for `person` at `now` (seconds since 1970) and returns its secret.
    func open(for person: String, at now: Int64) -> (secret: String, session: Session) {
        let secret = Self.text(randomBytes(32))
        let session = Session(
            person: person, formToken: Self.text(randomBytes(32)), openedAt: now, seenAt: now)
        state.withLock { state in
            if state.sessions.count >= limits.count { makeRoom(in: &state, at: now) }
            state.sessions[Self.digest(secret)] = session
        }
        return (secret, session)
    }

    /// The session with `secret`, if it is still open at `now`; this counts as a sign of life.
    func session(with secret: String, at now: Int64) -> Session? {
        let key = Self.digest(secret)
        return state.withLock { state in
            guard var session = state.sessions[key] else { return nil }
            guard isOpen(session, at: now) else {
                state.sessions[key] = nil
                return nil
            }
            session.seenAt = max(session.seenAt, now)
            state.sessions[key] = session
            return session
        }
    }

    /// How many sessions are kept; some of them may be over.
    var count: Int { state.withLock { $0.sessions.count } }

    /// Ends the session with `secret`.
    func close(_ secret: String) {
        let key = Self.digest(secret)
        state.withLock { $0.sessions[key] = nil }
    }

    /// Ends every session of `person`: after a new password, or when access is withdrawn.
    func closeAll(of person: String) {
        state.withLock { state in
            state.sessions = state.sessions.filter { $0.value.person != person }
        }
    }

    private func isOpen(_ session: Session, at now: Int64) -> Bool {
        now - session.seenAt < limits.idle && now - session.openedAt < limits.absolute
    }

    private func makeRoom(in state: inout State, at now: Int64) {
        state.sessions = state.sessions.filter { isOpen($0.value, at: now) }
        guard state.sessions.count >= limits.count else { return }
        let oldest = state.sessions.min { $0.value.seenAt < $1.value.seenAt }
        if let oldest { state.sessions[oldest.key] = nil }
    }

    private static func digest(_ secret: String) -> Digest { .sha256(of: Array(secret.utf8)) }

    private static func text(_ bytes: [UInt8]) -> String {
        let digits = Array("0123456789abcdef".utf8)
        return String(
            decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] },
            as: UTF8.self)
    }
}

/// Whether two secrets are equal, in a time that does not tell where they differ.
func equalInConstantTime(_ first: String, _ second: String) -> Bool {
    let (one, two) = (Array(first.utf8), Array(second.utf8))
    guard one.count == two.count else { return false }
    return zip(one, two).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
}
