public import Diagnostics
public import Guidance
public import Quantities

extension Definition {
    /// Something that is watched in the environment.
    public struct MonitoringPoint: Sendable {
        /// What is counted or measured.
        public var what: Located<MonitoringMethod> = Located(.particles05, at: .missing)
        /// Where.
        public var room: Located<String>?
        /// In which cabinet or isolator.
        public var equipment: Located<String>?
        /// At rest or in operation.
        public var state: Located<OccupancyState>?
        /// How often.
        public var frequency: Located<String>?
        /// Whether it runs for the whole critical time.
        public var isContinuous: Located<Bool>?
        /// The flow of a particle counter, such as 28.3 L/min.
        public var flow: Located<Quantity>?
        /// How long a settle plate is open.
        public var exposure: Located<Quantity>?
        /// The alert limit.
        public var alert: Located<QuantityRange>?
        /// The action limit.
        public var action: Located<QuantityRange>?
        /// The document and edition the limits come from.
        public var edition: Located<String>?
        /// Where the figures come from.
        public var sources: [Located<String>] = []
        /// Where it begins.
        public var position = SourcePosition.missing

        init() {}
    }

    /// Gowning and its qualification.
    public struct Gowning: Sendable {
        /// How often each person is assessed.
        public var requalification: Located<Quantity>?
        /// Passes before the first unsupervised access.
        public var initialRuns: Located<Int>?
        /// Where contact plates are taken.
        public var points: [Located<String>] = []
        /// The procedure.
        public var document: Located<String>?
        /// Where it begins.
        public var position = SourcePosition.missing

        init() {}
    }

    /// The contamination control strategy (EU GMP Annex 1 2.5).
    public struct ContaminationControl: Sendable {
        /// The document.
        public var document: Located<String>?
        /// The elements it covers.
        public var elements: [Located<ContaminationElement>] = []
        /// The day its review is due.
        public var reviewDue: Located<CalendarDate>?
        /// Where it begins.
        public var position = SourcePosition.missing

        init() {}
    }

    /// The programme of aseptic process simulations (EU GMP Annex 1 9.33-9.47).
    public struct ProcessSimulation: Sendable {
        /// Consecutive passes before first use.
        public var initialRuns: Located<Int>?
        /// How often it is repeated.
        public var interval: Located<Quantity>?
        /// How often each operator takes part.
        public var operatorInterval: Located<Quantity>?
        /// Whether filling is done by hand.
        public var isManualFilling: Located<Bool>?
        /// Units filled in a run.
        public var units: Located<Int>?
        /// How long a run takes.
        public var duration: Located<Quantity>?
        /// The operations it covers.
        public var covers: [Located<String>] = []
        /// The interventions it includes.
        public var interventions: [Located<String>] = []
        /// The runs that were done.
        public var runs: [SimulationRun] = []
        /// Whether the aseptic process counts as validated.
        public var isValidated: Located<Bool>?
        /// Where the figures come from.
        public var sources: [Located<String>] = []
        /// Where it begins.
        public var position = SourcePosition.missing

        init() {}
    }

    /// One aseptic process simulation.
    public struct SimulationRun: Sendable {
        /// The day.
        public var date: Located<CalendarDate> = Located(.missing, at: .missing)
        /// The shift.
        public var shift: Located<String>?
        /// Units filled.
        public var filled: Located<Int> = Located(0, at: .missing)
        /// Units incubated.
        public var incubated: Located<Int>?
        /// Units left out with a reason.
        public var justified: Located<Int>?
        /// Units with growth.
        public var contaminated: Located<Int> = Located(0, at: .missing)
        /// The report.
        public var document: Located<String>?
        /// Where it begins.
        public var position = SourcePosition.missing

        init() {}
    }

    /// What environmental monitoring counts or measures.
    public enum MonitoringMethod: String, CaseIterable, Hashable, Sendable {
        case particles05 = "particles 0.5 µm"
        case particles5 = "particles 5 µm"
        case activeAir = "active air"
        case settlePlates = "settle plates"
        case contactPlates = "contact plates"
        case gloves
        case differentialPressure = "differential pressure"
        case temperature
        case humidity
    }

    /// The sixteen elements of a contamination control strategy (EU GMP Annex 1 2.5 i-xvi).
    public enum ContaminationElement: String, CaseIterable, Hashable, Sendable {
        case design
        case premisesAndEquipment = "premises and equipment"
        case personnel
        case utilities
        case rawMaterials = "raw materials"
        case containersAndClosures = "containers and closures"
        case vendors
        case outsourcing
        case processRisk = "process risk"
        case processValidation = "process validation"
        case sterilisationValidation = "sterilisation validation"
        case maintenance
        case cleaning
        case monitoring
        case prevention
        case improvement
    }
}

