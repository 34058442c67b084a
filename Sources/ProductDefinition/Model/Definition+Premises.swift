public import Diagnostics
public import Quantities

extension Definition {
    /// Where the product is made: sites, rooms, equipment, people, monitoring.
    public struct Premises: Sendable {
        /// The sites and what they do.
        public var sites: [Site] = []
        /// The rooms.
        public var rooms: [Room] = []
        /// The equipment.
        public var equipment: [Equipment] = []
        /// The roles of people.
        public var roles: [Role] = []
        /// The environmental monitoring plan.
        public var monitoring: [MonitoringPoint] = []
        /// Gowning and its qualification.
        @Indirect public var gowning: Gowning?
        /// The contamination control strategy.
        @Indirect public var contaminationControl: ContaminationControl?
        /// The programme of aseptic process simulations.
        @Indirect public var processSimulation: ProcessSimulation?
        /// How batches and donors are kept apart.
        public var segregation: Located<String>?
        /// Where the figures come from.
        public var sources: [Located<String>] = []
        /// Where it begins.
        public var position = SourcePosition.missing

        init() {}
    }

    /// A site and what it does.
    public struct Site: Sendable {
        /// The id of the site.
        public var id: Located<String> = Located("", at: .missing)
        /// Its name.
        public var name: Located<String> = Located("", at: .missing)
        /// What it does: manufacture, testing, banking ….
        public var activities: [Located<String>] = []
        /// Its authorisation.
        public var authorisation: Located<String>?
        /// The day that ends.
        public var validUntil: Located<CalendarDate>?
        /// Where it begins.
        public var position = SourcePosition.missing

        init() {}
    }

    /// A room.
    public struct Room: Sendable {
        /// The id by which steps name it.
        public var id: Located<String> = Located("", at: .missing)
        /// What it is for.
        public var name: Located<String> = Located("", at: .missing)
        /// Its clean-room grade; CNC for controlled, not classified.
        public var grade: Located<RoomGrade> = Located(.a, at: .missing)
        /// Floor area.
        public var area: Located<Quantity>?
        /// The most people at once.
        public var people: Located<Int>?
        /// Its pressure above the outside.
        public var pressure: Located<Quantity>?
        /// The rooms its doors lead to.
        public var nextTo: [Located<String>] = []
        /// The edition of the limits it is classified by.
        public var edition: Located<String>?
        /// How often it is classified again.
        public var requalification: Located<Quantity>?
        /// The airflow visualisation, at rest and in operation.
        public var airflowStudy: Located<String>?
        /// Where the figures come from.
        public var sources: [Located<String>] = []
        /// Where it begins.
        public var position = SourcePosition.missing

        init() {}
    }

    /// A piece, or several like pieces, of equipment.
    public struct Equipment: Sendable {
        /// The id by which steps name it.
        public var id: Located<String> = Located("", at: .missing)
        /// What it is.
        public var name: Located<String>?
        /// Its kind.
        public var kind: Located<EquipmentKind> = Located(.biosafetyCabinet, at: .missing)
        /// How many there are.
        public var count: Located<Int>?
        /// Where it stands.
        public var room: Located<String>?
        /// The grade of air inside it.
        public var grade: Located<RoomGrade>?
        /// What one holds: vials, vessels.
        public var capacity: Located<Quantity>?
        /// When the gloves are tested.
        public var gloveTest: Located<String>?
        /// Whether it is qualified.
        public var isQualified: Located<Bool>?
        /// How often it is calibrated.
        public var calibration: Located<Quantity>?
        /// What one costs.
        public var price: Located<Quantity>?
        /// Over how long it is written off.
        public var life: Located<Quantity>?
        /// Maintenance in a year, as a share of the price.
        public var maintenance: Located<Quantity>?
        /// Where the figures come from.
        public var sources: [Located<String>] = []
        /// Where it begins.
        public var position = SourcePosition.missing

        init() {}
    }

    /// A role of people.
    public struct Role: Sendable {
        /// The id by which steps name it.
        public var id: Located<String> = Located("", at: .missing)
        /// What it is called.
        public var name: Located<String>?
        /// How many full-time people.
        public var people: Located<ExactDecimal>?
        /// What one costs, such as 60 EUR/h.
        public var cost: Located<Quantity>?
        /// What one is trained in.
        public var training: [Located<String>] = []
        /// Where the figures come from.
        public var sources: [Located<String>] = []
        /// Where it begins.
        public var position = SourcePosition.missing

        init() {}
    }

    /// The grade of a room or cabinet (EU GMP Annex 1 4.4), CNC for controlled, not classified.
    public enum RoomGrade: String, CaseIterable, Hashable, Sendable {
        case a = "A"
        case b = "B"
        case c = "C"
        case d = "D"
        case cnc = "CNC"
    }

    /// A kind of equipment.
    public enum EquipmentKind: String, CaseIterable, Hashable, Sendable {
        case biosafetyCabinet = "biosafety cabinet"
        case laminarFlowHood = "laminar flow hood"
        case openIsolator = "open isolator"
        case closedIsolator = "closed isolator"
        case rabs = "RABS"
        case incubator
        case bioreactor
        case centrifuge
        case cellWasher = "cell washer"
        case fillingMachine = "filling machine"
        case controlledRateFreezer = "controlled-rate freezer"
        case vapourTank = "vapour tank"
        case freezer
        case refrigerator
        case flowCytometer = "flow cytometer"
        case cellCounter = "cell counter"
        case microscope
        case analyser
        case particleCounter = "particle counter"
        case waterBath = "water bath"
        case thawingDevice = "thawing device"
        case closedSystem = "closed system"
        case shipper
        case other
    }
}

