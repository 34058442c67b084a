public import Diagnostics
public import Quantities

extension Definition {
    /// The numbers a campaign is simulated and priced with.
    public struct Planning: Sendable {
        /// The year of the prices.
        public var currencyYear: Located<Int>?
        /// How the cells grow.
        @Indirect public var growth: Growth?
        /// Cells from a mass of tissue, such as 1.0e6 cells/g.
        @Indirect public var isolationYield: Estimate?
        /// The share of donors that turn out eligible.
        @Indirect public var donorEligible: Estimate?
        /// How often things fail.
        @Indirect public var failures: FailureRates?
        /// How much is needed.
        @Indirect public var demand: Demand?
        /// When people work.
        @Indirect public var calendar: Calendar?
        /// What the site costs in a year without a batch.
        @Indirect public var fixedCost: Estimate?
        /// Batches that are planned in a year.
        public var batchesPerYear: Located<Int>?
        /// Doses that a batch gives.
        public var dosesPerBatch: Located<ExactDecimal>?
        /// The share of batches that are released.
        @Indirect public var successRate: Estimate?
        /// Interest on what is invested, in a year.
        public var interest: Located<Quantity>?
        /// The fixed capital over the price of the equipment (Lang factor).
        public var langFactor: Located<ExactDecimal>?
        /// The hours of a full-time person at the bench in a year.
        public var productiveHours: Located<Quantity>?
        /// The days of a year on which the clean rooms are used.
        public var operatingDays: Located<Int>?
        /// Where the figures come from.
        public var sources: [Located<String>] = []
        /// Where it begins.
        public var position = SourcePosition.missing

        init() {}
    }

    /// How the cells grow: exponential between a lag and a density.
    public struct Growth: Sendable {
        /// The time for one doubling.
        public var doublingTime: Estimate = Estimate()
        /// The growth of the doubling time with each passage, as a share.
        public var doublingTimeSlope: Located<ExactDecimal>?
        /// Standard deviation between donors or lines, of the logarithm.
        public var donorSpread: Located<ExactDecimal>?
        /// The same between batches.
        public var batchSpread: Located<ExactDecimal>?
        /// The same between passages.
        public var passageSpread: Located<ExactDecimal>?
        /// The time before growth begins.
        @Indirect public var lag: Estimate?
        /// The longer lag after thawing.
        @Indirect public var lagAfterThaw: Estimate?
        /// The share of seeded cells that attach.
        @Indirect public var attachment: Estimate?
        /// Cells seeded per area.
        @Indirect public var seedingDensity: Estimate?
        /// The density at which cells are harvested.
        @Indirect public var harvestDensity: Estimate?
        /// The density at which growth ends.
        @Indirect public var maximumDensity: Estimate?
        /// The share recovered at harvest.
        @Indirect public var harvestRecovery: Estimate?
        /// Medium for an area.
        @Indirect public var mediumPerArea: Estimate?
        /// Where the figures come from.
        public var sources: [Located<String>] = []
        /// Where it begins.
        public var position = SourcePosition.missing

        init() {}
    }

    /// How often things fail.
    public struct FailureRates: Sendable {
        /// Contaminations per open operation.
        @Indirect public var contaminationPerOpenOperation: Estimate?
        /// Batches out of specification.
        @Indirect public var releaseFailure: Estimate?
        /// Differentiations that fail.
        @Indirect public var differentiationFailure: Estimate?
        /// When a culture counts as failed.
        public var growthFailure: Located<String>?
        /// Where the figures come from.
        public var sources: [Located<String>] = []
        /// Where it begins.
        public var position = SourcePosition.missing

        init() {}
    }

    /// How much is needed.
    public struct Demand: Sendable {
        /// Patients in a year.
        public var patients: Estimate = Estimate()
        /// Administrations for each.
        @Indirect public var administrations: Estimate?
        /// Their body weight.
        @Indirect public var patientWeight: Estimate?
        /// The share served from stock.
        public var serviceLevel: Located<Quantity>?
        /// How long the stock lasts without a batch.
        public var safetyStock: Located<Quantity>?
        /// Where the figures come from.
        public var sources: [Located<String>] = []
        /// Where it begins.
        public var position = SourcePosition.missing

        init() {}
    }

    /// When people work.
    public struct Calendar: Sendable {
        /// The days of the week.
        public var days: [Located<Weekday>] = []
        /// The hour work begins, 08:00.
        public var opens: Located<String>?
        /// The hour it ends.
        public var closes: Located<String>?
        /// Overtime in a day, at most.
        public var overtime: Located<Quantity>?
        /// Weeks of the year without work.
        public var shutdownWeeks: [Located<Int>] = []
        /// Where it begins.
        public var position = SourcePosition.missing

        init() {}
    }

    /// A day of the week.
    public enum Weekday: String, CaseIterable, Hashable, Sendable {
        case monday = "Monday"
        case tuesday = "Tuesday"
        case wednesday = "Wednesday"
        case thursday = "Thursday"
        case friday = "Friday"
        case saturday = "Saturday"
        case sunday = "Sunday"
    }
}

