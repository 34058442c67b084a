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
            if let rows = FieldRows(member) {
                let list = list(of: rows, in: form)
                if member.isRequired || !list.isEmpty { object[member.name] = .array(list) }
            } else if let value = value(of: member.schema, named: member.name, in: form) {
                object[member.name] = value
            }
        }
        return .object(object)
    }

    /// The objects that the filled rows of a list spell.
    private static func list(of rows: FieldRows, in form: SubmittedForm) -> [JSONValue] {
        (0..<FieldRows.rowsMax).filter { rows.isFilled($0, in: form) }.map { row in
            var object: [String: JSONValue] = [:]
            for member in rows.members {
                let name = rows.name(row, member)
                // A tick that may stay away says nothing where it is not set.
                if case .boolean = member.schema, !member.isRequired, form[name] == nil { continue }
                object[member.name] = value(of: member.schema, named: name, in: form)
            }
            return .object(object)
        }
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

    /// The problems of a malformed command by the field they name.
    static func byField(_ problem: CommandProblem) -> [String: String] {
        problems(of: problem) { path in String(path.prefix { $0 != "." && $0 != "[" }) }
    }

    /// The problems of a malformed command by the input they name: `points.0.method` in a row.
    static func byInput(_ problem: CommandProblem) -> [String: String] {
        problems(of: problem) { String($0).replacing("[", with: ".").replacing("]", with: "") }
    }

    /// The problems by what `name` makes of the path each begins with, such as `points[0].method`.
    private static func problems(
        of problem: CommandProblem, by name: (Substring) -> String
    ) -> [String: String] {
        problem.problems.reduce(into: [:]) { named, text in
            let parts = text.split(separator: "'", maxSplits: 2, omittingEmptySubsequences: false)
            guard parts.count == 3, parts[0].isEmpty else { return }
            let key = name(parts[1])
            named[key] = named[key].map { "\($0); \(text)" } ?? text
        }
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
