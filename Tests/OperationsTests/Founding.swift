import Facility
import Foundation
import Ledger
import LedgerTestSupport
import Operations
import Testing

/// A founded site in a folder of its own, with quick keys and a clock set by hand.
struct Founding {
    let folder: SiteFolder
    let clock: SetClock
    let site: Site

    static let password = "a long password"
    static let admin = PersonID("admin")!
    static let operator1 = PersonID("operator-1")!
    static let reviewer = PersonID("reviewer")!

    /// Founds a site on `storage` and enrols an operator and a reviewer.
    init(on storage: any LedgerStorageEngine = InMemoryLedgerStorage()) async throws {
        let url = FileManager.default.temporaryDirectory
            .appending(path: "seedlot-test-\(UInt64.random(in: .min ... .max))")
        folder = try SiteFolder(creating: url, name: "Test site", origin: "test.example.org/ledger")
        clock = SetClock(Timestamp("2026-01-05T08:00:00Z")!)
        site = try await Site(
            folder: folder, storage: storage, clock: clock, scryptCost: .quick)
        let found = FoundSite(
            site: "Test site", administrator: Self.admin, printedName: "Administrator")
        _ = try await site.perform(
            Request(found, by: Self.admin, newPassword: Self.password, key: "found"))
        try await enrol(Self.operator1, as: "operator")
        try await enrol(Self.reviewer, as: "qa-reviewer")
    }

    /// Removes the folder.
    func remove() { try? FileManager.default.removeItem(at: folder.url) }

    /// Enrols a person with one role.
    func enrol(_ person: PersonID, as role: String) async throws {
        _ = try await perform(
            "people.enrol",
            [
                "person": .string(person.text), "printedName": .string(person.text),
                "roles": [.string(role)],
            ], as: Self.admin, newPassword: Self.password)
    }

    /// Performs a command, a minute after the one before.
    @discardableResult
    func perform(
        _ name: String, _ body: JSONValue, as person: PersonID, password: String? = nil,
        newPassword: String? = nil, key: String = Request.newKey()
    ) async throws -> Receipt {
        clock.set(clock.now().advanced(bySeconds: 60))
        let command = try CommandCatalogue.decode(name, from: body)
        return try await site.perform(
            Request(
                command, by: person, authentication: password.map { .password($0) } ?? .none,
                newPassword: newPassword, key: key))
    }

    /// Registers a donor: a command that needs neither password nor anything before it.
    @discardableResult
    func registerDonor(_ donor: String, key: String = Request.newKey()) async throws -> Receipt {
        try await perform(
            "donor.register", ["donor": .string(donor), "relation": "donor"], as: Self.operator1,
            key: key)
    }

    /// The site opened a second time from the same ledger.
    func reopened(on storage: any LedgerStorageEngine) async throws -> Site {
        try await Site(folder: folder, storage: storage, clock: clock, scryptCost: .quick)
    }
}

/// The code of the refusal that `body` meets.
func refusal(_ body: () async throws -> Void) async -> String? {
    do {
        try await body()
        return nil
    } catch let refusal as Refusal {
        return refusal.code
    } catch {
        return "not a refusal: \(error)"
    }
}
