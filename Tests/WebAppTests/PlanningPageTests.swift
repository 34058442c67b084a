import Facility
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Operations
import Planner
import ProductDefinition
import Testing

@testable import WebApp

/// Planning as a reader walks it: a plan, a simulated year, what the records teach, and the same
/// for programs.
@Suite struct PlanningPageTests {
    private static let plan = "/planning/UCMSC-0.4.0"

    @Test func aReaderWalksFromTheListToASimulatedYear() async throws {
        try await withSampleSite { browser, _, _ in
            let reader = try await browser.signedIn("operator-1")
            let list = try await reader.get("/planning")
            #expect(list.text.contains("href=\"\(Self.plan)\""))
            try PageTests.expectSound(list, at: "/planning")

            let plan = try await reader.get(Self.plan + "?patients=150")
            #expect(plan.status == .ok)
            try PageTests.expectSound(plan, at: Self.plan)
            for heading in ["What is needed", "Banks and donors", "Capacity", "Cost", "Questions"] {
                #expect(plan.text.contains(">\(heading)</h2>"), "\(heading)")
            }
            #expect(plan.text.ranges(of: "<svg").count >= 7)
            #expect(plan.text.contains("value=\"150\""), "the question stays in the form")

            let year = Self.plan + "/year?replications=6&seed=3&batches=12"
            let answer = try await finished(year, reader)
            try PageTests.expectSound(answer, at: year)
            #expect(answer.text.contains("6 replications, seed 3."))
            for heading in ["Supply", "Time", "Cost", "Lost batches", "What batches share"] {
                #expect(answer.text.contains(">\(heading)</h2>"), "\(heading)")
            }
            for picture in ["year-supply", "year-calendar", "year-cost", "year-use"] {
                #expect(answer.text.contains(picture), "\(picture)")
            }

            let learned = try await reader.get(Self.plan + "/learning")
            try PageTests.expectSound(learned, at: Self.plan + "/learning")
            for row in ["assumed (prior)", "recorded (data)", "believed now (posterior)"] {
                #expect(learned.text.contains(row), "\(row)")
            }
        }
    }

    /// The page at `path` once its simulation is done; it says so itself by asking again no more.
    private func finished(_ path: String, _ reader: Browser) async throws -> Browser.Answer {
        let refresh = try #require(HTTPField.Name("Refresh"))
        for _ in 0..<200 {
            let answer = try await reader.get(path)
            guard answer.headers[refresh] != nil else { return answer }
        }
        Issue.record("the simulation never ends")
        return try await reader.get(path)
    }

    @Test func aForbiddenPlanNamesItsRules() async throws {
        try await withSampleSite { browser, _, _ in
            let reader = try await browser.signedIn("inspector")
            let many = try await reader.get(Self.plan + "?patients=100000")
            #expect(many.status == .ok)
            #expect(many.text.contains("The definition forbids this plan."))
            #expect(many.text.contains("href=\"/rules/scale-meets-demand\""))
            #expect(many.text.contains("plan-no-capacity"))
            let none = try await reader.get(Self.plan + "?patients=0")
            #expect(none.text.contains("plan-no-demand"))
            let year = try await finished(
                Self.plan + "/year?patients=0&replications=1", reader)
            #expect(year.text.contains("no demand"))
        }
    }

    @Test func aNumberThatIsNoneIsShownInItsField() async throws {
        try await withSampleSite { browser, _, _ in
            let reader = try await browser.signedIn("inspector")
            for query in [
                "patients=nan", "patients=-3", "patients=1e9", "years=0", "service=100",
                "batches=1.5", "weight=abc", "patients=inf",
            ] {
                let page = try await reader.get("\(Self.plan)?\(query)")
                #expect(page.status == .ok)
                #expect(page.text.contains("class=\"problem\""), "\(query)")
                #expect(!page.text.contains("One batch</h2>"))
            }
            for query in ["replications=1000000000", "replications=0", "seed=-1", "batches=1e9"] {
                let page = try await reader.get("\(Self.plan)/year?\(query)")
                #expect(page.text.contains("class=\"problem\""), "\(query)")
            }
        }
    }

