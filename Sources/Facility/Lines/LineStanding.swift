/// A line as it stands among the others it was chosen from: for programs.
package struct LineStanding: Encodable, Sendable {
    package var line: CellLineID
    package var name: String
    package var provider: String
    /// The passage its history reaches without a gap; `nil` without history.
    package var reachedPassage: Int?
    package var scores: [LineScore]?
    /// The weighted mean of the scores, 0 to 10.
    package var mean: Double?
    package var isSelected: Bool
    package var reason: String?
    package var comparedWith: [CellLineID]?
    /// The banks made of it or received with it.
    package var banks: [BankID]
}

extension SiteState {
    /// The lines of the site, the best score first, lines without one at the end.
    package func lineStandings() -> [LineStanding] {
        lines.inOrder.map { line in
            LineStanding(
                line: line.id, name: line.name, provider: line.provider,
                reachedPassage: line.reachedPassage, scores: line.scorecard?.scores,
                mean: line.scorecard?.mean, isSelected: line.selection != nil,
                reason: line.selection?.reason, comparedWith: line.selection?.comparedWith,
                banks: banks.inOrder.filter { $0.arrival?.line == line.id }.map(\.id))
        }.sorted { ($1.mean ?? -1, $0.line) < ($0.mean ?? -1, $1.line) }
    }
}
