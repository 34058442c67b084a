import Foundation
import TestSupport
import Testing

@testable import Charts

/// One picture of each kind of a plan.
enum PlanningPictureSamples {
    static var all: [(name: String, picture: Picture)] {
        [
            ("campaign-calendar", calendar.picture()), ("share-bars", bars.picture()),
            ("tornado", tornado.picture()), ("outcome-histogram", histogram.picture()),
            ("level-chart", levels.picture()), ("use-over-time", use.picture()),
        ]
    }

    static var calendar: CampaignCalendar {
        CampaignCalendar(
            title: "The campaign",
            rows: (0..<3).map { batch in
                let start = Double(batch) * 14
                return .init(
                    name: "batch \(batch + 1)",
                    stretches: [
                        .init(from: start, to: start + 0.5, .work),
                        .init(from: start + 0.5, to: start + 12, .culture),
                        .init(from: start + 12, to: start + 40, .testing),
                        .init(from: start + 40, to: start + 45, .release),
                    ])
            })
    }

    static var bars: ShareBars {
        ShareBars(
            title: "How much of each resource is used",
            bars: [
                .init(name: "operator", share: 0.22, note: "allows 110/y"),
                .init(name: "incubator places", share: 0.85, note: "allows 28/y"),
                .init(name: "isolators", share: 1.2, note: "allows 20/y"),
            ])
    }

    static var tornado: TornadoChart {
        TornadoChart(
            title: "What moves the cost", quantity: "EUR a patient", middle: 16_800,
            bars: [
                .init(name: "prices of tests", atLow: 16_500, atHigh: 17_100),
                .init(name: "patients", atLow: 19_900, atHigh: 15_000),
            ])
    }

    static var histogram: OutcomeHistogram {
        OutcomeHistogram(
            title: "Cost of an administration", quantity: "EUR",
            values: (0..<200).map { 6000 + Double($0 * $0 % 97) * 10 }, bins: 12)
    }

    static var use: UseOverTime {
        UseOverTime(
            title: "Use of resources, week by week",
            strips: [
                .init(
                    name: "40 incubator places",
                    weeks: (0..<52).map { week in week < 4 ? 0.1 : 0.3 + Double(week % 7) / 10 },
                    note: "of all hours"),
                .init(
                    name: "2 isolators", weeks: (0..<52).map { $0 % 13 == 0 ? 1.25 : 0.4 },
                    note: "of working hours"),
                .init(name: "a laboratory", weeks: []),
            ])
    }

    static var levels: LevelChart {
        LevelChart(
            title: "Supply against demand", across: "days", quantity: "administrations",
            series: [
                .init(
                    name: "released", points: [(0, 0), (44, 16), (59, 32), (74, 48)],
                    isStepped: true),
                .init(name: "needed", points: [(0, 0), (80, 66)]),
                .init(name: "in stock", points: [(0, 20), (80, 2)]),
            ])
    }
}

@Suite struct PlanningPictureTests {
    @Test(arguments: PlanningPictureSamples.all.map(\.name))
    func keepsItsBytes(name: String) throws {
        let picture = try #require(PlanningPictureSamples.all.first { $0.name == name }).picture
        let text = String(decoding: picture.standaloneSVG(), as: UTF8.self)
        expectSnapshot(text.replacing("><", with: ">\n<"), named: "\(name).svg")
    }

    @Test(arguments: PlanningPictureSamples.all.map(\.name))
    func isWellFormedAndSaysWhatItShows(name: String) throws {
        let picture = try #require(PlanningPictureSamples.all.first { $0.name == name }).picture
        let seen = try SeenElements(picture.standaloneSVG())
        #expect(seen.counts["title"] == 1)
        #expect(seen.counts["desc"] == 1)
        #expect(!picture.title.isEmpty && !picture.summary.isEmpty)
    }

    /// The strongest bar stands first in the words as well.
    @Test func theTornadoIsSorted() throws {
        let words = PlanningPictureSamples.tornado.picture().summary
        let first = try #require(words.range(of: "patients"))
        let second = try #require(words.range(of: "prices of tests"))
        #expect(first.lowerBound < second.lowerBound)
    }

    @Test func drawsEmptyAndOddInput() throws {
        let odd = [Double.nan, .infinity, -.infinity, 0, -1, 1e308, .leastNonzeroMagnitude]
        for values in [[], odd] + odd.map({ [$0] }) {
            let pictures = [
                CampaignCalendar(
                    title: "",
                    rows: values.map {
                        .init(name: "<&>", stretches: [.init(from: 0, to: $0, .culture)])
                    }
                ).picture(),
                ShareBars(title: "", bars: values.map { .init(name: "<&>", share: $0) }).picture(),
                TornadoChart(
                    title: "", quantity: "", middle: values.first ?? 0,
                    bars: values.map { .init(name: "", atLow: $0, atHigh: 1) }
                ).picture(),
                OutcomeHistogram(title: "", quantity: "", values: values).picture(),
                LevelChart(
                    title: "", across: "", quantity: "",
                    series: [.init(name: "", points: values.map { ($0, $0) }, isStepped: true)]
                ).picture(),
            ]
            for picture in pictures { _ = try SeenElements(picture.standaloneSVG()) }
        }
    }
}
