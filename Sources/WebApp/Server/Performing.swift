import Charts
import Facility
import HTTPTypes
import Ledger
import Operations

extension Reception {
    /// Performs the command `name` with the fields `body` for `person`.
    ///
    /// - Parameters:
    ///   - formKey: key of the form; the same form with the same content is one request, while the
    ///     same form with other content is another.
    ///   - password: for a signature.
    ///   - newPassword: for a person whom the command enrols.
    ///   - happened: for a late entry.
    func perform(
        _ name: String, _ body: JSONValue, by person: PersonID, formKey: String,
        password: String?, newPassword: String? = nil, happened: Timestamp? = nil
    ) async throws -> Receipt {
        let command: any Command
        do throws(CommandProblem) {
            command = try CommandCatalogue.decode(name, from: body)
        } catch {
            throw Refusal.problem(error)
        }
        let content =
            Array("\(formKey)\n\(name)\n\(person)\n".utf8) + body.canonicalBytes()
        let request = Operations.Request(
            command, by: person, authentication: password.map { .password($0) } ?? .none,
            newPassword: newPassword, happened: happened,
            key: "web-" + String(Digest.sha256(of: content).hex.prefix(40)))
        guard password != nil || newPassword != nil else { return try await site.perform(request) }
        return try await keys.run { [site] in try await site.perform(request) }
    }
}

extension WebFault {
    /// The answer to a refused command. 409 where the state of the site stands against it, 422
    /// where the command itself does, 403 where the person may not, 503 where the ledger failed.
    init(_ refusal: Refusal) {
        let status: HTTPResponse.Status =
            switch refusal {
            case .problem: .unprocessableContent
            case .rejected(let rejection):
                rejection.code.hasPrefix("people.not-permitted") ? .forbidden : .conflict
            case .passwordNeeded, .key, .lockedOut: .forbidden
            case .newPasswordNeeded: .unprocessableContent
            case .writer, .storage, .files: .serviceUnavailable
            case .unwritable: .internalServerError
            }
        self.init(
            status: status, code: refusal.code, message: refusal.message,
            details: refusal.rule.map { "rule \($0)" }, hint: refusal.help, rule: refusal.rule)
        if case .problem(let problem) = refusal {
            problems = CommandEntry.byField(problem)
        }
    }
}

extension Notice {
    /// Why a command was refused.
    init(_ refusal: Refusal) {
        self.init(
            .bad, "Nothing was recorded: \(refusal.message).",
            detail: refusal.help.map { $0.prefix(1).uppercased() + $0.dropFirst() + "." },
            basis: refusal.rule.map { "rule \($0)" })
    }
}
