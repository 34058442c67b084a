/// The rooms of the site as the rail lists them, in the order of a day's work.
enum Place: Hashable, CaseIterable {
    case home, batches, banks, testing, orders
    case donors, materials, patients, definitions
    case events, people
    case audit, ledger, commands

    /// The rooms under their headings.
    static let groups: [(title: String, places: [Place])] = [
        ("Make", [.home, .batches, .banks, .testing]),
        ("Stock", [.donors, .materials, .definitions]),
        ("Give", [.orders, .patients]),
        ("Quality", [.events, .people]),
        ("Record", [.audit, .ledger, .commands]),
    ]

    /// Its name.
    var title: String {
        switch self {
        case .home: "Today"
        case .batches: "Batches"
        case .banks: "Cell banks"
        case .testing: "Testing"
        case .orders: "Orders"
        case .patients: "Patients"
        case .donors: "Donors"
        case .materials: "Materials"
        case .definitions: "Definitions"
        case .events: "Events"
        case .people: "People"
        case .audit: "Audit trail"
        case .ledger: "Ledger"
        case .commands: "All commands"
        }
    }

    /// Where it is.
    var link: Link {
        switch self {
        case .home: .home
        case .batches: .batches
        case .banks: .banks
        case .testing: .testing
        case .orders: .orders
        case .patients: .patients
        case .donors: .donors
        case .materials: .materials
        case .definitions: .definitions
        case .events: .events
        case .people: .people
        case .audit: .audit
        case .ledger: .ledger
        case .commands: .commands
        }
    }
}
