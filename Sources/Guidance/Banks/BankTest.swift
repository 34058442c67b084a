/// One line of the test matrix for cell banks.
///
/// ICH Q5D sets what has to be known of a bank without a table of its own, and the table most
/// people mean stands in Q5A. This matrix is our own synthesis; every line names its source.
public struct BankTest: Identifiable, Sendable {
    /// A short name that definitions and records use: "sterility", "karyotype".
    public let id: String
    /// What is done.
    public let title: String
    /// What the test tells.
    public let category: Category
    /// What the test is good for is written in these texts.
    public let basis: [String]
    /// Whether its source was read.
    public let confirmation: Confirmation

    private let needs: [BankKind: Need]

    /// Whether banks of `kind` need the test.
    public func need(for kind: BankKind) -> Need { needs[kind] ?? .none }

    /// What a test tells.
    public enum Category: String, CaseIterable, Sendable {
        case identity
        case quality
        case safety
        case genomic
        case potency
        case purity
    }

    /// How firmly a bank needs a test.
    public enum Need: String, CaseIterable, Sendable {
        case none = ""
        case required = "x"
        /// For induced lines only.
        case requiredForInduced = "x (iPSC)"
        /// When the vector was not shown to be gone in the bank.
        case requiredIfNotCleared = "if not cleared"
        /// Once for the product, in its nonclinical or characterisation data.
        case onceForProduct = "once"
        /// When cells met material of that species.
        case ifExposed = "if exposed"
        /// When a risk assessment asks for it.
        case byRisk = "risk"
        case optional
    }

    /// The whole matrix.
    public static let all = FactTable.trusted("bank tests", table).rows.map(BankTest.init)

    /// The test with this short name.
    public static func test(_ id: String) -> BankTest? { byID[id] }

    /// The tests a bank of `kind` cannot do without.
    /// - Parameter induced: whether the line was reprogrammed, which asks for the test of
    ///   residual vector.
    public static func required(for kind: BankKind, induced: Bool = false) -> [BankTest] {
        all.filter {
            switch $0.need(for: kind) {
            case .required: true
            case .requiredForInduced: induced
            default: false
            }
        }
    }

    private static let byID = Dictionary(uniqueKeysWithValues: all.map { ($0.id, $0) })

    init(_ row: FactTable.Row) {
        id = row["id"]
        title = row["test"]
        category = row.member("category")
        basis = row.list("basis")
        confirmation = Confirmation(reading: row["confirmed"])
        needs = Dictionary(
            uniqueKeysWithValues: BankKind.allCases.map { ($0, row.member($0.rawValue)) })
    }
}

/// A kind of cell bank, or of cells that are tested like one.
public enum BankKind: String, CaseIterable, Codable, Sendable {
    /// Master cell stock of a primary culture, from one donor.
    case mscMaster = "MSC master"
    /// Working cell stock of a primary culture.
    case mscWorking = "MSC working"
    /// Seed stock or master cell bank of a pluripotent line.
    case pscMaster = "PSC master"
    /// Working cell bank of a pluripotent line.
    case pscWorking = "PSC working"
    /// Cells at the end of production, or the final product.
    case endOfProduction = "end"
}
