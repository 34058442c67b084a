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
        case .administrator: [.keepOwnAccount, .managePeople]
        case .operator_:
            [
                .keepOwnAccount, .receive, .execute, .takeSamples, .openDeviation, .maintain,
                .monitor,
            ]
        case .supervisor:
            [
                .keepOwnAccount, .receive, .execute, .takeSamples, .openDeviation, .openBatch,
                .distribute, .maintain, .monitor, .train, .managePremises, .simulate,
                .manageDefinitions,
            ]
        case .qualityControl:
            [
                .keepOwnAccount, .test, .verifyResults, .takeSamples, .openDeviation, .maintain,
                .monitor, .train,
            ]
        case .qualityAssurance:
            [
                .keepOwnAccount, .manageDefinitions, .releaseMaterial, .openDeviation,
                .closeDeviation, .review, .train, .managePremises, .qualify, .manageSuppliers,
                .verifyResults,
            ]
        case .qualifiedPerson: [.keepOwnAccount, .openDeviation, .certify]
        case .inspector: [.keepOwnAccount]
        }
    }
}

/// What a command may require of the person who gives it.
package enum Permission: String, CaseIterable, Sendable, Codable {
    /// Sign in and change one's own password: everybody.
    case keepOwnAccount = "keep-own-account"
    case managePeople = "manage-people"
    case train
    /// Register a version of a definition; another person of quality approves it.
    case manageDefinitions = "manage-definitions"
    case receive
    case releaseMaterial = "release-material"
    case openBatch = "open-batch"
    case execute
    case test
    /// Hold results of others against their raw data.
    case verifyResults = "verify-results"
    case takeSamples = "take-samples"
    case openDeviation = "open-deviation"
    case closeDeviation = "close-deviation"
    case review
    case certify
    case distribute
    /// Register rooms and equipment, and take them out of use.
    case managePremises = "manage-premises"
    /// Declare rooms and equipment fit for use.
    case qualify
    /// Clean, calibrate, test gloves.
    case maintain
    /// Sample air, surfaces and gloves.
    case monitor
    /// Run aseptic process simulations.
    case simulate
    case manageSuppliers = "manage-suppliers"

    /// The roles that have this permission.
    package var roles: [Role] { Role.allCases.filter { $0.permissions.contains(self) } }
}
