import Guidance
public import ProductDefinition

extension CheckSubject {
    typealias RoomGrade = Definition.RoomGrade

    /// The cleanest air that an operation says it has at the product: its own word, or that of
    /// the cabinet or isolator it is done in.
    func localGrade(of operation: Definition.Operation) -> RoomGrade? {
        if let stated = operation.localGrade?.value { return stated }
        return operation.equipment.compactMap { definition.equipment($0)?.grade?.value }.max()
    }

    /// The grade of the room around an operation.
    func background(of operation: Definition.Operation) -> RoomGrade? {
        definition.room(operation.room)?.grade.value
    }

    /// The cabinets, hoods and isolators of grade A that an operation uses.
    var gradeAZones: [Definition.Equipment] {
        var used: Set<String> = []
        for stage in stages {
            for operation in stage.operations { used.formUnion(operation.equipment.map(\.value)) }
        }
        return (definition.premises?.equipment ?? []).filter {
            $0.grade?.value == .a && used.contains($0.id.value)
        }
    }

    /// The isolator or RABS an operation is done in.
    func barrier(of operation: Definition.Operation) -> Definition.Equipment? {
        operation.equipment.lazy.compactMap { definition.equipment($0) }.first { $0.isBarrier }
    }

    /// The least background that the barrier of an operation allows (Annex 1 4.20); grade B
    /// without one.
    func leastBackground(of operation: Definition.Operation) -> RoomGrade {
        barrier(of: operation)?.leastBackground ?? .b
    }

    /// The approved assessment with this id that is still in date.
    func validAssessment(_ reference: Located<String>?) -> Definition.RiskAssessment? {
        guard let assessment = assessment(reference), problem(with: assessment) == nil else {
            return nil
        }
        return assessment
    }

    /// The assessment with this id.
    func assessment(_ reference: Located<String>?) -> Definition.RiskAssessment? {
        reference.flatMap { assessments[$0.value] }
    }

    /// Why an assessment does not count; `nil` when it does.
    func problem(with assessment: Definition.RiskAssessment) -> String? {
        let id = assessment.id.value
        guard let approved = assessment.approved?.value else {
            return "the risk assessment '\(id)' is not approved"
        }
        guard approved <= asOf else {
            return "the risk assessment '\(id)' is approved only on \(approved)"
        }
        guard assessment.approvedBy != nil else {
            return "the risk assessment '\(id)' does not say which role approved it"
        }
        guard let due = assessment.reviewDue?.value else {
            return "the risk assessment '\(id)' has no day of review"
        }
        guard due >= asOf else {
            return "the review of the risk assessment '\(id)' was due on \(due)"
        }
        return nil
    }

    /// The waiver that stands for an exception of Annex 2A 3.12 at an operation: a disease that
    /// threatens life, no alternative, approved by the authority, on a valid assessment.
    func exception(for operation: Definition.Operation) -> Definition.Waiver? {
        guard product.lifeThreatening.isYes else { return nil }
        return exceptionsSought(for: operation).first {
            $0.isAuthorityApproved.isYes && $0.hasNoAlternative.isYes
                && validAssessment($0.assessment) != nil
        }
    }

    /// The waivers that ask for such an exception, granted or not.
    func exceptionsSought(for operation: Definition.Operation) -> [Definition.Waiver] {
        (exceptionWaivers[operation.id.value] ?? []) + (exceptionWaivers[""] ?? [])
    }
}

extension Definition.RoomGrade: Comparable {
    /// A cleaner grade is the greater one.
    public static func < (left: Self, right: Self) -> Bool { left.order < right.order }

    private var order: Int {
        switch self {
        case .cnc: 0
        case .d: 1
        case .c: 2
        case .b: 3
        case .a: 4
        }
    }

    /// As one reads it: "grade C", "an unclassified room".
    var phrase: String { self == .cnc ? "an unclassified room" : "grade \(rawValue)" }

    /// The grade of Annex 1; `nil` for an unclassified room.
    var cleanroom: CleanroomGrade? { CleanroomGrade(rawValue: rawValue) }
}

extension Definition.Equipment {
    var isBarrier: Bool { leastBackground != nil }

    /// The least background of an isolator or RABS (Annex 1 4.20); `nil` for other equipment.
    var leastBackground: Definition.RoomGrade? {
        switch kind.value {
        case .openIsolator: .c
        case .closedIsolator: .d
        case .rabs: .b
        default: nil
        }
    }
}

extension Definition.Operation {
    /// Whether cells are handled in it, rather than moved, frozen in their sealed containers,
    /// kept, tested or released.
    var handlesProduct: Bool {
        switch kind.value {
        case .isolate, .thaw, .seed, .culture, .feed, .passage, .harvest, .differentiate, .enrich,
            .pool, .wash, .formulate, .fill:
            true
        case .receive, .freeze, .inspect, .label, .store, .transport, .test, .release, .prepare,
            .other:
            false
        }
    }
}
