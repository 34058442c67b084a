package import Ledger

package typealias StudyID = Identifier<Study>

/// A stability, comparability or validation study, or a stage of a technology transfer, from its
/// protocol to its conclusion.
package struct Study: Sendable, Codable {
    package var id: StudyID
    package var kind: StudyKind
    /// What is studied: a batch, a bank, a change or a definition version.
    package var subject: ThingID
    /// The approved protocol, with the criteria set before any test.
    package var protocolNumber: String
    /// Months after the start at which samples are pulled; empty for a study without time points.
    package var months: [Int]
    /// Days a pull may come early or late.
    package var windowDays: Int
    package var opened: Stamp
    /// The study of the definition it follows; `nil` for one that has its tests from its protocol.
    package var plan: String?
    /// What is tested, with the criteria set before any result.
    package var tests: [StudyTest] = []
    /// The stage of a technology transfer; `nil` for another study.
    package var stage: TransferStage?
    /// How many batches the protocol asks for, for a stage of a transfer.
    package var batchesPlanned: Int?
    /// The batches that were made for it, in the order they were assigned.
    package var batches: [BatchID] = []
    /// What was said about the items of the stage, oldest first; the last of an item counts.
    package var answers: [ItemAnswer] = []
    package var pulls: [Pull] = []
    package var results: [Result] = []
    package var conclusion: Conclusion?

    /// Containers taken out at a time point.
    package struct Pull: Sendable, Hashable, Codable {
        package var month: Int
        package var sample: SampleID
        package var stamp: Stamp
    }

    /// One result of the study.
    package struct Result: Sendable, Hashable, Codable {
        package var month: Int?
        package var test: String
        package var observation: Observation
        package var reference: String
        package var stamp: Stamp
        /// What it was tested with; `nil` when nothing was named.
        package var run: TestRun?
        /// The second person who held it against its raw data.
        package var verified: Stamp?
        /// Why it does not count, when the laboratory caused it.
        package var invalidated: TestResult.Invalidation?
    }

    /// The results that count.
    package var resultsInForce: [Result] { results.filter(\.isInForce) }

    /// How it ended.
    package struct Conclusion: Sendable, Hashable, Codable {
        package var isMet: Bool
        package var summary: String
        package var stamp: Stamp
    }

    /// The day of a time point: months of 30.4375 days, the mean of the Gregorian year.
    package func day(ofMonth month: Int) -> CalendarDate {
        opened.happened.date.advanced(byDays: Int((Double(month) * 30.4375).rounded()))
    }
}

/// What a study is about.
package enum StudyKind: String, Choice, Sendable, Hashable {
    case stability, comparability
    case processValidation = "process-validation"
    case methodValidation = "method-validation"
    case transportValidation = "transport-validation"
    /// Label and container closure at the storage temperature.
    case labelValidation = "label-validation"
    /// Cleaning and disinfection of a room or of what touches the product.
    case cleaningValidation = "cleaning-validation"
    /// One of the three stages of the transfer of a process to this site.
    case technologyTransfer = "technology-transfer"
}

extension StudyKind {
    /// What a study of this kind may be about.
    fileprivate var subjects: Set<Thing> {
        switch self {
        case .comparability: [.change]
        case .stability: [.batch, .bank]
        case .technologyTransfer: [.master]
        case .cleaningValidation: [.room, .equipment]
        case .processValidation, .methodValidation, .transportValidation, .labelValidation:
            [.master, .batch, .change]
        }
    }
}

/// A time point of a study and how it stands.
package struct DuePull: Hashable, Sendable {
    package var study: StudyID
    package var month: Int
    package var day: CalendarDate
    /// The last day of the window.
    package var latest: CalendarDate
}

extension SiteState {
    /// The time points of open studies that were not pulled, the earliest first.
    package func pullsDue(through day: CalendarDate) -> [DuePull] {
        studies.inOrder.filter { $0.conclusion == nil }.flatMap { study in
            study.months.filter { month in !study.pulls.contains { $0.month == month } }.map {
                let due = study.day(ofMonth: $0)
                return DuePull(
                    study: study.id, month: $0, day: due,
                    latest: due.advanced(byDays: study.windowDays))
            }
        }.filter { $0.day <= day }.sorted { ($0.day, $0.study.text) < ($1.day, $1.study.text) }
    }
}

