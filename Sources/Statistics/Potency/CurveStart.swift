import Foundation

/// Starting values of a sigmoid curve.
///
/// For a given slope and location the asymptotes are linear, so the best of a grid over two
/// parameters is a start that needs no guess from the caller (variable projection, Golub &
/// Pereyra 1973, doi:10.1137/0710036).
enum CurveStart {
    /// The best points of the grid, best first: zero dose, infinite dose, slope, location.
    /// - Parameter fine: a denser and wider grid, for data where the first search failed.
    static func candidates(
        _ groups: [DoseGroup], fixedZeroDose: Double?, fixedInfiniteDose: Double?, fine: Bool,
        limit: Int
    ) -> [[Double]] {
        var low = Double.infinity
        var high = -Double.infinity
        for group in groups where group.lnDose > -.infinity {
            low = min(low, group.lnDose)
            high = max(high, group.lnDose)
        }
        guard high > low else { return [] }
        let range = high - low
        let widths: [Double] =
            fine ? [0.5, 1, 2, 4, 7, 12, 20, 35, 60, 100, 200] : [2.5, 6, 14, 32]
        let places = fine ? 31 : 7
        let margin = fine ? 0.5 : 0
        var found: [Candidate] = []
        var best = Candidate(squares: .infinity, values: (0, 0, 0, 0))
        for width in widths {
            let slope = width / range
            for place in 0..<places {
                let share = Double(place) / Double(places - 1) * (1 + 2 * margin) - margin
                let location = low + share * range
                guard
                    let candidate = asymptotes(
                        groups, slope, location, fixedZeroDose, fixedInfiniteDose)
                else { continue }
                let next = Candidate(
                    squares: candidate.0, values: (candidate.1, candidate.2, slope, location))
                if next.squares < best.squares { best = next }
                if limit > 1 { found.append(next) }
            }
        }
        if limit == 1 { return best.squares < .infinity ? [best.list] : [] }
        return found.sorted { $0.squares < $1.squares }.prefix(limit).map(\.list)
    }

    private struct Candidate {
        var squares: Double
        var values: (Double, Double, Double, Double)

        var list: [Double] { [values.0, values.1, values.2, values.3] }
    }

    /// The best asymptotes for a slope and a location, and the sum of squares they leave.
    private static func asymptotes(
        _ groups: [DoseGroup], _ slope: Double, _ location: Double, _ fixedZeroDose: Double?,
        _ fixedInfiniteDose: Double?
    ) -> (Double, Double, Double)? {
        var (w, wq, wqq, wy, wqy, wyy) = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
        for group in groups {
            let q = 1 / (1 + exp(-slope * (group.lnDose - location)))
            let weight = Double(group.count) * group.weight
            let y = group.mean
            w += weight
            wq += weight * q
            wqq += weight * q * q
            wy += weight * y
            wqy += weight * q * y
            wyy += weight * y * y
        }
        // y = a (1 - q) + d q
        let aa = w - 2 * wq + wqq
        let ad = wq - wqq
        let ay = wy - wqy
        var a: Double
        var d: Double
        switch (fixedZeroDose, fixedInfiniteDose) {
        case (let zero?, let infinite?):
            (a, d) = (zero, infinite)
        case (let zero?, nil):
            guard wqq > 0 else { return nil }
            a = zero
            d = (wqy - ad * a) / wqq
        case (nil, let infinite?):
            guard aa > 0 else { return nil }
            d = infinite
            a = (ay - ad * d) / aa
        case (nil, nil):
            let determinant = aa * wqq - ad * ad
            guard determinant > 1e-12 * aa * wqq else { return nil }
            a = (ay * wqq - ad * wqy) / determinant
            d = (aa * wqy - ad * ay) / determinant
        }
        let squares =
            wyy - 2 * (a * ay + d * wqy) + a * a * aa + 2 * a * d * ad + d * d * wqq
        return (squares, a, d)
    }
}
