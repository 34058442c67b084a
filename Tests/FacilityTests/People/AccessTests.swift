import Facility
import Ledger
import Testing

/// Accounts, training, gowning, heads, sign-in.
@Suite struct AccessTests {
    @Test func theHeadsAreTwoPeopleOfTheirOffices() throws {
        var site = try TestSite.founded()
        let both = try site.rule(
            "people.appoint-head", ["office": "quality-control", "person": "supervisor"],
            as: "admin")
        #expect(both == "production-qc-separate")
        let without = try site.rule(
            "people.appoint-head", ["office": "production", "person": "operator-1"], as: "admin")
        #expect(without == "production-qc-separate")
        #expect(
            site.refusal(
                "people.appoint-head", ["office": "production", "person": "supervisor"],
                as: "reviewer") == "people.not-permitted")
    }

    /// Whoever keeps the accounts has no say over product, and an inspector only reads.
    @Test func theAdministratorAndTheInspectorTouchNothingOfTheProduct() throws {
        let own: Set<Permission> = [.keepOwnAccount]
        #expect(Role.administrator.permissions == own.union([.managePeople]))
        #expect(Role.inspector.permissions == own)
        for type in CommandCatalogue.all {
            let roles = type.permission.roles
            #expect(!roles.isEmpty, "nobody may give \(type.name)")
            if type.permission == .qualify || type.permission == .manageSuppliers {
                #expect(roles == [.qualityAssurance], "\(type.name)")
            }
        }
    }

    @Test func whoeverLeftMayNothingAndKeepsTheirRecords() throws {
        var site = try TestSite.withBank()
        try site.perform("people.leave", ["person": "operator-1", "reason": "moved"], as: "admin")
        let code = site.refusal(
            "donor.register", ["donor": "D-9", "relation": "birth-mother"], as: "operator-1")
        #expect(code == "people.inactive")
        let step = site.state.batches[BatchID("B-1")!]?.steps["isolate"]
        #expect(step?.completed?.person == PersonID("operator-1"))
        #expect(
            site.refusal("people.leave", ["person": "admin", "reason": "x"], as: "admin")
                == "people.last-administrator")
    }

    @Test func trainingIsForOneVersion() throws {
        var site = try TestSite.readyToIsolate(without: .training)
        try site.registerDefinition()
        #expect(try site.startIsolation() == "training-current")
        #expect(
            site.refusal(
                "people.record-training",
                ["person": "supervisor", "definition": "CLEAN-1", "document": "TR-2"],
                as: "supervisor") == "people.own-training")
    }

    @Test func trainingEndsOnItsDay() throws {
        var site = try TestSite.readyToIsolate(without: .training)
        try site.perform(
            "people.record-training",
            [
                "person": "operator-1", "definition": "CLEAN-1", "document": "TR-2",
                "stages": ["banking"], "expires": .string(site.now.date.description),
            ], as: "supervisor")
        var later = site
        later.wait(days: 1)
        #expect(try later.startIsolation() == "training-current")
        #expect(try site.startIsolation() == nil)
    }

    @Test(arguments: [(25, true), (26, false)])
    func gowningIsJudgedByTheLimitsOfItsGrade(chest: Int, passes: Bool) throws {
        var site = try TestSite.founded()
        try site.assessGowning("operator-1", chest: .number(Double(chest)))
        let person = try #require(site.state.people[PersonID("operator-1")!])
        #expect((person.gowned(for: .c) != nil) == passes)
        #expect(person.gowned(for: .b) == nil)
        #expect((person.gowned(for: .d) != nil) == passes)
    }

    @Test func gowningHoldsAYear() throws {
        var site = try TestSite.founded()
        try site.assessGowning("operator-1")
        let person = try #require(site.state.people[PersonID("operator-1")!])
        #expect(person.gowned(for: .c) == CalendarDate("2027-01-05"))
    }

    @Test func fiveWrongPasswordsLockThePersonOutForFiveMinutes() throws {
        var site = try TestSite.founded()
        for _ in 1...5 { try site.perform(FailSignIn(attempts: 1), as: "analyst") }
        let person = try #require(site.state.people[PersonID("analyst")!])
        #expect(person.access.lockedUntil == site.now.advanced(bySeconds: 300))
        #expect(throws: Rejection.self) { try site.perform(SignIn(), as: "analyst") }
        site.now = site.now.advanced(bySeconds: 300)
        try site.perform(SignIn(unrecorded: 2), as: "analyst")
        #expect(site.state.people[PersonID("analyst")!]?.access.failedInARow == 0)
    }

    @Test func guessingDoesNotFillTheLedger() throws {
        var site = try TestSite.founded()
        let before = site.entries.count
        for _ in 1...200 {
            _ = try? site.perform(FailSignIn(attempts: 1), as: "analyst")
        }
        #expect(site.entries.count - before == AccessRecord.failuresRecordedPerDayMax)
        site.wait(days: 1)
        try site.perform(FailSignIn(attempts: 160), as: "analyst")
    }

    @Test func aReplacedKeyCountsFromItsEntry() throws {
        var site = try TestSite.founded()
        let before = UInt64(site.entries.count)
        #expect(
            site.refusal("people.replace-key", ["person": "admin", "reason": "lost"], as: "admin")
                == "people.own-key")
        try site.perform("people.replace-key", ["person": "qp", "reason": "lost"], as: "admin")
        let person = try #require(site.state.people[PersonID("qp")!])
        #expect(person.keyEntry(at: before) == before)
        #expect(person.keyEntry(at: before - 1) == person.enrolled.entry)
    }
}
