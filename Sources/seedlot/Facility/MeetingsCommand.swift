import ArgumentParser
import Facility
import Operations

/// `seedlot meetings SITE`: what authorities and vendors answered, and what was promised.
struct MeetingsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "meetings",
        abstract: "List meetings with authorities and vendors: answers and commitments.",
        discussion: "The exit code is 1 when an answer or a commitment is overdue.")

    @OptionGroup var site: SiteArgument

    @OptionGroup var day: DayOption

    @OptionGroup var output: FormatOption

    func run() async throws {
        let today = try day.date()
        let standings = try await site.state().meetingStandings(on: today)
        try output.give(standings) { show(standings) }
        if standings.contains(where: \.overdue) { throw ExitCode.failure }
    }

    private func show(_ standings: [MeetingStanding]) {
        if standings.isEmpty { print("no meeting is recorded") }
        for meeting in standings {
            print(
                "\(meeting.overdue ? "!" : " ") \(meeting.held)  \(meeting.meeting), "
                    + "\(meeting.with): \(meeting.subject)")
            for (place, asked) in meeting.questions.enumerated() {
                print("      \(place + 1). \(asked.question)")
                print("         \(asked.answer ?? "not answered yet")")
            }
            for commitment in meeting.commitments {
                let mark = commitment.overdue ? "!" : commitment.evidence == nil ? " " : "x"
                let whose = commitment.kind == .partnerCommitment ? "they" : "we"
                print(
                    "    \(mark) \(commitment.deadline)  \(commitment.obligation), \(whose) "
                        + "promised: \(commitment.task)")
            }
        }
    }
}
