import Guidance
import ProductDefinition
import Quantities

/// A dose outside what was published for its route.
///
/// ## Why it matters
///
/// Published trials of cord MSC span half a million to four million cells per kilogram, and two
/// to three times ten million cells as a flat dose into a vein. A dose outside is not wrong; it
/// has less company, and needs its own reasoning.
///
/// ## What counts
///
/// Products of cord MSC that are given into a vein: the published trials are those of Mebarki et
/// al. 2021, Table 1. For other cells and routes there is no range to compare with.
///
/// ## Flagged
///
/// ```yaml
/// product:
///   cell-type: mesenchymal stromal cells
///   cell-source: umbilical cord
///   route: intravenous
///   dose: { target: 1e7 cells/kg }
/// ```
///
/// ## Accepted
///
/// ```yaml
/// product:
///   cell-type: mesenchymal stromal cells
///   cell-source: umbilical cord
///   route: intravenous
///   dose: { target: 1e6 cells/kg }
/// ```
enum DoseWithinPrecedent: Rule {
    static let id = "dose-within-precedent"

    static func check(_ subject: CheckSubject, into findings: inout Findings) {
        guard subject.product.cellSource?.value == .umbilicalCord, subject.isMSC,
            subject.product.route?.value == .intravenous, let dose = subject.product.dose
        else { return }
        let quantity = dose.target.value
        let basis: PublishedDose.Basis = quantity.amount("cells/kg") == nil ? .flat : .weight
        let unit = basis == .weight ? "cells/kg" : "cells"
        guard let published = PublishedTrial.doseRange(route: "IV", basis: basis) else { return }
        let ends = [dose.range?.value.lower, quantity, dose.range?.value.upper].compactMap { $0 }
        for end in ends {
            guard let cells = end.amount(unit), !published.cells.contains(cells) else { continue }
            let side = cells < published.cells.lowerBound ? "below" : "above"
            findings.report(
                "the dose \(end) is \(side) the published "
                    + "\(figure(published.cells.lowerBound))..\(figure(published.cells.upperBound)) \(unit) (\(published.lines) dose lines)",
                at: dose.range?.position ?? dose.target.position,
                help: "say under 'source:' what the dose rests on")
            return
        }
    }

    /// 500000 as "0.5e6", as doses are written.
    private static func figure(_ cells: Double) -> String {
        let millions = cells / 1e6
        let text = millions == millions.rounded() ? "\(Int(millions))" : "\(millions)"
        return "\(text)e6"
    }
}
