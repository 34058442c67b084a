import Facility
import Ledger
import Testing
import TestSupport

/// The catalogues: complete, unique, and described.
@Suite struct CatalogueTests {
    @Test func namesAndKindsAreUnique() {
        let names = CommandCatalogue.all.map { $0.name }
        #expect(Set(names).count == names.count)
        let kinds = FactCatalogue.all.map { $0.kind }
        #expect(Set(kinds).count == kinds.count)
    }

    @Test func everyFieldOfEveryCommandIsExplained() {
        for type in CommandCatalogue.all {
            guard case .object(let fields) = type.schema else {
                Issue.record("\(type.name) has no fields")
                continue
            }
            #expect(Set(fields.map(\.name)) == Set(type.help.keys), "\(type.name)")
        }
    }

    @Test func everyFactCarriesItsVersion() {
        for type in FactCatalogue.all {
            #expect(
                type.kind.wholeMatch(of: /[a-z-]+\.[a-z-]+\/[1-9][0-9]*/) != nil, "\(type.kind)")
        }
    }

    @Test func aMisspeltCommandIsNamed() {
        #expect(throws: CommandProblem.self) {
            try CommandCatalogue.decode("batch.complet-step", from: [:])
        }
        do {
            _ = try CommandCatalogue.decode("batch.complet-step", from: [:])
        } catch {
            #expect(error.description.contains("did you mean 'batch.complete-step'?"))
        }
    }

    @Test func everythingWrongIsSaidAtOnce() {
        do {
            _ = try CommandCatalogue.decode(
                "people.enrol", from: ["person": 7, "roles": ["operatr"], "nmae": "x"])
            Issue.record("decoded")
        } catch {
            #expect(error.problems.count == 4)
            #expect(error.description.contains("'person' is a number"))
            #expect(error.description.contains("did you mean 'operator'?"))
            #expect(error.description.contains("'printedName' is missing"))
            #expect(error.description.contains("'nmae' is not a field"))
        }
    }

    /// Any JSON in place of a command is either the command or a reason, never a crash.
    @Test func arbitraryJSONIsReadOrRefused() {
        forAll(cases: 2_000) { generator in
            let type = CommandCatalogue.all.randomElement(using: &generator)!
            let json = JSONValue.arbitrary(for: type.schema, using: &generator)
            do throws(CommandProblem) {
                _ = try CommandCatalogue.decode(type.name, from: json)
            } catch {
                try require(!error.problems.isEmpty, "refused without a reason: \(json)")
            }
        }
    }

    /// A command that decodes is decided or refused on any site, and a refusal changes nothing.
    @Test func arbitraryCommandsAreDecidedOrRefused() throws {
        let site = try TestSite.withCertifiedBatch()
        let people = [
            "admin", "operator-1", "supervisor", "analyst", "reviewer", "qp", "inspector", "nobody",
        ]
        forAll(cases: 2_000) { generator in
            let type = CommandCatalogue.all.randomElement(using: &generator)!
            let json = JSONValue.plausible(for: type.schema, on: site.state, using: &generator)
            guard let command = try? CommandCatalogue.decode(type.name, from: json) else { return }
            var copy = site
            let person = people.randomElement(using: &generator)!
            do {
                try copy.perform(command, as: person)
            } catch let rejection as Rejection {
                try require(!rejection.message.isEmpty, "refused without a reason")
                try require(copy.entries.count == site.entries.count, "a refusal recorded")
            }
        }
    }
}

extension JSONValue {
    /// JSON that is sometimes what the schema asks for, and often not.
    static func arbitrary(
        for schema: FieldSchema, using generator: inout SeededGenerator
    ) -> JSONValue {
        if Int.random(in: 0..<6, using: &generator) == 0 { return junk(using: &generator) }
        switch schema {
        case .text: return .string("some text")
        case .choice(let words): return .string(words.randomElement(using: &generator)!)
        case .integer(let range): return .number(Double(Int.random(in: range, using: &generator)))
        case .boolean: return .bool(Bool.random(using: &generator))
        case .formatted(_, let example): return .string(example)
        case .list(let element, _):
            return .array((0..<2).map { _ in arbitrary(for: element, using: &generator) })
        case .object(let fields):
            var members: [String: JSONValue] = [:]
            for field in fields where Int.random(in: 0..<10, using: &generator) > 0 {
                members[field.name] = arbitrary(for: field.schema, using: &generator)
            }
            return .object(members)
        }
    }

    /// What a schema asks for, with identifiers that the site knows.
    static func plausible(
        for schema: FieldSchema, on site: SiteState, using generator: inout SeededGenerator
    ) -> JSONValue {
        switch schema {
        case .formatted(_, "ID-0001"):
            let known = Array(site.things.keys.sorted())
            return .string(known.randomElement(using: &generator)!)
        case .text:
            let words = ["isolate", "thaw", "fill", "time", "viability", "cord", "production"]
            return .string(words.randomElement(using: &generator)!)
        case .list(let element, _):
            return .array((0..<2).map { _ in plausible(for: element, on: site, using: &generator) })
        case .object(let fields):
            var members: [String: JSONValue] = [:]
            for field in fields {
                members[field.name] = plausible(for: field.schema, on: site, using: &generator)
            }
            return .object(members)
        default: return arbitrary(for: schema, using: &generator)
        }
    }

    private static func junk(using generator: inout SeededGenerator) -> JSONValue {
        let junk: [JSONValue] = [
            .null, true, -1, 1e300, "", "\u{0}\u{1}", [], [:],
            .string(String(repeating: "x", count: 9_000)),
            "2026-13-45", "1e999 mL", "🧫", .array(Array(repeating: 1, count: 3)),
        ]
        return junk.randomElement(using: &generator)!
    }
}
