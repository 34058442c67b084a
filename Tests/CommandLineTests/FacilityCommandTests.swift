import Foundation
import Ledger
import Testing

/// `state`, `balance`, `due`, `recall`, `review`, `trace`, `quality-review` and `rules` on the
/// demonstration site: what they print, for people and programs, and how they end.
@Suite struct FacilityCommandTests {
    /// The demonstration site, played once for all of these: nothing here writes to it.
    private static let demonstration: Result<String, any Error> = Result {
        let path = try Shell.temporaryFolder().appending(path: "site").path
        atexit {
            guard let path = try? FacilityCommandTests.demonstration.get() else { return }
            try? FileManager.default.removeItem(
                at: URL(filePath: path).deletingLastPathComponent())
        }
        let played = try Shell.seedlot(
            "play", "Examples/uc-msc/first-batches.jsonl", "--site", path, in: Shell.root)
        try #require(played.code == 0, "\(played.error)")
        return path
    }

    private func seedlot(_ arguments: String...) throws -> Shell.Outcome {
        let site = try Self.demonstration.get()
        return try Shell.seedlot(arguments: arguments.map { $0 == "SITE" ? site : $0 })
    }

    /// What a program reads; the exit code must be `code`.
    private func json(_ arguments: String..., code: Int32 = 0) throws -> JSONValue {
        let site = try Self.demonstration.get()
        let outcome = try Shell.seedlot(
            arguments: arguments.map { $0 == "SITE" ? site : $0 } + ["--format", "json"])
        #expect(outcome.code == code, "\(outcome.error)")
        return try JSONValue(parsing: Array(outcome.output.utf8))
    }

    // MARK: Rates, controls and levels

    @Test func whatWasLostIsCountedWithItsBounds() throws {
        let lost = try json(
            "rejections", "SITE", "--from", "2026-01-01", "--to", "2026-12-31")
        let tallies = try #require(lost["tallies"]?.arrayValue)
        #expect(tallies.compactMap { $0["kind"]?.stringValue } == ["batch", "bank", "lot"])
        let all = try #require(lost["rates"]?.arrayValue?.first)
        #expect(all["words"] == "all causes" && all["share"]?["upper"] != nil)
        let text = try seedlot("rejections", "SITE", "--from", "2026-01-01", "--to", "2026-12-31")
        #expect(text.code == 0 && text.output.contains("95 % bounds"))
        let none = try seedlot(
            "rejections", "SITE", "--from", "2026-01-01", "--to", "2026-12-31", "--product", "X")
        #expect(none.code == 1 && none.error.contains("UCMSC-IV"))
        let turned = try seedlot(
            "rejections", "SITE", "--from", "2026-12-31", "--to", "2026-01-01")
        #expect(turned.code == 2)
    }

