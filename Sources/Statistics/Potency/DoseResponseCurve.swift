import Foundation

/// The family of a sigmoid dose-response curve.
///
/// y = a + (d - a) / (1 + exp(-b (ln dose - c)))^G, with G = 1 for four parameters. The curve
/// starts at `a` for dose 0 and ends at `d`; the slope `b` is positive, and a curve that falls has
/// d < a. With five parameters `c` is not ln EC50.
public enum CurveFamily: String, Hashable, Sendable, CaseIterable {
    /// The four-parameter logistic.
    case fourParameter = "4pl"
    /// The five-parameter logistic, with asymmetry G = exp(g).
    case fiveParameter = "5pl"

    /// The parameters, in order.
    public var parameters: [CurveParameter] {
        self == .fourParameter
            ? [.zeroDose, .infiniteDose, .slope, .location]
            : [.zeroDose, .infiniteDose, .slope, .location, .asymmetry]
    }
}

/// A parameter of a sigmoid curve.
public enum CurveParameter: String, Hashable, Sendable, CaseIterable {
    /// The response without the substance, `a`.
    case zeroDose = "zero-dose asymptote"
    /// The response at very high dose, `d`.
    case infiniteDose = "infinite-dose asymptote"
    /// The slope, `b`, per unit of ln dose; positive.
    case slope = "slope"
    /// The location on ln dose, `c`.
    case location = "location"
    /// ln of the asymmetry exponent, `g`.
    case asymmetry = "ln asymmetry"

    var index: Int {
        switch self {
        case .zeroDose: 0
        case .infiniteDose: 1
        case .slope: 2
        case .location: 3
        case .asymmetry: 4
        }
    }
}

/// Responses of one preparation at one dose, which share a fitted value.
///
/// Least squares on the mean of replicates, weighted by their number, gives the same parameters
/// as on the single values; what varies within a group adds a constant to the sum of squares.
struct DoseGroup: Hashable, Sendable {
    var preparation: Int
    /// ln dose; minus infinity for dose 0.
    var lnDose: Double
    var count: Int
    var mean: Double
    var squaresWithin: Double
    /// Weight of a single response.
    var weight = 1.0

    static func groups(
        _ observations: [AssayObservation], preparations: [String], transform: ResponseTransform
    ) throws(AnalysisError) -> [DoseGroup] {
        var groups: [DoseGroup] = []
        var doses: [Double] = []
        var members: [Int] = []
        var responses: [Double] = []
        members.reserveCapacity(observations.count)
        responses.reserveCapacity(observations.count)
        var places: [Key: Int] = [:]
        var preparation = 0
        for index in observations.indices {
            let dose = observations[index].dose
            let weight = observations[index].weight
            guard dose.isFinite, dose >= 0 else {
                throw .outOfRange(what: "dose \(index + 1)", value: dose, limits: "at least 0")
            }
            guard weight > 0, weight.isFinite else {
                throw .outOfRange(
                    what: "weight \(index + 1)", value: weight, limits: "more than 0 and finite")
            }
            let response = try transform.apply(observations[index].response, position: index + 1)
            if preparations[preparation] != observations[index].preparation {
                preparation = preparations.firstIndex(of: observations[index].preparation) ?? 0
            }
            var place = -1
            // Replicates mostly stand together, so the search from the end is short; a long
            // plate falls back on hashing.
            if groups.count <= 64 {
                for candidate in groups.indices.reversed()
                where doses[candidate] == dose && groups[candidate].preparation == preparation
                    && groups[candidate].weight == weight
                {
                    place = candidate
                    break
                }
            } else {
                if places.isEmpty {
                    for (place, group) in groups.enumerated() {
                        places[Key(group.preparation, doses[place], group.weight)] = place
                    }
                }
                place = places[Key(preparation, dose, weight)] ?? -1
            }
            if place < 0 {
                place = groups.count
                groups.append(
                    DoseGroup(
                        preparation: preparation, lnDose: log(dose), count: 0, mean: 0,
                        squaresWithin: 0, weight: weight))
                doses.append(dose)
                if !places.isEmpty { places[Key(preparation, dose, weight)] = place }
            }
            groups[place].count += 1
            groups[place].mean += response
            members.append(place)
            responses.append(response)
        }
        for place in groups.indices { groups[place].mean /= Double(groups[place].count) }
        for (place, response) in zip(members, responses) {
            let deviation = response - groups[place].mean
            groups[place].squaresWithin += deviation * deviation
        }
        return groups
    }

    private struct Key: Hashable {
        let preparation: Int
        let dose: Double
        let weight: Double

        init(_ preparation: Int, _ dose: Double, _ weight: Double) {
            self.preparation = preparation
            self.dose = dose
            self.weight = weight
        }
    }
}

/// The least-squares problem of one or more sigmoid curves, each of whose parameters is a free
/// parameter shared by any number of curves, or a fixed value.
struct CurveProblem: LeastSquaresProblem {
    /// Where each curve takes its parameters from: places in the table of values. `shift` is
    /// ln of the relative potency, -1 for none.
    struct Source {
        var zeroDose, infiniteDose, slope, location: Int
        var asymmetry = -1
        var shift = -1
    }

    let parameterCount: Int
    let residualCount: Int
    private let lnDose: [Double]
    private let mean: [Double]
    private let rootWeight: [Double]
    private let curve: [Int]
    private let sources: [Source]
    /// Fixed values, addressed from `parameterCount` on.
    var fixed: [Double]

    init(_ groups: [DoseGroup], sources: [Source], free: Int, fixed: [Double] = []) {
        parameterCount = free
        residualCount = groups.count
        lnDose = groups.map(\.lnDose)
        mean = groups.map(\.mean)
        rootWeight = groups.map { (Double($0.count) * $0.weight).squareRoot() }
        curve = groups.map(\.preparation)
        self.sources = sources
        self.fixed = fixed
    }