extension Definition.Planning: Record {
    static let name = "planning"
    static let summary =
        "The numbers a campaign is simulated and priced with."
    static let table = FieldTable<Definition.Planning> { table in
        table.optional(
            "currency-year", \.currencyYear, .whole,
            "the year of the prices")
        table.optional(
            "growth", \.growth, .record,
            "how the cells grow")
        table.optional(
            "isolation-yield", \.isolationYield, .estimate(.any),
            "cells from a mass of tissue, such as 1.0e6 cells/g")
        table.optional(
            "donor-eligible", \.donorEligible, .estimate(.ratio),
            "the share of donors that turn out eligible")
        table.optional(
            "failures", \.failures, .record,
            "how often things fail")
        table.optional(
            "demand", \.demand, .record,
            "how much is needed")
        table.optional(
            "calendar", \.calendar, .record,
            "when people work")
        table.optional(
            "fixed-cost", \.fixedCost, .estimate(.any),
            "what the site costs in a year without a batch")
        table.optional(
            "batches-per-year", \.batchesPerYear, .whole,
            "batches that are planned in a year")
        table.optional(
            "doses-per-batch", \.dosesPerBatch, .number,
            "doses that a batch gives")
        table.optional(
            "success-rate", \.successRate, .estimate(.ratio),
            "the share of batches that are released")
        table.optional(
            "interest", \.interest, .quantity(.ratio),
            "interest on what is invested, in a year")
        table.optional(
            "lang-factor", \.langFactor, .number,
            "the fixed capital over the price of the equipment")
        table.optional(
            "productive-hours", \.productiveHours, .quantity(.time),
            "the hours of a full-time person at the bench in a year")
        table.optional(
            "operating-days", \.operatingDays, .whole,
            "the days of a year on which the clean rooms are used")
        table.list(
            "source", \.sources, .reference(to: .source),
            "where the figures come from")
    }
}

extension Definition.Growth: Record {
    static let name = "growth model"
    static let summary =
        "How the cells grow: exponential between a lag and a density."
    static let table = FieldTable<Definition.Growth> { table in
        table.required(
            "doubling-time", \.doublingTime, .estimate(.time),
            "the time for one doubling")
        table.optional(
            "doubling-time-slope", \.doublingTimeSlope, .number,
            "the growth of the doubling time with each passage, as a share")
        table.optional(
            "donor-spread", \.donorSpread, .number,
            "standard deviation between donors or lines, of the logarithm")
        table.optional(
            "batch-spread", \.batchSpread, .number,
            "the same between batches")
        table.optional(
            "passage-spread", \.passageSpread, .number,
            "the same between passages")
        table.optional(
            "lag", \.lag, .estimate(.time),
            "the time before growth begins")
        table.optional(
            "lag-after-thaw", \.lagAfterThaw, .estimate(.time),
            "the longer lag after thawing")
        table.optional(
            "attachment", \.attachment, .estimate(.ratio),
            "the share of seeded cells that attach")
        table.optional(
            "seeding-density", \.seedingDensity, .estimate(.density),
            "cells seeded per area")
        table.optional(
            "harvest-density", \.harvestDensity, .estimate(.density),
            "the density at which cells are harvested")
        table.optional(
            "maximum-density", \.maximumDensity, .estimate(.density),
            "the density at which growth ends")
        table.optional(
            "harvest-recovery", \.harvestRecovery, .estimate(.ratio),
            "the share recovered at harvest")
        table.optional(
            "medium-per-area", \.mediumPerArea, .estimate(.volumePerArea),
            "medium for an area")
        table.list(
            "source", \.sources, .reference(to: .source),
            "where the figures come from")
    }
}

extension Definition.FailureRates: Record {
    static let name = "failure rates"
    static let summary =
        "How often things fail."
    static let table = FieldTable<Definition.FailureRates> { table in
        table.optional(
            "contamination-per-open-operation", \.contaminationPerOpenOperation, .estimate(.ratio),
            "contaminations per open operation")
        table.optional(
            "release-failure", \.releaseFailure, .estimate(.ratio),
            "batches out of specification")
        table.optional(
            "differentiation-failure", \.differentiationFailure, .estimate(.ratio),
            "differentiations that fail")
        table.optional(
            "growth-failure", \.growthFailure, .text,
            "when a culture counts as failed")
        table.list(
            "source", \.sources, .reference(to: .source),
            "where the figures come from")
    }
}

extension Definition.Demand: Record {
    static let name = "demand"
    static let summary =
        "How much is needed."
    static let table = FieldTable<Definition.Demand> { table in
        table.required(
            "patients", \.patients, .estimate(.any),
            "patients in a year")
        table.optional(
            "administrations", \.administrations, .estimate(.any),
            "administrations for each")
        table.optional(
            "patient-weight", \.patientWeight, .estimate(.any),
            "their body weight")
        table.optional(
            "service-level", \.serviceLevel, .quantity(.ratio),
            "the share served from stock")
        table.optional(
            "safety-stock", \.safetyStock, .quantity(.time),
            "how long the stock lasts without a batch")
        table.list(
            "source", \.sources, .reference(to: .source),
            "where the figures come from")
    }
}

extension Definition.Calendar: Record {
    static let name = "calendar"
    static let summary =
        "When people work."
    static let table = FieldTable<Definition.Calendar> { table in
        table.list(
            "days", \.days, .choice(Definition.Weekday.self),
            "the days of the week")
        table.optional(
            "from", \.opens, .text,
            "the hour work begins, 08:00")
        table.optional(
            "to", \.closes, .text,
            "the hour it ends")
        table.optional(
            "overtime", \.overtime, .quantity(.time),
            "overtime in a day, at most")
        table.list(
            "shutdown-weeks", \.shutdownWeeks, .whole,
            "weeks of the year without work")
    }
}

extension Definition.Weekday: Choice {}
