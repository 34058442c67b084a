import ArgumentParser
import Facility

/// `seedlot monitoring SITE`: the sampling plans, and when each point was taken last.
struct MonitoringCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "monitoring",
        abstract:
            "List the sampling plans of rooms and equipment, with the last sample of each point.")

    @OptionGroup var site: SiteArgument

    @OptionGroup var output: FormatOption

    func run() async throws {
        let points = try await site.state().monitoringStandings()
        try output.give(points) { show(points) }
    }

    private func show(_ points: [MonitoringStanding]) {
        if points.isEmpty { print("no sampling plan is laid down") }
        var place: PlaceID?
        for point in points {
            if point.place != place {
                print("\(point.place), grade \(point.grade.rawValue), plan \(point.plan)")
                place = point.place
            }
            let often = [
                point.eachOperation ? "each open operation" : nil,
                point.everyDays.map { "every \($0) d" },
            ].compactMap { $0 }.joined(separator: " and ")
            let last = point.lastTaken.map { "last \($0)" } ?? "never taken"
            let due = point.due.map { ", due \($0)" } ?? ""
            print("      \(point.method.rawValue) at \(point.location): \(often); \(last)\(due)")
        }
    }
}
