import Foundation
import Testing

/// `plan`, `sensitivity`, `scale` and `learn`, as a planner meets them.
@Suite struct PlanningCommandTests {
    private func seedlot(_ arguments: String...) throws -> Shell.Outcome {
        try Shell.seedlot(arguments: arguments, in: Shell.root)
    }

    private func object(_ text: String) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    }

    @Test(arguments: ["Examples/uc-msc", "Examples/psc-dopaminergic"])
    func anExampleIsPlanned(path: String) throws {
        let text = try seedlot("plan", path)
        #expect(text.code == 0, "\(text.error)")
        for section in ["What is needed", "One batch", "Cultures", "Capacity", "Cost", "To order"] {
            #expect(text.output.contains("\n\(section)"))
        }
        let json = try object(try seedlot("plan", path, "--format", "json").output)
        let plan = try #require(json["plan"] as? [String: Any])
        #expect(plan["batches"] != nil && plan["cost"] != nil && plan["limits"] != nil)
        let page = try seedlot("plan", path, "--format", "html")
        #expect(page.code == 0)
        #expect(page.output.hasPrefix("<!doctype html>"))
        #expect(page.output.components(separatedBy: "<svg").count > 6)
        #expect(!page.output.contains("http://") || page.output.contains("www.w3.org"))
    }

    @Test func aHundredAndFiftyPatients() throws {
        let made = try object(
            try seedlot("plan", "Examples/uc-msc", "--patients", "150", "--format", "json").output)
        let plan = try #require(made["plan"] as? [String: Any])
        let batches = try #require(plan["batches"] as? [String: Any])
        #expect(batches["toStart"] as? Int == 24)
        let batch = try #require(plan["batch"] as? [String: Any])
        #expect(batch["filled"] as? Int == 41)
        #expect(batch["releasable"] as? Int == 35)
    }

    @Test func whatCannotBePlannedIsRefused() throws {
        let many = try seedlot("plan", "Examples/uc-msc", "--patients", "100000")
        #expect(many.code == 1)
        #expect(many.error.contains("error[plan-no-capacity]"))
        #expect(many.error.contains("help:"))
        #expect(try seedlot("plan", "Examples/uc-msc", "--patients=-1").code == 1)
        #expect(try seedlot("plan", "Examples/uc-msc", "--patients", "nan").code == 1)
        #expect(try seedlot("plan", "Examples/uc-msc", "--years", "1", "--weeks", "2").code == 2)
        #expect(try seedlot("plan", "no-such-folder").code == 1)
        #expect(try seedlot("scale", "--dose", "0", "--demand", "3").code == 2)
    }

    @Test func scaleAndSensitivity() throws {
        let scale = try seedlot("scale", "--dose", "1e6", "--demand", "1000")
        #expect(scale.code == 0)
        #expect(scale.output.hasPrefix("planar ST10"))
        let moved = try seedlot("sensitivity", "Examples/uc-msc", "--samples", "16")
        #expect(moved.code == 0, "\(moved.error)")
        #expect(moved.output.contains("fixed cost of a year"))
        #expect(try seedlot("sensitivity", "Examples/uc-msc", "--samples", "1").code == 1)
    }

    @Test func aYearIsSimulated() throws {
        let year = try seedlot(
            "simulate", "Examples/uc-msc", "--replications", "8", "--batches", "6",
            "--initial-stock", "40", "--lead-days", "60", "--format", "json")
        #expect(year.code == 0, "\(year.error)")
        let result = try object(year.output)
        #expect(result["replications"] as? Int == 8)
        #expect(result["isPartial"] as? Bool == false)
        let supply = try #require(result["supply"] as? [String: Any])
        let last = try #require((supply["periods"] as? [[String: Any]])?.last)
        #expect(last["until"] as? Double == 10_200)
    }

    /// Each with a message and a way out, none with a crash or without an end.
    @Test(arguments: [
        ["--replications", "1000000000"], ["--replications", "0"], ["--patients", "0"],
        ["--patients", "nan"], ["--patients=-5"], ["--batches", "0"], ["--batches", "1000000000"],
        ["--initial-stock", "nan"], ["--lead-days=-1"], ["--patience", "inf"], ["--threads", "0"],
        ["--stock-target", "nan"],
    ])
    func aYearThatCannotBeIsRefused(arguments: [String]) throws {
        let refused = try Shell.seedlot(
            arguments: ["simulate", "Examples/uc-msc"] + arguments, in: Shell.root)
        #expect(refused.code == 1, "\(arguments): \(refused.code)")
        #expect(!refused.error.isEmpty && refused.output.isEmpty)
    }

    /// A site without batches teaches nothing, and says so.
    @Test func aSiteWithoutBatchesLeavesThePrior() throws {
        let site = try SmallSite()
        let learned = try seedlot("learn", site.path, "Examples/uc-msc")
        #expect(learned.code == 0, "\(learned.error)")
        #expect(learned.output.contains("31.9"))
        #expect(learned.output.contains("nothing is known beyond the definition"))
        let json = try object(
            try seedlot("learn", site.path, "Examples/uc-msc", "--format", "json").output)
        #expect((json["passages"] as? [Any])?.isEmpty == true)
    }
}