    @Test func plansAndYearsAreFiles() async throws {
        try await withSampleSite { browser, _, _ in
            let reader = try await browser.signedIn("inspector")
            let plan = try await reader.get(Self.plan + "?format=csv")
            #expect(plan.headers[.contentType] == "text/csv; charset=utf-8")
            #expect(plan.text.hasPrefix("section,name,value,words,note\r\n"))
            #expect(plan.text.contains("\r\nOne batch,containers filled,41.0,41,"))
            let json = try await reader.get(Self.plan + "?format=json")
            #expect(json.headers[.contentType] == "application/json")
            #expect(json.text.contains("\"publishedCosts\""))
            let year = Self.plan + "/year?replications=3&batches=6"
            _ = try await finished(year, reader)
            let file = try await reader.get(year + "&format=csv")
            #expect(file.text.contains("\r\nSupply,batches started,6.0,"))
            let document = try await reader.get(year + "&format=json")
            #expect(document.text.contains("\"courses\""))
            let learned = try await reader.get(Self.plan + "/learning?format=csv")
            #expect(learned.text.contains("Doubling time,assumed (prior),"))
        }
    }

    @Test func programsAskTheSame() async throws {
        try await withSampleSite { browser, _, _ in
            let reader = try await browser.signedIn("inspector")
            let plan = try await reader.get("/api/v1/plans/UCMSC-0.4.0?patients=150")
            #expect(plan.status == .ok)
            let object = try #require(
                try JSONSerialization.jsonObject(with: Data(plan.text.utf8)) as? [String: Any])
            let made = try #require(object["plan"] as? [String: Any])
            #expect((made["batches"] as? [String: Any])?["toStart"] as? Int == 24)

            let refused = try await reader.get("/api/v1/plans/UCMSC-0.4.0?patients=100000")
            #expect(refused.status == .unprocessableContent)
            #expect(refused.text.contains("\"code\":\"plan-no-capacity\""))
            #expect(refused.text.contains("\"refusals\""))
            let bad = try await reader.get("/api/v1/plans/UCMSC-0.4.0?patients=nan")
            #expect(bad.status == .unprocessableContent)
            #expect(bad.text.contains("number-refused"))

            var year = try await reader.get("/api/v1/years/UCMSC-0.4.0?replications=3&batches=6")
            for _ in 0..<100 where year.status == .accepted {
                year = try await reader.get("/api/v1/years/UCMSC-0.4.0?replications=3&batches=6")
            }
            #expect(year.status == .ok)
            #expect(year.text.contains("\"isPartial\":false"))
            let learning = try await reader.get("/api/v1/learning/UCMSC-0.4.0")
            #expect(learning.status == .ok)
            #expect(try await reader.get("/api/v1/plans/NONE-1").status == .notFound)
            let stranger = try await browser.get("/api/v1/plans/UCMSC-0.4.0")
            #expect(stranger.status == .unauthorized)
        }
    }

    @Test func theDescriptionOfTheAPIHoldsTheQuestions() async throws {
        try await withSampleSite { browser, _, _ in
            let document = try await browser.get("/api/v1/openapi.json")
            for path in ["plans", "years", "learning"] {
                #expect(document.text.contains("\"/api/v1/\(path)/{definition}\""), "\(path)")
            }
        }
    }
}

/// Simulations at the desk: a few at once, a short line, ended on request.
@Suite struct PlanningDeskTests {
    private func definition() throws -> Definition {
        let folder = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Examples/uc-msc")
        return try #require(DefinitionFiles.read(folder.path()).definition)
    }

    private func question(_ seed: UInt32, replications: Int) -> PlanningDesk.Question {
        PlanningDesk.Question(
            definition: "a", choices: CampaignChoices(), replications: replications, seed: seed)
    }

    @Test func theLineIsBoundedAndAnEndedSimulationIsPartial() async throws {
        let (desk, definition) = (PlanningDesk(), try definition())
        let most = PlanningDesk.width + PlanningDesk.lineMax
        for seed in 0..<UInt32(most) {
            _ = try desk.ask(question(seed, replications: 10_000_000), of: definition)
        }
        #expect(throws: WebFault.self) {
            try desk.ask(question(999, replications: 10_000_000), of: definition)
        }
        // The same question again is no further simulation.
        _ = try desk.ask(question(0, replications: 10_000_000), of: definition)
        var partial = 0
        for seed in 0..<UInt32(most) {
            let asked = question(seed, replications: 10_000_000)
            desk.stop(asked)
            for _ in 0..<100 {
                let standing = try await desk.answer(
                    asked, of: definition, within: .seconds(5))
                guard case .answered(let year) = standing else { continue }
                if year.result.isPartial { partial += 1 }
                break
            }
        }
        #expect(partial == most)
    }
}
