/// A pattern of points that is improbable while a process is stable.
///
/// Values are in sigmas from the centre line. Comparisons are strict, a point on the line belongs
/// to neither side, and ties break runs that rise, fall or alternate.
public enum RunRule: Hashable, Sendable, Codable {
    /// A point beyond so many sigmas.
    case beyond(sigmas: Double)
    /// So many points in a row on one side of the centre.
    case sameSide(points: Int)
    /// So many points steadily rising or falling: one difference fewer than points.
    case steady(points: Int)
    /// So many points alternating up and down.
    case alternating(points: Int)
    /// `count` out of `points` beyond so many sigmas on the same side.
    case outOf(count: Int, points: Int, sigmas: Double, lastMustBeBeyond: Bool)
    /// So many points in a row within so many sigmas.
    case within(points: Int, sigmas: Double)
    /// So many points in a row beyond so many sigmas, on both sides of the centre.
    case beyondOnBothSides(points: Int, sigmas: Double)

    /// The positions, from 0, of the last point of every window with the pattern.
    public func signals(_ z: [Double]) -> [Int] {
        switch self {
        case .beyond(let sigmas):
            return z.indices.filter { abs(z[$0]) > sigmas }
        case .sameSide(let points):
            return runs(z, points) { ($0 > 0) == ($1 > 0) && $0 != 0 && $1 != 0 }
        case .steady(let points):
            let steps = differences(z)
            return runs(steps, points - 1) { ($0 > 0) == ($1 > 0) && $0 != 0 && $1 != 0 }
                .map { $0 + 1 }
        case .alternating(let points):
            let steps = differences(z)
            return runs(steps, points - 1) { $0 * $1 < 0 }.map { $0 + 1 }
        case .outOf(let count, let points, let sigmas, let lastMustBeBeyond):
            return z.indices.filter { index in
                guard index >= points - 1 else { return false }
                let window = z[(index - points + 1)...index]
                return [1.0, -1].contains { side in
                    window.filter { side * $0 > sigmas }.count >= count
                        && (!lastMustBeBeyond || side * z[index] > sigmas)
                }
            }
        case .within(let points, let sigmas):
            return windows(z, points) { window in window.allSatisfy { abs($0) < sigmas } }
        case .beyondOnBothSides(let points, let sigmas):
            return windows(z, points) { window in
                window.allSatisfy { abs($0) > sigmas } && window.contains { $0 > 0 }
                    && window.contains { $0 < 0 }
            }
        }
    }

    private func differences(_ z: [Double]) -> [Double] { zip(z.dropFirst(), z).map { $0 - $1 } }

    /// Ends of windows of `points` in which every neighbouring pair has the relation.
    private func runs(
        _ z: [Double], _ points: Int, _ related: (Double, Double) -> Bool
    ) -> [Int] {
        var length = 0
        return z.indices.filter { index in
            if z[index] == 0 {
                length = 0
            } else if index > 0, length > 0, related(z[index - 1], z[index]) {
                length += 1
            } else {
                length = 1
            }
            return length >= points
        }
    }

    private func windows(
        _ z: [Double], _ points: Int, _ holds: (ArraySlice<Double>) -> Bool
    ) -> [Int] {
        guard points > 0 else { return [] }
        return z.indices.filter { $0 >= points - 1 && holds(z[($0 - points + 1)...$0]) }
    }

    /// The rule in words, as printed on a chart.
    public var statement: String {
        switch self {
        case .beyond(let sigmas): "1 point beyond \(plain(sigmas)) sigma"
        case .sameSide(let points): "\(points) points in a row on one side of the centre"
        case .steady(let points):
            "\(points) points (\(points - 1) differences) steadily rising or falling"
        case .alternating(let points): "\(points) points alternating up and down"
        case .outOf(let count, let points, let sigmas, let last):
            "\(count) of \(points) points beyond \(plain(sigmas)) sigma on one side"
                + (last ? ", the last of them beyond" : "")
        case .within(let points, let sigmas):
            "\(points) points in a row within \(plain(sigmas)) sigma"
        case .beyondOnBothSides(let points, let sigmas):
            "\(points) points in a row beyond \(plain(sigmas)) sigma, on both sides"
        }
    }

    private func plain(_ value: Double) -> String {
        value == value.rounded() ? String(Int(value)) : String(value)
    }
}

/// A named and versioned set of rules, so that a chart can be judged again in years to come.
public struct RunRuleSet: Hashable, Sendable, Codable {
    /// The name, as printed.
    public let name: String
    /// The version; a set that changes gets a new one.
    public let version: Int
    /// The rules with their names.
    public let rules: [NamedRule]

    /// A rule with its name in the set.
    public struct NamedRule: Hashable, Sendable, Codable {
        /// The name, as printed.
        public let name: String
        /// The rule.
        public let rule: RunRule

        /// A named rule.
        public init(_ name: String, _ rule: RunRule) {
            self.name = name
            self.rule = rule
        }
    }

    /// A set of rules of one's own.
    public init(name: String, version: Int, rules: [NamedRule]) {
        self.name = name
        self.version = version
        self.rules = rules
    }

    /// One signal on a chart.
    public struct Signal: Hashable, Sendable {
        /// Position of the point, from 0.
        public let position: Int
        /// The name of the rule.
        public let rule: String
    }

    /// All signals on standardised values, by position.
    public func signals(_ z: [Double]) -> [Signal] {
        rules.flatMap { named in
            named.rule.signals(z).map { Signal(position: $0, rule: named.name) }
        }.sorted { ($0.position, $0.rule) < ($1.position, $1.rule) }
    }

    /// Only points beyond 3 sigma; the set for charts of variation.
    public static let limitsOnly = RunRuleSet(
        name: "limits", version: 1, rules: [NamedRule("limit 1", .beyond(sigmas: 3))])

    /// L. S. Nelson, J. Quality Technology 16 (1984) 237.
    public static let nelson = RunRuleSet(
        name: "nelson-1984", version: 1,
        rules: [
            NamedRule("Nelson 1", .beyond(sigmas: 3)),
            NamedRule("Nelson 2", .sameSide(points: 9)),
            NamedRule("Nelson 3", .steady(points: 6)),
            NamedRule("Nelson 4", .alternating(points: 14)),
            NamedRule(
                "Nelson 5", .outOf(count: 2, points: 3, sigmas: 2, lastMustBeBeyond: true)),
            NamedRule(
                "Nelson 6", .outOf(count: 4, points: 5, sigmas: 1, lastMustBeBeyond: true)),
            NamedRule("Nelson 7", .within(points: 15, sigmas: 1)),
            NamedRule("Nelson 8", .beyondOnBothSides(points: 8, sigmas: 1)),
        ])

    /// Western Electric, "Statistical Quality Control Handbook", 1956.
    public static let westernElectric = RunRuleSet(
        name: "western-electric-1956", version: 1,
        rules: [
            NamedRule("WE 1", .beyond(sigmas: 3)),
            NamedRule("WE 2", .outOf(count: 2, points: 3, sigmas: 2, lastMustBeBeyond: true)),
            NamedRule("WE 3", .outOf(count: 4, points: 5, sigmas: 1, lastMustBeBeyond: true)),
            NamedRule("WE 4", .sameSide(points: 8)),
        ])

    /// The sets by name.
    public static let known = [nelson, westernElectric, limitsOnly]

    /// The set with the given name.
    public static func named(_ name: String) throws(AnalysisError) -> RunRuleSet {
        guard let set = known.first(where: { $0.name == name }) else {
            throw .unknown(what: "rule set", name: name, known: known.map(\.name))
        }
        return set
    }
}
