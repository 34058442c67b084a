import Charts
import Facility
import Ledger
import Operations
import Synchronization

/// What a page needs to show a form again: what was typed, and why it was refused, or that its files
/// were read and nothing is recorded yet.
struct RefusedForm: Sendable {
    let command: String
    /// What was typed, by field; never a password.
    let values: [String: [String]]
    let refusal: Refusal?

    /// Why it is shown again; nil where it asked for one more row.
    var notice: Notice? {
        if let refusal { return Notice(refusal) }
        guard values[FieldRows.addName] == nil else { return nil }
        return Notice(
            .underway, "The file is read, and nothing is recorded yet.",
            detail: "Check what was read of it, and record it.")
    }

    /// What is wrong, by input.
    var problems: [String: String] {
        guard case .problem(let problem)? = refusal else { return [:] }
        return CommandEntry.byInput(problem)
    }
}

/// Keeps refused forms for the moment between the refusal and the page that shows it, so that a
/// form is answered where it was asked, with or without scripts, and a reload sends nothing again.
final class RefusalDesk: Sendable {
    /// The pair of an address that names a refused form.
    static let queryName = "refused"
    /// Forms kept at once; beyond it the oldest are dropped, which costs what was typed in them.
    private static let formsMax = 500
    /// Seconds a form is kept: long enough to read it and type again.
    private static let seconds: Int64 = 900

    private struct Kept {
        var form: RefusedForm
        var owner: Digest
        var at: Int64
    }

    private let randomBytes: @Sendable (Int) -> [UInt8]
    private let kept = Mutex<[String: Kept]>([:])

    /// An empty desk. `randomBytes` gives that many bytes nobody can guess.
    init(randomBytes: @escaping @Sendable (Int) -> [UInt8]) { self.randomBytes = randomBytes }

    /// Keeps `form` for the session with `secret` and returns the name it is asked by.
    func keep(_ form: RefusedForm, of secret: String, at now: Int64) -> String {
        let key = String(Digest.sha256(of: randomBytes(32)).hex.prefix(24))
        kept.withLock { kept in
            if kept.count >= Self.formsMax {
                kept = kept.filter { now - $0.value.at < Self.seconds }
                if kept.count >= Self.formsMax,
                    let oldest = kept.min(by: { $0.value.at < $1.value.at })
                {
                    kept[oldest.key] = nil
                }
            }
            kept[key] = Kept(form: form, owner: .sha256(of: Array(secret.utf8)), at: now)
        }
        return key
    }

    /// The form called `key`, for the session it belongs to alone.
    func form(_ key: String, of secret: String, at now: Int64) -> RefusedForm? {
        kept.withLock { $0[key] }.flatMap { kept in
            kept.owner == .sha256(of: Array(secret.utf8)) && now - kept.at < Self.seconds
                ? kept.form : nil
        }
    }
}
