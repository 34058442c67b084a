import Facility
import Ledger
import Testing

/// Instructions, procedures and forms: by version, each with its file.
@Suite struct DocumentTests {
    private func register(
        _ version: JSONValue, file: [UInt8], more: [String: JSONValue] = [:]
    ) -> JSONValue {
        .object(
            [
                "document": "SOP-7", "kind": "procedure", "title": "Gowning", "version": version,
                "file": [
                    "name": "gowning.pdf", "digest": .string(Digest.sha256(of: file).hex),
                ], "reason": "first text",
            ].merging(more) { $1 })
    }

    private func approve(_ version: JSONValue, _ day: CalendarDate) -> JSONValue {
        [
            "document": "SOP-7", "version": version, "effective": .string(day.description),
        ]
    }

    private func withSOP() throws -> TestSite {
        var site = try TestSite.founded()
        try site.perform("document.register", register("1", file: [1]), as: "supervisor")
        try site.perform(
            "document.approve", approve("1", site.now.date.advanced(byDays: 14)), as: "reviewer")
        return site
    }

    private func document(_ site: TestSite) throws -> ControlledDocument {
        try site.state.document(DocumentID("SOP-7")!)
    }

    private func train(_ person: JSONValue, in site: inout TestSite) throws {
        try site.perform(
            "people.record-training",
            ["person": person, "instruction": "SOP-7", "document": "T-1"], as: "supervisor")
    }

    @Test func aVersionIsInForceFromItsDayOnAndSupersedesTheOneBefore() throws {
        var site = try withSOP()
        let first = site.now.date
        #expect(try document(site).inForce(on: first) == nil)
        #expect(try document(site).inForce(on: first.advanced(byDays: 14))?.number == "1")
        try site.perform(
            "document.register", register("2", file: [2], more: ["reason": "hair covers"]),
            as: "supervisor")
        #expect(site.state.documentStandings(on: first).map(\.standing) == [.draft, .coming])
        try site.perform(
            "document.approve", approve("2", first.advanced(byDays: 30)), as: "reviewer")
        let days = [0, 14, 29, 30].map { first.advanced(byDays: $0) }
        #expect(
            try days.map { try document(site).inForce(on: $0)?.number } == [nil, "1", "1", "2"])
        #expect(
            site.state.documentStandings(on: days[3]).map(\.standing) == [.inForce, .superseded])
        try site.perform(
            "document.withdraw", ["document": "SOP-7", "reason": "in the training programme"],
            as: "reviewer")
        #expect(try document(site).inForce(on: days[3]) == nil)
        #expect(
            site.refusal("document.register", register("3", file: [3]), as: "supervisor")
                == "document.withdrawn")
    }

    @Test func whatIsNoNewVersionOfTheDocumentIsRefused() throws {
        var site = try withSOP()
        for (body, code) in [
            (register("1", file: [9]), "document.version-registered"),
            (register("2", file: [1]), "document.no-change"),
            (register("2", file: [2], more: ["kind": "form"]), "document.another-kind"),
            (register("2", file: [2], more: ["document": "admin"]), "site.identifier-in-use"),
            (register("2", file: [2], more: ["reason": " "]), "site.text-missing"),
        ] { #expect(site.refusal("document.register", body, as: "supervisor") == code) }
    }

    @Test func anotherPersonApprovesTheNewestText() throws {
        var site = try withSOP()
        let today = site.now.date
        for version in 2...3 {
            try site.perform(
                "document.register", register(.string("\(version)"), file: [UInt8(version)]),
                as: "reviewer")
        }
        func refusal(_ version: JSONValue, days: Int = 20) -> String? {
            site.refusal(
                "document.approve", approve(version, today.advanced(byDays: days)), as: "reviewer")
        }
        #expect(refusal("1") == "document.approved")
        #expect(refusal("9") == "document.unknown-version")
        #expect(refusal("2") == "document.own-version")
        try site.perform(
            "people.enrol",
            ["person": "reviewer-2", "printedName": "Second", "roles": ["qa-reviewer"]],
            as: "admin")
        func second(_ version: JSONValue, days: Int) -> String? {
            site.refusal(
                "document.approve", approve(version, today.advanced(byDays: days)),
                as: "reviewer-2")
        }
        #expect(second("3", days: -1) == "document.effective-day")
        #expect(second("3", days: 13) == "document.effective-day")
        #expect(second("3", days: 14) == nil)
        #expect(second("2", days: 20) == "document.older-version")
    }

    /// Who was trained in the version before is due by the day the next one takes effect.
    @Test func trainingIsByVersion() throws {
        var site = try withSOP()
        func due() -> [String] {
            site.state.due(asOf: site.now.date, within: 400)
                .filter { $0.kind == .training && $0.task.contains("SOP-7") }
                .map { "\($0.subject) \($0.due?.description ?? "")" }
        }
        #expect(due().isEmpty)
        try train("operator-1", in: &site)
        #expect(due().isEmpty)
        #expect(site.state.people[PersonID("operator-1")!]?.readings.map(\.version) == ["1"])
        let day = site.now.date.advanced(byDays: 30)
        try site.perform(
            "document.register", register("2", file: [2], more: ["readers": ["qc-analyst"]]),
            as: "supervisor")
        #expect(due().isEmpty)
        try site.perform("document.approve", approve("2", day), as: "reviewer")
        #expect(due().sorted() == ["analyst \(day)", "operator-1 \(day)"])
        for person in ["analyst", "operator-1"] as [JSONValue] { try train(person, in: &site) }
        #expect(due().isEmpty)
    }

    @Test func trainingIsInOneThing() throws {
        var site = try withSOP()
        try site.registerDefinition()
        func refusal(_ more: [String: JSONValue]) -> String? {
            site.refusal(
                "people.record-training",
                .object(["person": "operator-1", "document": "T-1"].merging(more) { $1 }),
                as: "supervisor")
        }
        #expect(refusal([:]) == "people.training-subject")
        #expect(
            refusal(["definition": "SMALL-1.0.0", "instruction": "SOP-7"])
                == "people.training-subject")
        #expect(
            refusal(["instruction": "SOP-7", "stages": ["banking"]]) == "people.training-subject")
        #expect(refusal(["instruction": "SOP-8"]) == "site.unknown-identifier")
        try site.perform(
            "document.register", register("1", file: [5], more: ["document": "SOP-8"]),
            as: "supervisor")
        #expect(refusal(["instruction": "SOP-8"]) == "document.not-approved")
    }
}
