/// What a unit measures: a product of powers of base dimensions.
///
/// Things that are counted are dimensions of their own. A limit in CFU is not a limit in cells, an
/// endotoxin unit is not an international unit, and euros are not dollars: software that adds them
/// because both are "numbers" hides the mistake it should have shown.
public struct Dimension: Hashable, Sendable {
    /// A base dimension and its power, which is never zero.
    struct Power: Hashable, Sendable {
        var base: BaseDimension
        var exponent: Int
    }

    /// Sorted by base, so that equal dimensions are equal values.
    let powers: [Power]

    /// The dimension of a plain number.
    public static let none = Dimension(powers: [])

    /// Whether this is the dimension of a plain number, a percentage or a ratio.
    public var isNone: Bool { powers.isEmpty }

    init(powers: [Power]) { self.powers = powers }

    init(_ base: BaseDimension, _ exponent: Int = 1) {
        powers = [Power(base: base, exponent: exponent)]
    }

    func multiplied(by other: Dimension, power: Int = 1) -> Dimension {
        guard !other.powers.isEmpty else { return self }
        var merged: [Power] = []
        merged.reserveCapacity(powers.count + other.powers.count)
        var (left, right) = (powers[...], other.powers[...])
        while let a = left.first, let b = right.first {
            if a.base == b.base {
                let exponent = a.exponent + b.exponent * power
                if exponent != 0 { merged.append(Power(base: a.base, exponent: exponent)) }
                left.removeFirst()
                right.removeFirst()
            } else if a.base.rawValue < b.base.rawValue {
                merged.append(a)
                left.removeFirst()
            } else {
                merged.append(Power(base: b.base, exponent: b.exponent * power))
                right.removeFirst()
            }
        }
        merged += left
        merged += right.map { Power(base: $0.base, exponent: $0.exponent * power) }
        return Dimension(powers: merged)
    }
}

/// A dimension that is not made of others.
enum BaseDimension: UInt8, CaseIterable, Sendable {
    case length, mass, time, temperature, amount, current
    /// Living or dead cells, and what is counted of them.
    case cells, colonies, plaques, divisions, passages, metaphases, events
    /// Activity against a reference preparation: each scale stands alone.
    case internationalUnits, endotoxinUnits, enzymeUnits, arbitraryUnits, transducingUnits
    /// Containers and other counted things.
    case vials, bags, flasks, plates, syringes, kits, items, doses, batches, patients, donors,
        people
    case geneCopies, basePairs, particles, osmoles, acidity, runs, cycles
    /// Money: an exchange rate is a decision with a date, not a unit conversion.
    case euros, dollars, pounds, francs, yen, yuan, won, rupees, kronor
}
