/// The rooms of the site as the rail lists them, in the order of a day's work.
enum Place: Hashable, CaseIterable {
    case home, due, batches, testing, methods, trends
    case donors, lines, materials, banks, storage, samples
    case environment, rooms, equipment, simulations
    case orders, shipments, patients
    case events, qualityReviews, studies, obligations, meetings, selfInspections, organisations
    case people, training, tokens
    case definitions, documents, planning, rules
    case audit, ledger, systemChecks, files, commands

    /// The rooms under their headings.
    static let groups: [(title: String, places: [Place])] = [
        ("Make", [.home, .due, .batches, .testing, .methods, .trends]),
        ("Stock", [.donors, .lines, .materials, .banks, .storage, .samples]),
        ("Place", [.environment, .rooms, .equipment, .simulations]),
        ("Give", [.orders, .shipments, .patients]),
        (
            "Quality",
            [
                .events, .qualityReviews, .studies, .obligations, .meetings, .selfInspections,
                .organisations,
            ]
        ),
        ("People", [.people, .training, .tokens]),
        ("Define", [.definitions, .documents, .planning, .rules]),
        ("Record", [.audit, .ledger, .systemChecks, .files, .commands]),
    ]

    /// Its name.
    var title: String {
        switch self {
        case .home: "Today"
        case .due: "Due"
        case .batches: "Batches"
        case .testing: "Testing"
        case .methods: "Methods"
        case .trends: "Trends"
        case .donors: "Donors"
        case .lines: "Cell lines"
        case .materials: "Materials"
        case .banks: "Cell banks"
        case .storage: "Storage"
        case .samples: "Samples"
        case .environment: "Environment"
        case .rooms: "Rooms"
        case .equipment: "Equipment"
        case .simulations: "Simulations"
        case .orders: "Orders"
        case .shipments: "Shipments"
        case .patients: "Patients"
        case .events: "Events"
        case .qualityReviews: "Reviews"
        case .studies: "Studies"
        case .obligations: "Obligations"
        case .meetings: "Meetings"
        case .selfInspections: "Inspections"
        case .organisations: "Suppliers"
        case .people: "People"
        case .training: "Training"
        case .tokens: "Instruments"
        case .definitions: "Definitions"
        case .documents: "Documents"
        case .planning: "Planning"
        case .rules: "Rules"
        case .audit: "Audit trail"
        case .ledger: "Ledger"
        case .systemChecks: "System checks"
        case .files: "Files"
        case .commands: "All commands"
        }
    }

    /// Where it is.
    var link: Link {
        switch self {
        case .home: .home
        case .due: .due
        case .batches: .batches
        case .testing: .testing
        case .methods: .methods
        case .trends: .trends
        case .donors: .donors
        case .lines: .lines
        case .materials: .materials
        case .banks: .banks
        case .storage: .storage
        case .samples: .samples
        case .environment: .environment
        case .rooms: .rooms
        case .equipment: .equipment
        case .simulations: .simulations
        case .orders: .orders
        case .shipments: .shipments
        case .patients: .patients
        case .events: .events
        case .qualityReviews: .qualityReviews
        case .studies: .studies
        case .obligations: .obligations
        case .meetings: .meetings
        case .selfInspections: .selfInspections
        case .organisations: .organisations
        case .people: .people
        case .training: .training
        case .tokens: .tokens
        case .definitions: .definitions
        case .documents: .documents
        case .planning: .planning
        case .rules: .rules
        case .audit: .audit
        case .ledger: .ledger
        case .systemChecks: .systemChecks
        case .files: .files
        case .commands: .commands
        }
    }
}
