import Guidance

/// A published specification as a person would write it down.
struct PublishedDefinition {
    let yaml: String

    init(_ specification: PublishedSpecification, product: String) {
        var lines = ["product:"]
        switch specification.id {
        case "PS-6":
            lines += [
                "  cell-type: dopaminergic progenitors",
                "  cell-source: induced pluripotent stem cells",
            ]
        case "PS-7":
            lines += ["  cell-source: induced pluripotent stem cells"]
        default:
            lines += ["  cell-type: mesenchymal stromal cells", "  cell-source: umbilical cord"]
        }
        lines += Self.fields(product).map { "  \($0)" }
        lines += [
            "specifications:", "  - id: release", "    name: release",
            "    applies-to: drug product", "    tests:",
        ]
        // What belongs to the donor or to an intermediate is no release test of the product.
        let others: Set = ["donor", "pre-sort IPC", "post-sort IPC"]
        for item in specification.items where !others.contains(item.stage) {
            lines += Self.test(item).map { "      \($0)" }
        }
        yaml = lines.joined(separator: "\n") + "\n"
    }

    /// "route: x, dose: { … }" as one line for each key.
    private static func fields(_ product: String) -> [String] {
        guard let cut = product.firstRange(of: ", dose:") else {
            return product.isEmpty ? [] : [product]
        }
        return [
            String(product[..<cut.lowerBound]), "dose:" + product[cut.upperBound...],
        ]
    }

    private static func test(_ item: PublishedSpecification.Item) -> [String] {
        let classes = [
            "viability": "quality", "genomic": "safety", "quality": "quality",
        ]
        var lines = [
            "- name: \"\(item.attribute)\"",
            "  class: \(classes[item.category] ?? item.category)",
            "  limit: \"\(limit(item))\"",
        ]
        if let measurand = measurand(item) { lines.append("  measures: \(measurand)") }
        if ["reference", "characterisation"].contains(item.stage) {
            lines.append("  characterisation: yes")
        }
        return lines
    }

    private static func limit(_ item: PublishedSpecification.Item) -> String {
        guard item.hasLimit, let limit = item.limit else { return "report" }
        guard let unit = item.unit else { return limit }
        if item.comparison == "between" {
            return limit.replacing("-", with: "..") + " \(unit)"
        }
        if item.note == "+/- 20 %", let cells = Double(limit) {
            return "\(cells * 0.8)..\(cells * 1.2) cells"
        }
        let plain = unit.hasPrefix("%") ? "%" : unit
        return "\(item.comparison) \(limit) \(plain)"
    }

    private static func measurand(_ item: PublishedSpecification.Item) -> String? {
        let table: [(String, String)] = [
            ("sterility", "sterility"), ("microorganism", "sterility"),
            ("bacteriology", "sterility"), ("mycoplasma", "mycoplasma"),
            ("endotoxin", "endotoxin"), ("viability", "viability"), ("karyotype", "karyotype"),
            ("CNV", "copy number"), ("SNV", "copy number"), ("morphology", "morphology"),
            ("visual", "appearance"), ("appearance", "appearance"), ("dose", "cell count"),
            ("cell count", "cell count"), ("cell number", "cell count"),
            ("OCT3/4", "residual pluripotent cells"), ("POU5F1", "residual pluripotent cells"),
            ("STR", "STR profile"), ("HLA-DR", "surface markers"), ("HLA", "HLA type"),
            ("inhibition", "T-cell proliferation"),
        ]
        return table.first { item.attribute.hasPrefix($0.0) }?.1
    }
}
