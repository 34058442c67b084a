/// The units of the field, each with what it measures and its exact size.
enum UnitTable {
    /// The unit written `text` when it is one symbol, `°C` included.
    static func unit(_ text: String) -> Unit? { standing[text] }

    /// The unit that `symbol` stands for inside a product: there `°C` is a difference.
    static func atom(_ symbol: Substring) -> Unit? { inProducts[String(symbol)] }

    static let symbols = standing.keys.sorted()

    /// `vials` → `vial`: the second spelling of what is printed in the plural.
    static let singulars: [String: String] = {
        var table: [String: String] = [:]
        for entry in physical + counted where entry.names.count > 1 {
            let (plural, singular) = (entry.names[0], entry.names[1])
            if plural.count > 3, plural.hasSuffix("s"), !singular.hasSuffix("s") {
                table[plural] = singular
            }
        }
        table["people"] = "person"
        return table
    }()

    private static let standing: [String: Unit] = {
        var table = inProducts
        // 0 °C is 273.15 K (BIPM, The International System of Units, 9th edition, 2.3.1).
        for name in ["°C", "degC"] {
            table[name] = Unit(
                factors: [.init(symbol: "°C", exponent: 1)], dimension: Dimension(.temperature),
                scale: .one, isCelsius: true)
        }
        return table
    }()

    private static let inProducts: [String: Unit] = {
        var table: [String: Unit] = [:]
        for entry in physical + counted {
            for (prefix, power) in entry.prefixes {
                let scale = UnitScale(
                    entry.scale.numerator, over: entry.scale.denominator,
                    exponent: entry.scale.exponent + power)
                let unit = Unit(
                    factors: [.init(symbol: prefix + entry.names[0], exponent: 1)],
                    dimension: entry.dimension, scale: scale, isCelsius: false)
                for name in entry.names { table[prefix + name] = unit }
                // Two characters look alike: the micro sign and the Greek letter. Both are read,
                // and so is the letter u of keyboards.
                if prefix == "µ" {
                    for name in entry.names {
                        table["u" + name] = unit
                        table["\u{3BC}" + name] = unit
                    }
                }
            }
        }
        return table
    }()

    private struct Entry {
        /// The spelling that is printed, then the others that are read.
        var names: [String]
        var dimension: Dimension
        var scale: UnitScale
        var prefixes: [String: Int]

        init(
            _ names: String..., of dimension: Dimension, scale: UnitScale = .one,
            prefixes: [String: Int] = ["": 0]
        ) {
            self.names = names
            self.dimension = dimension
            self.scale = scale
            self.prefixes = prefixes
        }
    }

    private static let small = ["": 0, "m": -3, "µ": -6, "n": -9, "p": -12]
    private static let large = ["": 0, "k": 3, "M": 6]

    private static let volume = Dimension(.length, 3)
    private static let pressure = Dimension(.mass)
        .multiplied(by: Dimension(.length, -1)).multiplied(by: Dimension(.time, -2))
    private static let energy = Dimension(.mass)
        .multiplied(by: Dimension(.length, 2)).multiplied(by: Dimension(.time, -2))
    private static let power = energy.multiplied(by: Dimension(.time, -1))
    private static let voltage = power.multiplied(by: Dimension(.current, -1))
    private static let resistance = voltage.multiplied(by: Dimension(.current, -1))
    private static let concentration = Dimension(.amount).multiplied(by: Dimension(.length, -3))

