package import Ledger

/// What a line was held against when it was chosen: each criterion with its weight, its score and
/// what the score rests on (Zhang and Stacey 2022, section 3).
package struct LineScorecard: Sendable, Hashable, Codable {
    package var scores: [LineScore]
    package var stamp: Stamp

    /// The weighted mean of the scores, 0 to 10.
    package var mean: Double {
        let weights = scores.reduce(0) { $0 + $1.weight }
        guard weights > 0 else { return 0 }
        return Double(scores.reduce(0) { $0 + $1.weight * $1.score }) / Double(weights)
    }
}

/// One criterion of a scorecard.
package struct LineScore: Field, Hashable, Sendable {
    package var criterion: LineCriterion
    /// How much it counts, 1 to 10.
    package var weight: Int
    /// From 0, unfit, to 10.
    package var score: Int
    /// The report or the record behind it.
    package var evidence: String

    package static var fieldSchema: FieldSchema {
        .object([
            .init(name: "criterion", schema: LineCriterion.fieldSchema, isRequired: true),
            .init(name: "weight", schema: .integer(1...10), isRequired: true),
            .init(name: "score", schema: .integer(0...10), isRequired: true),
            .init(name: "evidence", schema: String.fieldSchema, isRequired: true),
        ])
    }
    package static var sample: LineScore {
        LineScore(criterion: .history, weight: 1, score: 0, evidence: "")
    }
}

/// What a line is chosen by.
package enum LineCriterion: String, Choice, Sendable, Hashable {
    case history, genetics, consent, licence, differentiation
}

/// Records the scorecard of a line.
package struct ScoreLine: Command {
    package static let name = "line.score"
    package static let summary = "Record the scorecard of a line, for the choice among lines."
    package static let permission = Permission.review
    package static let help = [
        "line": "which line",
        "scores": "history, genetics, consent, licence and differentiation: each with a weight "
            + "from 1 to 10, a score from 0 to 10, and what it rests on",
    ]

    package var line: CellLineID
    package var scores: [LineScore]

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        let line = try site.line(line)
        let criteria = scores.map(\.criterion)
        let missing = LineCriterion.allCases.filter { !criteria.contains($0) }
        guard missing.isEmpty, Set(criteria).count == criteria.count else {
            throw Rejection(
                "line.criteria",
                missing.isEmpty
                    ? "a criterion is scored twice"
                    : "not scored: \(missing.map(\.rawValue).joined(separator: ", "))",
                help: "score each criterion once")
        }
        for score in scores {
            try requireText(score.evidence, "evidence")
            guard (1...10).contains(score.weight), (0...10).contains(score.score) else {
                throw Rejection(
                    "line.score",
                    "\(score.criterion.rawValue) has weight \(score.weight), score \(score.score)",
                    help: "a weight from 1 to 10 and a score from 0 to 10")
            }
        }
        return [LineScored(line: line.id, scores: scores)]
    }
}

/// A line was scored.
package struct LineScored: Fact {
    package static let kind = "line.scored/1"
    package var line: CellLineID
    package var scores: [LineScore]

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        site.lines[line]?.scorecard = LineScorecard(scores: scores, stamp: stamp)
    }
}

/// The decision for a line, with those it was compared with.
package struct LineSelection: Sendable, Hashable, Codable {
    package var comparedWith: [CellLineID]
    package var reason: String
    package var stamp: Stamp
}

/// Chooses a line among those that were scored.
package struct SelectLine: Command {
    package static let name = "line.select"
    package static let summary = "Choose a line by the scorecards of it and of others."
    package static let permission = Permission.review
    package static let signature: SignatureMeaning? = .approved
    package static let help = [
        "line": "the line chosen", "comparedWith": "the lines it was compared with",
        "reason": "why this one; what outweighs a better score of another",
    ]

    package var line: CellLineID
    package var comparedWith: [CellLineID]
    package var reason: String

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        let line = try site.line(line)
        try requireText(reason, "reason")
        guard !comparedWith.contains(line.id), Set(comparedWith).count == comparedWith.count else {
            throw Rejection(
                "line.compared-with", "a line is compared with itself or named twice",
                help: "name each other line once")
        }
        for id in [line.id] + comparedWith {
            guard try site.line(id).scorecard != nil else {
                throw Rejection(
                    "line.not-scored", "'\(id)' has no scorecard",
                    help: "score it first: line.score")
            }
        }
        return [LineSelected(line: line.id, comparedWith: comparedWith, reason: reason)]
    }
}

/// A line was chosen.
package struct LineSelected: Fact {
    package static let kind = "line.selected/1"
    package var line: CellLineID
    package var comparedWith: [CellLineID]
    package var reason: String

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        site.lines[line]?.selection = LineSelection(
            comparedWith: comparedWith, reason: reason, stamp: stamp)
    }
}
