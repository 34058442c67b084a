import Foundation
import Testing

/// The analyses as an analyst calls them: an option that cannot be meant is the command line's
/// fault (exit 2), data that carry no conclusion are found out (exit 1).
@Suite struct AnalysisCommandTests {
    private static let doubling = "time,count\n0,100\n1,200\n2,400\n3,810\n4,1590\n5,3210\n"

    private func run(_ table: String, _ arguments: String...) throws -> Shell.Outcome {
        let folder = try Shell.temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        try Data(table.utf8).write(to: folder.appending(path: "data.csv"))
        return try Shell.seedlot(arguments: arguments, in: folder)
    }

    @Test(arguments: [
        (["growth", "data.csv", "--confidence", "2"], "--confidence is 2.0"),
        (["growth", "data.csv", "--confidence", "nan"], "--confidence is nan"),
        (["capability", "data.csv", "--lower", "1", "--required", "0"], "--required is 0.0"),
        (["outliers", "data.csv", "--up-to", "0"], "--up-to is 0"),
        (["outliers", "data.csv", "--alpha", "1"], "--alpha is 1.0"),
        (["tolerance", "data.csv", "--content", "0"], "--content is 0.0"),
        (["control-chart", "data.csv", "--lambda", "1.5"], "--lambda is 1.5"),
        (["control-chart", "data.csv", "--sigma", "inf"], "--sigma is inf"),
        (
            ["stability", "data.csv", "--lower", "1", "--pooling-alpha", "7"],
            "--pooling-alpha is 7"
        ),
        (["compare", "data.csv", "--alpha", "0"], "--alpha is 0.0"),
        (["potency", "data.csv", "--assigned", "0"], "--assigned is 0.0"),
        (["potency", "data.csv", "--model", "parallel-line", "--interval", "profile"], "fieller"),
        (["potency", "data.csv", "--model", "4pl", "--interval", "fieller"], "wald or profile"),
    ])
    func anOptionOutsideItsLimitsIsMisuse(arguments: [String], named: String) throws {
        let folder = try Shell.temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        try Data(Self.doubling.utf8).write(to: folder.appending(path: "data.csv"))
        let outcome = try Shell.seedlot(arguments: arguments, in: folder)
        #expect(outcome.code == 2)
        #expect(outcome.error.contains(named), "\(outcome.error)")
        #expect(outcome.output.isEmpty)
    }

    @Test func countsThatNeverSlowHaveNoPlateau() throws {
        let outcome = try run(Self.doubling, "growth", "data.csv", "--model", "logistic")
        #expect(outcome.code == 1)
        #expect(outcome.output.contains("plateau: no conclusion: the counts end at 3210"))
        #expect(outcome.output.contains("the population doubles in 0.998"))
        let bent = Self.doubling + "6,5200\n7,7100\n8,8300\n9,8900\n10,9100\n"
        let whole = try run(bent, "growth", "data.csv", "--model", "logistic")
        #expect(whole.code == 0, "\(whole.output)")
        #expect(!whole.output.contains("plateau"))
    }

    @Test func aCurveThatNeverReachesHalfOfItsEffectSaysSo() throws {
        var rows = "preparation,dose,response\n"
        // Four-parameter curves with half of the effect at 100, seen from 1 to 16 only.
        for (name, ratio) in [("standard", 1.0), ("sample", 1.2)] {
            for dose in [1.0, 2, 4, 8, 16] {
                for error in [-0.02, 0.02] {
                    let share = 1 / (1 + pow(dose * ratio / 100, -1))
                    rows += "\(name),\(dose),\(10 * share + error)\n"
                }
            }
        }
        let outcome = try run(rows, "potency", "data.csv", "--standard", "standard")
        #expect(outcome.output.contains("outside the doses given (1 to 16)"), "\(outcome.output)")
    }
}
