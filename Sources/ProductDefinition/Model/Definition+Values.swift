public import Diagnostics
public import Guidance
public import Quantities

extension Definition {
    /// What a test has to show: a range of quantities, or an expectation in words.
    public enum Limit: Hashable, Sendable {
        /// `>= 95 %`, `2..8 °C`, `< 5 EU/mL`.
        case range(QuantityRange)
        /// "no growth", "normal", "report".
        case text(String)

        /// The range; nil for an expectation in words.
        public var range: QuantityRange? {
            guard case .range(let range) = self else { return nil }
            return range
        }

        /// Whether the result is only reported and decides nothing.
        public var isReportOnly: Bool {
            guard case .text(let text) = self else { return false }
            return ["report", "report result", "informative", "for information"]
                .contains(text.lowercased())
        }
    }

    /// A limit that may step up as development goes on.
    public struct PhasedLimit: Hashable, Sendable {
        /// Where it begins.
        public var position = SourcePosition.missing
        /// The limits that were written; one written for all phases stands under each.
        public var limits: [DevelopmentPhase: Located<Limit>] = [:]
        /// Whether one limit was written for all phases.
        public var isSameInAllPhases = false

        init() {}

        /// The limit in `phase`: the one written for it, or else for the nearest phase before it,
        /// or else for the first one after it. Nil only when no limit could be read.
        public func limit(in phase: DevelopmentPhase) -> Located<Limit>? {
            let earlier = DevelopmentPhase.allCases.filter { $0 <= phase }.reversed()
            let later = DevelopmentPhase.allCases.filter { $0 > phase }
            return (Array(earlier) + later).lazy.compactMap { limits[$0] }.first
        }
    }

    /// What a parameter is set to: a quantity, or a quality in words.
    public enum Setpoint: Hashable, Sendable {
        /// `3000 cells/cm2`.
        case quantity(Quantity)
        /// "spindle-shaped, adherent".
        case text(String)

        /// The quantity; nil for a quality in words.
        public var quantity: Quantity? {
            guard case .quantity(let quantity) = self else { return nil }
            return quantity
        }
    }

    /// A number of planning with its uncertainty.
    ///
    /// Written `12 h` where nothing more is known, else with its keys.
    public struct Estimate: Sendable {
        /// The expected value.
        public var value: Located<Quantity> = Located(Quantity(.zero), at: .missing)
        /// The standard deviation, in the unit of the value.
        public var spread: Located<Quantity>?
        /// The standard deviation of the logarithm, where the distribution is lognormal.
        public var logSpread: Located<ExactDecimal>?
        /// The values that are normal.
        public var normal: Located<QuantityRange>?
        /// The values that are possible.
        public var range: Located<QuantityRange>?
        /// The shape of its distribution.
        public var distribution: Located<Distribution>?
        /// Where it comes from.
        public var sources: [Located<String>] = []
        /// Where it begins.
        public var position = SourcePosition.missing

        init() {}
    }

    /// The shape of a distribution.
    public enum Distribution: String, CaseIterable, Hashable, Sendable {
        case fixed
        case normal
        case lognormal
        case uniform
        case triangular
        case poisson
    }
}

extension Definition.Limit: CustomStringConvertible {
    /// The limit as it was written.
    public var description: String {
        switch self {
        case .range(let range): range.description
        case .text(let text): text
        }
    }
}

extension Definition.Setpoint: CustomStringConvertible {
    /// The setpoint as it was written.
    public var description: String {
        switch self {
        case .quantity(let quantity): quantity.description
        case .text(let text): text
        }
    }
}

extension Definition.Estimate: Record {
    static let name = "estimate"
    static let summary = "A number with its uncertainty."
    static let table = makeTable(for: .any)

    static func makeTable(for measure: Measure) -> FieldTable<Definition.Estimate> {
        FieldTable { table in
            table.required("value", \.value, .quantity(measure), "the expected value")
            table.optional(
                "spread", \.spread, .quantity(measure),
                "the standard deviation, in the unit of the value")
            table.optional(
                "log-spread", \.logSpread, .number,
                "the standard deviation of the natural logarithm")
            table.optional("normal", \.normal, .range(measure), "the values that are normal")
            table.optional("range", \.range, .range(measure), "the values that are possible")
            table.optional(
                "distribution", \.distribution, .choice(Definition.Distribution.self),
                "the shape of its distribution")
            table.list("source", \.sources, .reference(to: .source), "where it comes from")
        }
    }
}

extension Definition.Distribution: Choice {}

extension DevelopmentPhase: Choice {
    init?(written: String) { self.init(named: written) }
}

extension Jurisdiction: Choice {
    init?(written: String) { self.init(code: written) }
}

extension OccupancyState: Choice {}

extension CalendarDate {
    /// Stands for a required date that was not written; the reader has reported it.
    static let missing = CalendarDate(year: 1, month: 1, day: 1)
}
