public import Diagnostics
public import Quantities

extension Definition {
    /// A bank of cells: seed stock, master or working bank.
    public struct CellBank: Sendable {
        /// The id by which steps use it.
        public var id: Located<String> = Located("", at: .missing)
        /// Its name.
        public var name: Located<String>?
        /// Its place in the bank system.
        public var tier: Located<BankTier> = Located(.seed, at: .missing)
        /// The bank, tissue or line it is made from.
        public var madeFrom: Located<String>?
        /// Who owns it.
        public var owner: Located<String>?
        /// Where it was made.
        public var madeAt: Located<String>?
        /// Whether it was made under GMP.
        public var isMadeUnderGMP: Located<Bool>?
        /// Other cultures in the area at the time.
        public var concurrentCultures: Located<Int>?
        /// Vials in it.
        public var vials: Located<Int>?
        /// Vials kept back.
        public var reserveVials: Located<Int>?
        /// Vials thawed at once.
        public var vialsPerUse: Located<Int>?
        /// Cells in a vial.
        public var cellsPerVial: Located<Quantity>?
        /// Volume of a vial.
        public var volume: Located<Quantity>?
        /// The vial.
        public var container: Located<String>?
        /// The passage at which it is frozen.
        public var passage: Located<Int>?
        /// Its cumulative population doublings.
        public var pdl: Located<Quantity>?
        /// The most it may have.
        public var maximumPDL: Located<Quantity>?
        /// Viable cells after thawing, as a share.
        @Indirect public var recovery: Estimate?
        /// How it is kept.
        @Indirect public var storage: Storage?
        /// The specification it is released against.
        public var specification: Located<String>?
        /// The tests that were done or are planned.
        public var tests: [BankTestResult] = []
        /// The study of its stability.
        public var stability: Located<String>?
        /// Where the figures come from.
        public var sources: [Located<String>] = []
        /// Where it begins.
        public var position = SourcePosition.missing

        init() {}
    }

    /// A test of a bank, and how it ended.
    public struct BankTestResult: Sendable {
        /// The test, by its id: str, sterility, karyotype ….
        public var test: Located<String> = Located("", at: .missing)
        /// How it ended.
        public var result: Located<Outcome> = Located(.pass, at: .missing)
        /// The value or finding.
        public var detail: Located<String>?
        /// Metaphases counted.
        public var metaphases: Located<Int>?
        /// The assay.
        public var assay: Located<String>?
        /// The report.
        public var document: Located<String>?
        /// The day of the result.
        public var date: Located<CalendarDate>?
        /// Where the figures come from.
        public var sources: [Located<String>] = []
        /// Where it begins.
        public var position = SourcePosition.missing

        init() {}
    }

    /// The place of a bank in the bank system (ICH Q5D 2.2.1).
    public enum BankTier: String, CaseIterable, Hashable, Sendable {
        case seed
        case master
        case working
        case endOfProduction = "end of production"
    }
}

extension Definition.CellBank: Record {
    static let name = "bank"
    static let summary =
        "A bank of cells: seed stock, master or working bank."
    static let table = FieldTable<Definition.CellBank> { table in
        table.required(
            "id", \.id, .identifier(.bank),
            "the id by which steps use it")
        table.optional(
            "name", \.name, .text,
            "its name")
        table.required(
            "tier", \.tier, .choice(Definition.BankTier.self),
            "its place in the bank system")
        table.optional(
            "made-from", \.madeFrom, .reference(to: .bank, .material, .cellLine),
            "the bank, tissue or line it is made from")
        table.optional(
            "owner", \.owner, .text,
            "who owns it")
        table.optional(
            "made-at", \.madeAt, .text,
            "where it was made")
        table.optional(
            "gmp", \.isMadeUnderGMP, .flag,
            "whether it was made under GMP")
        table.optional(
            "concurrent-cultures", \.concurrentCultures, .whole,
            "other cultures in the area at the time")
        table.optional(
            "vials", \.vials, .whole,
            "vials in it")
        table.optional(
            "reserve-vials", \.reserveVials, .whole,
            "vials kept back")
        table.optional(
            "vials-per-use", \.vialsPerUse, .whole,
            "vials thawed at once")
        table.optional(
            "cells-per-vial", \.cellsPerVial, .quantity(.cells),
            "cells in a vial")
        table.optional(
            "volume", \.volume, .quantity(.volume),
            "volume of a vial")
        table.optional(
            "container", \.container, .reference(to: .material),
            "the vial")
        table.optional(
            "passage", \.passage, .whole,
            "the passage at which it is frozen")
        table.optional(
            "pdl", \.pdl, .quantity(.divisions),
            "its cumulative population doublings")
        table.optional(
            "maximum-pdl", \.maximumPDL, .quantity(.divisions),
            "the most it may have")
        table.optional(
            "recovery", \.recovery, .estimate(.ratio),
            "viable cells after thawing, as a share")
        table.optional(
            "storage", \.storage, .record,
            "how it is kept")
        table.optional(
            "specification", \.specification, .reference(to: .specification),
            "the specification it is released against")
        table.list(
            "tests", \.tests, .record,
            "the tests that were done or are planned")
        table.optional(
            "stability", \.stability, .reference(to: .study),
            "the study of its stability")
        table.list(
            "source", \.sources, .reference(to: .source),
            "where the figures come from")
    }
}

extension Definition.BankTestResult: Record {
    static let name = "bank test"
    static let summary =
        "A test of a bank, and how it ended."
    static let table = FieldTable<Definition.BankTestResult> { table in
        table.required(
            "test", \.test, .bankTest,
            "the test, by its id: str, sterility, karyotype …")
        table.required(
            "result", \.result, .choice(Definition.Outcome.self),
            "how it ended")
        table.optional(
            "detail", \.detail, .text,
            "the value or finding")
        table.optional(
            "metaphases", \.metaphases, .whole,
            "metaphases counted")
        table.optional(
            "assay", \.assay, .reference(to: .assay),
            "the assay")
        table.optional(
            "document", \.document, .text,
            "the report")
        table.optional(
            "date", \.date, .date,
            "the day of the result")
        table.list(
            "source", \.sources, .reference(to: .source),
            "where the figures come from")
    }
}

extension Definition.BankTier: Choice {}
