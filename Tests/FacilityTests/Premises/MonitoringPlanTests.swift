import Facility
import Ledger
import Quantities
import Testing

extension TestSite {
    /// What a plan for the isolator has.
    static let isolatorPoints: JSONValue = [
        ["location": "P1", "method": "continuous-particles", "eachOperation": true],
        ["location": "S1", "method": "settle-plate", "eachOperation": true],
        ["location": "C1", "method": "contact-plate", "everyDays": 7],
        ["location": "left glove", "method": "glove-print", "eachOperation": true],
    ]

    mutating func setPlan(
        version: JSONValue = "1", points: JSONValue = isolatorPoints, change: JSONValue? = nil
    ) throws {
        var body: [String: JSONValue] = [
            "place": "ISO-1", "version": version, "points": points, "basis": "RA-EM-1",
        ]
        body["change"] = change
        try perform("environment.set-plan", .object(body), as: "reviewer")
    }

    /// A sample at a location of the isolator.
    static func sample(
        _ id: JSONValue, at location: JSONValue, by method: JSONValue, reason: JSONValue? = nil
    ) -> JSONValue {
        var body: [String: JSONValue] = [
            "sample": id, "place": "ISO-1", "location": location, "method": method,
            "state": "in-operation", "exposedMinutes": 60, "person": "operator-1",
        ]
        body["reason"] = reason
        return .object(body)
    }

    /// Plans, their next version, and a sample outside of them.
    static func tourOfMonitoring() throws -> TestSite {
        var site = try readyToIsolate()
        try site.setPlan()
        try site.approveChange("CC-4", touching: "ISO-1")
        try site.setPlan(version: "2", change: "CC-4")
        try site.perform(
            "environment.take-sample", sample("EM-1", at: "S1", by: "settle-plate"),
            as: "operator-2")
        try site.perform(
            "environment.take-sample",
            sample("EM-2", at: "sleeve", by: "contact-plate", reason: "after growth on a glove"),
            as: "operator-2")
        return site
    }
}

/// Where, how and how often a place is watched, and what nobody took.
@Suite struct MonitoringPlanTests {
    private func missing(_ site: TestSite) throws -> [String] {
        site.state.exceptions(of: try site.state.batch(BatchID("B-9")!)).filter {
            $0.kind == .monitoring
        }.map(\.description)
    }

    @Test(arguments: [
        (0, "em-particles"), (1, "em-viable"), (2, "em-viable"), (3, "em-viable"),
    ])
    func aPlanForGradeAIsWhole(without index: Int, rule: String) throws {
        var site = try TestSite.readyToIsolate()
        var points = TestSite.isolatorPoints.arrayValue ?? []
        points.remove(at: index)
        let body: JSONValue = [
            "place": "ISO-1", "version": "1", "points": .array(points), "basis": "RA-EM-1",
        ]
        #expect(try site.rule("environment.set-plan", body, as: "reviewer") == rule)
    }

    @Test func aPointThatIsNeverTakenAndOneNamedTwiceAreRefused() throws {
        var site = try TestSite.readyToIsolate()
        for points in [
            [["location": "P1", "method": "settle-plate"]],
            [
                ["location": "P1", "method": "settle-plate", "everyDays": 7],
                ["location": "P1", "method": "settle-plate", "eachOperation": true],
            ],
            [["location": "P1", "method": "settle-plate", "everyDays": 0]], [],
        ] as [JSONValue] {
            let code = site.refusal(
                "environment.set-plan",
                ["place": "R-1", "version": "1", "points": points, "basis": "RA"], as: "reviewer")
            #expect(code?.hasPrefix("environment.plan-") == true)
        }
    }

