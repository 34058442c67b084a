import Foundation
import ProductDefinition
import TestSupport
import Testing

@Suite struct DescriptionTests {
    @Test func theSchemaIsJSONAndResolvesItsReferences() throws {
        let text = DefinitionSchema.json
        let schema = try #require(
            try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        let definitions = try #require(schema["$defs"] as? [String: Any])
        #expect((schema["properties"] as? [String: Any])?["product"] != nil)
        let references = text.split(separator: "#/$defs/").dropFirst()
            .map { String($0.prefix { $0 != "\"" }) }
        #expect(references.count > 50)
        for reference in references {
            #expect(definitions[reference] is [String: Any], "\(reference)")
        }
    }

    @Test func theReferencePageIsThatOfTheTables() throws {
        let page = repository.appending(path: "docs/reference/definition.md")
        if ProcessInfo.processInfo.environment["UPDATE_SNAPSHOTS"] == "1" {
            try FileManager.default.createDirectory(
                at: page.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(DefinitionPage.markdown.utf8).write(to: page)
        }
        let written = try String(contentsOf: page, encoding: .utf8)
        #expect(
            written == DefinitionPage.markdown, "rewrite it with UPDATE_SNAPSHOTS=1 and review it")
    }
}