    @Test func controlsAndLevelsAreListedWhereThereAreAny() throws {
        let controls = try json("controls", "SITE").arrayValue
        #expect(controls?.map { $0["control"] } == ["stained beads"])
        #expect(try json("levels", "SITE").arrayValue?.map { $0["unit"] } == ["TANK-01"])
        #expect(
            try seedlot("controls", "SITE", "--method", "flow").output
                .contains("no method has a control"))
        let unknown = try seedlot("controls", "SITE", "--method", "viabilty")
        #expect(unknown.code == 1 && unknown.error.contains("viability"))
        let site = try Self.demonstration.get()
        let chart = try seedlot(
            "control-chart", "--site", site, "--test", "viability", "--control", "beads")
        #expect(chart.code == 1 && chart.error.contains("no run of 'viability'"))
    }

    // MARK: Outcomes

    @Test func theResultsOfLotsAreReadBesideTheOutcomesOfPatients() throws {
        let folder = try Shell.temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let site = folder.appending(path: "site").path
        try FileManager.default.copyItem(atPath: Self.demonstration.get(), toPath: site)
        let analysis = [
            "validate-assay", "--study", "outcome", "--site", site, "--test",
            "inhibition-of-t-cell-proliferation", "--endpoint", "day 28",
        ]
        let unsaid = try Shell.seedlot(arguments: analysis)
        #expect(unsaid.code == 2 && unsaid.error.contains("--responder"))
        let asked = analysis + ["--responder", "complete response"]
        let none = try Shell.seedlot(arguments: asked)
        #expect(none.code == 1 && none.error.contains("patient.record-outcome"))
        let body = #"{"patient": "PT-4471", "endpoint": "day 28", "observation": "no change"}"#
        let recorded = try Shell.seedlot(
            "perform", "patient.record-outcome", "--site", site, "--as", "supervisor",
            input: body, password: "demonstration")
        #expect(recorded.code == 0, "\(recorded.error)")
        // One lot was given, to a patient who did not respond: too little to compare, and said so.
        let one = try Shell.seedlot(arguments: asked)
        #expect(one.code == 1 && one.error.contains("0 lots given to responders"), "\(one.error)")
    }

    // MARK: Documents

    @Test func aDocumentIsRegisteredListedAndFetched() throws {
        let site = try SmallSite()
        try Data("how to gown".utf8).write(to: URL(filePath: site.beside("gowning.txt")))
        func document(_ arguments: String...) throws -> Shell.Outcome {
            try Shell.seedlot(arguments: ["document"] + arguments, password: "demonstration")
        }
        let none = try document("list", site.path)
        #expect(none.output.contains("no document is registered"))
        let options = [
            site.path, site.beside("gowning.txt"), "--document", "SOP-7", "--title", "Gowning",
            "--version", "1", "--reason", "first text", "--as", "reviewer",
        ]
        let misused = try Shell.seedlot(
            arguments: ["document", "register"] + options + ["--kind", "poem"],
            password: "demonstration")
        #expect(misused.code == 2)
        let registered = try Shell.seedlot(
            arguments: ["document", "register"] + options + ["--kind", "procedure"],
            password: "demonstration")
        #expect(registered.code == 0, "\(registered.error)")
        let list = try document("list", site.path, "--format", "json")
        let rows = try JSONValue(parsing: Array(list.output.utf8))
        #expect(rows.arrayValue?.first?["standing"]?.stringValue == "draft")
        // No version is in force yet; a draft is fetched by its number.
        let early = try document("fetch", site.path, "SOP-7")
        #expect(early.code == 1 && early.error.contains("versions: 1"))
        let out = site.beside("out.txt")
        let fetched = try document(
            "fetch", site.path, "SOP-7", "--version", "1", "--output", out)
        #expect(fetched.code == 0, "\(fetched.error)")
        #expect(try String(contentsOfFile: out, encoding: .utf8) == "how to gown")
        let unknown = try document("fetch", site.path, "SOP-8")
        #expect(unknown.code == 1 && unknown.error.contains("SOP-8"))
    }

    // MARK: State

    @Test func theStateShowsWhatIsInWorkHeldAndOpen() throws {
        let state = try seedlot("state", "SITE")
        #expect(state.code == 0)
        let lines = state.output.split(separator: "\n").map(String.init)
        #expect(lines.first?.hasPrefix("Seedlot demonstration site, ") == true)
        #expect(lines.contains("  B-26-004  expansion, open, 5 of 10 steps, at p4"))
        #expect(lines.contains("  B-26-003  2 given, 40 stored"))
        #expect(lines.contains { $0.contains("CORD-26-002") && $0.contains("ineligible") })
        #expect(lines.contains { $0.contains("DEV-0003") })
    }

    @Test func theStateIsShownAsItStood() throws {
        let founded = try seedlot("state", "SITE", "--as-of", "0")
        #expect(founded.code == 0)
        #expect(founded.output.hasPrefix("Seedlot demonstration site, 1 facts\n"))
        #expect(!founded.output.contains("batches"))
        // By the day, by the end of which 225 facts stood in the ledger, and by the entry.
        let day = try json("state", "SITE", "--as-of", "2026-02-15")
        let entries = try #require(day["entries"]?.numberValue)
        #expect(day["banks"]?.arrayValue?.count == 1)
        #expect(
            day["banks"]?.arrayValue?.first?["standing"]?.stringValue?.contains("quarantine")
                == true)
        let entry = try json("state", "SITE", "--as-of", "\(Int(entries) - 1)")
        #expect(entry == day)
        let noon = try json("state", "SITE", "--as-of", "2026-02-15T23:59:59Z")
        #expect(noon == day)
        #expect(try json("state", "SITE", "--as-of", "2020-01-01")["entries"]?.numberValue == 0)
    }

    // MARK: Material

    @Test func theBalanceClosesForEveryLotAndFilling() throws {
        let balance = try seedlot("balance", "SITE")
        #expect(balance.code == 0)
        #expect(balance.output.contains("ok     B-26-003: 42 containers\n"))
        #expect(balance.output.contains("         40 in stock, 2 given\n"))
        #expect(balance.output.hasSuffix("\neverything is accounted for\n"))
        let report = try json("balance", "SITE")
        let lots = try #require(report["lots"]?.arrayValue)
        #expect(lots.count == 15)
        #expect(lots.allSatisfy { $0["closes"]?.boolValue == true })
        let fillings = try #require(report["fillings"]?.arrayValue)
        for line in fillings {
            func count(_ key: String) -> Double { line[key]?.numberValue ?? .nan }
            let places = [
                "stored", "consumed", "sampled", "destroyed", "shipped", "received", "returned",
                "administered",
            ]
            #expect(count("filled") == places.map(count).reduce(0, +))
        }
    }

    @Test func aThingIsTracedBothWays() throws {
        let back = try seedlot("trace", "SITE", "PT-4471")
        #expect(back.code == 0)
        #expect(back.output.hasPrefix("PT-4471: patient\n"))
        #expect(back.output.contains("D-0007: donor, eligible"))
        let trace = try json("trace", "SITE", "RM-26-012")
        func ids(_ key: String) -> [String] {
            trace[key]?.arrayValue?.compactMap { $0["id"]?.stringValue } ?? []
        }
        #expect(ids("back").isEmpty)
        // The batch, its three samples and 42 vials, and the patient who had two of them.
        #expect(ids("forward").count == 47)
        #expect(Set(ids("forward")).isSuperset(of: ["B-26-003", "B-26-003-042", "PT-4471"]))
    }

    @Test func aRecallSaysWhatToHoldAndWhomToCallFirst() throws {
        let recall = try seedlot("recall", "SITE", "D-0007")
        #expect(recall.code == 0)
        let calls = ["hospital, haematology", "tissue establishment", "competent authority"]
        let places = calls.compactMap { recall.output.range(of: $0)?.lowerBound }
        #expect(places.count == 3)
        #expect(places == places.sorted())
        let plan = try json("recall", "SITE", "D-0007")
        let held = plan["quarantine"]?.arrayValue?.compactMap(\.stringValue) ?? []
        // 26 vials of the master stock, 12 of the working stock and 40 doses.
        #expect(held.count == 78)
        #expect(!held.contains("B-26-003-001"))
        #expect(plan["batchesInWork"]?.arrayValue?.compactMap(\.stringValue) == ["B-26-004"])
        #expect(plan["calls"]?.arrayValue?.first?["patient"]?.stringValue == "PT-4471")
    }

    // MARK: Quality

    @Test func aReviewEndsWithOneWhileSomethingIsOpen() throws {
        let open = try seedlot("review", "SITE", "B-26-004")
        #expect(open.code == 1)
        #expect(open.output.contains("OPEN  DEV-0003 in p4"))
        #expect(open.output.contains("5 % corrected to 5.1 %"))
        let settled = try seedlot("review", "SITE", "B-26-003")
        #expect(settled.code == 0)
        #expect(!settled.output.contains("OPEN"))
        let review = try json("review", "SITE", "B-26-004", code: 1)
        #expect(review["status"]?.stringValue == "open")
        #expect(review["exceptions"]?.arrayValue?.count == 2)
        #expect(review["points"]?.arrayValue?.contains { $0["clause"] == "1.7.16" } == true)
    }

    @Test func whatIsOverdueEndsWithOne() throws {
        let due = try seedlot("due", "SITE", "--as-of", "2026-06-25", "--within", "60")
        #expect(due.code == 1)
        #expect(due.output.contains("WCS-26-01   make the next bank: 8 vials are left"))
        // What the definition has seen of the patient: weekly, and once of two days ago.
        #expect(due.output.contains("! 2026-06-24  PT-4471     see the patient for infection"))
        #expect(due.output.hasSuffix("24 due by 2026-08-24, 6 overdue (!)\n"))
        let items = try json("due", "SITE", "--as-of", "2026-06-25", "--within", "60", code: 1)
        let rules = items.arrayValue?.compactMap { $0["rule"]?.stringValue }
        #expect(
            rules?.prefix(4) == [
                "bank-depletion", "donor-share-alert", "material-single-source",
                "training-current",
            ])
        // The nitrogen that is read weekly, the event of B-26-004 that is open, the visits of the
        // patient.
        #expect(
            Set(rules?.dropFirst(4) ?? []) == [
                "bank-storage-monitored", "deviation-closed-for-release", "followup-plan",
            ])
        #expect(due.output.contains("vial-6ml    order vial-6ml: 100 items in stock"))
        // A year on, what was in date has run out.
        let later = try json("due", "SITE", "--as-of", "2027-06-25", "--within", "0", code: 1)
        let kinds = Set(later.arrayValue?.compactMap { $0["kind"]?.stringValue } ?? [])
        #expect(kinds.isSuperset(of: ["calibration", "gowning", "room-qualification"]))
        #expect(
            later.arrayValue?.allSatisfy { $0["overdue"]?.boolValue == true } == true)
    }

    @Test func theQualityReviewHasItsTwelveTopics() throws {
        let period = ["--from", "2026-01-01", "--to", "2026-06-30"]
        let review = try seedlot(
            "quality-review", "SITE", period[0], period[1], period[2], period[3])
        #expect(review.code == 0)
        #expect(review.output.hasPrefix("quality review of UCMSC-IV, 2026-01-01 to 2026-06-30\n"))
        #expect(review.output.contains("\n    3 batches, 3 certified or released, 0 not\n"))
        let report = try json(
            "quality-review", "SITE", period[0], period[1], period[2], period[3], "--product",
            "UCMSC-IV")
        #expect(
            report["topics"]?.arrayValue?.compactMap { $0["number"]?.stringValue }
                == ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"])
    }

    // MARK: Rules

    @Test func everyRuleSaysWhereItIsJudged() throws {
        let rules = try #require(try json("rules").arrayValue)
        #expect(rules.count == 200)
        for rule in rules {
            let id = rule["id"]?.stringValue ?? ""
            let judged = rule["judgedOn"]?.stringValue
            #expect(judged != "nowhere", "\(id)")
            if judged != "definition" {
                #expect(rule["site"]?["how"]?.stringValue != nil, "\(id)")
                #expect(rule["site"]?["place"]?.stringValue?.isEmpty == false, "\(id)")
            }
        }
        let text = try seedlot("rules", "--area", "donor")
        #expect(text.code == 0)
        let line = try #require(
            text.output.split(separator: "\n").first { $0.hasPrefix("sec-format") })
        #expect(line.contains("refuses, opens an event or falls due: donation.receive"))
        #expect(text.output.contains("\n19 rules: "))
    }

    // MARK: Misuse

    @Test(
        arguments: [
            (["state", "SITE", "--as-of", "yesterday"], 2, "neither an entry nor a time"),
            (["state", "SITE", "--as-of", "99999"], 1, "there is no entry 99999"),
            (["state", "SITE", "--format", "yaml"], 2, "yaml"),
            (["state", "nowhere"], 1, "there is no site at"),
            (["balance", "nowhere"], 1, "there is no site at"),
            (["balance"], 2, "<site>"),
            (["due", "SITE", "--as-of", "soon"], 2, "'soon' is no day"),
            (["due", "SITE", "--within", "99999"], 2, "not 0 to 36525 days"),
            (["trace", "SITE", "D-0077"], 1, "did you mean 'D-0007'?"),
            (["recall", "SITE", "D-9"], 1, "nothing is called 'D-9'"),
            (["recall", "SITE", "operator-1"], 1, "operator-1"),
            (["review", "SITE", "B-26-099"], 1, "did you mean 'B-26-001'?"),
            (["review", "SITE", "B 1"], 2, "'B 1' is no identifier"),
            (
                ["quality-review", "SITE", "--from", "2026-13-01", "--to", "2026-06-30"], 2,
                "--from is '2026-13-01', which is no day"
            ),
            (
                ["quality-review", "SITE", "--from", "2026-07-01", "--to", "2026-06-30"], 1,
                "ends before it begins"
            ),
            (
                [
                    "quality-review", "SITE", "--from", "2026-01-01", "--to", "2026-06-30",
                    "--product", "NONE",
                ], 1, "known: UCMSC-IV"
            ),
            (["rules", "--area", "donr"], 2, "there is no area 'donr'"),
        ] as [([String], Int32, String)])
    func misuseIsExplained(arguments: [String], code: Int32, message: String) throws {
        let site = try Self.demonstration.get()
        let outcome = try Shell.seedlot(
            arguments: arguments.map { $0 == "SITE" ? site : $0 })
        #expect(outcome.code == code, "\(outcome.error)")
        #expect(outcome.error.contains(message), "\(outcome.error)")
        #expect(outcome.output.isEmpty, "\(outcome.output)")
    }
}
