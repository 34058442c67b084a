import Foundation

/// 10 to the power of `exponent`.
func power10(_ exponent: Double) -> Double { pow(10, exponent) }
