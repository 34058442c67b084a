import ArgumentParser
import Facility

/// `seedlot levels SITE`: the nitrogen of the storage vessels.
struct LevelsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "levels",
        abstract: "List the storage vessels whose nitrogen is watched, with their last level.",
        discussion: "A line that begins with ! is below its alert limit, or not read yet.")

    @OptionGroup var site: SiteArgument
    @OptionGroup var output: FormatOption

    func run() async throws {
        let levels = try await site.state().levelStandings()
        try output.give(levels) { show(levels) }
    }

    private func show(_ levels: [LevelStanding]) {
        if levels.isEmpty { print("no vessel has limits of its nitrogen level") }
        for vessel in levels {
            let mark = vessel.verdict == "within" ? " " : "!"
            let last =
                vessel.level.map { level in
                    "\(level)" + (vessel.read.map { " at \($0)" } ?? "")
                } ?? "not read"
            print(
                "\(mark) \(vessel.unit)  \(last); alert \(vessel.alert), action \(vessel.action), "
                    + "next by \(vessel.due)")
        }
    }
}
