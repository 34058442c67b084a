import Foundation
import Testing

/// A slip of the hand costs one look at the screen, not a search in the help.
@Suite struct MisspeltCommandTests {
    @Test(arguments: [
        (["servee"], "serve"), (["cytometrie"], "cytometry"), (["cytometry", "gat"], "gate"),
        (["verfiy", "site"], "verify"),
    ])
    func theNearestCommandIsNamed(arguments: [String], meant: String) throws {
        let outcome = try Shell.seedlot(arguments: arguments)
        #expect(outcome.code == 2)
        #expect(outcome.error.contains("did you mean '\(meant)'?"), "\(outcome.error)")
    }

    @Test(arguments: [["quux"], ["verify"], ["verify", "a", "b"], ["check", "--forma", "json"]])
    func nothingIsGuessedWhereNothingIsNear(arguments: [String]) throws {
        let outcome = try Shell.seedlot(arguments: arguments)
        #expect(outcome.code == 2)
        #expect(!outcome.error.contains("help: did you mean"), "\(outcome.error)")
    }
}
