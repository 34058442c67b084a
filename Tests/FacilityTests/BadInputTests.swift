import Facility
import Ledger
import Testing
import TestSupport

/// Every command of the catalogue with everything that can be wrong with it: a refusal with a
/// reason, nothing recorded, no crash.
@Suite struct BadInputTests {
    /// Each field of each command: left out, of another type, far too large, with control
    /// characters, in a list without end.
    @Test func everyCommandRefusesWhatIsNotOfItsForm() throws {
        try withEveryCommand { command in
            #expect(try command.isAccepted(command.body), "\(command.name) is not acceptable")
            for bad in BadInput.all(of: command.schema, in: command.body) {
                let isAccepted = try command.isAccepted(bad.body)
                #expect(
                    !isAccepted || !bad.mustBeRefused,
                    "\(command.name) was accepted with \(bad.description)")
            }
        }
    }

    /// Each identifier of each command: one that names nothing, and one of every other kind.
    @Test func everyCommandRefusesWhatItsIdentifiersDoNotName() throws {
        var accepted: Set<String> = []
        try withEveryCommand { command in
            let all = command.site.state.things
            var others: [Thing: String] = [:]
            for id in all.keys.sorted() { others[all[id]!] = id }
            for (field, names) in command.identifiers {
                // An identifier that is made here must be new; any other must name its kind.
                let strangers = others.filter { $0.key != names }.map(\.value)
                let unknown = names == nil ? [] : ["NO-SUCH-THING"]
                for stranger in strangers + unknown {
                    let body = command.body.replacing(field, with: stranger)
                    if try command.isAccepted(body) { accepted.insert("\(command.name) \(field)") }
                }
            }
        }
        // Any thing of the site can be held, complained about, studied or changed; what is
        // sampled is a room or a piece of equipment, what is tested a batch, bank, lot or study.
        let open: Set<String> = [
            "environment.import-particle-series place", "environment.record-particles place",
            "environment.set-plan place", "environment.take-sample place",
            "capa.open source", "change.propose touches", "complaint.receive subject",
            "hold.place thing", "recall.begin thing", "sample.take origin", "study.open subject",
            "testing.record-invalid-run subject", "testing.verify-results subject",
        ]
        #expect(accepted.isSubset(of: open), "\(accepted.subtracting(open).sorted())")
    }

    /// Each command by people who are unknown, have left, or may not.
    @Test func everyCommandIsRefusedToWhoMayNotGiveIt() throws {
        try withEveryCommand { command in
            guard command.site.state.name != nil else { return }
            let people = command.site.state.people.inOrder
            let allowed = people.filter { $0.isActive && $0.may(command.permission) }.map(\.id.text)
            for person in people.map(\.id.text) + ["nobody"] where !allowed.contains(person) {
                let isAccepted = try command.isAccepted(command.body, by: person)
                #expect(!isAccepted, "\(command.name) was accepted from \(person)")
            }
        }
    }

    // MARK: One command of every kind

    /// A command that was accepted, and the site that accepted it.
    private struct Acceptable {
        var name: String
        var permission: Permission
        var schema: FieldSchema
        var body: JSONValue
        var site: TestSite
        var moment: Moment

        /// Whether the site accepts `body` in its place; a refusal says why and changes nothing.
        func isAccepted(_ body: JSONValue, by person: String? = nil) throws -> Bool {
            let command: any Command
            do throws(CommandProblem) {
                command = try CommandCatalogue.decode(name, from: body)
            } catch {
                try require(!error.problems.isEmpty, "\(name) is unread without a reason")
                try require(error.description.utf8.count < 100_000, "an endless reason")
                return false
            }
            var copy = site
            do {
                try copy.perform(
                    command, as: person ?? moment.person.text, happened: moment.happened)
                return true
            } catch let rejection as Rejection {
                try require(!rejection.message.isEmpty, "\(name) is refused without a reason")
                try require(rejection.message.utf8.count < 100_000, "an endless reason")
                try require(copy.entries.count == site.entries.count, "a refusal recorded")
                return false
            }
        }

        /// The fields that hold one identifier, with what it names; `nil` where it is made.
        var identifiers: [(field: String, names: Thing?)] {
            guard case .object(let fields) = schema else { return [] }
            return fields.filter { $0.schema == PersonID.fieldSchema }.compactMap { field in
                body[field.name]?.stringValue.map { (field.name, site.state.things[$0]) }
            }
        }
    }

    private func withEveryCommand(_ check: (Acceptable) throws -> Void) throws {
        var left: [String: FieldSchema] = [:]
        for type in CommandCatalogue.all { left[type.name] = type.schema }
        for tour in GoldenFactTests.tours {
            let given = try tour().given
            var site = TestSite()
            for given in given {
                let type = type(of: given.command)
                site.now = given.moment.now.advanced(bySeconds: -60)
                if let schema = left.removeValue(forKey: type.name) {
                    try check(
                        Acceptable(
                            name: type.name, permission: type.permission, schema: schema,
                            body: try JSONValue(encoding: given.command), site: site,
                            moment: given.moment))
                }
                try site.perform(
                    given.command, as: given.moment.person.text, happened: given.moment.happened)
            }
        }
        #expect(left.isEmpty, "never given: \(left.keys.sorted())")
    }
}

