import Foundation
import Planner
import TestSupport
import Testing

/// What can be recomputed of a published cost model of pluripotent expansion in vertical-wheel
/// bioreactors (Salvador et al. 2023, doi:10.1016/j.crbiot.2023.100163), seven scenarios.
///
/// Its prices, daily rates, vessels and days are known; how it chooses volumes, exchanges medium
/// and doses enzymes is not, so that reagents are not recomputed.
@Suite struct PublishedModelTests {
    private struct Scenario {
        let name: String
        /// Bioreactors by their volume in L.
        let vessels: [String: Double]
        let reactorDays, planarDays: Double
        let total, consumables, reagents, facility, labour: Double
    }

    private func scenarios() throws -> [Scenario] {
        let file = fixtures().appending(path: "bemsca_results.csv")
        let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
        let head = lines[0].split(separator: ",").map(String.init)
        return try lines.dropFirst().map { line in
            let row = Dictionary(
                uniqueKeysWithValues: zip(head, line.split(separator: ",").map(String.init)))
            func number(_ key: String) throws -> Double {
                try #require(row[key].flatMap(Double.init))
            }
            var vessels: [String: Double] = [:]
            for entry in (row["bioreactors"] ?? "").split(separator: ";") {
                let parts = entry.split(separator: "x")
                vessels[String(parts[1]), default: 0] += try #require(Double(parts[0]))
            }
            return Scenario(
                name: row["scenario"] ?? "", vessels: vessels,
                reactorDays: try number("bioreactor_days"), planarDays: try number("planar_days"),
                total: try number("total_eur"), consumables: try number("consumables_eur"),
                reagents: try number("reagents_eur"), facility: try number("facility_eur"),
                labour: try number("labour_eur"))
        }
    }

    /// 150.58 EUR of people and 221.67 EUR of plant a day, and the drives of the reactors written
    /// off over five years without interest: 2,473 EUR up to 0.5 L, 65,550 EUR for 3 L.
    @Test func plantAndPeople() throws {
        let share = try #require(FacilityCost.capitalRecovery(interest: 0, years: 5)) / 365
        for scenario in try scenarios() {
            let days = scenario.reactorDays + scenario.planarDays
            let drives = scenario.vessels.reduce(0.0) {
                $0 + $1.value * ($1.key == "3" ? 65_550 : 2473)
            }
            let facility = days * (221.67 + drives * share)
            #expect(abs(facility / scenario.facility - 1) < 0.01, "\(scenario.name)")
            #expect(abs(days * 150.58 / scenario.labour - 1) < 0.01, "\(scenario.name)")
        }
    }

    /// Vessels at 261.75, 327.75 and 1,248 EUR, and six-well plates at 2.40 EUR: six where the
    /// planar stage lasts twelve days, two where it lasts eight.
    @Test func consumables() throws {
        let prices = ["0.1": 261.75, "0.5": 327.75, "3": 1248]
        for scenario in try scenarios() {
            var cost = scenario.planarDays == 12 ? 6 * 2.40 : 2 * 2.40
            for (size, count) in scenario.vessels { cost += count * (prices[size] ?? .nan) }
            #expect(abs(cost / scenario.consumables - 1) < 0.01, "\(scenario.name)")
        }
    }

    /// The four categories are the whole.
    @Test func categoriesAddUp() throws {
        for scenario in try scenarios() {
            let sum =
                scenario.consumables + scenario.reagents + scenario.facility + scenario.labour
            #expect(abs(sum / scenario.total - 1) < 0.001, "\(scenario.name)")
        }
    }
}
