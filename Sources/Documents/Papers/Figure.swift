import Foundation

/// A worked-out number as papers print it: so many significant digits, and no more.
struct Figure: CustomStringConvertible {
    let value: Double
    let digits: Int

    init(_ value: Double, digits: Int = 4) {
        self.value = value
        self.digits = digits
    }

    /// `4.90e7` from a million on, and plain digits below: by arithmetic alone, so that no locale
    /// has a say.
    var description: String {
        guard value.isFinite else { return "–" }
        guard value != 0 else { return "0" }
        let sign = value < 0 ? "-" : ""
        var exponent = Int(log10(abs(value)).rounded(.down))
        var scaled = (abs(value) / pow(10, Double(exponent - digits + 1))).rounded()
        if scaled >= pow(10, Double(digits)) {
            exponent += 1
            scaled = (scaled / 10).rounded()
        }
        let figures = String(Int(scaled))
        if exponent >= 6 {
            return "\(sign)\(figures.prefix(1)).\(figures.dropFirst())e\(exponent)"
        }
        let decimals = max(0, digits - 1 - exponent)
        guard decimals > 0 else {
            return sign + figures + String(repeating: "0", count: max(0, exponent + 1 - digits))
        }
        let filled = String(repeating: "0", count: max(0, decimals + 1 - figures.count)) + figures
        return "\(sign)\(filled.dropLast(decimals)).\(filled.suffix(decimals))"
    }
}
