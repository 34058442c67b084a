import Charts
import Dispatch
import HTTPTypes
import Planner
import ProductDefinition
import Synchronization

/// Where years are simulated: off the threads that answer pages, a few at once, each for a bounded
/// time.
///
/// The same question asked twice is one simulation. An answer is kept for a while, so that a
/// reader who comes back, or a colleague with the same address, finds it.
final class PlanningDesk: Sendable {
    /// What is asked. Equal questions have equal answers, whoever asks and with any number of
    /// threads.
    struct Question: Hashable, Sendable {
        var definition: String
        var choices: CampaignChoices
        var replications: Int
        var seed: UInt32
    }

    /// A simulated year.
    struct Year: Sendable {
        var result: CampaignResult
        /// The batches of the first replication, as many as a picture shows.
        var calendar: [CampaignCalendar.Row]
        /// Use of resources by week.
        var courses: [ResourceCourse]
    }

    /// How far a question is.
    enum Standing: Sendable {
        /// Others are before it.
        case waiting(before: Int)
        /// So many replications are in.
        case running(done: Int)
        case answered(Year)
        case refused(CampaignRefusal)
    }

    /// Simulations at once, a core each.
    static let width = 2
    /// Questions that wait at most.
    static let lineMax = 8
    /// Answers kept; one takes some hundred kilobytes.
    static let keptMax = 16
    /// A simulation that takes longer is ended, and its result marked as partial.
    static let secondsMax = 60.0
    /// Replications that are looked at for the use of resources over time.
    static let coursesFrom = 20

    private final class Job: Sendable {
        let done = Atomic<Int>(0)
        let isStopped = Atomic<Bool>(false)
        let definition: Definition

        init(_ definition: Definition) { self.definition = definition }
    }

    private struct Desk {
        var line: [Question] = []
        var jobs: [Question: Job] = [:]
        var answers: [Question: Result<Year, CampaignRefusal>] = [:]
        /// Answered questions, the one that was read longest ago first.
        var read: [Question] = []
        var working = 0
    }

    private let desk = Mutex(Desk())
    private let queue = DispatchQueue(
        label: "seedlot.planning", qos: .utility, attributes: .concurrent)

    /// How far `question` is; it is taken on if it is new.
    /// - Throws: a fault when too many are waiting.
    func ask(_ question: Question, of definition: Definition) throws(WebFault) -> Standing {
        let (standing, isFull) = desk.withLock { desk -> (Standing?, Bool) in
            if let known = Self.standing(of: question, in: &desk) { return (known, false) }
            guard desk.line.count < Self.lineMax else { return (nil, true) }
            desk.jobs[question] = Job(definition)
            desk.line.append(question)
            startNext(&desk)
            return (Self.standing(of: question, in: &desk), false)
        }
        guard !isFull, let standing else { throw .tooManySimulations }
        return standing
    }

    /// The same, after a short wait for the answer.
    func answer(
        _ question: Question, of definition: Definition, within patience: Duration
    ) async throws -> Standing {
        let end = ContinuousClock.now + patience
        var standing = try ask(question, of: definition)
        while ContinuousClock.now < end {
            switch standing {
            case .answered, .refused: return standing
            case .waiting, .running: break
            }
            try await Task.sleep(for: .milliseconds(50))
            standing = try ask(question, of: definition)
        }
        return standing
    }

    /// Ends the simulation of `question` with what is there.
    func stop(_ question: Question) {
        desk.withLock { $0.jobs[question]?.isStopped.store(true, ordering: .relaxed) }
    }

    private static func standing(of question: Question, in desk: inout Desk) -> Standing? {
        if let answer = desk.answers[question] {
            desk.read.removeAll { $0 == question }
            desk.read.append(question)
            switch answer {
            case .success(let year): return .answered(year)
            case .failure(let refusal): return .refused(refusal)
            }
        }
        if let before = desk.line.firstIndex(of: question) { return .waiting(before: before) }
        return desk.jobs[question].map { .running(done: $0.done.load(ordering: .relaxed)) }
    }

    private func startNext(_ desk: inout Desk) {
        while desk.working < Self.width, !desk.line.isEmpty {
            let question = desk.line.removeFirst()
            guard let job = desk.jobs[question] else { continue }
            desk.working += 1
            queue.async { [self] in work(on: question, job) }
        }
    }

    private func work(on question: Question, _ job: Job) {
        let answer: Result<Year, CampaignRefusal>
        do throws(CampaignRefusal) {
            answer = .success(try Self.simulate(question, job))
        } catch {
            answer = .failure(error)
        }
        desk.withLock { desk in
            desk.answers[question] = answer
            desk.read.append(question)
            while desk.read.count > Self.keptMax { desk.answers[desk.read.removeFirst()] = nil }
            desk.jobs[question] = nil
            desk.working -= 1
            startNext(&desk)
        }
    }

    private static func simulate(
        _ question: Question, _ job: Job
    ) throws(CampaignRefusal) -> Year {
        let end = ContinuousClock.now + .seconds(secondsMax)
        let shouldStop: @Sendable () -> Bool = {
            job.isStopped.load(ordering: .relaxed) || ContinuousClock.now > end
        }
        let campaign = try Campaign(job.definition, question.choices)
        let simulation = CampaignSimulation(campaign, seed: question.seed)
        let result = try simulation.run(
            replications: question.replications, chunk: 4, shouldStop: shouldStop,
            progress: { job.done.store($0, ordering: .relaxed) })
        return Year(
            result: result, calendar: SimulatedCalendar.rows(of: simulation),
            courses: simulation.resourceCourses(
                replications: min(coursesFrom, max(result.replications, 1)),
                shouldStop: shouldStop))
    }
}

extension WebFault {
    static let tooManySimulations = WebFault(
        status: .serviceUnavailable, code: "too-many-simulations",
        message: "too many simulations are waiting",
        details: "\(PlanningDesk.width) run at once and \(PlanningDesk.lineMax) wait at most",
        hint: "ask again in a minute", retryAfter: 30)
}

/// The batches of one simulated year as a calendar.
enum SimulatedCalendar {
    /// One row a batch of the first replication.
    static func rows(of simulation: CampaignSimulation) -> [CampaignCalendar.Row] {
        let run = simulation.replication(0, traced: true)
        let kept = Set(
            simulation.campaign.plan.steps.compactMap { step -> String? in
                if case .occupy(let occupancy) = step.action { occupancy.resource } else { nil }
            })
        let shown = min(simulation.campaign.plan.schedule.batches, CampaignCalendar.rowsMax)
        var stretches = [[CampaignCalendar.Stretch]](repeating: [], count: shown)
        // Cultures lie below the work that is done on them.
        for use in run.uses where use.batch < shown && kept.contains(use.resource) {
            stretches[use.batch].append(
                .init(from: use.start / 24, to: use.end / 24, .culture))
        }
        for operation in run.operations where operation.batch < shown {
            let activity: CampaignCalendar.Activity =
                !operation.isHold ? .work : operation.label == "release" ? .release : .testing
            stretches[operation.batch].append(
                .init(from: operation.start / 24, to: operation.end / 24, activity))
        }
        return stretches.enumerated().map {
            CampaignCalendar.Row(name: "batch \($0 + 1)", stretches: $1)
        }
    }
}
