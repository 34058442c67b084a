import Documents
import Facility
import Ledger
import Testing

/// The control chart of what a control gave over the runs of its method.
@Suite struct ControlTrendTests {
    /// NIST/SEMATECH e-Handbook of Statistical Methods, 6.3.2.2: ten measurements of a flow rate,
    /// with the limits 45.8159 and 55.8041 around 50.81.
    private static let flowRates = [49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1]

    /// A site that knows the facts of a laboratory and nothing else.
    private struct Laboratory {
        var state = SiteState()
        private var seconds: Int64 = 0

        /// One method with one control, and a lot it is a test of.
        init() throws {
            try record(
                "material.received/1",
                [
                    "lot": "L-1", "material": "medium", "supplier": "supplier",
                    "supplierLot": "S-1", "expiry": "2027-12-31", "quantity": "1 L",
                ])
            try record(
                "testing.method-registered/1",
                [
                    "method": "flow", "version": "1", "document": "SOP-1", "instruments": [],
                    "reagents": [],
                    "suitability": [["test": "standard", "criterion": "40..60 %"]],
                ])
        }

        mutating func record(_ kind: String, _ body: JSONValue) throws {
            seconds += 3_600
            let at = Timestamp("2026-01-05T08:00:00Z")!.advanced(bySeconds: seconds).description
            let draft = EntryDraft(
                kind: kind, body: body, at: at, recorded: at, by: "analyst", command: "c")
            let entry = try LedgerEntry(index: state.entryCount, bytes: draft.encoded())
            let (fact, stamp) = try entry.fact()
            state.apply(fact, at: stamp)
        }

        private func reading(_ value: Double) -> JSONValue {
            [["control": "standard", "observation": .string("\(value) %")]]
        }

        mutating func run(_ number: Int, _ value: Double) throws {
            try record(
                "material.tested/1",
                [
                    "lot": "L-1", "test": "flow", "observation": "90 %", "passes": true,
                    "reference": .string("QC-\(number)"), "suitability": reading(value),
                ])
        }

        mutating func invalidRun(_ number: Int, _ value: Double) throws {
            try record(
                "testing.invalid-run-recorded/1",
                [
                    "method": "flow", "subject": "L-1", "reference": .string("QC-\(number)"),
                    "suitability": reading(value), "reason": "outside",
                ])
        }
    }

    private func close(_ value: Double?, _ other: Double, within: Double) -> Bool {
        value.map { abs($0 - other) <= within } ?? false
    }

    @Test func theRunsThatCountSetTheLimitsOfAll() throws {
        var laboratory = try Laboratory()
        for (index, value) in Self.flowRates.enumerated() {
            try laboratory.run(index, value)
            if index == 4 { try laboratory.invalidRun(99, 71) }
        }
        let trend = try #require(laboratory.state.controlTrends().first)
        #expect(trend.method == "flow" && trend.control == "standard")
        let summary = trend.summary
        // The handbook rounds d2 to 1.128.
        #expect(close(summary.centre, 50.81, within: 1e-9))
        #expect(close(summary.lower, 45.8159, within: 0.002))
        #expect(close(summary.upper, 55.8041, within: 0.002))
        #expect(summary.isProvisional)
        #expect(summary.readings.count == 11)
        let spoilt = summary.readings[5]
        #expect(spoilt.run == "QC-99" && spoilt.invalid == "outside" && spoilt.verdict == .fails)
        #expect(spoilt.signal == "Nelson 1")
        #expect(summary.readings.filter { $0.signal != nil }.count == 1)
        #expect(trend.standing.words == "a rule is broken")
        #expect(trend.chartCaption.contains("Fewer than 20 runs"))
    }

    /// Nine runs on one side of the centre: the method is within its criterion and has moved.
    @Test func aShiftWithinTheCriterionIsSeen() throws {
        var laboratory = try Laboratory()
        for (index, value) in ([49, 51, 48, 50, 47, 49, 48, 50, 49]).enumerated() {
            try laboratory.run(index, Double(value))
        }
        #expect(laboratory.state.controlTrends().map(\.standing.words) == ["in control"])
        for (index, value) in ([54, 55, 53, 54, 55, 54, 53, 55, 54]).enumerated() {
            try laboratory.run(20 + index, Double(value))
        }
        let trend = try #require(laboratory.state.controlTrends().first)
        #expect(trend.points.allSatisfy { $0.verdict == .passes })
        #expect(trend.summary.readings.last?.signal != nil)
        #expect(trend.standing.words == "a rule is broken")
    }

    @Test func readingsInWordsOrNoneHaveNoChart() throws {
        var laboratory = try Laboratory()
        var trend = try #require(laboratory.state.controlTrends().first)
        #expect(trend.standing.words == "no reading" && trend.summary.readings.isEmpty)
        try laboratory.record(
            "material.tested/1",
            [
                "lot": "L-1", "test": "flow", "observation": "90 %", "passes": true,
                "reference": "QC-1",
                "suitability": [["control": "blank", "observation": "no growth"]],
            ])
        let trends = laboratory.state.controlTrends()
        #expect(trends.map(\.control) == ["standard", "blank"])
        trend = trends[1]
        #expect(trend.values.isEmpty && trend.summary.centre == nil)
        #expect(trend.summary.readings.map(\.observation) == ["no growth"])
        #expect(trend.summary.readings.map(\.verdict) == [.reported])
    }
}

/// Shares of small counts with their exact bounds.
@Suite struct ExactShareTests {
    /// Of nothing in n the upper bound is 1 - 0.025^(1/n); those of 4 of 20 are quantiles of the beta
    /// distribution as SciPy has them: beta.ppf(0.025, 4, 17) and beta.ppf(0.975, 5, 16).
    @Test func boundsAreThoseOfClopperAndPearson() throws {
        let none = ExactShare(0, of: 3)
        #expect(none.share == 0 && none.lower == 0)
        #expect(abs(try #require(none.upper) - 0.707_598) < 1e-6)
        let some = ExactShare(4, of: 20)
        #expect(abs(try #require(some.lower) - 0.057_334) < 1e-6)
        #expect(abs(try #require(some.upper) - 0.436_614) < 1e-6)
        #expect(some.words == "4 of 20, 20 % (95 % bounds 5.7 to 43.7 %)")
        #expect(ExactShare(3, of: 3).upper == 1)
    }

    @Test func aShareOfNothingHasNoBounds() {
        #expect(ExactShare(0, of: 0).words == "0 of 0")
        #expect(ExactShare(0, of: 0).share == nil)
    }
}