    /// Base units: metre, gram, second, kelvin, mole, ampere.
    private static let physical: [Entry] = [
        Entry(
            "m", of: Dimension(.length),
            prefixes: ["": 0, "d": -1, "c": -2, "m": -3, "µ": -6, "n": -9, "k": 3]),
        Entry("g", of: Dimension(.mass), prefixes: small.merging(["k": 3, "f": -15]) { $1 }),
        Entry("t", of: Dimension(.mass), scale: UnitScale(1, exponent: 6)),
        Entry("s", "sec", "second", "seconds", of: Dimension(.time), prefixes: small),
        Entry("min", "minute", "minutes", of: Dimension(.time), scale: UnitScale(60)),
        Entry("h", "hour", "hours", "hr", of: Dimension(.time), scale: UnitScale(3600)),
        Entry("d", "day", "days", of: Dimension(.time), scale: UnitScale(86_400)),
        Entry("weeks", "week", "wk", of: Dimension(.time), scale: UnitScale(604_800)),
        // A month is a twelfth of the Julian year of 365.25 days, so that "24 months" can be
        // compared with days. Expiry dates are made with the calendar, not with this.
        Entry("months", "month", "mo", of: Dimension(.time), scale: UnitScale(2_629_800)),
        Entry("years", "year", "y", "a", of: Dimension(.time), scale: UnitScale(31_557_600)),
        Entry("K", "kelvin", of: Dimension(.temperature), prefixes: ["": 0, "m": -3]),
        Entry("°C", "degC", of: Dimension(.temperature)),
        Entry("mol", of: Dimension(.amount), prefixes: small.merging(["f": -15]) { $1 }),
        Entry("M", of: concentration, scale: UnitScale(1, exponent: 3), prefixes: small),
        Entry(
            "L", "l", of: volume, scale: UnitScale(1, exponent: -3),
            prefixes: small.merging(["d": -1, "c": -2]) { $1 }),
        Entry("A", of: Dimension(.current), prefixes: small),
        Entry(
            "V", of: voltage, scale: UnitScale(1000), prefixes: ["": 0, "m": -3, "µ": -6, "k": 3]),
        Entry("Ω", "ohm", of: resistance, scale: UnitScale(1000), prefixes: large),
        Entry(
            "Pa", of: pressure, scale: UnitScale(1000),
            prefixes: ["": 0, "h": 2, "k": 3, "M": 6, "m": -3]),
        Entry("bar", of: pressure, scale: UnitScale(1, exponent: 8), prefixes: ["": 0, "m": -3]),
        Entry("mmHg", of: pressure, scale: UnitScale(133_322_387_415, exponent: -6)),
        Entry("J", of: energy, scale: UnitScale(1000), prefixes: ["": 0, "k": 3, "m": -3]),
        Entry("W", of: power, scale: UnitScale(1000), prefixes: ["": 0, "k": 3, "m": -3]),
        Entry("N", of: energy.multiplied(by: Dimension(.length, -1)), scale: UnitScale(1000)),
        Entry("Hz", of: Dimension(.time, -1), prefixes: large),
        Entry("rpm", of: Dimension(.time, -1), scale: UnitScale(1, over: 60)),
        // The standard acceleration of free fall, 9.80665 m/s2.
        Entry(
            "×g", "xg", "x·g",
            of: Dimension(.length).multiplied(by: Dimension(.time, -2)),
            scale: UnitScale(980_665, exponent: -5)),
        Entry(
            "Gy", of: Dimension(.length, 2).multiplied(by: Dimension(.time, -2)),
            prefixes: ["": 0, "k": 3, "m": -3]),
        // The dalton is an experimental value and used as a name for a size, not converted.
        Entry("%", "percent", of: .none, scale: UnitScale(1, exponent: -2)),
        Entry("‰", of: .none, scale: UnitScale(1, exponent: -3)),
        Entry("ppm", of: .none, scale: UnitScale(1, exponent: -6)),
        Entry("fold", "-fold", of: .none),
        Entry("Osm", of: Dimension(.osmoles), prefixes: ["": 0, "m": -3]),
        Entry("pH", of: Dimension(.acidity)),
    ]

    private static let counted: [Entry] = [
        Entry("cells", "cell", of: Dimension(.cells)),
        Entry("CFU", "cfu", of: Dimension(.colonies)),
        Entry("PFU", "pfu", of: Dimension(.plaques)),
        Entry(
            "IU", of: Dimension(.internationalUnits), prefixes: ["": 0, "m": -3, "k": 3, "M": 6]),
        Entry("EU", of: Dimension(.endotoxinUnits)),
        Entry("U", of: Dimension(.enzymeUnits), prefixes: ["": 0, "m": -3, "k": 3, "µ": -6]),
        Entry("AU", of: Dimension(.arbitraryUnits)),
        Entry("TU", of: Dimension(.transducingUnits)),
        Entry("PD", of: Dimension(.divisions)),
        Entry("passages", "passage", of: Dimension(.passages)),
        Entry("metaphases", "metaphase", of: Dimension(.metaphases)),
        Entry("events", "event", of: Dimension(.events)),
        Entry("vials", "vial", of: Dimension(.vials)),
        Entry("bags", "bag", of: Dimension(.bags)),
        Entry("flasks", "flask", of: Dimension(.flasks)),
        Entry("plates", "plate", of: Dimension(.plates)),
        Entry("syringes", "syringe", of: Dimension(.syringes)),
        Entry("kits", "kit", of: Dimension(.kits)),
        Entry("items", "item", "pieces", "piece", "each", of: Dimension(.items)),
        Entry("gloves", "glove", of: Dimension(.items)),
        Entry("vessels", "vessel", of: Dimension(.items)),
        Entry("doses", "dose", of: Dimension(.doses)),
        Entry("batches", "batch", of: Dimension(.batches)),
        Entry("patients", "patient", of: Dimension(.patients)),
        Entry("donors", "donor", of: Dimension(.donors)),
        Entry("people", "person", of: Dimension(.people)),
        Entry("copies", "copy", "GC", of: Dimension(.geneCopies)),
        Entry("bp", of: Dimension(.basePairs), prefixes: large),
        Entry("particles", "particle", of: Dimension(.particles)),
        Entry("runs", "run", of: Dimension(.runs)),
        Entry("cycles", "cycle", of: Dimension(.cycles)),
        Entry("EUR", "€", of: Dimension(.euros)),
        Entry("USD", of: Dimension(.dollars)),
        Entry("GBP", of: Dimension(.pounds)),
        Entry("CHF", of: Dimension(.francs)),
        Entry("JPY", of: Dimension(.yen)),
        Entry("CNY", of: Dimension(.yuan)),
        Entry("KRW", of: Dimension(.won)),
        Entry("INR", of: Dimension(.rupees)),
        Entry("SEK", of: Dimension(.kronor)),
    ]
}
