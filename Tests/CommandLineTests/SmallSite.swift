import Foundation
import Testing

/// A site with a handful of facts, in a folder that goes with it.
final class SmallSite {
    /// Entries of a new one.
    static let entries = 8

    let folder: URL
    /// The site's folder.
    let path: String
    /// The file that holds the site's public key.
    var key: String { "\(path)/site.json" }

    init() throws {
        folder = try Shell.temporaryFolder()
        path = folder.appending(path: "site").path
        try play(Self.scenario)
    }

    /// The site that stands at `path` already.
    init(continuing path: String) throws {
        folder = try Shell.temporaryFolder()
        self.path = path
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    /// A path beside the site.
    func beside(_ name: String) -> String { folder.appending(path: name).path }

    /// Performs the lines of a scenario.
    func play(_ scenario: String) throws {
        let file = folder.appending(path: "scenario-\(UInt32.random(in: .min ... .max)).jsonl")
        try scenario.write(to: file, atomically: true, encoding: .utf8)
        let played = try Shell.seedlot("play", file.path, "--site", path)
        try #require(played.code == 0, "\(played.error)")
    }

    /// One more fact.
    func goOn(day: Int = 28) throws {
        try play(
            """
            {"passwords": {"operator-1": "demonstration"}}
            {"at": "2025-11-\(day)T08:00:00Z", "as": "operator-1", "do": "room.register", \
            "with": {"room": "ROOM-\(day)", "name": "store", "servesAs": "store", "grade": "D"}}
            """)
    }

    private static let scenario = """
        {"passwords": {"admin": "demonstration", "operator-1": "demonstration", "reviewer": "demonstration"}}
        {"at": "2025-11-24T08:03:00Z", "as": "admin", "do": "site.found", "with": {"site": "A site", "administrator": "admin", "printedName": "Administrator"}, "newPassword": "demonstration"}
        {"at": "2025-11-24T08:06:00Z", "as": "admin", "do": "people.enrol", "with": {"person": "operator-1", "printedName": "First operator", "roles": ["operator"]}, "newPassword": "demonstration"}
        {"at": "2025-11-24T08:07:00Z", "as": "admin", "do": "people.enrol", "with": {"person": "reviewer", "printedName": "QA reviewer", "roles": ["qa-reviewer"]}, "newPassword": "demonstration"}
        {"at": "2025-11-24T09:00:00Z", "as": "admin", "do": "people.assign-roles", "with": {"person": "operator-1", "roles": ["operator", "supervisor"], "reason": "trained as a supervisor"}}
        {"at": "2025-11-25T08:01:00Z", "as": "operator-1", "do": "room.register", "with": {"room": "ROOM-102", "name": "cell processing", "servesAs": "processing", "grade": "C"}}
        {"at": "2025-11-26T08:12:00Z", "as": "reviewer", "do": "environment.set-limits", "with": {"place": "ROOM-102", "method": "active-air", "alert": 50, "action": 100, "basis": "half the published limit"}}
        {"at": "2025-11-26T08:13:00Z", "as": "reviewer", "do": "environment.set-limits", "with": {"place": "ROOM-102", "method": "active-air", "alert": 50, "action": 80, "basis": "data of autumn, \\"quiet\\""}}
        """
}
