import Foundation

/// Inverse hyperbolic sine.
func asinhOf(_ value: Double) -> Double { asinh(value) }
