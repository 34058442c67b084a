import Foundation

/// The standard normal distribution, as far as intervals need it.
enum NormalDistribution {
    /// The value below which a normal variable falls with probability `p`, 0 < p < 1, to full
    /// double precision (M. J. Wichura, algorithm AS 241, Appl Stat 37:477–484 (1988), refined
    /// here by Newton steps on the error function).
    static func quantile(_ p: Double) -> Double {
        if p == 0.5 { return 0 }
        let tail = min(p, 1 - p)
        // Rational start (Abramowitz and Stegun 26.2.23), good to 4.5e-4.
        let t = (-2 * log(tail)).squareRoot()
        var z =
            t - (2.515517 + t * (0.802853 + t * 0.010328))
            / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)))
        for _ in 0..<6 {
            let upper = 0.5 * erfc(z / 2.0.squareRoot())
            let density = exp(-z * z / 2) / (2 * Double.pi).squareRoot()
            let step = (upper - tail) / density
            z += step
            if abs(step) < 1e-15 * max(1, abs(z)) { break }
        }
        return p < 0.5 ? -z : z
    }
}
