import Foundation
import Planner
import TestSupport
import Testing

/// A published cost model of pluripotent expansion in vertical-wheel bioreactors, recomputed: seven
/// scenarios of 2 × 10⁹ cells (Salvador et al. 2023, doi:10.1016/j.crbiot.2023.100163).
///
/// Its prices, daily rates and vessels are published. What was not written down is stated here as an
/// assumption and held against all seven:
///
/// - volumes grow from the first to the last by one factor a cycle;
/// - a volume goes into the largest vessels whose least volume it exceeds;
/// - a cycle uses its volume once, and 80 % of it again on each day but the first and the last; with
///   the low inoculum one half is exchanged once (`exchange`);
/// - the planar stage takes 0.226 L of medium in twelve days and 0.066 L in eight;
/// - everything else that is dissolved costs 361 EUR and 300 EUR for each litre inoculated, of which
///   139 EUR is the ROCK inhibitor at its published price.
///
/// The last two are fitted (four numbers against fourteen); the others have nothing to fit.
@Suite struct PublishedModelTests {
    private struct Scenario {
        let name: String
        /// Bioreactors by their volume in L.
        let vessels: [String: Double]
        let reactorDays, planarDays: Double
        let total, consumables, reagents, facility, labour: Double
        /// Volume of each cycle, L.
        let volumes: [Double]
        let medium: Double
        /// EUR for a litre of it.
        let mediumPrice: Double

        var cycles: Int { volumes.count }
        /// Days of one cycle; three days go before the first.
        var cycleDays: Double { (reactorDays - 3) / Double(cycles) }
        var hasLowInoculum: Bool { name == "Low-Density Inoculation" }
        /// Volumes of medium that go through a vessel in a cycle.
        var exchange: Double { hasLowInoculum ? 1.5 : 1 + 0.8 * (cycleDays - 2) }
        var planarMedium: Double { planarDays == 12 ? 0.226 : 0.066 }

        var mediumComputed: Double {
            (volumes.reduce(0, +) * exchange + planarMedium) * mediumPrice
        }
        var otherReagents: Double { 361 + 300 * volumes.reduce(0, +) }
    }

    /// Vertical wheels: their least and greatest volumes, L, and prices of a vessel and its drive.
    private static let wheels: [(size: String, least: Double, most: Double)] = [
        ("3", 1.8, 3), ("0.5", 0.3, 0.5), ("0.1", 0.06, 0.1),
    ]

    private func scenarios() throws -> [Scenario] {
        let file = fixtures().appending(path: "bemsca_results.csv")
        let lines = try String(contentsOf: file, encoding: .utf8).split(
            whereSeparator: \.isNewline)
        let head = lines[0].split(separator: ",").map(String.init)
        #expect(lines.count == 8, "a head and seven scenarios")
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
                labour: try number("labour_eur"),
                volumes: (row["cycle_volume_L"] ?? "").split(separator: ";").compactMap {
                    Double($0)
                },
                medium: try number("medium_eur"),
                mediumPrice: row["medium"] == "B8" ? 9.63 : 654)
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

    /// Cycles, vessels and days as published, from the first and the last volume alone.
    @Test func workflow() throws {
        for scenario in try scenarios() {
            var vessels: [String: Double] = [:]
            for volume in scenario.volumes {
                let wheel = try #require(
                    Self.wheels.first { $0.least < volume } ?? Self.wheels.last)
                vessels[wheel.size, default: 0] += (volume / wheel.most).rounded(.up)
            }
            #expect(vessels == scenario.vessels, "\(scenario.name)")
            #expect(scenario.cycleDays == scenario.cycleDays.rounded(), "\(scenario.name)")
            guard !scenario.hasLowInoculum, let first = scenario.volumes.first,
                let last = scenario.volumes.last
            else { continue }
            let growth = pow(last / first, 1 / Double(scenario.cycles - 1))
            for (place, volume) in scenario.volumes.enumerated() {
                let computed = first * pow(growth, Double(place))
                #expect(abs(computed - volume) < 6e-4, "\(scenario.name), cycle \(place + 1)")
            }
        }
    }

    /// The exchange of medium that was not written down gives the published cost of medium.
    @Test func mediumExchange() throws {
        for scenario in try scenarios() {
            #expect(
                abs(scenario.mediumComputed / scenario.medium - 1) < 0.005, "\(scenario.name)")
        }
    }

    /// From people, plant, vessels, medium and the rest, the published total to 1 %.
    @Test func theWholeCost() throws {
        let scenarios = try scenarios()
        for scenario in scenarios {
            let computed =
                scenario.consumables + scenario.facility + scenario.labour
                + scenario.mediumComputed + scenario.otherReagents
            #expect(
                abs(computed / scenario.total - 1) < 0.01,
                "\(scenario.name): \(computed) for \(scenario.total)")
        }
        func total(_ name: String) throws -> Double {
            try #require(scenarios.first { $0.name == name }).total
        }
        // What the authors conclude: dextran sulphate and home-made medium pay.
        #expect(try total("DS Supplementation") < 0.6 * total("Default"))
        #expect(try total("B8 (1x)") < 0.7 * total("Default"))
        #expect(try total("B8 (2x)") < total("B8 (1.5x)"))
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
