import Foundation
import TestSupport
import Testing

@testable import Charts

@Suite struct ScaleTests {
    @Test func labelsRoundValues() {
        let scale = Scale(from: 79, to: 92, start: 0, end: 100)
        #expect(scale.ticks() == [80, 82, 84, 86, 88, 90, 92])
        let decades = Scale(from: 1e6, to: 6e8, start: 0, end: 100, spacing: .logarithmic)
        #expect(decades.ticks() == [1e6, 1e7, 1e8])
        let narrow = Scale(from: 1, to: 30, start: 0, end: 100, spacing: .logarithmic)
        #expect(narrow.ticks() == [1, 2, 5, 10, 20])
    }

    @Test func aTickIsNeverOutsideAndNeverMany() {
        forAll { random in
            let one = Double.random(in: -1e6...1e6, using: &random)
            let two = one + Double.random(in: 1e-9...1e6, using: &random)
            let scale = Scale(from: one, to: two, start: 0, end: 1)
            let ticks = scale.ticks()
            try require(
                (1...12).contains(ticks.count), "\(ticks.count) ticks from \(one) to \(two)")
            try require(zip(ticks, ticks.dropFirst()).allSatisfy { $0 < $1 }, "\(ticks)")
        }
    }

    @Test func theLogarithmAgreesWithTheLibrary() {
        forAll(cases: 500) { random in
            let exponent = Double.random(in: -300...300, using: &random)
            let value: Double = pow(10.0, exponent)
            let difference: Double = decimalLogarithm(value) - log10(value)
            try require(difference.magnitude < 1e-12, "\(value)")
        }
    }

    @Test(arguments: [
        (0.0, "0"), (0.85, "0.85"), (120, "120"), (1.5e8, "1.5 × 10⁸"), (1e6, "10⁶"),
        (-3, "−3"), (0.0005, "5 × 10⁻⁴"), (99_999, "10⁵"), (0.9999, "1"), (12_345, "12345"),
    ])
    func writesNumbersShortly(value: Double, text: String) {
        #expect(NumberLabel.short(value) == text)
    }

    @Test func labelsHaveAsManyDecimalsAsTheyNeed() {
        #expect(NumberLabel.labels(for: [0, 0.5, 1]) == ["0.0", "0.5", "1.0"])
        #expect(NumberLabel.labels(for: [80, 85]) == ["80", "85"])
    }
}

@Suite struct TimeLabelTests {
    @Test(arguments: [
        (0, "1970-01-01"), (951_782_400, "2000-02-29"), (1_772_323_200, "2026-03-01"),
        (-86_400, "1969-12-31"), (4_107_542_399, "2100-02-28"),
    ])
    func writesDatesOfTheGregorianCalendar(seconds: Int64, text: String) {
        #expect(TimeLabel.date(seconds) == text)
    }

    @Test func agreesWithTheSystemCalendar() {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = TimeZone(secondsFromGMT: 0) ?? .gmt
        forAll(cases: 200) { random in
            let seconds = Int64.random(in: -2_000_000_000...20_000_000_000, using: &random)
            let parts = calendar.dateComponents(
                [.year, .month, .day, .hour, .minute],
                from: Date(timeIntervalSince1970: Double(seconds)))
            let ours = CivilDate(secondsSince1970: seconds)
            try require(
                [ours.year, ours.month, ours.day, ours.hour, ours.minute]
                    == [parts.year, parts.month, parts.day, parts.hour, parts.minute].map {
                        $0 ?? -1
                    },
                "\(seconds) is \(parts)")
        }
    }

    @Test func weeklyTicksFallOnMondays() {
        let march: Int64 = 1_772_323_200
        let ticks = TimeLabel.ticks(from: march, to: march + 60 * 86_400, wanted: 8)
        #expect(ticks.first.map { TimeLabel.date($0) } == "2026-03-02")
        #expect(ticks.allSatisfy { ($0 / 86_400 + 3) % 7 == 0 })
    }

    @Test func survivesAnyInstant() {
        for instant in [Int64.min, .max, 0] { _ = TimeLabel.label(instant, step: 1) }
        #expect(TimeLabel.ticks(from: .min, to: .max, wanted: 5).count <= 7)
    }
}

@Suite struct RangeGaugeTests {
    private let normal = RangeGauge.Interval(low: 2800, high: 3200)
    private let proven = RangeGauge.Interval(low: 2500, high: 3500)

    @Test(arguments: [
        (3000.0, Tone.good), (2800, .good), (2700, .attention), (3500, .attention), (3501, .bad),
    ])
    func judgesAValue(value: Double, tone: Tone) {
        #expect(RangeGauge(value: value, normal: normal, proven: proven).tone == tone)
    }

    @Test func aOneSidedLimitJudgesItsSide() {
        let viability = RangeGauge.Interval(low: 80, high: nil)
        #expect(RangeGauge(value: 81, normal: nil, proven: viability).tone == .good)
        #expect(RangeGauge(value: 79, normal: nil, proven: viability).tone == .bad)
        #expect(RangeGauge(value: nil, normal: nil, proven: viability).tone == .inactive)
    }

    @Test func theHandNeverLeavesTheDial() {
        let gauge = RangeGauge(value: 1e9, normal: normal, proven: proven)
        #expect(gauge.place(of: 1e9) == RangeGauge.width - 6)
        #expect(gauge.place(of: -1e9) == 6)
    }
}
