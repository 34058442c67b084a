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
