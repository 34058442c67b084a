public import ArgumentParser
public import Statistics

// The choices of an analysis as words on the command line: their raw values.

extension PotencyRequest.Model: ExpressibleByArgument {}
extension AssayDesign: ExpressibleByArgument {}
extension ResponseTransform: ExpressibleByArgument {}
extension RelativePotency.IntervalMethod: ExpressibleByArgument {}
extension PotencyCombination.Method: ExpressibleByArgument {}
extension SlopeRatioAssay.ErrorTerm: ExpressibleByArgument {}
extension StabilityConventions.InterceptError: ExpressibleByArgument {}
extension StabilityConventions.SeparateSlopeError: ExpressibleByArgument {}
extension ExtrapolationRule: ExpressibleByArgument {}
extension StabilityTimeUnit: ExpressibleByArgument {}
extension ControlChartRequest.Kind: ExpressibleByArgument {}
extension ChartConstants.Convention: ExpressibleByArgument {}
extension ToleranceInterval.Model: ExpressibleByArgument {}
extension ToleranceInterval.Sides: ExpressibleByArgument {}
extension ToleranceFactor.Method: ExpressibleByArgument {}
extension EquivalenceTest.Scale: ExpressibleByArgument {}
extension EquivalenceTest.Variances: ExpressibleByArgument {}
extension DesignRequest.Kind: ExpressibleByArgument {}
extension PolynomialModel.Degree: ExpressibleByArgument {}
extension AnalysisReport.GrowthKind: ExpressibleByArgument {}
extension AnalysisReport.ValidationStudy: ExpressibleByArgument {}
extension Kappa.Weights: ExpressibleByArgument {}
extension ControlChartRequest.Scale: ExpressibleByArgument {}
extension ComparisonRequest.Method: ExpressibleByArgument {}
extension RankEquivalence.Distribution: ExpressibleByArgument {}
extension OutlierMethod: ExpressibleByArgument {}
extension MixtureModel.Degree: ExpressibleByArgument {}
extension AnalysisReport.ExperimentRequest.Path: ExpressibleByArgument {}

extension ParsableArguments {
    /// Refuses a confidence or a level that is none.
    func probability(_ value: Double, _ option: String) throws {
        try require(value > 0 && value < 1, value, option, "more than 0 and less than 1")
    }

    /// Refuses a weight that is none.
    func share(_ value: Double, _ option: String) throws {
        try require(value > 0 && value <= 1, value, option, "more than 0 and at most 1")
    }

    /// Refuses a width, a margin or a factor that is none; nil was not given.
    func positive(_ value: Double?, _ option: String) throws {
        guard let value else { return }
        try require(value > 0 && value.isFinite, value, option, "a number above 0")
    }

    /// Refuses a count of nothing; nil was not given.
    func count(_ value: Int?, _ option: String) throws {
        guard let value else { return }
        try require(value > 0, value, option, "a whole number above 0")
    }

    private func require(
        _ isWithin: Bool, _ value: some CustomStringConvertible, _ option: String, _ limits: String
    ) throws {
        guard isWithin else { throw ValidationError("\(option) is \(value), it must be \(limits)") }
    }
}
