import Facility
import Testing
import TestSupport

/// Instants and days: one text each, whatever the machine's time zone or locale.
@Suite struct TimestampTests {
    /// Values from RFC 3339 §5.8 and the proleptic Gregorian calendar.
    @Test(
        arguments: [
            ("1970-01-01T00:00:00Z", 0), ("1985-04-12T23:20:50.520Z", 482_196_050_520),
            ("2000-02-29T12:00:00Z", 951_825_600_000), ("1969-12-31T23:59:59Z", -1_000),
        ] as [(String, Int64)])
    func readsAndWritesKnownInstants(text: String, milliseconds: Int64) throws {
        let timestamp = try #require(Timestamp(text))
        #expect(timestamp.milliseconds == milliseconds)
        #expect(timestamp.description == text)
    }

    @Test(arguments: [
        "", "2026-01-05", "2026-01-05T08:00:00", "2026-01-05T08:00:00+01:00",
        "2026-02-29T08:00:00Z", "2026-01-05T24:00:00Z", "2026-01-05T08:60:00Z",
        "2026-01-05 08:00:00Z", "2026-01-05T08:00:00.1Z", "０026-01-05T08:00:00Z",
    ])
    func refusesWhatIsNoInstant(text: String) {
        #expect(Timestamp(text) == nil)
    }

    @Test func textAndInstantGoRoundTrip() {
        forAll(cases: 1_000) { generator in
            let range: ClosedRange<Int64> = -62_135_596_800_000...253_402_300_799_999
            let milliseconds = Int64.random(in: range, using: &generator)
            let timestamp = Timestamp(milliseconds: milliseconds)
            try require(
                Timestamp(timestamp.description) == timestamp, "\(timestamp) does not round-trip")
        }
    }

    @Test func daysFollowOneAnother() throws {
        var day = try #require(CalendarDate("1999-12-30"))
        let expected = ["1999-12-31", "2000-01-01", "2000-01-02"]
        for text in expected {
            day = day.advanced(byDays: 1)
            #expect(day.description == text)
        }
        #expect(CalendarDate("2100-02-29") == nil)
        #expect(CalendarDate("2000-02-29") != nil)
    }
}
