import Guidance
package import Ledger

/// One qualification of a room.
package struct RoomQualification: Sendable, Hashable, Codable {
    package var report: String
    package var tests: [RoomTest]
    package var counts: [ClassificationCount]
    package var stamp: Stamp

    /// Whether every test that the grade asks for was done, and every count is within the limits
    /// of classification (Annex 1 4.27 Table 1).
    package func passes(for grade: AreaGrade) -> Bool {
        guard grade.cleanroom != nil else { return true }
        return Set(tests).isSuperset(of: RoomTest.allCases)
            && counts.allSatisfy { $0.isAllowed(in: grade) }
    }
}

/// A test of a clean room's qualification (Annex 1 4.32).
package enum RoomTest: String, Choice, Sendable, Hashable {
    case classification
    case filterIntegrity = "filter-integrity"
    case airflowVolume = "airflow-volume"
    case pressureDifference = "pressure-difference"
    case airVelocity = "air-velocity"
}

/// The highest count of a classification in one state.
package struct ClassificationCount: Field, Sendable, Hashable {
    package var state: Occupancy
    package var size: ParticleSize
    /// Particles per cubic metre.
    package var count: ParticleCount

    /// Whether the limit of `grade` allows it; a size without a limit is allowed.
    func isAllowed(in grade: AreaGrade) -> Bool {
        guard let grade = grade.cleanroom else { return true }
        let limit = CleanroomLimits.particles(
            grade: grade, size: size.guidance, state: state.guidance, for: .classification)
        return limit.allows(count.value) ?? true
    }

    package static var fieldSchema: FieldSchema { SchemaRecorder.schema(of: Self.self) }
    package static var sample: ClassificationCount {
        ClassificationCount(state: .atRest, size: .halfMicrometre, count: .sample)
    }
}

/// Declares a room qualified, or records that its qualification failed.
package struct QualifyRoom: Command {
    package static let name = "room.qualify"
    package static let summary = "Record the qualification of a room with its counts and report."
    package static let permission = Permission.qualify
    package static let signature: SignatureMeaning? = .approved
    package static let help = [
        "room": "which room", "report": "the qualification report",
        "tests": "the tests that were done and passed, apart from the counts",
        "counts": "the highest particle count in each state, for each size",
    ]

    package var room: RoomID
    package var report: String
    package var tests: [RoomTest]
    package var counts: [ClassificationCount]

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        let room = try site.room(room)
        try requireText(report, "report")
        if room.grade.cleanroom != nil {
            let missing = RoomTest.allCases.filter { !tests.contains($0) }
            guard missing.isEmpty else {
                throw Rejection(
                    "room.tests-missing",
                    "not tested: \(missing.map(\.rawValue).joined(separator: ", "))",
                    help: "a room is qualified when every test is done",
                    rule: "room-requalification")
            }
            for state in Occupancy.allCases
            where !counts.contains(where: { $0.state == state && $0.size == .halfMicrometre }) {
                throw Rejection(
                    "room.state-not-counted", "no count of 0.5 µm \(state.guidance.rawValue)",
                    help: "classify in both states", rule: "room-class-limits")
            }
        }
        let qualified = RoomQualified(
            room: room.id, report: report, tests: tests, counts: counts)
        let above = counts.filter { !$0.isAllowed(in: room.grade) }
        guard !above.isEmpty else { return [qualified] }
        let list = above.map { "\($0.count) of \($0.size.rawValue) \($0.state.guidance.rawValue)" }
        return [qualified]
            + site.event(
                .environment,
                "classification of '\(room.id)' exceeds grade \(room.grade.rawValue): "
                    + list.joined(separator: ", "),
                about: [room.id.naming(Thing.self)],
                affecting: [], rule: "room-class-limits")
    }
}

/// A room was tested for its qualification; whether it passed follows from the counts.
package struct RoomQualified: Fact {
    package static let kind = "room.qualified/1"
    package var room: RoomID
    package var report: String
    package var tests: [RoomTest]
    package var counts: [ClassificationCount]

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        site.rooms[room]?.qualifications.append(
            RoomQualification(report: report, tests: tests, counts: counts, stamp: stamp))
    }
}
