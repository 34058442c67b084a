package import Ledger

/// Something a person asks the site to do.
///
/// Every door (page, API, `seedlot perform`, `seedlot play`) decodes the same commands from the
/// same catalogue. Deciding is pure: the same command on the same state at the same moment gives
/// the same facts, today and on replay.
package protocol Command: Codable, Sendable {
    /// The name people type: `batch.complete-step`. A promise, never reused.
    static var name: String { get }
    /// One line that says what the command does, for catalogues and forms.
    static var summary: String { get }
    /// What the person must be allowed to do.
    static var permission: Permission { get }
    /// What a signature under this command means; `nil` when none is asked for.
    static var signature: SignatureMeaning? { get }
    /// True when a password is chosen with the command: for a person who is enrolled, or who
    /// changes it.
    static var takesNewPassword: Bool { get }
    /// What to enter, by field name.
    static var help: [String: String] { get }

    /// The facts this command leads to, or why it is refused.
    ///
    /// The first fact is the one the person signs, when the command asks for a signature.
    func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact]
}

extension Command {
    package static var signature: SignatureMeaning? { nil }
    package static var takesNewPassword: Bool { false }

    /// The fields of the command, read off its decoder.
    package static var schema: FieldSchema { SchemaRecorder.schema(of: Self.self) }
}

/// Something that happened at the site, recorded once and never changed.
///
/// A fact holds what happened and quantities with units, never a derived value. Its kind (name and
/// version) is written out: a shipped version is never edited.
package protocol Fact: Codable, Sendable {
    /// Name and version: `batch.step-completed/1`.
    static var kind: String { get }

    /// Brings the state up to date. Cannot refuse: what was recorded is what happened.
    func apply(to site: inout SiteState, at stamp: Stamp)
}
