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
