import Guidance
package import Ledger

/// A point of the Qualified Person and how it is answered for one batch.
package struct CertificationPoint: Codable, Hashable, Sendable {
    /// The clause of PIC/S PE 009 Annex 16, such as 1.7.11.
    package var clause: String
    package var point: String
    package var answer: Answer
    /// The records that show it, or what the Qualified Person said.
    package var evidence: String

    /// Who answers a point, and how.
    package enum Answer: String, Codable, Hashable, Sendable {
        /// The records show it.
        case byRecords = "yes, by records"
        /// The records show the contrary.
        case against = "no, by records"
        /// The Qualified Person confirmed it.
        case confirmed = "confirmed by the Qualified Person"
        /// Records cannot answer it, and the Qualified Person has not yet.
        case open
    }
}

/// The answer of the Qualified Person to points that records cannot answer.
package struct PointAnswer: Sendable, Hashable, Codable {
    package var clause: String
    package var evidence: String
    package var stamp: Stamp
}

/// The clause of a certification point, as a word of a closed list.
package struct PointClause: Field, Hashable, Sendable {
    package var text: String

    package static var fieldSchema: FieldSchema {
        .choice(QPCertificationPoint.all.map(\.clause))
    }
    package static var sample: PointClause { PointClause(text: "1.7.1") }

    init(text: String) { self.text = text }

    package init(from decoder: any Decoder) throws {
        text = try decoder.singleValueContainer().decode(String.self)
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}

extension SiteState {
    /// How every certification point stands for `batch`.
    package func certificationPoints(
        of batch: Batch, on day: CalendarDate
    ) throws(Rejection) -> [CertificationPoint] {
        var points: [CertificationPoint] = []
        for point in QPCertificationPoint.all {
            let (answer, evidence): (CertificationPoint.Answer, String)
            if let shown = try shown(point.clause, for: batch, on: day) {
                (answer, evidence) = (shown.holds ? .byRecords : .against, shown.evidence)
            } else if let said = batch.points.last(where: { $0.clause == point.clause }) {
                (answer, evidence) = (.confirmed, said.evidence)
            } else {
                (answer, evidence) = (.open, "shown by: \(point.records.joined(separator: ", "))")
            }
            points.append(
                CertificationPoint(
                    clause: point.clause, point: point.point, answer: answer, evidence: evidence))
        }
        return points
    }

    /// What the records show of a point; `nil` for one that only a person can answer.
    private func shown(
        _ clause: String, for batch: Batch, on day: CalendarDate
    ) throws(Rejection) -> (holds: Bool, evidence: String)? {
        switch clause {
        case "1.7.2":
            let back = genealogy.trace(from: batch.id.text, .back).map(\.node)
            let donors = back.filter { things[$0] == .donor }
            let lots = back.filter { things[$0] == .lot }
            let lines = back.filter { things[$0] == .line }
            return (
                !donors.isEmpty || !lines.isEmpty,
                "genealogy: \(donors.count) donors, \(lines.count) lines, \(lots.count) lots of "
                    + "material"
            )
        case "1.7.5":
            let master = try master(batch.master)
            return (master.approved != nil, "executed version \(master.id), approved")
        case "1.7.6":
            let lots = Set(materialLots(of: batch)).sorted().compactMap { self.lots[$0] }
            let open = lots.filter { $0.status != .released }.map(\.id.text)
            return (
                open.isEmpty,
                open.isEmpty
                    ? "\(lots.count) lots released"
                    : "not released: \(open.joined(separator: ", "))"
            )
        case "1.7.7-1.7.8":
            let inputs = batch.inputs.compactMap { containers[$0] }
            let open = inputs.filter { $0.status != .released }.map(\.id.text)
            return (
                open.isEmpty && !inputs.isEmpty,
                open.isEmpty
                    ? "\(inputs.count) containers of released banks or material"
                    : "not released: \(open.joined(separator: ", "))"
            )
        case "1.7.11":
            let isWhole = batch.completed != nil && batch.reviewed != nil
            return (isWhole, isWhole ? "record completed and reviewed" : "record not reviewed")
        case "1.7.13":
            let unmet = try standings(of: batch).filter { !isSettled($0, for: batch) }
            return (
                unmet.isEmpty,
                unmet.isEmpty
                    ? "every test due at this stage passes"
                    : unmet.map { "\($0.test.attribute) \($0.verdict.rawValue)" }
                        .joined(separator: ", ")
            )
        case "1.7.14":
            let late = latePulls(of: try master(batch.master).product.id, on: day)
            return (
                late.isEmpty,
                late.isEmpty
                    ? "no stability pull is overdue"
                    : "overdue: \(late.map { "\($0.study), \($0.month) months" }.joined(separator: "; "))"
            )
        case "1.7.15":
            let open = openChanges(touching: batch).map(\.id.text)
            return (
                open.isEmpty,
                open.isEmpty ? "no open change touches it" : open.joined(separator: ", ")
            )
        case "1.7.16":
            let inherited = obstacles(behind: batch.id.text).map {
                "\($0.deviation.id) about \($0.subject)"
            }
            let open = openDeviations(of: batch).map(\.id.text) + inherited
            return (
                open.isEmpty,
                open.isEmpty
                    ? "\(batch.deviations.count) deviations, all closed, and none about what it "
                        + "came from stands in the way"
                    : "not settled: \(open.joined(separator: ", "))"
            )
        case "1.7.17":
            let complaints = openComplaints(about: batch).map(\.id.text)
            let recalls = openRecalls(touching: batch).map(\.id.text)
            let open = complaints + recalls
            return (
                open.isEmpty,
                open.isEmpty ? "no open complaint or recall" : open.joined(separator: ", ")
            )
        default: return premisesEvidence(clause, for: batch, on: day)
        }
    }

    /// The open, real recalls of something the batch came from or is.
    package func openRecalls(touching batch: Batch) -> [Recall] {
        let open = recalls.inOrder.filter { $0.closed == nil && !$0.isMock }
        guard !open.isEmpty else { return [] }
        let past = Set(
            [batch.id.text] + batch.outputs.map(\.text)
                + genealogy.trace(from: batch.id.text, .back).map(\.node))
        return open.filter { past.contains($0.thing.text) }
    }

    /// Refuses a batch with a point that is open or answered against.
    func requirePoints(of batch: Batch, on day: CalendarDate) throws(Rejection) {
        let points = try certificationPoints(of: batch, on: day)
        if let against = points.first(where: { $0.answer == .against }) {
            throw Rejection(
                "release.point-against", "\(against.clause), \(against.point): \(against.evidence)",
                help: "settle the record first", rule: "release-points")
        }
        let open = points.filter { $0.answer == .open }.map(\.clause)
        guard open.isEmpty else {
            throw Rejection(
                "release.points-open", "not answered: \(open.joined(separator: ", "))",
                help: "the Qualified Person answers them: batch.confirm-points",
                rule: "release-points")
        }
    }
}

/// Answers certification points that records cannot: the Qualified Person alone.
package struct ConfirmPoints: Command {
    package static let name = "batch.confirm-points"
    package static let summary =
        "Answer certification points that records cannot, as Qualified Person."
    package static let permission = Permission.certify
    package static let signature: SignatureMeaning? = .approved
    package static let help = [
        "batch": "which batch", "clauses": "the clauses of the points answered yes",
        "evidence": "what the answer rests on: certificates, audits, agreements",
    ]

    package var batch: BatchID
    package var clauses: [PointClause]
    package var evidence: String

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        let batch = try site.batch(batch)
        try requireText(evidence, "evidence")
        guard case .product = try site.stage(of: batch).output, !batch.status.isFinal else {
            throw Rejection(
                "release.not-to-certify", "'\(batch.id)' is no product batch to be certified")
        }
        guard !clauses.isEmpty, Set(clauses).count == clauses.count else {
            throw Rejection("release.clauses", "the list of clauses is empty or names one twice")
        }
        for point in try site.certificationPoints(of: batch, on: moment.now.date)
        where clauses.contains(PointClause(text: point.clause)) {
            guard point.answer == .open || point.answer == .confirmed else {
                throw Rejection(
                    "release.point-by-records",
                    "\(point.clause) is answered \(point.answer.rawValue)",
                    help: "records answer it: \(point.evidence)")
            }
        }
        return [
            PointsConfirmed(batch: batch.id, clauses: clauses.map(\.text), evidence: evidence)
        ]
    }
}

/// The Qualified Person answered certification points.
package struct PointsConfirmed: Fact {
    package static let kind = "batch.points-confirmed/1"
    package var batch: BatchID
    package var clauses: [String]
    package var evidence: String

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        for clause in clauses {
            site.batches[batch]?.points.append(
                PointAnswer(clause: clause, evidence: evidence, stamp: stamp))
        }
    }
}
