import Facility
import Ledger
import Quantities
import Testing

/// Calculations from counts, and batches that rest, end, part and join.
@Suite struct CultureTests {
    private func thawing(_ batch: String, vial: String, in site: inout TestSite) throws {
        let b = JSONValue.string(batch)
        try site.perform(
            "batch.open", ["batch": b, "definition": "SMALL-1.0.0", "stage": "production"],
            as: "supervisor")
        try site.perform("batch.start-step", ["batch": b, "step": "thaw"], as: "operator-1")
        try site.perform(
            "batch.use-container", ["batch": b, "step": "thaw", "container": .string(vial)],
            as: "operator-1")
    }

    private func count(
        _ point: JSONValue, _ volume: JSONValue, at time: String, in site: inout TestSite
    ) throws {
        try site.perform(
            "batch.record-count",
            [
                "batch": "B-9", "step": "thaw", "point": point,
                "concentrations": ["1.1e6 cells/mL", "0.9e6 cells/mL"], "viability": "80 %",
                "volume": volume,
            ], as: "operator-1", happened: Timestamp(time)!)
    }

    /// log2(8) = 3 doublings in 48 h: a doubling time of 16 h.
    @Test func doublingsFollowFromCounts() throws {
        var site = try TestSite.withBank()
        try thawing("B-9", vial: "MCS-1-001", in: &site)
        site.now = Timestamp("2026-02-01T08:00:00Z")!
        try count("seeded", "10 mL", at: "2026-01-20T08:00:00Z", in: &site)
        try count("harvested", "80 mL", at: "2026-01-22T08:00:00Z", in: &site)
        let batch = try site.state.batch(BatchID("B-9")!)
        let growth = site.state.growth(of: batch)
        #expect(growth.cumulative.description == "3 PD")
        let passage = try #require(growth.passages.first)
        #expect(abs(passage.seeded - 8e6) < 1)
        #expect(abs(passage.harvested - 64e6) < 1)
        #expect(abs((passage.doublingTime ?? 0) - 16) < 1e-9)
        // A second count of the same harvest takes the place of the first.
        try count("harvested", "40 mL", at: "2026-01-22T09:00:00Z", in: &site)
        #expect(
            site.state.growth(of: try site.state.batch(BatchID("B-9")!)).cumulative.description
                == "2 PD")
        // Ten days later is late: each entry has to be looked at.
        let late = site.state.exceptions(of: try site.state.batch(BatchID("B-9")!))
        #expect(late.filter { $0.kind == .lateEntry }.count == 3)
    }

    @Test func vialsAndDosesKnowDoublingsAndFreezings() throws {
        let site = try TestSite.withCertifiedBatch()
        #expect(site.state.containers[ContainerID("MCS-1-002")!]?.freezings == 1)
        #expect(site.state.containers[ContainerID("B-2-001")!]?.freezings == 2)
        #expect(
            site.state.containers[ContainerID("B-2-001")!]?.doublings?.description == "0 PD")
    }

    @Test func nothingIsRecordedInAPausedBatch() throws {
        var site = try TestSite.withBank()
        try thawing("B-9", vial: "MCS-1-001", in: &site)
        try site.perform("batch.pause", ["batch": "B-9", "reason": "alarm"], as: "supervisor")
        #expect(
            site.refusal(
                "batch.complete-step", ["batch": "B-9", "step": "thaw"], as: "operator-1")
                == "batch.paused")
        try site.perform("batch.resume", ["batch": "B-9"], as: "supervisor")
        let exceptions = site.state.exceptions(of: try site.state.batch(BatchID("B-9")!))
        #expect(exceptions.map(\.kind) == [.pause])
    }

    @Test func aSplitBatchKeepsItsRecordAndItsOrigin() throws {
        var site = try TestSite.withBank()
        try thawing("B-9", vial: "MCS-1-001", in: &site)
        try site.perform(
            "batch.split", ["batch": "B-9", "into": "B-10", "reason": "two vessels"],
            as: "supervisor")
        let child = try site.state.batch(BatchID("B-10")!)
        #expect(child.steps["thaw"] != nil)
        #expect(try site.state.trace("B-10").back.map(\.id).contains("D-1"))
    }

    @Test func donorsArePooledOnlyWhereTheDefinitionSaysSo() throws {
        var site = try TestSite.withBank()
        try site.receiveCord(donor: "D-2", cord: "CORD-2")
        for (batch, cord) in [("B-11", "CORD-2"), ("B-12", "CORD-3")] {
            if cord == "CORD-3" {
                try site.receiveCord(donor: "D-3", cord: "CORD-3")
            }
            let b = JSONValue.string(batch)
            try site.perform(
                "batch.open", ["batch": b, "definition": "SMALL-1.0.0", "stage": "banking"],
                as: "supervisor")
            try site.perform("batch.start-step", ["batch": b, "step": "isolate"], as: "operator-1")
            try site.perform(
                "batch.use-container",
                ["batch": b, "step": "isolate", "container": .string(cord)], as: "operator-1")
        }
        #expect(
            site.refusal("batch.pool", ["batch": "B-11", "from": "B-12"], as: "supervisor")
                == "batch.pool-donors")
        try thawing("B-9", vial: "MCS-1-001", in: &site)
        try thawing("B-10", vial: "MCS-1-002", in: &site)
        try site.perform("batch.pool", ["batch": "B-9", "from": "B-10"], as: "supervisor")
        #expect(site.state.batches[BatchID("B-10")!]?.status == .pooled)
        #expect(site.state.batches[BatchID("B-9")!]?.inputs.count == 2)
    }

    /// The normal range is 2 to 3 min, the proven one 1.5 to 4 min.
    @Test(
        arguments: [
            ("2.1 min", "2.9 min", nil), ("1.9 min", "2.9 min", .outsideNormalRange),
            ("1.9 min", "4.5 min", .outsideProvenRange),
        ] as [(String, String, DeviationCause?)])
    func aTraceIsJudgedByItsExtremes(
        lowest: String, highest: String, cause: DeviationCause?
    ) throws {
        var site = try TestSite.withBank()
        try thawing("B-8", vial: "MCS-1-001", in: &site)
        try site.perform(
            "batch.import-trace",
            TestSite.thawTrace(of: site, lowest: .string(lowest), highest: .string(highest)),
            as: "operator-1")
        #expect(site.state.deviations.inOrder.map(\.cause) == [cause].compactMap { $0 })
        let record = try #require(try site.state.batch(BatchID("B-8")!).steps["thaw"])
        #expect(record.traces.map(\.highest.description) == [highest])
    }

    @Test func whatIsNoTraceOfTheStepIsRefused() throws {
        var site = try TestSite.withBank()
        try thawing("B-8", vial: "MCS-1-001", in: &site)
        func refusal(_ body: JSONValue) -> String? {
            site.refusal("batch.import-trace", body, as: "operator-1")
        }
        let day: Int64 = 86_400
        for (body, code) in [
            (TestSite.thawTrace(of: site, lowest: "2.1 mL"), "batch.trace-order"),
            (TestSite.thawTrace(of: site, lowest: "3 min"), "batch.trace-order"),
            (TestSite.thawTrace(of: site, lowest: "2 min", to: day), "batch.trace-period"),
            (
                TestSite.thawTrace(of: site, lowest: "2 min", from: -2 * day, to: -day),
                "batch.trace-beside-step"
            ),
        ] { #expect(refusal(body) == code) }
        let trace = TestSite.thawTrace(of: site, lowest: "2 min")
        try site.perform("batch.import-trace", trace, as: "operator-1")
        #expect(refusal(trace) == "batch.trace-imported")
    }

    @Test func aTraceIsReadFromTheFileOfItsSensor() throws {
        var site = try TestSite.withBank()
        try thawing("B-8", vial: "MCS-1-001", in: &site)
        func trace(_ values: [String]) -> JSONValue {
            let lines = values.enumerated().map { index, value in
                "\(site.now.advanced(bySeconds: Int64(index - values.count) * 10)),\(value)"
            }
            return [
                "batch": "B-8", "step": "thaw", "parameter": "time",
                "series": [
                    "name": "bath.csv",
                    "text": .string("time,min\n" + lines.joined(separator: "\n")),
                ],
            ]
        }
        #expect(
            site.refusal(
                "batch.import-trace", trace(["2.1", "37 °C"]), as: "operator-1")
                == "storage.log-unit")
        // A bare number is in the unit of the parameter.
        try site.perform("batch.import-trace", trace(["2.1", "2.4", "150 s"]), as: "operator-1")
        try site.perform("batch.import-trace", trace(["2.1", "4.5"]), as: "operator-1")
        #expect(site.state.deviations.inOrder.map(\.cause) == [.outsideProvenRange])
        try site.perform(
            "batch.import-trace", TestSite.thawTrace(of: site, lowest: "2.1 min"),
            as: "operator-1")
        let traces = try #require(try site.state.batch(BatchID("B-8")!).steps["thaw"]).traces
        #expect(traces.map(\.readings) == [3, 2, 12])
        #expect(traces.map(\.highest.description) == ["150 s", "4.5 min", "2.9 min"])
        #expect(traces.map(\.isTyped) == [false, false, true])
        #expect(traces.last?.origin == "typed, not read from the logger's file")
    }

    /// Else a batch would be among its own ancestors.
    @Test func whatWasSplitOffTakesUpTheRestAndNotTheOtherWayRound() throws {
        var site = try TestSite.withBank()
        try thawing("B-9", vial: "MCS-1-001", in: &site)
        try site.perform(
            "batch.split", ["batch": "B-9", "into": "B-10", "reason": "two vessels"],
            as: "supervisor")
        #expect(
            site.refusal("batch.pool", ["batch": "B-9", "from": "B-10"], as: "supervisor")
                == "batch.pool-own-part")
        try site.perform("batch.pool", ["batch": "B-10", "from": "B-9"], as: "supervisor")
        #expect(!site.state.genealogy.trace(from: "B-10", .back).map(\.node).contains("B-10"))
    }

    @Test func whatWasNotAsPlannedInPooledCellsIsDecidedInThePool() throws {
        var site = try TestSite.withBank()
        try thawing("B-9", vial: "MCS-1-001", in: &site)
        try thawing("B-10", vial: "MCS-1-002", in: &site)
        try site.perform("batch.pause", ["batch": "B-10", "reason": "alarm"], as: "supervisor")
        try site.perform("batch.resume", ["batch": "B-10"], as: "supervisor")
        try site.perform("batch.pool", ["batch": "B-9", "from": "B-10"], as: "supervisor")
        let pool = try site.state.batch(BatchID("B-9")!)
        let pause = try #require(site.state.exceptions(of: pool).first { $0.kind == .pause })
        #expect(pause.isOpen)
        try site.perform(
            "batch.dispose-exception",
            [
                "batch": "B-9", "exception": .string(pause.id), "disposition": "acceptable",
                "reason": "one minute",
            ], as: "reviewer")
        let decided = site.state.exceptions(of: try site.state.batch(BatchID("B-9")!))
        #expect(decided.filter(\.isOpen).isEmpty)
    }

    @Test func labelsThatWereIssuedAreReconciled() throws {
        var site = try TestSite.withBank()
        try thawing("B-9", vial: "MCS-1-001", in: &site)
        try site.issueLabels("B-9", count: 5)
        try site.perform(
            "label.reconcile", ["batch": "B-9", "used": 3, "destroyed": 1], as: "supervisor")
        let labels = site.state.exceptions(of: try site.state.batch(BatchID("B-9")!))
        #expect(labels.map(\.kind) == [.labels])
    }

    /// Labels are printed before the fill, for its day; the expiry on them is counted from it.
    @Test func labelsOfDosesCarryTheExpiryOfTheFill() throws {
        var site = try TestSite.filling(counted: [("formulated", 15)])
        func issue(_ day: CalendarDate?) -> JSONValue {
            var body: [String: JSONValue] = ["batch": "B-2", "count": 3]
            body["fillOn"] = day.map { .string($0.description) }
            return .object(body)
        }
        let today = site.now.date
        let before = #expect(throws: Rejection.self) {
            try site.perform("label.issue", issue(nil), as: "supervisor")
        }
        #expect(before?.code == "label.no-expiry" && before?.rule == "label-content")
        for day in [today.advanced(byDays: -1), today.advanced(byDays: 61)] {
            #expect(
                site.refusal("label.issue", issue(day), as: "supervisor") == "label.fill-day")
        }
        try site.perform("label.issue", issue(today), as: "supervisor")
        let tomorrow = today.advanced(byDays: 1)
        try site.perform("label.issue", issue(tomorrow), as: "supervisor")
        try site.perform("batch.fill", TestSite.fill("B-2", 3), as: "operator-1")
        let opened = try #require(site.state.deviations.inOrder.first)
        #expect(opened.rule == "label-content")
        let batch = try site.state.batch(BatchID("B-2")!)
        let right = try #require(site.state.containers[batch.outputs[0]]?.expires)
        #expect(
            opened.description
                == "labels were issued for a fill on \(tomorrow) and say "
                + "\(right.advanced(byDays: 1)); the fill is on \(today), its containers expire on "
                + "\(right)")
        // The containers say it from now on.
        #expect(
            site.refusal("label.issue", issue(today), as: "supervisor") == "label.fill-day")
        try site.perform("label.issue", issue(nil), as: "supervisor")
        let issues = try #require(try site.state.batch(BatchID("B-2")!).labels).issues
        #expect(
            issues.map { site.state.expiry(on: $0, of: batch, for: nil) } == [
                right, right.advanced(byDays: 1), right,
            ])
    }

    @Test func labelsPrintedAgainAreCountedAndNeedAReason() throws {
        var site = try TestSite.withBank()
        try thawing("B-9", vial: "MCS-1-001", in: &site)
        func refusal(_ containers: JSONValue, _ reason: JSONValue = "torn") -> String? {
            site.refusal(
                "label.reprint", ["batch": "B-9", "containers": containers, "reason": reason],
                as: "supervisor")
        }
        #expect(refusal(["B-9-001"]) == "label.none-issued")
        try site.issueLabels("B-9", count: 5)
        #expect(refusal(["B-9-006"]) == "label.another-batch")
        #expect(refusal([]) == "label.count")
        #expect(refusal(["B-9-001", "B-9-001"]) == "label.count")
        #expect(refusal(["B-9-001"], " ") == "site.text-missing")
        try site.perform(
            "label.reprint",
            ["batch": "B-9", "containers": ["B-9-001", "B-9-005"], "reason": "torn"],
            as: "supervisor")
        let labels = try #require(try site.state.batch(BatchID("B-9")!).labels)
        #expect((labels.issued, labels.reprinted, labels.difference) == (5, 2, 7))
        try site.perform(
            "label.reconcile", ["batch": "B-9", "used": 5, "destroyed": 2], as: "supervisor")
        #expect(site.state.exceptions(of: try site.state.batch(BatchID("B-9")!)).isEmpty)
        #expect(refusal(["B-9-001"]) == "label.reconciled")
    }
}
