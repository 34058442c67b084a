import Guidance

/// A product or a recommendation that resembles the one at hand.
public struct Precedent: Hashable, Sendable {
    /// What it was, and what was decided.
    public var text: String
    /// Where that is told.
    public var source: String
    /// What it has in common with the product.
    public var resemblance: String
}

extension Precedent {
    /// Precedents with the same disease or the same cells as `product`, the closest first.
    static func like(_ product: Definition.Product) -> [Precedent] {
        let indication = product.indication?.value.lowercased() ?? ""
        let diseases = diseaseWords.filter { names in names.contains(where: indication.contains) }
        let cells = cellWords(product)
        var found: [(precedent: Precedent, rank: Int)] = []
        for example in recommendations where diseases.contains(where: { $0 == example.disease }) {
            found.append(
                (
                    Precedent(
                        text: "CAT: \(example.disease[0]) with MSC: \(example.outcome.rawValue)",
                        source: "Mebarki et al. 2021, doi:10.1186/s13287-021-02222-y",
                        resemblance: "the same disease"), 0
                ))
        }
        for approved in ApprovedProduct.all {
            let text = (approved.indication ?? "").lowercased()
            let isSameDisease = diseases.contains { $0.contains(where: text.contains) }
            let isSameCells = cells.contains { approved.cells.lowercased().contains($0) }
            guard isSameDisease || isSameCells else { continue }
            let year = approved.year.map { " \($0)" } ?? ""
            found.append(
                (
                    Precedent(
                        text: "\(approved.name) (\(approved.cells)): \(approved.event), "
                            + approved.place + year,
                        source: approved.source,
                        resemblance: isSameDisease && isSameCells
                            ? "the same disease and cells"
                            : isSameDisease ? "the same disease" : "the same cells"),
                    isSameDisease && isSameCells ? 1 : isSameDisease ? 2 : 3
                ))
        }
        return found.enumerated()
            .sorted { ($0.element.rank, $0.offset) < ($1.element.rank, $1.offset) }
            .prefix(12).map(\.element.precedent)
    }

    /// Recommendations of the CAT named by Mebarki et al. 2021: of 69 requests for MSC products,
    /// 21 concerned umbilical cord, 17 of them tissue engineered and 4 somatic cell therapy.
    private static let recommendations: [(disease: [String], outcome: Definition.ATMPClass)] = [
        (["disc degeneration", "intervertebral disc"], .tissueEngineered),
        (["burns", "burn"], .tissueEngineered),
        (["non-healing wounds", "wound", "ulcer"], .tissueEngineered),
        (["atopic dermatitis"], .somaticCellTherapy),
        (["geographic atrophy", "macular degeneration"], .somaticCellTherapy),
        (["amyotrophic lateral sclerosis"], .somaticCellTherapy),
        (["graft-versus-host disease", "graft versus host", "gvhd"], .somaticCellTherapy),
    ]

    private static let diseaseWords: [[String]] =
        recommendations.map(\.disease) + [
            ["crohn", "fistula"], ["parkinson"], ["diabetes"], ["heart failure", "infarction"],
            ["cartilage", "osteoarthritis"], ["lupus"], ["multiple sclerosis"],
        ]

    private static func cellWords(_ product: Definition.Product) -> [String] {
        switch (product.cellType?.value, product.cellSource?.value) {
        case (.mesenchymalStromalCells?, .umbilicalCord?): ["umbilical-cord", "uc-msc"]
        case (.mesenchymalStromalCells?, .adiposeTissue?): ["adipose"]
        case (.mesenchymalStromalCells?, .boneMarrow?): ["bone-marrow", "bone marrow"]
        case (.mesenchymalStromalCells?, _): ["msc"]
        case (.dopaminergicProgenitors?, _): ["dopaminergic", "ipsc", "psc"]
        case (.cardiomyocytes?, _): ["cardiomyocyte", "ipsc"]
        case (.isletCells?, _): ["islet"]
        case (.retinalPigmentEpithelium?, _): ["rpe", "retinal"]
        default: []
        }
    }
}