/// A body with one thing wrong.
struct BadInput: CustomStringConvertible {
    var description: String
    var body: JSONValue
    /// False where the change may leave a command that makes sense.
    var mustBeRefused: Bool

    private static let megabyte = String(repeating: "x", count: 1_000_000)

    /// Everything that can be wrong with `body`, one thing at a time.
    static func all(of schema: FieldSchema, in body: JSONValue) -> [BadInput] {
        let junk: [JSONValue] = [.null, true, 7, "words", [], [:]]
        return junk.filter { $0.objectValue == nil }.map {
            BadInput(description: "\($0) for a command", body: $0, mustBeRefused: true)
        } + inside(schema, body, "")
    }

    private static func inside(
        _ schema: FieldSchema, _ value: JSONValue, _ path: String
    ) -> [BadInput] {
        switch (schema, value) {
        case (.object(let fields), .object(let members)): object(fields, members, path)
        case (.list(let element, let maximum), .array(let values)):
            list(element, maximum, values, path)
        default: leaf(schema).map { $0.described("\($0.description) as '\(path)'") }
        }
    }

    private static func object(
        _ fields: [FieldSchema.NamedField], _ members: [String: JSONValue], _ path: String
    ) -> [BadInput] {
        var bad: [BadInput] = []
        var extra = members
        extra["no such field"] = 1
        bad.append(
            BadInput(
                description: "another field in '\(path)'", body: .object(extra), mustBeRefused: true
            ))
        for field in fields {
            var less = members
            less[field.name] = nil
            bad.append(
                BadInput(
                    description: "no '\(field.name)'", body: .object(less),
                    mustBeRefused: field.isRequired))
            less[field.name] = .null
            bad.append(
                BadInput(
                    description: "null for '\(field.name)'", body: .object(less),
                    mustBeRefused: field.isRequired))
            // A field that was left out is tried with what is wrong for it as well.
            let value = members[field.name] ?? .null
            bad += inside(field.schema, value, path + "/" + field.name).map {
                var all = members
                all[field.name] = $0.body
                return BadInput(
                    description: $0.description, body: .object(all),
                    mustBeRefused: $0.mustBeRefused)
            }
        }
        return bad
    }

    private static func list(
        _ element: FieldSchema, _ maximum: Int, _ values: [JSONValue], _ path: String
    ) -> [BadInput] {
        var bad = [JSONValue.bool(true), 7, "words", [:]].map {
            BadInput(description: "\($0) as '\(path)'", body: $0, mustBeRefused: true)
        }
        guard let first = values.first else { return bad }
        let endless = Array(repeating: first, count: maximum + 1)
        bad.append(
            BadInput(
                description: "\(endless.count) members in '\(path)'", body: .array(endless),
                mustBeRefused: true))
        return bad
            + inside(element, first, path).map { member in
                BadInput(
                    description: member.description,
                    body: .array([member.body] + values.dropFirst()),
                    mustBeRefused: member.mustBeRefused)
            }
    }

    private static func leaf(_ schema: FieldSchema) -> [BadInput] {
        func refused(_ values: JSONValue...) -> [BadInput] {
            values.map { BadInput(description: named($0), body: $0, mustBeRefused: true) }
        }
        func tried(_ values: JSONValue...) -> [BadInput] {
            values.map { BadInput(description: named($0), body: $0, mustBeRefused: false) }
        }
        func named(_ value: JSONValue) -> String {
            (value.stringValue?.utf8.count ?? 0) > 80 ? "a megabyte of text" : "\(value)"
        }
        let control: JSONValue = "a\u{0}b"
        switch schema {
        case .text(let maximum):
            return refused(true, 7, 1e300, [], [:], control, "\u{1B}[2J", "\u{7F}\u{0}")
                + (maximum < megabyte.count ? refused(.string(megabyte)) : tried(.string(megabyte)))
                + tried("", " ", "\u{202E}\u{200B}", "🧫", "'; drop table", "<script>")
        case .choice:
            return refused(true, 7, [], [:], "", control, .string(megabyte), "no such word")
        case .integer(let range):
            return refused(
                true, "7", [], [:], 1e300, -1e300, 0.5, 9_007_199_254_740_993,
                .number(Double(range.lowerBound) - 1), .number(Double(range.upperBound) + 1))
                + tried(.number(Double(range.lowerBound)), .number(Double(range.upperBound)))
        case .boolean: return refused(7, "true", [], [:])
        case .formatted:
            return refused(true, 7, 1e300, [], [:], "", control, .string(megabyte))
                + tried(
                    "🧫",
                    "1e999 mL", "-1 mL", "1e-999 °C", "0 cells", "9999-12-31",
                    "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z")
        case .list: return refused(true, 7, "words", [:])
        case .object: return refused(true, 7, "words", [])
        }
    }

    private func described(_ text: String) -> BadInput {
        BadInput(description: text, body: body, mustBeRefused: mustBeRefused)
    }
}

extension JSONValue {
    /// This object with another text as its member `name`.
    fileprivate func replacing(_ name: String, with text: String) -> JSONValue {
        guard case .object(var members) = self else { return self }
        members[name] = .string(text)
        return .object(members)
    }
}
