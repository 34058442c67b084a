/// What a person may be at the site.
///
/// EU GMP Part IV (guidelines for ATMPs) §3 and §11: the heads of production and of quality
/// control are different people, and only a Qualified Person certifies. The administrator keeps
/// accounts and has no say over product.
package enum Role: String, CaseIterable, Comparable, Sendable, Codable {
    case administrator
    case operator_ = "operator"
    case supervisor
    case qualityControl = "qc-analyst"
    case qualityAssurance = "qa-reviewer"
    case qualifiedPerson = "qualified-person"
    case inspector

    package static func < (left: Role, right: Role) -> Bool { left.rawValue < right.rawValue }

    /// The role in words.
    package var title: String {
        switch self {
        case .administrator: "administrator"
        case .operator_: "operator"
        case .supervisor: "production supervisor"
        case .qualityControl: "QC analyst"
        case .qualityAssurance: "QA reviewer"
        case .qualifiedPerson: "Qualified Person"
        case .inspector: "inspector"
        }
    }

    /// What this role may do.
    package var permissions: Set<Permission> {
        switch self {
        case .administrator: [.managePeople]
        case .operator_: [.receive, .execute, .takeSamples, .openDeviation]
        case .supervisor:
            [.receive, .execute, .takeSamples, .openDeviation, .openBatch, .distribute]
        case .qualityControl: [.test, .takeSamples, .openDeviation]
        case .qualityAssurance:
            [.manageDefinitions, .releaseMaterial, .openDeviation, .closeDeviation, .review]
        case .qualifiedPerson: [.openDeviation, .certify]
        case .inspector: []
        }
    }
}

/// What a command may require of the person who gives it.
package enum Permission: String, CaseIterable, Sendable, Codable {
    case managePeople = "manage-people"
    case manageDefinitions = "manage-definitions"
    case receive
    case releaseMaterial = "release-material"
    case openBatch = "open-batch"
    case execute
    case test
    case takeSamples = "take-samples"
    case openDeviation = "open-deviation"
    case closeDeviation = "close-deviation"
    case review
    case certify
    case distribute

    /// The roles that have this permission.
    package var roles: [Role] { Role.allCases.filter { $0.permissions.contains(self) } }
}
