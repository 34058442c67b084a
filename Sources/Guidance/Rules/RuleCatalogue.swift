/// Every expectation of the field that Seedlot holds a product or a site to.
///
/// The catalogue knows what is asked, how much it weighs in which phase, whether it can be waived
/// and where it is written. How it is judged is code elsewhere: the checker of definitions and
/// the state machine of the site look their rules up here.
public enum RuleCatalogue {
    /// All rules, area by area, in the order in which a dossier would come to them.
    public static let all: [CatalogueRule] = RuleArea.allCases.flatMap { area in
        FactTable.trusted("rules of \(area.rawValue)", table(of: area)).rows.map {
            CatalogueRule($0, area: area)
        }
    }

    /// The rule with this code.
    public static func rule(_ id: String) -> CatalogueRule? { byID[id] }

    /// The rules about `area`.
    public static func rules(of area: RuleArea) -> [CatalogueRule] {
        all.filter { $0.area == area }
    }

    private static let byID = Dictionary(
        all.map { ($0.id, $0) },
        uniquingKeysWith: { _, second in
            preconditionFailure("the rule '\(second.id)' stands twice in the catalogue")
        })

    private static func table(of area: RuleArea) -> String {
        switch area {
        case .classification: classification
        case .product: product
        case .risk: risk
        case .donor: donor
        case .material: material
        case .cellLine: cellLine
        case .bank: bank
        case .process: process
        case .batch: batch
        case .facility: facility
        case .asepticProcessSimulation: aps
        case .personnel: personnel
        case .specification: specification
        case .release: release
        case .potency: potency
        case .analytics: analytics
        case .stability: stability
        case .storage: storage
        case .transport: transport
        case .comparability: comparability
        case .change: change
        case .nonclinical: nonclinical
        case .techTransfer: techTransfer
        case .dose: dose
        case .trial: trial
        case .dataIntegrity: dataIntegrity
        case .records: records
        case .lifecycle: lifecycle
        case .dossier: dossier
        }
    }
}
