import Guidance

/// The product quality review of one product over a period: the twelve topics of EU GMP Part I 1.10,
/// each from the records.
package struct QualityReview: Codable, Hashable, Sendable {
    /// The product's id in its definitions.
    package var product: String
    package var from: CalendarDate
    package var to: CalendarDate
    /// The batches that were completed or disposed of in the period.
    package var batches: [BatchID]
    /// The topics in the order of the text.
    package var topics: [Topic]

    /// Lines of all topics that a reviewer has to look at.
    package var attentionCount: Int { topics.reduce(0) { $0 + $1.attention.count } }

    /// One topic.
    package struct Topic: Codable, Hashable, Sendable {
        /// `i` to `xii`.
        package var number: String
        package var title: String
        /// What the records say, a line each.
        package var figures: [String]
        /// What a reviewer has to look at: failures, open and overdue things.
        package var attention: [String]
    }
}

/// A quality review that was approved.
package struct ApprovedQualityReview: Sendable, Hashable, Codable {
    package var product: String
    package var from: CalendarDate
    package var to: CalendarDate
    package var conclusion: String
    package var stamp: Stamp
}

extension SiteState {
    /// The quality review of `product` from one day to another, both included.
    package func qualityReview(
        of product: String, from: CalendarDate, to: CalendarDate
    ) throws(Rejection) -> QualityReview {
        let masters = masters.inOrder.filter { $0.product.id == product }
        guard !masters.isEmpty else {
            let known = products
            throw Rejection(
                "quality-review.unknown-product", "no definition is of product '\(product)'",
                help: didYouMean(product, among: known)
                    ?? "products: \(known.joined(separator: ", "))")
        }
        guard from <= to else {
            throw Rejection("organisation.period", "\(from) to \(to) ends before it begins")
        }
        let period = ReviewPeriod(site: self, masters: masters, from: from, to: to)
        return QualityReview(
            product: product, from: from, to: to, batches: period.batches.map(\.id),
            topics: period.topics)
    }

    /// The approvals of `review`, of its very period, oldest first.
    package func approvals(of review: QualityReview) -> [ApprovedQualityReview] {
        qualityReviews.filter {
            $0.product == review.product && $0.from == review.from && $0.to == review.to
        }
    }
}

/// What happened to a product in a period.
private struct ReviewPeriod {
    let site: SiteState
    let masters: [MasterRecord]
    let from: CalendarDate
    let to: CalendarDate
    /// Batches that were completed or disposed of in the period.
    let batches: [Batch]
    let ids: Set<MasterRecordID>

    init(site: SiteState, masters: [MasterRecord], from: CalendarDate, to: CalendarDate) {
        self.site = site
        self.masters = masters
        self.from = from
        self.to = to
        let ids = Set(masters.map(\.id))
        self.ids = ids
        batches = site.batches.inOrder.filter { batch in
            ids.contains(batch.master)
                && [batch.completed, batch.disposed].compactMap(\.self).contains {
                    (from...to).contains($0.happened.date)
                }
        }
    }

    private var product: String { masters.first?.product.id ?? "" }

    private func isWithin(_ stamp: Stamp?) -> Bool {
        stamp.map { (from...to).contains($0.happened.date) } ?? false
    }

    var topics: [QualityReview.Topic] {
        [
            topic("i", "starting and packaging materials, new sources", materials),
            topic("ii", "critical in-process controls and results of the product", results),
            topic("iii", "batches that failed, and their investigation", failures),
            topic("iv", "significant deviations and the effect of actions", deviations),
            topic("v", "changes of processes and methods", changes),
            topic("vi", "variations of the authorisation", versions),
            topic("vii", "stability and its trends", stability),
            topic("viii", "returns, complaints and recalls", complaints),
            topic("ix", "earlier corrective actions", actions),
            topic("x", "commitments after authorisation", commitments),
            topic("xi", "qualification of equipment and rooms", premises),
            topic("xii", "contracts and agreements", agreements),
        ]
    }

    private typealias Content = (figures: [String], attention: [String])

    private func topic(
        _ number: String, _ title: String, _ content: Content
    ) -> QualityReview.Topic {
        .init(
            number: number, title: title, figures: content.figures, attention: content.attention)
    }

