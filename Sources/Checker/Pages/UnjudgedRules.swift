/// Rules of the catalogue that neither a definition nor a site can decide, and why.
public enum UnjudgedRules {
    /// Why the rule with this code is not judged; `nil` when it is.
    public static func reason(_ id: String) -> String? { reasons[id] }

    private static let reasons: [String: String] = [:]
}