extension Definition.MonitoringPoint: Record {
    static let name = "monitoring point"
    static let summary =
        "Something that is watched in the environment."
    static let table = FieldTable<Definition.MonitoringPoint> { table in
        table.required(
            "what", \.what, .choice(Definition.MonitoringMethod.self),
            "what is counted or measured")
        table.optional(
            "room", \.room, .reference(to: .room),
            "where")
        table.optional(
            "equipment", \.equipment, .reference(to: .equipment),
            "in which cabinet or isolator")
        table.optional(
            "state", \.state, .choice(OccupancyState.self),
            "at rest or in operation")
        table.optional(
            "frequency", \.frequency, .text,
            "how often")
        table.optional(
            "continuous", \.isContinuous, .flag,
            "whether it runs for the whole critical time")
        table.optional(
            "flow", \.flow, .quantity(.any),
            "the flow of a particle counter, such as 28.3 L/min")
        table.optional(
            "exposure", \.exposure, .quantity(.time),
            "how long a settle plate is open")
        table.optional(
            "alert", \.alert, .range(.any),
            "the alert limit")
        table.optional(
            "action", \.action, .range(.any),
            "the action limit")
        table.optional(
            "edition", \.edition, .text,
            "the document and edition the limits come from")
        table.list(
            "source", \.sources, .reference(to: .source),
            "where the figures come from")
    }
}

extension Definition.Gowning: Record {
    static let name = "gowning"
    static let summary =
        "Gowning and its qualification."
    static let table = FieldTable<Definition.Gowning> { table in
        table.optional(
            "requalification", \.requalification, .quantity(.time),
            "how often each person is assessed")
        table.optional(
            "initial-runs", \.initialRuns, .whole,
            "passes before the first unsupervised access")
        table.list(
            "points", \.points, .text,
            "where contact plates are taken")
        table.optional(
            "document", \.document, .text,
            "the procedure")
    }
}

extension Definition.ContaminationControl: Record {
    static let name = "contamination control strategy"
    static let summary =
        "The contamination control strategy (EU GMP Annex 1 2.5)."
    static let table = FieldTable<Definition.ContaminationControl> { table in
        table.optional(
            "document", \.document, .text,
            "the document")
        table.list(
            "elements", \.elements, .choice(Definition.ContaminationElement.self),
            "the elements it covers")
        table.optional(
            "review-due", \.reviewDue, .date,
            "the day its review is due")
    }
}

extension Definition.ProcessSimulation: Record {
    static let name = "process simulation"
    static let summary =
        "The programme of aseptic process simulations (EU GMP Annex 1 9.33-9.47)."
    static let table = FieldTable<Definition.ProcessSimulation> { table in
        table.optional(
            "initial-runs", \.initialRuns, .whole,
            "consecutive passes before first use")
        table.optional(
            "interval", \.interval, .quantity(.time),
            "how often it is repeated")
        table.optional(
            "operator-interval", \.operatorInterval, .quantity(.time),
            "how often each operator takes part")
        table.optional(
            "manual-filling", \.isManualFilling, .flag,
            "whether filling is done by hand")
        table.optional(
            "units", \.units, .whole,
            "units filled in a run")
        table.optional(
            "duration", \.duration, .quantity(.time),
            "how long a run takes")
        table.list(
            "covers", \.covers, .reference(to: .operation),
            "the operations it covers")
        table.list(
            "interventions", \.interventions, .text,
            "the interventions it includes")
        table.list(
            "runs", \.runs, .record,
            "the runs that were done")
        table.optional(
            "validated", \.isValidated, .flag,
            "whether the aseptic process counts as validated")
        table.list(
            "source", \.sources, .reference(to: .source),
            "where the figures come from")
    }
}

extension Definition.SimulationRun: Record {
    static let name = "simulation run"
    static let summary =
        "One aseptic process simulation."
    static let table = FieldTable<Definition.SimulationRun> { table in
        table.required(
            "date", \.date, .date,
            "the day")
        table.optional(
            "shift", \.shift, .text,
            "the shift")
        table.required(
            "filled", \.filled, .whole,
            "units filled")
        table.optional(
            "incubated", \.incubated, .whole,
            "units incubated")
        table.optional(
            "justified", \.justified, .whole,
            "units left out with a reason")
        table.required(
            "contaminated", \.contaminated, .whole,
            "units with growth")
        table.optional(
            "document", \.document, .text,
            "the report")
    }
}

extension Definition.MonitoringMethod: Choice {}
extension Definition.ContaminationElement: Choice {}