    private var materials: Content {
        let lots = Set(batches.flatMap(\.materialLots)).sorted().compactMap { site.lots[$0] }
        let suppliers = Set(lots.map(\.supplier)).sorted()
        let new = suppliers.filter { name in
            isWithin(site.organisation(called: name)?.approval?.stamp)
        }
        let rejected = site.lots.inOrder.filter { $0.status == .rejected && isWithin($0.disposed) }
        return (
            [
                counted(lots.count, "lot") + " of "
                    + counted(Set(lots.map(\.material)).count, "material") + " from "
                    + counted(suppliers.count, "supplier") + " used",
                "suppliers approved in the period: "
                    + (new.isEmpty ? "none" : new.joined(separator: ", ")),
            ], rejected.map { "lot \($0.id) of \($0.material) rejected" }
        )
    }

    private var results: Content {
        var figures: [String] = []
        var attention: [String] = []
        var counts: [String: (total: Int, unmet: Int)] = [:]
        for batch in batches {
            for standing in (try? site.standings(of: batch)) ?? [] {
                let key = standing.test.attribute
                counts[key, default: (0, 0)].total += standing.results.count
                if standing.verdict == .fails { counts[key, default: (0, 0)].unmet += 1 }
            }
        }
        for (test, count) in counts.sorted(by: { $0.key < $1.key }) {
            figures.append("\(test): \(counted(count.total, "result")), \(count.unmet) outside")
        }
        for batch in batches {
            let failed = batch.deviations.compactMap { site.deviations[$0] }.filter {
                $0.cause == .controlNotMet
            }
            attention += failed.map { "\(batch.id): \($0.description)" }
        }
        for yield in site.isolationYields() where batches.contains(where: { $0.id == yield.batch })
        {
            figures.append("\(yield.batch): \(Int(yield.cellsPerGram)) cells from a gram of tissue")
            if yield.isWithin == false {
                attention.append("\(yield.batch): isolation yield outside \(yield.range ?? "")")
            }
        }
        return (figures, attention)
    }

    private var failures: Content {
        let disposed = batches.filter { $0.disposed != nil }
        let certified = disposed.count(where: \.status.isAnsweredFor)
        let failed = disposed.filter(\.status.isLost)
        return (
            [
                counted(batches.count, "batch", "batches")
                    + ", \(certified) certified or released, \(failed.count) not"
            ],
            failed.map { "\($0.id) \($0.status.rawValue)" }
                + batches.flatMap { batch in
                    batch.reprocessings.map { "\(batch.id) reprocessed: \($0.provision)" }
                }
        )
    }

    private var periodDeviations: [Deviation] {
        site.deviations.inOrder.filter { deviation in
            isWithin(deviation.opened)
                && (deviation.batch.map { id in batches.contains { $0.id == id } } ?? true)
        }
    }

    private var deviations: Content {
        let all = periodDeviations
        let grades = DeviationGrade.allCases.map { grade in
            "\(all.count { $0.grade == grade }) \(grade.rawValue)"
        }
        let causes = Dictionary(grouping: all, by: \.cause).map {
            ($0.key.rawValue, $0.value.count)
        }
        .sorted { $0 < $1 }.map { "\($0.0): \($0.1)" }
        return (
            ["\(counted(all.count, "deviation")): \(grades.joined(separator: ", "))"] + causes,
            all.filter(\.isOpen).map { "\($0.id) is open: \($0.description)" }
        )
    }

    private var changes: Content {
        let all = site.changes.inOrder.filter {
            (isWithin($0.proposed) || isWithin($0.implemented))
                && site.isAbout($0.id.naming(Thing.self), product: product)
        }
        return (
            all.map { "\($0.id), \($0.impact.rawValue): \($0.title)" },
            all.filter(\.isOpen).map { "\($0.id) is open" }
        )
    }

    private var versions: Content {
        let approved = masters.filter { isWithin($0.approved) }
        return (approved.map { "version \($0.id) approved" }, [])
    }

