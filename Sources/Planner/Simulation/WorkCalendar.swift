/// When people work: the same hours on each working day.
///
/// Work that has begun is finished; nothing begins outside these hours. The year of the calendar
/// has 52 weeks, and hour 0 is the first hour of a Monday in week 1.
public struct WorkCalendar: Hashable, Sendable {
    /// Days in the calendar's year.
    public static let daysInYear = 364

    /// Hour of the day at which work may begin.
    public var opens: Double
    /// Hour of the day after which nothing begins.
    public var closes: Double
    /// Days of the week on which people work, 0 for Monday.
    public var days: Set<Int>
    /// Weeks without work, from 1 to 52.
    public var shutdownWeeks: Set<Int>

    /// Work from `opens` to `closes`; every day if nothing is said.
    public init(
        opens: Double, closes: Double, days: Set<Int> = Set(0..<7), shutdownWeeks: Set<Int> = []
    ) {
        self.opens = opens
        self.closes = closes
        self.days = days
        self.shutdownWeeks = shutdownWeeks
    }

    /// Whether people work on a day counted from zero.
    public func works(onDay day: Int) -> Bool {
        let day = day % Self.daysInYear
        return days.contains(day % 7) && !shutdownWeeks.contains(day / 7 + 1)
    }

    /// For each day of the calendar's year, how many days later the next working day is.
    func daysToWork() -> [Int32] {
        let year = Self.daysInYear
        var wait = [Int32](repeating: 0, count: year)
        var next = Int32(year)
        for day in stride(from: 2 * year - 1, through: 0, by: -1) {
            next = works(onDay: day) ? 0 : next &+ 1
            if day < year { wait[day] = next }
        }
        return wait
    }

    /// Hours in which work may begin between hour 0 and `hours`.
    func openHours(until hours: Double) -> Double {
        guard hours > 0, hours.isFinite else { return 0 }
        let perYear = (0..<Self.daysInYear).count(where: works(onDay:))
        let length = closes - opens
        let yearHours = Double(Self.daysInYear * 24)
        let years = (hours / yearHours).rounded(.down)
        var sum = years * Double(perYear) * length
        let rest = hours - years * yearHours
        var day = 0
        while Double(day) * 24 < rest {
            if works(onDay: day) {
                sum += min(max(rest - Double(day) * 24 - opens, 0), length)
            }
            day += 1
        }
        return sum
    }
}
