public import Guidance

/// The rules that are judged on a definition.
public enum RuleRegistry {
    /// Every rule, in alphabetical order of its code.
    public static let all: [any Rule.Type] = [
    ]

    /// The rule with this code, if the checker judges it.
    public static func rule(_ id: String) -> (any Rule.Type)? { byID[id] }

    private static let byID = Dictionary(
        all.map { ($0.id, $0) },
        uniquingKeysWith: { _, second in
            preconditionFailure("the rule '\(second.id)' is registered twice")
        })
}
