import Foundation

/// A way of expanding cells, with what one unit of it yields and costs.
public struct Technology: Codable, Sendable, Hashable {
    /// Planar vessels or a stirred tank.
    public enum Kind: Codable, Sendable, Hashable {
        /// Cells for a vessel; its medium in L.
        case planar(cellsPerUnit: Double, mediumLiters: Double)
        /// A tank: its volume in L, cells/mL at harvest, recovery, carriers for each L, medium for
        /// each L of volume.
        case stirred(
            liters: Double, density: Double, recovery: Double, carrierPerLiter: Double,
            mediumFactor: Double)
    }

    /// Its name.
    public var name: String
    /// What it is.
    public var kind: Kind
    /// What one vessel, set or bag costs.
    public var unitCost: Double
    /// Hours of one pair of hands for a unit.
    public var hoursPerUnit: Double
    /// Units that can be handled in a lot.
    public var unitsMax: Int
    /// Capital, for the plant or for each unit.
    public var capital: Double
    /// Whether the capital is for each unit.
    public var isCapitalPerUnit: Bool
    /// Hours of a lot whatever its size.
    public var hoursPerLot: Double
    /// How often the cells multiply in one passage; the seed train needs the rest.
    public var amplification: Double

    /// Cells of one unit.
    public var cellsPerUnit: Double {
        switch kind {
        case .planar(let cells, _): cells
        case .stirred(let liters, let density, let recovery, _, _):
            liters * 1000 * density * recovery
        }
    }

    /// Whether it is a planar vessel in stacks (and no fibre cartridge).
    public var isPlanar: Bool { name.hasPrefix("planar") }
    /// Whether it is a stirred tank.
    public var isStirred: Bool {
        if case .stirred = kind { return true }
        return false
    }

    /// Technologies as of 2024, prices and densities being general knowledge of the field unless
    /// said otherwise: at most 50 to 100 ten-layer vessels can be handled in a lot (American
    /// Pharmaceutical Review 2013); stirred densities after Soder et al. 2025 and de Almeida Fuzeta
    /// et al. 2020.
    public static let usual: [Technology] = [
        planar(
            "planar ST10", area: 6360, density: 27_000, recovery: 0.92, cost: 380, medium: 2.6,
            hours: 1.0, most: 100, capital: 150e3, lot: 40, amplification: 8.28),
        planar(
            "planar ST40 + handler", area: 25_440, density: 27_000, recovery: 0.92, cost: 1500,
            medium: 10.4, hours: 1.2, most: 80, capital: 900e3, lot: 50, amplification: 8.28),
        planar(
            "hollow fibre 2.1 m2", area: 21_000, density: 20_000, recovery: 0.90, cost: 9000,
            medium: 12.0, hours: 4.0, most: 12, capital: 140e3, perUnit: true, lot: 40,
            amplification: 8.0),
        tank(
            "STR 10 L", 10, density: 5.0e5, recovery: 0.85, bag: 2500, carrier: 45, medium: 2.0,
            hours: 45, capital: 300e3, lot: 60),
        tank(
            "STR 50 L", 50, density: 6.0e5, recovery: 0.85, bag: 5500, carrier: 45, medium: 1.8,
            hours: 50, capital: 600e3, lot: 70),
        tank(
            "STR 200 L", 200, density: 6.0e5, recovery: 0.80, bag: 11_000, carrier: 45,
            medium: 1.8, hours: 60, capital: 1.1e6, lot: 80),
        tank(
            "STR 1000 L", 1000, density: 6.0e5, recovery: 0.75, bag: 22_000, carrier: 40,
            medium: 1.8, hours: 80, capital: 2.5e6, lot: 100),
    ]

    private static func planar(
        _ name: String, area: Double, density: Double, recovery: Double, cost: Double,
        medium: Double, hours: Double, most: Int, capital: Double, perUnit: Bool = false,
        lot: Double, amplification: Double
    ) -> Technology {
        Technology(
            name: name,
            kind: .planar(cellsPerUnit: area * density * recovery, mediumLiters: medium),
            unitCost: cost, hoursPerUnit: hours, unitsMax: most, capital: capital,
            isCapitalPerUnit: perUnit, hoursPerLot: lot, amplification: amplification)
    }

    private static func tank(
        _ name: String, _ liters: Double, density: Double, recovery: Double, bag: Double,
        carrier: Double, medium: Double, hours: Double, capital: Double, lot: Double
    ) -> Technology {
        Technology(
            name: name,
            kind: .stirred(
                liters: liters, density: density, recovery: recovery, carrierPerLiter: carrier,
                mediumFactor: medium),
            unitCost: bag, hoursPerUnit: hours, unitsMax: 4, capital: capital,
            isCapitalPerUnit: true, hoursPerLot: lot, amplification: 20)
    }
}