    @inline(__always)
    private func value(
        _ index: Int, _ parameters: UnsafeMutableBufferPointer<Double>
    ) -> Double {
        index < 0 ? 0 : index < parameterCount ? parameters[index] : fixed[index - parameterCount]
    }

    func residuals(
        at parameters: UnsafeMutableBufferPointer<Double>,
        into residuals: UnsafeMutableBufferPointer<Double>
    ) {
        for row in 0..<residualCount {
            let source = sources[curve[row]]
            let a = value(source.zeroDose, parameters)
            let slope = value(source.slope, parameters)
            // A slope that is not positive would exchange the two asymptotes.
            guard slope > 0 else {
                residuals[row] = .nan
                continue
            }
            var fitted = a
            if lnDose[row] > -.infinity {
                let u =
                    lnDose[row] + value(source.shift, parameters)
                    - value(source.location, parameters)
                var q = 1 / (1 + exp(-slope * u))
                if source.asymmetry >= 0 {
                    q = pow(q, exp(value(source.asymmetry, parameters)))
                }
                fitted += (value(source.infiniteDose, parameters) - a) * q
            }
            residuals[row] = rootWeight[row] * (fitted - mean[row])
        }
    }

    func jacobian(
        at parameters: UnsafeMutableBufferPointer<Double>,
        into jacobian: UnsafeMutableBufferPointer<Double>
    ) {
        let m = residualCount
        for index in 0..<(m * parameterCount) { jacobian[index] = 0 }
        for row in 0..<m {
            let source = sources[curve[row]]
            let weight = rootWeight[row]
            func put(_ index: Int, _ derivative: Double) {
                if index >= 0, index < parameterCount {
                    jacobian[index * m + row] += weight * derivative
                }
            }
            guard lnDose[row] > -.infinity else {
                put(source.zeroDose, 1)
                continue
            }
            let a = value(source.zeroDose, parameters)
            let slope = value(source.slope, parameters)
            let u =
                lnDose[row] + value(source.shift, parameters) - value(source.location, parameters)
            let q = 1 / (1 + exp(-slope * u))
            var height = q
            var exponent = 1.0
            if source.asymmetry >= 0 {
                exponent = exp(value(source.asymmetry, parameters))
                height = pow(q, exponent)
            }
            let span = value(source.infiniteDose, parameters) - a
            let steepness = span * exponent * height * (1 - q)
            put(source.zeroDose, 1 - height)
            put(source.infiniteDose, height)
            put(source.slope, steepness * u)
            put(source.location, -steepness * slope)
            put(source.shift, steepness * slope)
            if source.asymmetry >= 0, q > 0 {
                put(source.asymmetry, span * exponent * height * log(q))
            }
        }
    }

    /// (J'J)^-1 at `parameters`, or nil when the data do not determine them.
    func inverseInformation(at parameters: [Double]) -> Matrix? {
        var jacobian = Matrix(rows: residualCount, columns: parameterCount)
        var parameters = parameters
        parameters.withUnsafeMutableBufferPointer { x in
            jacobian.elements.withUnsafeMutableBufferPointer { self.jacobian(at: x, into: $0) }
        }
        guard jacobian.elements.allSatisfy(\.isFinite) else { return nil }
        let qr = HouseholderQR(jacobian)
        guard qr.firstDependentColumn == nil else { return nil }
        return qr.inverseCrossProduct()
    }

    /// The inverse of the observed information: J'J plus the residuals times their second
    /// derivatives, from central differences of the gradient (Richardson's two steps).
    func inverseObservedInformation(at parameters: [Double]) -> Matrix? {
        func gradient(_ index: Int, _ step: Double) -> [Double] {
            var moved = parameters
            moved[index] += step
            var residuals = [Double](repeating: 0, count: residualCount)
            var jacobian = [Double](repeating: 0, count: residualCount * parameterCount)
            moved.withUnsafeMutableBufferPointer { x in
                residuals.withUnsafeMutableBufferPointer { self.residuals(at: x, into: $0) }
                jacobian.withUnsafeMutableBufferPointer { self.jacobian(at: x, into: $0) }
            }
            return (0..<parameterCount).map { column in
                (0..<residualCount).reduce(0) {
                    $0 + jacobian[column * residualCount + $1] * residuals[$1]
                }
            }
        }
        var information = Matrix(rows: parameterCount, columns: parameterCount)
        for index in 0..<parameterCount {
            let step = 1e-3 * max(abs(parameters[index]), 1e-3)
            func slope(_ step: Double) -> [Double] {
                let (up, down) = (gradient(index, step), gradient(index, -step))
                return up.indices.map { (up[$0] - down[$0]) / (2 * step) }
            }
            let (wide, narrow) = (slope(step), slope(step / 2))
            for row in 0..<parameterCount {
                information[row, index] = (4 * narrow[row] - wide[row]) / 3
            }
        }
        for row in 0..<parameterCount {
            for column in 0..<row {
                let mean = 0.5 * (information[row, column] + information[column, row])
                information[row, column] = mean
                information[column, row] = mean
            }
        }
        return Cholesky(information)?.inverse
    }

    /// The fitted value of each group.
    func fitted(at parameters: [Double]) -> [Double] {
        var parameters = parameters
        var residuals = [Double](repeating: 0, count: residualCount)
        parameters.withUnsafeMutableBufferPointer { x in
            residuals.withUnsafeMutableBufferPointer { self.residuals(at: x, into: $0) }
        }
        return residuals.indices.map { residuals[$0] / rootWeight[$0] + mean[$0] }
    }
}
