/// One line of an analysis of variance.
public struct VarianceLine: Hashable, Sendable {
    /// What varies.
    public let source: String
    /// Degrees of freedom.
    public let degreesOfFreedom: Int
    /// Sum of squares.
    public let sumOfSquares: Double
    /// Ratio of the mean square to that of the error; infinite for an error of zero; nil where
    /// no test is made.
    public let f: Double?
    /// Probability of a larger F when the source has no effect.
    public let p: Double?

    /// Sum of squares over degrees of freedom, nil without degrees of freedom.
    public var meanSquare: Double? {
        degreesOfFreedom > 0 ? sumOfSquares / Double(degreesOfFreedom) : nil
    }

    /// A line without a test.
    init(_ source: String, _ degreesOfFreedom: Int, _ sumOfSquares: Double) {
        self.source = source
        self.degreesOfFreedom = degreesOfFreedom
        self.sumOfSquares = sumOfSquares
        f = nil
        p = nil
    }

    /// A line tested against an error with `errorDegreesOfFreedom`.
    init(
        _ source: String, _ degreesOfFreedom: Int, _ sumOfSquares: Double,
        error: Double, errorDegreesOfFreedom: Int
    ) throws(AnalysisError) {
        self.source = source
        self.degreesOfFreedom = degreesOfFreedom
        self.sumOfSquares = sumOfSquares
        guard degreesOfFreedom > 0, errorDegreesOfFreedom > 0 else {
            f = nil
            p = nil
            return
        }
        let meanSquare = sumOfSquares / Double(degreesOfFreedom)
        let errorMeanSquare = error / Double(errorDegreesOfFreedom)
        if errorMeanSquare > 0 {
            let ratio = meanSquare / errorMeanSquare
            f = ratio
            p = try FDistribution(Double(degreesOfFreedom), Double(errorDegreesOfFreedom))
                .upperTail(max(0, ratio))
        } else {
            f = meanSquare > 0 ? .infinity : nil
            p = meanSquare > 0 ? 0 : nil
        }
    }
}

/// One-way analysis of variance.
///
/// Both sums of squares are taken from deviations, never from differences of squares, and all
/// values are first moved by a common amount near their mean (an exact subtraction for values
/// that share their leading digits), so that group means are not rounded to those digits.
public struct OneWayANOVA: Hashable, Sendable {
    /// Between the groups.
    public let between: VarianceLine
    /// Within the groups.
    public let within: VarianceLine
    /// Mean of all observations.
    public let mean: Double
    /// Mean of each group, in the order of first appearance.
    public let groupMeans: [Double]
    /// Number of observations of each group.
    public let groupSizes: [Int]

    /// Share of the total sum of squares between the groups.
    public var rSquared: Double {
        between.sumOfSquares / (between.sumOfSquares + within.sumOfSquares)
    }

    /// Analyses `response` by `group`.
    /// - Throws: when there are fewer than two groups, or no group has two observations.
    public init<Group: Hashable>(response: [Double], group: [Group]) throws(AnalysisError) {
        guard response.count == group.count else {
            throw .unequalLengths("the response", response.count, "the groups", group.count)
        }
        try requireFinite(response, "response")
        guard let shift = response.first else { throw .tooFew(what: "groups", found: 0, needed: 2) }
        var order: [Group: Int] = [:]
        var members: [[Double]] = []
        for (value, name) in zip(response.map({ $0 - shift }), group) {
            if let index = order[name] {
                members[index].append(value)
            } else {
                order[name] = members.count
                members.append([value])
            }
        }
        guard members.count > 1 else {
            throw .tooFew(what: "groups", found: members.count, needed: 2)
        }
        guard response.count > members.count else {
            throw .tooFew(
                what: "observations", found: response.count, needed: members.count + 1)
        }
        var summaries: [Summary] = []
        for values in members { summaries.append(try Summary(values)) }
        let all = try Summary(response.map { $0 - shift })
        var betweenSquares = 0.0
        var withinSquares = 0.0
        for summary in summaries {
            let deviation = summary.mean - all.mean
            betweenSquares += Double(summary.count) * deviation * deviation
            withinSquares += summary.sumOfSquares
        }
        let error = response.count - members.count
        between = try VarianceLine(
            "between", members.count - 1, betweenSquares, error: withinSquares,
            errorDegreesOfFreedom: error)
        within = VarianceLine("within", error, withinSquares)
        mean = shift + all.mean
        groupMeans = summaries.map { shift + $0.mean }
        groupSizes = summaries.map(\.count)
    }
}
