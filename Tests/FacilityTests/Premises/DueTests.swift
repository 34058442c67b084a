import Facility
import Guidance
import Ledger
import Testing

/// What is due, and by when.
@Suite struct DueTests {
    private func due(_ site: TestSite, within days: Int = 0) -> [String] {
        site.state.due(asOf: site.now.date, within: days).map {
            "\($0.kind.rawValue) \($0.subject) \($0.due?.description ?? "now")"
        }
    }

    @Test func aFoundedSiteNeedsItsHeads() throws {
        var site = TestSite()
        try site.perform(
            "site.found",
            ["site": "Test site", "administrator": "admin", "printedName": "Administrator"],
            as: "admin")
        #expect(due(site) == ["office production now", "office quality-control now"])
        try #expect(due(TestSite.founded()).isEmpty)
    }

    @Test func whatWasNeverDoneIsDueNow() throws {
        var site = try TestSite.withCleanroomDefinition()
        try site.registerPremises()
        #expect(
            due(site) == [
                "calibration ISO-1 now", "equipment-qualification FRZ-1 now",
                "equipment-qualification ISO-1 now", "process-simulation CLEAN now",
                "room-qualification R-1 now", "training operator-1 now",
                "training operator-2 now", "training supervisor now",
            ])
    }

    @Test func whatWasDoneIsDueAgainInTime() throws {
        let site = try TestSite.readyToIsolate()
        let later = due(site, within: 400)
        for item in [
            "calibration ISO-1 2026-12-31", "equipment-qualification ISO-1 2026-07-05",
            "process-simulation CLEAN 2026-07-05", "process-simulation operator-1 2026-07-05",
            "room-qualification R-1 2027-01-05", "gowning operator-1 2027-01-05",
        ] {
            #expect(later.contains(item), "\(item) is missing in \(later)")
        }
        let days = site.state.due(asOf: site.now.date, within: 400).map {
            $0.due?.daysSinceEpoch ?? .min
        }
        #expect(days == days.sorted())
    }

    @Test func everyItemNamesARuleOfTheCatalogue() throws {
        let site = try TestSite.readyToIsolate()
        for item in site.state.due(asOf: site.now.date, within: 4000) {
            #expect(item.rule.map { RuleCatalogue.rule($0) != nil } == true, "\(item)")
        }
    }

    @Test func monthsKeepTheDayOrEndTheMonth() {
        #expect(CalendarDate("2026-08-31")?.advanced(byMonths: 6) == CalendarDate("2027-02-28"))
        #expect(CalendarDate("2027-08-31")?.advanced(byMonths: 6) == CalendarDate("2028-02-29"))
        #expect(CalendarDate("2026-12-15")?.advanced(byMonths: 1) == CalendarDate("2027-01-15"))
        #expect(CalendarDate("2026-01-15")?.advanced(byMonths: -1) == CalendarDate("2025-12-15"))
    }
}

/// What is due besides premises and people.
@Suite struct QualityDueTests {
    private func due(_ kind: DueKind, _ site: TestSite) -> [String] {
        site.state.due(asOf: site.now.date, within: 4000).filter { $0.kind == kind }.map {
            "\($0.subject) \($0.due?.description ?? "now")"
        }
    }

    @Test func theFirstSelfInspectionComesWithinAYear() throws {
        var site = try TestSite.founded()
        #expect(due(.selfInspection, site).isEmpty)
        try site.registerDefinition()
        #expect(due(.selfInspection, site) == ["site 2027-01-05"])
        try site.perform(
            "site.record-self-inspection",
            ["report": "SI-1", "scope": "all", "intervalMonths": 6], as: "reviewer")
        #expect(due(.selfInspection, site) == ["SI-1 2026-07-05"])
        let standings = site.state.inspectionStandings(on: CalendarDate("2026-07-06")!)
        #expect(standings.map(\.overdue) == [true])
    }

    @Test func aRetainedSampleIsDecidedOnAfterItsTime() throws {
        var site = try TestSite.withCertifiedBatch()
        try site.perform(
            "sample.take", ["sample": "SA-1", "origin": "B-2-003", "purpose": "retained"],
            as: "operator-1")
        let expiry = try #require(site.state.containers[ContainerID("B-2-003")!]?.expires)
        #expect(due(.retainedSample, site) == ["SA-1 \(expiry.advanced(byDays: 365))"])
    }

    @Test func aStudyAndAnActionAreDueOnce() throws {
        let site = try TestSite.tourOfEvents()
        let items = site.state.due(asOf: site.now.date, within: 4000)
        #expect(Set(items).count == items.count)
        for study in site.state.studies.values where study.conclusion == nil {
            let open = study.months.count - study.pulls.count
            #expect(
                items.count { $0.kind == .stabilityPull && $0.subject == study.id.text } == open)
        }
        for action in site.state.correctiveActions.values {
            let count = items.count {
                $0.kind == .correctiveAction && $0.subject == action.id.text
            }
            #expect(count == (action.isOpen ? 1 : 0))
        }
    }

    @Test func obligationsStandByTheirDeadlines() throws {
        var site = try TestSite.founded()
        for (id, kind, due) in [
            ("OB-1", "renewal", "2027-03-31"), ("OB-2", "report", "2026-08-31"),
            ("OB-3", "report", "2026-02-28"),
        ] as [(JSONValue, JSONValue, JSONValue)] {
            try site.perform(
                "obligation.record",
                [
                    "obligation": id, "kind": kind, "authorisation": "EU/1/26/001",
                    "task": "as agreed", "due": due,
                ], as: "reviewer")
        }
        try site.perform(
            "obligation.fulfil", ["obligation": "OB-3", "evidence": "submission 3"],
            as: "reviewer")
        let standings = site.state.obligationStandings(on: CalendarDate("2026-10-01")!)
        #expect(standings.map(\.obligation.text) == ["OB-2", "OB-1", "OB-3"])
        #expect(standings.map(\.overdue) == [true, true, false])
        #expect(standings.map(\.deadline.description).dropLast() == ["2026-08-31", "2026-09-30"])
        #expect(standings.last?.evidence == "submission 3")
    }
}