    private var stability: Content {
        let studies = site.studies.inOrder.filter { study in
            study.kind == .stability && site.isAbout(study.subject, product: product)
        }
        let late = site.latePulls(of: product, on: to)
        return (
            studies.map { study in
                let pulls = study.pulls.count { isWithin($0.stamp) }
                let results = study.results.count { isWithin($0.stamp) }
                return "\(study.id) of \(study.subject): \(pulls) pulls, \(results) results"
            },
            late.map { "\($0.study): \($0.month) months not pulled" }
                + studies.filter { $0.conclusion?.isMet == false }.map { "\($0.id) did not meet" }
        )
    }

    private var complaints: Content {
        let complaints = site.complaints.inOrder.filter {
            isWithin($0.received) && site.isAbout($0.subject, product: product)
        }
        let recalls = site.recalls.inOrder.filter {
            isWithin($0.begun) && site.isAbout($0.thing, product: product)
        }
        let returned = site.containers.values.count { container in
            guard case .returned(let shipment) = container.location,
                case .dose(let batch) = container.content,
                site.batches[batch].map({ ids.contains($0.master) }) == true
            else { return false }
            return isWithin(site.shipments[shipment]?.dispatched)
        }
        return (
            [
                counted(complaints.count, "complaint") + ", "
                    + counted(recalls.count { !$0.isMock }, "recall") + ", "
                    + "\(recalls.count(where: \.isMock)) exercises, \(returned) containers returned"
            ],
            complaints.filter(\.isOpen).map { "complaint \($0.id) is open" }
                + recalls.filter { $0.closed == nil }.map { "recall \($0.id) is open" }
        )
    }

    private var actions: Content {
        let all = site.correctiveActions.inOrder.filter {
            $0.opened.happened.date <= to && site.isAbout($0.source, product: product)
        }
        let effective = all.count { !$0.isOpen }
        return (
            ["\(counted(all.count, "corrective action")), \(effective) effective"],
            all.filter { $0.isOpen && $0.due < to }.map { "\($0.id) was due on \($0.due)" }
                + all.filter { $0.checks.last?.isEffective == false }.map {
                    "\($0.id) had no effect"
                }
        )
    }

    private var commitments: Content {
        let patients = site.patients.values.filter { patient in
            patient.given.contains { given in
                site.isAbout(given.container.naming(Thing.self), product: product)
            }
        }
        let planned = patients.reduce(0) { $0 + $1.followUp.count }
        let overdue = patients.reduce(0) { sum, patient in
            sum
                + patient.followUp.count { visit in
                    visit.recorded == nil && (patient.day(of: visit).map { $0 <= to } ?? false)
                }
        }
        let obligations = site.obligationStandings(on: to).filter { obligation in
            // What a vendor promised to the site is no commitment of the product.
            obligation.kind != .partnerCommitment
                && (obligation.evidence == nil
                    || obligation.fulfilledOn.map { (from...to).contains($0) } ?? false)
        }
        return (
            ["\(planned) visits of follow-up planned"]
                + obligations.compactMap { met in
                    met.evidence.map { "\(met.obligation) met: \($0)" }
                },
            (overdue == 0 ? [] : ["\(overdue) visits of follow-up are overdue"])
                + obligations.filter(\.overdue).map {
                    "\($0.obligation) was due on \($0.deadline): \($0.task)"
                }
        )
    }

    private var premises: Content {
        let kinds: Set<DueKind> = [.roomQualification, .equipmentQualification, .calibration]
        let overdue = site.due(asOf: to).filter { kinds.contains($0.kind) && $0.isOverdue(on: to) }
        return (
            [
                counted(site.rooms.count, "room") + ", "
                    + counted(site.equipment.count, "piece of equipment", "pieces of equipment")
            ],
            overdue.map { "\($0.subject): \($0.task)" }
        )
    }

    private var agreements: Content {
        let kinds: Set<DueKind> = [.agreement, .audit, .authorisation]
        let overdue = site.due(asOf: to).filter { kinds.contains($0.kind) && $0.isOverdue(on: to) }
        return (
            [counted(site.organisations.count, "organisation")],
            overdue.map { "\($0.subject): \($0.task)" }
        )
    }
}

/// "1 batch", "2 batches".
private func counted(_ count: Int, _ one: String, _ many: String? = nil) -> String {
    "\(count) \(count == 1 ? one : many ?? one + "s")"
}
