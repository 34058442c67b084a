import Foundation

/// FlowJo's biexponential scale: a table of 4097 data values.
///
/// The parameters are those of a workspace: extra negative decades, positive decades, width
/// basis (a negative number whose decimal logarithm is the width of the linear part in decades)
/// and top of range. The table is positive and negative exponential added up, shifted so that
/// zero falls on a whole entry, and reflected below zero; checked against a table exported by
/// FlowJo to its six printed digits.
enum FlowJoBiexponential {
    static let channels = 4096

    static func scale(
        negativeDecades: Double, positiveDecades: Double, widthBasis: Double, top: Double
    ) throws(TransformError) -> TabulatedScale {
        guard top > 0, top.isFinite, positiveDecades > 0.5, positiveDecades < 20,
            negativeDecades < 20, widthBasis < 0, widthBasis.isFinite
        else {
            throw TransformError(
                "biex needs range > 0, 0.5 < pos < 20, neg < 20 and width < 0; they are \(top), "
                    + "\(positiveDecades), \(negativeDecades) and \(widthBasis)")
        }
        var width = log10(-widthBasis)
        if width < 0.5 || width > 3 { width = 0.5 }
        var decades = positiveDecades - width / 2
        let extra = max(negativeDecades, 0) + width / 2
        guard decades > 0 else { throw TransformError("biex has no positive decades left") }
        let zero = min(Int(extra * Double(channels) / (extra + decades)), channels / 2)
        if zero > 0 { decades = extra * Double(channels) / Double(zero) }
        width /= 2 * decades
        let rising = M_LN10 * decades
        let falling = root(rising, width)
        let unit = top / exp(rising)
        let scale = exp((rising + falling) * (width + extra / decades))
        let count = Double(channels + 1)
        func sum(_ index: Int) -> Double {
            let place = Double(index) / count
            return exp(place * rising) - scale * exp(-place * falling)
        }
        let shift = sum(zero)
        var values = (0...channels).map { unit * (sum($0) - shift) }
        for index in 0..<zero { values[index] = -values[2 * zero - index] }
        return try TabulatedScale(values: values, top: 1)
    }

    /// The root d of 2·ln(d / b) + w·(d + b) = 0, as in the logicle scale.
    private static func root(_ b: Double, _ w: Double) -> Double {
        var low = b * 1e-12
        var high = b
        for _ in 0..<200 {
            let middle = (low + high) / 2
            if 2 * log(middle / b) + w * (middle + b) > 0 { high = middle } else { low = middle }
        }
        return (low + high) / 2
    }
}
