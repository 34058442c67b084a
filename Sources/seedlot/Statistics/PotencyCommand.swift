import ArgumentParser
import Foundation
import Ledger
import Statistics

/// `seedlot potency FILE`: relative potency of samples against a standard.
struct PotencyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "potency",
        abstract: "Relative potency of samples against a standard.",
        discussion: """
            Columns: preparation, dose, response; block, row, column or weight where the method \
            needs them; total and affected for probit and logit; assay to combine several assays.

            Example: seedlot potency plate.csv --standard REF-1 --margins slope=0.8:1.25
            """)

    @OptionGroup var input: AnalysisFile
    @Option(
        help: """
            The file is a plate of 96 or 384 wells, and this one says what stands in them: \
            columns wells (A1:A3), preparation, dose.
            """)
    var layout: String?
    @Option(help: "Look for outliers: grubbs, esd or dixon. They are flagged and kept.")
    var outliers: OutlierMethod?
    @Option(help: "Level of the outlier tests.") var outlierAlpha = 0.01
    @Option(help: "parallel-line, slope-ratio, 4pl, 5pl, probit or logit.")
    var model = PotencyRequest.Model.fourParameter
    @Option(help: "The name of the standard; the first preparation when absent.")
    var standard: String?
    @Option(help: "completely-randomised, randomised-block or latin-square.")
    var design = AssayDesign.completelyRandomised
    @Option(help: "Scale of the response: none, ln, log10 or square-root.")
    var transform = ResponseTransform.none
    @Option(help: "Variance proportional to the mean to this power; equal when absent.")
    var variancePower: Double?
    @Option(
        help: "wald or profile for curves, fieller or profile for quanta; lines have fieller's.")
    var interval: RelativePotency.IntervalMethod?
    @Option(help: "Confidence of the intervals.") var confidence = 0.95
    @Option(help: "Assigned potency of the standard times the pre-dilution ratio.")
    var assigned = 1.0
    @Option(help: "Level of the validity tests, and of the F test of parallelism.") var alpha = 0.05
    @Flag(help: "Report the validity tests and judge none.") var notJudged = false
    @Option(
        help: """
            Equivalence margins for curves instead of the F test, such as \
            slope=0.8:1.25,infinite-dose=0.9:1.1 (also zero-dose, range, asymmetry; \
            append -difference for differences).
            """)
    var margins: String?
    @Option(help: "Combination of assays: automatic, weighted, semi-weighted or unweighted.")
    var combination = PotencyCombination.Method.automatic
    @Option(help: "Error of a slope-ratio assay: pure-error or regression.")
    var error = SlopeRatioAssay.ErrorTerm.pureError

    func validate() throws {
        try probability(outlierAlpha, "--outlier-alpha")
        try probability(confidence, "--confidence")
        try positive(assigned, "--assigned")
        try probability(alpha, "--alpha")
    }

    func run() async throws {
        var request = PotencyRequest()
        request.model = model
        request.standard = standard
        request.design = design
        request.transform = transform
        if let variancePower { request.weighting = .powerOfMean(exponent: variancePower) }
        if let interval {
            guard model.intervals.contains(interval) else {
                let known = model.intervals.map(\.rawValue).joined(separator: " or ")
                throw Complaint.misuse(
                    "--interval \(interval.rawValue) is not known for \(model.rawValue)",
                    wayOut: "leave it out, or give \(known)")
            }
            request.interval = interval
        }
        request.confidence = confidence
        request.multiplier = assigned
        request.alpha = notJudged ? nil : alpha
        request.criterion = notJudged ? .notJudged : .differenceTest(alpha: alpha)
        if let margins { request.criterion = .equivalence(try parsed(margins)) }
        request.combination = combination
        request.errorTerm = error
        request.outliers = outliers
        request.outlierAlpha = outlierAlpha
        guard let layout else {
            try await input.report { [request] table throws(AnalysisError) in
                try .potency(table, request)
            }
            return
        }
        try await plate(request, layout)
    }

    private func plate(_ request: PotencyRequest, _ layout: String) async throws {
        guard let data = try? Data(contentsOf: URL(filePath: layout)),
            data.count <= MeasurementTable.byteLimit
        else {
            throw Complaint("cannot read '\(layout)'", wayOut: "check the name of the file")
        }
        let wells: PlateLayout
        do throws(AnalysisError) {
            wells = try PlateLayout(MeasurementTable([UInt8](data)))
        } catch {
            throw Complaint("\(layout): \(error)", wayOut: error.remedy)
        }
        let digest = Digest.sha256(of: [UInt8](data)).hex
        try await input.report(reading: { bytes throws(AnalysisError) in
            try wells.table(of: PlateGrid(bytes)).table
        }) { table, bytes throws(AnalysisError) in
            try .potency(
                table, request, plate: try wells.table(of: PlateGrid(bytes)).remarks,
                layoutDigest: digest)
        }
    }

    private func parsed(_ text: String) throws -> [ParallelismMargin] {
        try text.split(separator: ",").map { part in
            let sides = part.split(separator: "=")
            var name = String(sides.first ?? "")
            var comparison = ParallelismMeasure.Comparison.ratio
            if name.hasSuffix("-difference") {
                comparison = .difference
                name = String(name.dropLast("-difference".count))
            }
            let quantities: [String: ParallelismMeasure.Quantity] = [
                "slope": .slope, "zero-dose": .zeroDose, "infinite-dose": .infiniteDose,
                "range": .range, "asymmetry": .asymmetry,
            ]
            guard sides.count == 2, let quantity = quantities[name],
                let range = NumberRange(argument: String(sides[1])), let low = range.lower,
                let high = range.upper, low < high
            else {
                throw Complaint.misuse(
                    "'\(part)' is not a margin",
                    wayOut: "write QUANTITY=LOW:HIGH, as slope=0.8:1.25")
            }
            return ParallelismMargin(quantity, comparison, Interval(low, high))
        }
    }
}