extension Definition.Premises: Record {
    static let name = "facility"
    static let summary =
        "Where the product is made: sites, rooms, equipment, people, monitoring."
    static let table = FieldTable<Definition.Premises> { table in
        table.list(
            "sites", \.sites, .record,
            "the sites and what they do")
        table.list(
            "rooms", \.rooms, .record,
            "the rooms")
        table.list(
            "equipment", \.equipment, .record,
            "the equipment")
        table.list(
            "roles", \.roles, .record,
            "the roles of people")
        table.list(
            "monitoring", \.monitoring, .record,
            "the environmental monitoring plan")
        table.optional(
            "gowning", \.gowning, .record,
            "gowning and its qualification")
        table.optional(
            "contamination-control", \.contaminationControl, .record,
            "the contamination control strategy")
        table.optional(
            "process-simulation", \.processSimulation, .record,
            "the programme of aseptic process simulations")
        table.optional(
            "segregation", \.segregation, .text,
            "how batches and donors are kept apart")
        table.list(
            "source", \.sources, .reference(to: .source),
            "where the figures come from")
    }
}

extension Definition.Site: Record {
    static let name = "site"
    static let summary =
        "A site and what it does."
    static let table = FieldTable<Definition.Site> { table in
        table.required(
            "id", \.id, .identifier(.site),
            "the id of the site")
        table.required(
            "name", \.name, .text,
            "its name")
        table.list(
            "activities", \.activities, .text,
            "what it does: manufacture, testing, banking …")
        table.optional(
            "authorisation", \.authorisation, .text,
            "its authorisation")
        table.optional(
            "valid-until", \.validUntil, .date,
            "the day that ends")
    }
}

extension Definition.Room: Record {
    static let name = "room"
    static let summary =
        "A room."
    static let table = FieldTable<Definition.Room> { table in
        table.required(
            "id", \.id, .identifier(.room),
            "the id by which steps name it")
        table.required(
            "name", \.name, .text,
            "what it is for")
        table.required(
            "grade", \.grade, .choice(Definition.RoomGrade.self),
            "its clean-room grade; CNC for controlled, not classified")
        table.optional(
            "area", \.area, .quantity(.area),
            "floor area")
        table.optional(
            "people", \.people, .whole,
            "the most people at once")
        table.optional(
            "pressure", \.pressure, .quantity(.pressure),
            "its pressure above the outside")
        table.list(
            "next-to", \.nextTo, .reference(to: .room),
            "the rooms its doors lead to")
        table.optional(
            "edition", \.edition, .text,
            "the edition of the limits it is classified by")
        table.optional(
            "requalification", \.requalification, .quantity(.time),
            "how often it is classified again")
        table.optional(
            "airflow-study", \.airflowStudy, .text,
            "the airflow visualisation, at rest and in operation")
        table.list(
            "source", \.sources, .reference(to: .source),
            "where the figures come from")
    }
}

extension Definition.Equipment: Record {
    static let name = "equipment"
    static let summary =
        "A piece, or several like pieces, of equipment."
    static let table = FieldTable<Definition.Equipment> { table in
        table.required(
            "id", \.id, .identifier(.equipment),
            "the id by which steps name it")
        table.optional(
            "name", \.name, .text,
            "what it is")
        table.required(
            "kind", \.kind, .choice(Definition.EquipmentKind.self),
            "its kind")
        table.optional(
            "count", \.count, .whole,
            "how many there are")
        table.optional(
            "room", \.room, .reference(to: .room),
            "where it stands")
        table.optional(
            "grade", \.grade, .choice(Definition.RoomGrade.self),
            "the grade of air inside it")
        table.optional(
            "capacity", \.capacity, .quantity(.any),
            "what one holds: vials, vessels")
        table.optional(
            "glove-test", \.gloveTest, .text,
            "when the gloves are tested")
        table.optional(
            "qualified", \.isQualified, .flag,
            "whether it is qualified")
        table.optional(
            "calibration", \.calibration, .quantity(.time),
            "how often it is calibrated")
        table.optional(
            "price", \.price, .quantity(.money),
            "what one costs")
        table.optional(
            "life", \.life, .quantity(.time),
            "over how long it is written off")
        table.optional(
            "maintenance", \.maintenance, .quantity(.ratio),
            "maintenance in a year, as a share of the price")
        table.list(
            "source", \.sources, .reference(to: .source),
            "where the figures come from")
    }
}

extension Definition.Role: Record {
    static let name = "role"
    static let summary =
        "A role of people."
    static let table = FieldTable<Definition.Role> { table in
        table.required(
            "id", \.id, .identifier(.role),
            "the id by which steps name it")
        table.optional(
            "name", \.name, .text,
            "what it is called")
        table.optional(
            "people", \.people, .number,
            "how many full-time people")
        table.optional(
            "cost", \.cost, .quantity(.any),
            "what one costs, such as 60 EUR/h")
        table.list(
            "training", \.training, .text,
            "what one is trained in")
        table.list(
            "source", \.sources, .reference(to: .source),
            "where the figures come from")
    }
}

extension Definition.RoomGrade: Choice {}
extension Definition.EquipmentKind: Choice {}
