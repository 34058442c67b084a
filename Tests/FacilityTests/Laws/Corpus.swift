import Facility
import Foundation
import Ledger
import TestSupport

/// Commands that people gave in the tours, to be given again elsewhere.
///
/// The tours together give every command of the catalogue in circumstances in which it makes sense;
/// with other identifiers and other instants their lines make sense at other sites as well.
struct Corpus: Sendable {
    /// The lines of each tour, in order.
    let scripts: [[Line]]
    /// The lines that give a command, by its name.
    let byName: [String: [Line]]
    /// Sites a walk can start from: each tour's, as it stood after some of its lines.
    let openings: [Opening]

    /// A site with a tour that can go on.
    struct Opening: Sendable {
        var site: TestSite
        var script: Int
        /// The line that comes next.
        var next: Int
    }

    /// Lines between two openings of a tour.
    private static let stride = 6

    /// One command as it was given.
    struct Line: Sendable {
        var name: String
        var schema: FieldSchema
        var body: JSONValue
        var person: String
        var now: Timestamp
        var happened: Timestamp
        /// What each identifier in it named at that time; `nil` when the command made it.
        var names: [String: Thing?]
    }

    init(tours: [TestSite]) throws {
        var schemas: [String: FieldSchema] = [:]
        for type in CommandCatalogue.all { schemas[type.name] = type.schema }
        scripts = try tours.map { try Self.lines(of: $0, schemas) }
        byName = Dictionary(grouping: scripts.flatMap(\.self), by: \.name)
        openings = try tours.enumerated().flatMap { script, tour in
            try Self.openings(of: tour, script, schemas)
        }
    }

    /// `tour` once more, with a halt after every few of its lines.
    private static func openings(
        of tour: TestSite, _ script: Int, _ schemas: [String: FieldSchema]
    ) throws -> [Opening] {
        var site = TestSite()
        var openings: [Opening] = []
        var next = 0
        for given in tour.given {
            if next % stride == 0 { openings.append(.init(site: site, script: script, next: next)) }
            site.now = given.moment.now.advanced(bySeconds: -60)
            try site.perform(
                given.command, as: given.moment.person.text, happened: given.moment.happened)
            if schemas[type(of: given.command).name] != nil { next += 1 }
        }
        return openings
    }

    /// The commands of `site` that stand in the catalogue; signing in is no command of it.
    private static func lines(
        of site: TestSite, _ schemas: [String: FieldSchema]
    ) throws -> [Line] {
        var lines: [Line] = []
        var state = SiteState()
        for given in site.given {
            let name = type(of: given.command).name
            if let schema = schemas[name] {
                var line = Line(
                    name: name, schema: schema, body: try JSONValue(encoding: given.command),
                    person: given.moment.person.text, now: given.moment.now,
                    happened: given.moment.happened, names: [:])
                _ = line.body.rewritten(for: schema) { _, schema, value in
                    if schema == PersonID.fieldSchema, let text = value.stringValue {
                        line.names[text] = .some(state.things[text])
                    }
                    return value
                }
                lines.append(line)
            }
            for entry in site.entries[given.entries] {
                let (fact, stamp) = try entry.fact()
                state.apply(fact, at: stamp)
            }
        }
        return lines
    }
}

extension JSONValue {
    /// This value with every leaf that `schema` describes replaced by what `leaf` makes of the
    /// field's name, its schema and its value.
    func rewritten(
        for schema: FieldSchema, named name: String = "",
        _ leaf: (String, FieldSchema, JSONValue) -> JSONValue
    ) -> JSONValue {
        switch (schema, self) {
        case (.object(let fields), .object(var members)):
            for field in fields {
                guard let value = members[field.name] else { continue }
                members[field.name] = value.rewritten(
                    for: field.schema, named: field.name, leaf)
            }
            return .object(members)
        case (.list(let element, _), .array(let values)):
            return .array(values.map { $0.rewritten(for: element, named: name, leaf) })
        default: return leaf(name, schema, self)
        }
    }
}
