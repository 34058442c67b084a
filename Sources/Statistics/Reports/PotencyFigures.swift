import Foundation

extension CurveFamily {
    /// The response at a dose, 0 included.
    public func response(_ parameters: [CurveParameter: Double], dose: Double) -> Double {
        guard let a = parameters[.zeroDose], let d = parameters[.infiniteDose],
            let b = parameters[.slope], let c = parameters[.location]
        else { return .nan }
        guard dose > 0 else { return a }
        let share = 1 / (1 + exp(-b * (log(dose) - c)))
        return a + (d - a) * pow(share, exp(parameters[.asymmetry] ?? 0))
    }
}

extension AnalysisReport {
    /// The curves of an assay, on the scale the responses are analysed on.
    mutating func curvePicture(
        _ assay: CurveAssay, _ observations: [AssayObservation], _ standard: String,
        _ transform: ResponseTransform, _ prefix: String
    ) throws(AnalysisError) {
        let positive = observations.map(\.dose).filter { $0 > 0 }
        guard let low = positive.min(), let high = positive.max() else { return }
        let doses = AnalysisFigure.steps(from: log(low), to: log(high)).map { exp($0) }
        let places = try places(observations, transform)
        let shiftStart = assay.family.parameters.count
        var preparations: [AnalysisFigure.DoseResponse] = []
        for (index, name) in ([standard] + assay.samples).enumerated() {
            let ratio = index == 0 ? 1 : exp(assay.solution.parameters[shiftStart + index - 1])
            preparations.append(
                AnalysisFigure.DoseResponse(
                    name: name, responses: places[name] ?? [],
                    common: doses.map {
                        .init(
                            $0, assay.family.response(assay.commonParameters, dose: $0 * ratio))
                    },
                    separate: (assay.separateParameters[name]).map { own in
                        doses.map { .init($0, assay.family.response(own, dose: $0)) }
                    } ?? []))
        }
        figure(
            .doseResponse(
                title: "\(prefix)dose and response, common and own curves",
                preparations: preparations, isLogarithmic: true))
    }

    /// The lines of a parallel-line assay.
    mutating func linePicture(
        _ assay: ParallelLineAssay, _ observations: [AssayObservation], _ standard: String,
        _ transform: ResponseTransform, _ prefix: String
    ) throws(AnalysisError) {
        let places = try places(observations, transform)
        var preparations: [AnalysisFigure.DoseResponse] = []
        for name in [standard] + assay.samples {
            let own = places[name] ?? []
            guard let intercept = assay.intercepts[name], let low = own.map(\.x).min(),
                let high = own.map(\.x).max()
            else { continue }
            // Each preparation's own line, by the plain sums.
            let x = own.map { log($0.x) }
            let (meanX, meanY) = (
                x.reduce(0, +) / Double(x.count), own.map(\.y).reduce(0, +) / Double(x.count)
            )
            let squares = x.reduce(0) { $0 + ($1 - meanX) * ($1 - meanX) }
            let products = zip(x, own).reduce(0) { $0 + ($1.0 - meanX) * ($1.1.y - meanY) }
            let slope = squares > 0 ? products / squares : 0
            preparations.append(
                AnalysisFigure.DoseResponse(
                    name: name, responses: own,
                    common: [low, high].map {
                        .init($0, intercept + assay.commonSlope * log($0))
                    },
                    separate: [low, high].map {
                        .init($0, meanY + slope * (log($0) - meanX))
                    }))
        }
        figure(
            .doseResponse(
                title: "\(prefix)dose and response, common and own lines",
                preparations: preparations, isLogarithmic: true))
        figure(
            .residuals(
                title: "\(prefix)studentised residuals by observation",
                fitted: assay.studentisedResiduals.indices.map { Double($0 + 1) },
                residuals: assay.studentisedResiduals,
                flagged: Set(
                    assay.studentisedResiduals.indices.filter {
                        abs(assay.studentisedResiduals[$0]) > 3
                    }), band: 3))
    }

    private func places(
        _ observations: [AssayObservation], _ transform: ResponseTransform
    ) throws(AnalysisError) -> [String: [AnalysisFigure.Place]] {
        var places: [String: [AnalysisFigure.Place]] = [:]
        for (index, own) in observations.enumerated() {
            let response = try transform.apply(own.response, position: index + 1)
            places[own.preparation, default: []].append(.init(own.dose, response))
        }
        return places
    }

    /// Outlier tests of the replicates of each dose, and of the residuals from the dose means.
    mutating func outliers(
        _ observations: [AssayObservation], _ request: PotencyRequest, _ prefix: String
    ) throws(AnalysisError) {
        guard let method = request.outliers else { return }
        convention("outliers", "\(method.rawValue) at \(request.outlierAlpha), flagged and kept")
        var transformed: [Double] = []
        for (index, own) in observations.enumerated() {
            transformed.append(try request.transform.apply(own.response, position: index + 1))
        }
        let groups = numbered(observations.map { "\($0.preparation)|\($0.dose)" })
        var flagged: [(Int, Double)] = []
        if method == .extremeDeviates {
            var residuals = transformed
            for group in 0...(groups.max() ?? 0) {
                let own = groups.indices.filter { groups[$0] == group }
                let mean = own.reduce(0) { $0 + transformed[$1] } / Double(own.count)
                for index in own { residuals[index] -= mean }
            }
            let test = try ExtremeDeviates(
                residuals, upTo: min(10, max(1, residuals.count / 5)), alpha: request.outlierAlpha)
            flagged = test.outliers.map { position in
                (position, test.steps.first { $0.position == position }?.statistic ?? 0)
            }
        } else {
            for group in 0...(groups.max() ?? 0) {
                let own = groups.indices.filter { groups[$0] == group }
                let values = own.map { transformed[$0] }
                guard values.count >= 3, Set(values).count > 1 else { continue }
                if method == .grubbs {
                    let test = try GrubbsTest(values, alpha: request.outlierAlpha)
                    if test.isOutlier { flagged.append((own[test.position], test.statistic)) }
                } else if DixonTest.counts.contains(values.count) {
                    let test = try DixonTest(values, alpha: request.outlierAlpha)
                    if test.isOutlier { flagged.append((own[test.position], test.statistic)) }
                }
            }
        }
        for (index, statistic) in flagged.sorted(by: { $0.0 < $1.0 }) {
            let own = observations[index]
            remark(
                "\(prefix)observation \(index + 1) ('\(own.preparation)', dose"
                    + " \(shortened(own.dose)), response \(shortened(own.response))) is an outlier"
                    + " (\(shortened(statistic))); it was kept: look for its cause")
        }
        if flagged.isEmpty { remark("\(prefix)no outlier was found") }
    }
}

/// How outliers are looked for; found ones are flagged, never removed.
public enum OutlierMethod: String, Hashable, Sendable, CaseIterable {
    /// Grubbs' test.
    case grubbs
    /// Rosner's generalised test of extreme studentised deviates.
    case extremeDeviates = "esd"
    /// Dixon's ratios.
    case dixon
}
