public import Diagnostics
public import Quantities

extension Definition {
    /// How donors of the starting tissue are chosen, asked and tested.
    public struct DonorScheme: Sendable {
        /// The starting material that is donated.
        public var tissue: Located<String>?
        /// The law that covers donation, procurement and testing.
        public var regime: Located<String>?
        /// What donors agree to.
        @Indirect public var consent: Consent?
        /// Who may donate.
        public var eligibility: Located<String>?
        /// The tests of each donor, by their usual names: HBsAg, HIV NAT ….
        public var tests: [Located<String>] = []
        /// The blood sample that is tested.
        @Indirect public var sample: DonorSample?
        /// After how long the donor is tested again, if so.
        public var repeatTest: Located<Quantity>?
        /// Whether donors are asked about areas where HTLV is frequent.
        public var asksForHighPrevalence: Located<Bool>?
        /// Whether the tissue counts as rich in viable leukocytes (21 CFR 1271.85).
        public var isLeukocyteRich: Located<Bool>?
        /// The authorised laboratory.
        public var laboratory: Located<String>?
        /// Whether tissue waits until the donor is found eligible.
        public var isQuarantinedUntilEligible: Located<Bool>?
        /// Where tissue is procured.
        public var procurement: [Procurement] = []
        /// The way to the manufacturer.
        @Indirect public var transport: TissueTransport?
        /// How a donation is identified.
        public var identifier: Located<DonationIdentifier>?
        /// The largest share of doses from one donor.
        public var maximumShare: Located<Quantity>?
        /// Whether donors are pooled.
        public var isPooled: Located<Bool>?
        /// Where the figures come from.
        public var sources: [Located<String>] = []
        /// Where it begins.
        public var position = SourcePosition.missing

        init() {}
    }

    /// What a donor agrees to.
    public struct Consent: Sendable {
        /// The consent form.
        public var document: Located<String>?
        /// The uses it covers.
        public var scopes: [Located<ConsentScope>] = []
        /// Whether it is given before procurement.
        public var isBeforeProcurement: Located<Bool>?
        /// Where it begins.
        public var position = SourcePosition.missing

        init() {}
    }

    /// The blood sample of a donor.
    public struct DonorSample: Sendable {
        /// Whose blood it is.
        public var person: Located<SamplePerson>?
        /// When it is taken, counted from the donation.
        public var timing: Located<QuantityRange>?
        /// Where it begins.
        public var position = SourcePosition.missing

        init() {}
    }

    /// Where tissue is procured.
    public struct Procurement: Sendable {
        /// The maternity or tissue establishment.
        public var site: Located<String> = Located("", at: .missing)
        /// Its authorisation.
        public var authorisation: Located<String>?
        /// The day the authorisation ends.
        public var validUntil: Located<CalendarDate>?
        /// The written agreement.
        public var agreement: Located<String>?
        /// What the agreement covers.
        public var covers: [Located<AgreementTopic>] = []
        /// Where it begins.
        public var position = SourcePosition.missing

        init() {}
    }

    /// The way of the tissue to the manufacturer.
    public struct TissueTransport: Sendable {
        /// The time from collection to receipt.
        public var time: Located<QuantityRange>?
        /// The temperature on the way.
        public var temperature: Located<QuantityRange>?
        /// The study that shows it.
        public var validation: Located<String>?
        /// Where it begins.
        public var position = SourcePosition.missing

        init() {}
    }

    /// A use that a consent covers.
    public enum ConsentScope: String, CaseIterable, Hashable, Sendable {
        case allogeneicUse = "allogeneic use"
        case medicinalUse = "medicinal use"
        case commercialUse = "commercial use"
        case genomicTesting = "genomic testing"
        case research
    }

    /// Whose blood a donor sample is.
    public enum SamplePerson: String, CaseIterable, Hashable, Sendable {
        case donor
        case birthMother = "birth mother"
    }

    /// How a donation is identified.
    public enum DonationIdentifier: String, CaseIterable, Hashable, Sendable {
        case donationIdentificationSequence = "donation identification sequence"
        case singleEuropeanCode = "Single European Code"
        case isbt128 = "ISBT 128"
        case other
    }

    /// What an agreement with a tissue establishment covers.
    public enum AgreementTopic: String, CaseIterable, Hashable, Sendable {
        case testResults = "test results"
        case traceability
        case donorFollowUp = "donor follow-up"
        case transport
    }
}

