/// What a panel lacks against the published definition of MSC, and other things a reviewer asks.
public struct PanelFinding: Hashable, Sendable, Codable {
    /// How much it matters.
    public enum Severity: String, Hashable, Sendable, Codable {
        /// A marker of the definition is not measured.
        case gap
        /// Something to know when reading the result.
        case note
    }

    /// Stable name of the finding.
    public let id: String
    /// How much it matters.
    public let severity: Severity
    /// What was found.
    public let message: String
}

/// Reviews a panel against the minimal criteria of the ISCT: positive CD105, CD73 and CD90;
/// negative CD45, CD34, one of CD14 and CD11b, one of CD79a and CD19, and HLA-DR.
///
/// M. Dominici et al., Cytotherapy 8:315–317 (2006), doi:10.1080/14653240600855905; the position
/// of 2019 keeps the set and asks for tissue of origin and functional assays (S. Viswanathan et
/// al., Cytotherapy 21:1019–1024 (2019), doi:10.1016/j.jcyt.2019.08.002). The percentages of
/// 2006 are recommendations and not repeated here: limits are the product's own.
public enum PanelReview {
    static let positive = ["CD105", "CD73", "CD90"]
    /// Each group is met by any one of its markers.
    static let negative = [["CD45"], ["CD34"], ["CD14", "CD11B"], ["CD79A", "CD19"], ["HLA-DR"]]

    /// The findings, in the order of the criteria.
    public static func review(_ panel: MarkerPanel) -> [PanelFinding] {
        var findings: [PanelFinding] = []
        let positives = names(panel, .positive)
        let negatives = names(panel, .negative)
        let informative = names(panel, .informative)
        for marker in positive where !positives.contains(marker) {
            findings.append(
                PanelFinding(
                    id: "isct-positive-missing", severity: .gap,
                    message: informative.contains(marker)
                        ? "\(marker) is measured but not limited" : "\(marker) is not measured"))
        }
        for group in negative where !group.contains(where: negatives.contains) {
            let wanted = group.map(written).joined(separator: " or ")
            let isKnown = group.contains(where: informative.contains)
            // HLA-DR may rise on stimulated cells (2006 text); many products report it only.
            let isExcused = group == ["HLA-DR"] && isKnown
            findings.append(
                PanelFinding(
                    id: "isct-negative-missing", severity: isExcused ? .note : .gap,
                    message: isKnown
                        ? "\(wanted) is measured but not limited" : "\(wanted) is not measured"))
        }
        for marker in panel.markers where (marker.covers ?? []).count > 1 {
            findings.append(
                PanelFinding(
                    id: "cocktail", severity: .note,
                    message: "'\(marker.marker)' is a cocktail: a failure cannot name the marker"))
        }
        for marker in panel.markers where marker.role != .informative {
            findings += justification(marker)
        }
        if panel.markers.allSatisfy({ $0.control == nil }) {
            findings.append(
                PanelFinding(
                    id: "no-control", severity: .note,
                    message: "no threshold is taken from a control sample"))
        }
        return findings
    }

    private static func names(_ panel: MarkerPanel, _ role: MarkerPanel.Role) -> Set<String> {
        Set(
            panel.markers.filter { $0.role == role }
                .flatMap { ($0.covers ?? []) + [$0.marker] }.map { $0.uppercased() })
    }

    private static func written(_ marker: String) -> String {
        switch marker {
        case "CD11B": "CD11b"
        case "CD79A": "CD79a"
        default: marker
        }
    }

    /// The criteria of the ISCT are recommendations; a specification rests on the product's data.
    private static func justification(_ marker: MarkerPanel.Marker) -> [PanelFinding] {
        let text = marker.justification ?? ""
        let words = text.uppercased().split { !$0.isLetter }
        let empty: Set<Substring> = [
            "ISCT", "CRITERIA", "CRITERION", "DOMINICI", "ET", "AL", "THE", "OF", "PER", "BY",
            "MINIMAL", "GUIDELINE", "GUIDELINES", "RECOMMENDATION", "AND", "TO", "ACCORDING", "AS",
        ]
        guard words.allSatisfy({ empty.contains($0) }) else { return [] }
        return [
            PanelFinding(
                id: "limit-justification", severity: .gap,
                message: text.isEmpty
                    ? "the limit of \(marker.marker) has no justification"
                    : "the limit of \(marker.marker) rests on the ISCT criteria alone: give the "
                        + "product's own data")
        ]
    }
}
