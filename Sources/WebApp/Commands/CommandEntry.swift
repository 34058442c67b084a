import Facility
import Ledger

/// The JSON of a command from the fields of its form, by the command's own schema.
enum CommandEntry {
    /// The object that the fields of `form` spell. What does not fit the schema is passed on as
    /// text, so that the catalogue's own messages say what is wrong.
    static func object(
        for type: any Command.Type, from form: SubmittedForm
    ) -> JSONValue {
        guard case .object(let members) = type.schema else { return [:] }
        var object: [String: JSONValue] = [:]
        for member in members where !CommandForm.isSetBySite(member.name, of: type) {
            if let value = value(of: member.schema, named: member.name, in: form) {
                object[member.name] = value
            }
        }
        return .object(object)
    }

    private static func value(
        of schema: FieldSchema, named name: String, in form: SubmittedForm
    ) -> JSONValue? {
        switch schema {
        case .text, .choice, .formatted:
            return form[name].map { .string($0.replacing("\r\n", with: "\n")) }
        case .integer:
            guard let text = form[name] else { return nil }
            return Int(text).map { .number(Double($0)) } ?? .string(text)
        case .boolean:
            return .bool(form[name] == "true")
        case .list(.choice, _):
            return .array(form.all(name).filter { !$0.isEmpty }.map { .string($0) })
        case .list(.object, _), .object:
            guard let text = form[name] else { return nil }
            return (try? JSONValue(parsing: Array(text.utf8))) ?? .string(text)
        case .list(let element, _):
            let lines = (form[name] ?? "").split(whereSeparator: \.isNewline)
                .map { $0.trimmingSpaces }.filter { !$0.isEmpty }
            return .array(
                lines.map { line in
                    if case .integer = element, let number = Int(line) {
                        return .number(Double(number))
                    }
                    return .string(line)
                })
        }
    }

    /// The problems of a malformed command by the field they name, and those that name none.
    static func sorted(
        _ problem: CommandProblem
    ) -> (byField: [String: String], others: [String]) {
        var byField: [String: String] = [:]
        var others: [String] = []
        for text in problem.problems {
            let parts = text.split(separator: "'", maxSplits: 2, omittingEmptySubsequences: false)
            guard parts.count == 3, parts[0].isEmpty,
                let field = parts[1].split(whereSeparator: { ".[".contains($0) }).first
            else {
                others.append(text)
                continue
            }
            byField[String(field)] = byField[String(field)].map { "\($0); \(text)" } ?? text
        }
        return (byField, others)
    }
}

extension StringProtocol {
    /// Without white space at either end.
    var trimmingSpaces: String {
        let start = drop(while: \.isWhitespace)
        guard let end = start.lastIndex(where: { !$0.isWhitespace }) else { return "" }
        return String(start[...end])
    }
}