    @Test func aNewVersionNeedsAChangeThatTouchesThePlace() throws {
        var site = try TestSite.readyToIsolate()
        try site.setPlan()
        let next: JSONValue = [
            "place": "ISO-1", "version": "2", "points": TestSite.isolatorPoints, "basis": "RA",
        ]
        #expect(site.refusal("environment.set-plan", next, as: "reviewer") == "change.missing")
        try site.approveChange("CC-5", touching: "R-1")
        var other = next.objectValue ?? [:]
        other["change"] = "CC-5"
        #expect(
            site.refusal("environment.set-plan", .object(other), as: "reviewer")
                == "change.of-other")
        try site.approveChange("CC-4", touching: "ISO-1")
        try site.setPlan(version: "2", change: "CC-4")
    }

    @Test func aLocationOutsideThePlanIsRefusedWithTheNearestName() throws {
        var site = try TestSite.readyToIsolate()
        try site.setPlan()
        do {
            try site.perform(
                "environment.take-sample",
                TestSite.sample("EM-1", at: "S2", by: "settle-plate"), as: "operator-2")
            Issue.record("taken")
        } catch let rejection as Rejection {
            #expect(rejection.code == "environment.not-in-plan")
            #expect(rejection.help?.contains("'S1'") == true)
        }
        try site.perform(
            "environment.take-sample",
            TestSite.sample("EM-1", at: "S2", by: "settle-plate", reason: "investigation DEV-7"),
            as: "operator-2")
    }

    @Test func whatADayAsksForFallsDue() throws {
        var site = try TestSite.readyToIsolate()
        try site.setPlan()
        let day = site.now.date
        func due(_ site: TestSite) -> [CalendarDate?] {
            site.state.due(asOf: day, within: 30).filter {
                $0.kind == .environmentSample && $0.subject == "ISO-1"
            }.map(\.due)
        }
        #expect(due(site) == [day.advanced(byDays: 7)])
        site.wait(days: 3)
        try site.perform(
            "environment.take-sample", TestSite.sample("EM-1", at: "C1", by: "contact-plate"),
            as: "operator-2")
        #expect(due(site) == [day.advanced(byDays: 10)])
    }

    /// What the plan asks for at every open operation stands in the review until it is entered or
    /// quality has decided.
    @Test func whatAnOpenOperationLacksStandsInTheReview() throws {
        var site = try TestSite.readyToIsolate()
        try site.setPlan()
        try site.makeCleanBank()
        let found = try #require(try missing(site).first)
        #expect(found.contains("settle-plate at S1") && found.contains("glove-print"))
        #expect(!found.contains("contact-plate"))
        #expect(
            site.state.due(asOf: site.now.date).contains {
                $0.kind == .environmentSample && $0.subject == "B-9"
            })
        let end = try #require(
            site.state.batches[BatchID("B-9")!]?.steps["isolate"]?.completed?.happened)
        for (id, location, method) in [
            ("EM-1", "S1", "settle-plate"), ("EM-2", "left glove", "glove-print"),
        ] {
            try site.perform(
                "environment.take-sample",
                TestSite.sample(.string(id), at: .string(location), by: .string(method)),
                as: "operator-2", happened: end)
        }
        #expect(try missing(site).isEmpty)
    }

    @Test func aPlanAsksNothingOfEarlierWork() throws {
        var site = try TestSite.readyToIsolate()
        try site.makeCleanBank()
        try site.setPlan()
        #expect(try missing(site).isEmpty)
    }

    @Test func qualityDecidesOnWhatWasNotTaken() throws {
        var site = try TestSite.readyToIsolate()
        try site.setPlan()
        try site.makeCleanBank()
        let batch = try site.state.batch(BatchID("B-9")!)
        let open = try #require(
            site.state.exceptions(of: batch).first { $0.kind == .monitoring && $0.isOpen })
        try site.perform(
            "batch.dispose-exception",
            [
                "batch": "B-9", "exception": .string(open.id), "disposition": "acceptable",
                "reason": "closed isolator, particle counts complete",
            ], as: "reviewer")
        #expect(
            !site.state.due(asOf: site.now.date).contains {
                $0.kind == .environmentSample && $0.subject == "B-9"
            })
    }
}
