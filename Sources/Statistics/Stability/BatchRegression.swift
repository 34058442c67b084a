import Foundation

/// The sums that all three models of a stability study are made of, batch by batch.
struct BatchSums {
    let name: String
    let count: Double
    let meanTime: Double
    let meanValue: Double
    let sxx: Double
    let sxy: Double
    let syy: Double

    init(_ name: String, times: [Double], values: [Double]) {
        self.name = name
        count = Double(times.count)
        let meanTime = times.reduce(0, +) / count
        let meanValue = values.reduce(0, +) / count
        var (sxx, sxy, syy) = (0.0, 0.0, 0.0)
        for index in times.indices {
            let x = times[index] - meanTime
            let y = values[index] - meanValue
            sxx += x * x
            sxy += x * y
            syy += y * y
        }
        self.meanTime = meanTime
        self.meanValue = meanValue
        self.sxx = sxx
        self.sxy = sxy
        self.syy = syy
    }

    var slope: Double { sxy / sxx }
    var residual: Double { max(0, syy - sxy * sxy / sxx) }
}

/// A fitted line with what its confidence bound needs: the variance of the fitted mean at time t
/// is error variance x (1/n + (t - tbar)^2 / Sxx), n being the count behind the mean.
public struct BatchLine: Hashable, Sendable {
    /// The batch, or nil for a line common to all.
    public let batch: String?
    /// The value at time 0.
    public let intercept: Double
    /// Change per unit of time.
    public let slope: Double
    let meanTime: Double
    let count: Double
    let sxx: Double
    let errorVariance: Double
    let degreesOfFreedom: Double

    /// The fitted mean at `time`.
    public func mean(at time: Double) -> Double { intercept + slope * time }

    /// Standard error of the fitted mean at `time`.
    public func standardError(at time: Double) -> Double {
        let distance = time - meanTime
        return (errorVariance * (1 / count + distance * distance / sxx)).squareRoot()
    }

    /// The bound of the mean at `time`, `quantile` standard errors below (or above).
    func bound(at time: Double, quantile: Double, upper: Bool) -> Double {
        mean(at: time) + (upper ? 1 : -1) * quantile * standardError(at: time)
    }

    /// The earliest time from 0 on at which the bound leaves the limit, in closed form: the roots
    /// of (a0 + a1 t)^2 = q^2 var(t), of which those on the inner side of the limit count.
    func crossing(limit: Double, upper: Bool, quantile: Double) -> Crossing {
        let sign = upper ? -1.0 : 1.0
        func margin(_ time: Double) -> Double { sign * (mean(at: time) - limit) }
        let start = margin(0) - quantile * standardError(at: 0)
        guard start > 0 else { return .outsideAtStart }
        // In the distance u from the mean time, the margin is m + a u.
        let m = margin(meanTime)
        let a = sign * slope
        let spread = quantile * quantile * errorVariance
        let quadratic = a * a - spread / sxx
        let linear = 2 * m * a
        let constant = m * m - spread / count
        var roots: [Double] = []
        if abs(quadratic) <= 1e-300 {
            if linear != 0 { roots = [-constant / linear] }
        } else {
            let discriminant = linear * linear - 4 * quadratic * constant
            guard discriminant >= 0 else { return .never }
            let root = discriminant.squareRoot()
            let q = -0.5 * (linear + (linear >= 0 ? root : -root))
            roots = [q / quadratic]
            if q != 0 { roots.append(constant / q) }
        }
        let times = roots.map { $0 + meanTime }.filter { $0 > 0 && margin($0) >= 0 }
        return times.min().map { .at($0) } ?? .never
    }

    /// Where a bound leaves its limit.
    public enum Crossing: Hashable, Sendable {
        /// At this time.
        case at(Double)
        /// At no time.
        case never
        /// Before the start.
        case outsideAtStart
    }
}