/// Opens a study under an approved protocol.
package struct OpenStudy: Command {
    package static let name = "study.open"
    package static let summary = "Open a stability, comparability or validation study."
    package static let permission = Permission.review
    package static let signature: SignatureMeaning? = .approved
    package static let help = [
        "study": "the number of the study", "kind": "what it is about",
        "subject": "the batch, bank, change or definition version studied",
        "plan": "the stability study of the definition, which sets tests, criteria and points",
        "protocolNumber": "the approved protocol that sets tests and criteria",
        "tests": "tests with their criteria, for a study that the definition does not plan",
        "months": "months after today at which samples are pulled; none for those of the plan",
        "windowDays": "days a pull may come early or late",
        "stage": "for a technology transfer: the stage, each after the one before",
        "batches": "for a technology transfer: how many batches the protocol asks for",
    ]

    package var study: StudyID
    package var kind: StudyKind
    package var subject: ThingID
    package var plan: String?
    package var protocolNumber: String
    package var tests: [StudyTest]?
    package var months: [Int]
    package var windowDays: Int
    package var stage: TransferStage?
    package var batches: Int?

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        try site.requireUnused(study)
        try requireText(protocolNumber, "protocolNumber")
        let allowed = kind.subjects
        guard let thing = site.things[subject.text], allowed.contains(thing) else {
            let words = allowed.map(\.rawValue).sorted().joined(separator: " or ")
            throw Rejection(
                "study.subject", "'\(subject)' is no \(words)",
                help: "a \(kind.rawValue) study is about a \(words)")
        }
        guard Set(months).count == months.count, months.count <= 40,
            months.allSatisfy({ (0...360).contains($0) }), (0...90).contains(windowDays)
        else {
            throw Rejection(
                "study.schedule", "\(months.count) time points, window \(windowDays) d",
                help: "at most 40 different months from 0 to 360, and a window of at most 90 d")
        }
        try requireStage(on: site)
        if kind == .processValidation { try site.requireReadyToValidate(subject, at: moment) }
        let planned = kind == .stability ? site.plannedStudies(of: subject) : []
        guard let plan = try plan(among: planned) else {
            let tests = try requireTests()
            guard kind != .stability || !months.isEmpty else {
                throw Rejection(
                    "study.schedule", "a stability study needs time points",
                    help: "enter the months of the protocol")
            }
            return [opened(tests, months)]
        }
        guard tests == nil else {
            throw Rejection(
                "study.tests-planned", "the definition sets the tests of '\(plan.id)'",
                help: "leave 'tests' out")
        }
        guard plan.protocolNumber.map({ $0 == protocolNumber }) ?? true else {
            throw Rejection(
                "study.another-protocol",
                "the protocol of '\(plan.id)' is \(plan.protocolNumber ?? ""), not "
                    + protocolNumber, help: "work by the protocol of the definition")
        }
        let other = months.filter { !plan.months.contains($0) }
        guard other.isEmpty else {
            throw Rejection(
                "study.no-such-time-point",
                "'\(plan.id)' has no point at \(other.map { "\($0)" }.joined(separator: ", ")) "
                    + "months",
                help: "points: \(plan.months.map { "\($0)" }.joined(separator: ", "))")
        }
        return [
            opened(
                try site.tests(of: plan, for: subject), months.isEmpty ? plan.months : months)
        ]
    }

    private func opened(_ tests: [StudyTest], _ months: [Int]) -> StudyOpened {
        StudyOpened(
            study: study, kind: kind, subject: subject, protocolNumber: protocolNumber,
            months: months.sorted(), windowDays: windowDays, plan: plan, tests: tests,
            stage: stage, batches: batches)
    }

    /// The planned study that is named; `nil` where the definition plans none.
    private func plan(among planned: [MasterStudy]) throws(Rejection) -> MasterStudy? {
        let known = planned.map(\.id)
        guard let plan else {
            guard planned.isEmpty else {
                throw Rejection(
                    "study.plan-missing", "the definition plans studies of '\(subject)'",
                    help: "name one in 'plan': \(known.joined(separator: ", "))")
            }
            return nil
        }
        if let found = planned.first(where: { $0.id == plan }) { return found }
        throw Rejection(
            "study.unknown-plan", "the definition plans no study '\(plan)' of '\(subject)'",
            help: didYouMean(plan, among: known)
                ?? (known.isEmpty
                    ? "enter the tests of the protocol in 'tests'"
                    : "known: \(known.joined(separator: ", "))"))
    }

    private func requireTests() throws(Rejection) -> [StudyTest] {
        let tests = tests ?? []
        guard (1...100).contains(tests.count), Set(tests.map(\.test)).count == tests.count,
            tests.allSatisfy({ !$0.test.isEmpty }),
            tests.contains(where: { $0.criterion != .reported })
        else {
            throw Rejection(
                "study.criteria-missing",
                "\(tests.count) tests, of which \(tests.count { $0.criterion != .reported }) have a "
                    + "criterion",
                help: "enter each test once, and what the protocol accepts, in 'tests'",
                rule: kind == .comparability ? "comparability-equivalence" : nil)
        }
        return tests
    }
}

/// A study was opened.
package struct StudyOpened: Fact {
    package static let kind = "study.opened/1"
    package var study: StudyID
    package var kind: StudyKind
    package var subject: ThingID
    package var protocolNumber: String
    package var months: [Int]
    package var windowDays: Int
    package var plan: String?
    /// The tests with their criteria; `nil` in entries that left both to the protocol.
    package var tests: [StudyTest]?
    package var stage: TransferStage?
    /// How many batches a stage of a transfer asks for.
    package var batches: Int?

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        site.things[study.text] = .study
        site.studies[study] = Study(
            id: study, kind: kind, subject: subject, protocolNumber: protocolNumber,
            months: months, windowDays: windowDays, opened: stamp, plan: plan,
            tests: tests ?? [], stage: stage, batchesPlanned: batches)
    }
}