extension Definition.DonorScheme: Record {
    static let name = "donor scheme"
    static let summary =
        "How donors of the starting tissue are chosen, asked and tested."
    static let table = FieldTable<Definition.DonorScheme> { table in
        table.optional(
            "tissue", \.tissue, .reference(to: .material),
            "the starting material that is donated")
        table.optional(
            "regime", \.regime, .text,
            "the law that covers donation, procurement and testing")
        table.optional(
            "consent", \.consent, .record,
            "what donors agree to")
        table.optional(
            "eligibility", \.eligibility, .text,
            "who may donate")
        table.list(
            "tests", \.tests, .text,
            "the tests of each donor, by their usual names: HBsAg, HIV NAT …")
        table.optional(
            "sample", \.sample, .record,
            "the blood sample that is tested")
        table.optional(
            "repeat-test", \.repeatTest, .quantity(.time),
            "after how long the donor is tested again, if so")
        table.optional(
            "high-prevalence-question", \.asksForHighPrevalence, .flag,
            "whether donors are asked about areas where HTLV is frequent")
        table.optional(
            "leukocyte-rich", \.isLeukocyteRich, .flag,
            "whether the tissue counts as rich in viable leukocytes (21 CFR 1271.85)")
        table.optional(
            "laboratory", \.laboratory, .text,
            "the authorised laboratory")
        table.optional(
            "quarantine-until-eligible", \.isQuarantinedUntilEligible, .flag,
            "whether tissue waits until the donor is found eligible")
        table.list(
            "procurement", \.procurement, .record,
            "where tissue is procured")
        table.optional(
            "transport", \.transport, .record,
            "the way to the manufacturer")
        table.optional(
            "identifier", \.identifier, .choice(Definition.DonationIdentifier.self),
            "how a donation is identified")
        table.optional(
            "maximum-share", \.maximumShare, .quantity(.ratio),
            "the largest share of doses from one donor")
        table.optional(
            "pooled", \.isPooled, .flag,
            "whether donors are pooled")
        table.list(
            "source", \.sources, .reference(to: .source),
            "where the figures come from")
    }
}

extension Definition.Consent: Record {
    static let name = "consent"
    static let summary =
        "What a donor agrees to."
    static let table = FieldTable<Definition.Consent> { table in
        table.optional(
            "document", \.document, .text,
            "the consent form")
        table.list(
            "scopes", \.scopes, .choice(Definition.ConsentScope.self),
            "the uses it covers")
        table.optional(
            "before-procurement", \.isBeforeProcurement, .flag,
            "whether it is given before procurement")
    }
}

extension Definition.DonorSample: Record {
    static let name = "donor sample"
    static let summary =
        "The blood sample of a donor."
    static let table = FieldTable<Definition.DonorSample> { table in
        table.optional(
            "from", \.person, .choice(Definition.SamplePerson.self),
            "whose blood it is")
        table.optional(
            "timing", \.timing, .range(.timing),
            "when it is taken, counted from the donation")
    }
}

extension Definition.Procurement: Record {
    static let name = "procurement site"
    static let summary =
        "Where tissue is procured."
    static let table = FieldTable<Definition.Procurement> { table in
        table.required(
            "site", \.site, .text,
            "the maternity or tissue establishment")
        table.optional(
            "authorisation", \.authorisation, .text,
            "its authorisation")
        table.optional(
            "valid-until", \.validUntil, .date,
            "the day the authorisation ends")
        table.optional(
            "agreement", \.agreement, .text,
            "the written agreement")
        table.list(
            "covers", \.covers, .choice(Definition.AgreementTopic.self),
            "what the agreement covers")
    }
}

extension Definition.TissueTransport: Record {
    static let name = "tissue transport"
    static let summary =
        "The way of the tissue to the manufacturer."
    static let table = FieldTable<Definition.TissueTransport> { table in
        table.optional(
            "time", \.time, .range(.time),
            "the time from collection to receipt")
        table.optional(
            "temperature", \.temperature, .range(.temperature),
            "the temperature on the way")
        table.optional(
            "validation", \.validation, .text,
            "the study that shows it")
    }
}

extension Definition.ConsentScope: Choice {}
extension Definition.SamplePerson: Choice {}
extension Definition.DonationIdentifier: Choice {}
extension Definition.AgreementTopic: Choice {}
