import Foundation
import Testing

/// `commands`: the catalogue for people and programs.
@Suite struct CatalogueCommandTests {
    @Test func everyCommandIsListed() throws {
        let listed = try Shell.seedlot("commands")
        #expect(listed.code == 0)
        #expect(listed.output.contains("batch.complete-step"))
        let json = try Shell.seedlot("commands", "--format", "json")
        let rows = try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [Any]
        #expect(rows?.count == listed.output.split(separator: "\n").count)
    }

    @Test func theSchemaOfACommandIsJSONSchema() throws {
        let schema = try Shell.seedlot("commands", "people.enrol", "--schema")
        #expect(schema.code == 0)
        let object =
            try JSONSerialization.jsonObject(with: Data(schema.output.utf8)) as? [String: Any]
        #expect(object?["$schema"] as? String == "https://json-schema.org/draft/2020-12/schema")
        let required = object?["required"] as? [String]
        #expect(Set(required ?? []) == ["person", "printedName", "roles"])
    }
}
