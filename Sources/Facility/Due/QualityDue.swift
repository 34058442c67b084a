import Guidance
import Quantities

/// Stability pulls, corrective actions, follow-up, quality reviews, the site's own permits and the
/// share of one donor.
enum QualityDue: DueSource {
    static func due(for site: SiteState, on date: CalendarDate) -> [DueItem] {
        pulls(site) + actions(site) + changes(site) + followUp(site) + reviews(site) + permits(site)
            + donors(site) + banks(site, date) + obligations(site) + answers(site)
            + storage(site) + inspections(site) + mockRecalls(site) + events(site)
    }

    private static func pulls(_ site: SiteState) -> [DueItem] {
        site.pullsDue(through: .init(daysSinceEpoch: .max / 2)).map {
            DueItem(
                .stabilityPull, $0.study.text, "pull the samples of \($0.month) months",
                due: $0.latest, rule: "release-points")
        }
    }

    private static func actions(_ site: SiteState) -> [DueItem] {
        site.correctiveActions.inOrder.filter(\.isOpen).map { action in
            DueItem(
                .correctiveAction, action.id.text,
                action.completed == nil
                    ? action.action : "check whether it helped: \(action.effectMeasure)",
                due: action.due)
        }
    }

    /// Changes that have a day: what is to be done next.
    private static func changes(_ site: SiteState) -> [DueItem] {
        site.changes.inOrder.filter(\.isOpen).compactMap { change in
            change.due.map {
                DueItem(
                    .change, change.id.text, change.nextStep, due: $0, rule: "change-controlled")
            }
        }
    }

    /// Days in which an event or a complaint is investigated and closed: a setting of the house, usual
    /// in the field; no clause sets a number.
    private static let investigationDays = 30

    private static func events(_ site: SiteState) -> [DueItem] {
        let deviations = site.deviations.values.filter(\.isOpen).map {
            DueItem(
                .deviation, $0.id.text, "investigate and close: \($0.description)",
                due: $0.opened.happened.date.advanced(byDays: investigationDays),
                rule: "deviation-closed-for-release")
        }
        return deviations
            + site.complaints.values.filter(\.isOpen).map {
                DueItem(
                    .complaint, $0.id.text, "answer the complaint of \($0.from): \($0.description)",
                    due: $0.received.happened.date.advanced(byDays: investigationDays))
            }
    }

    private static func followUp(_ site: SiteState) -> [DueItem] {
        site.patients.inOrder.flatMap { patient in
            patient.followUp.filter { $0.recorded == nil }.map { visit in
                DueItem(
                    .followUp, patient.id.text,
                    "see the patient for \(visit.hazard)"
                        + (visit.endpoint.map { ": \($0)" } ?? ""),
                    due: patient.day(of: visit), rule: "followup-plan")
            }
        }
    }

    /// Each product whose phase asks for a review: a year after the last, or after its approval.
    private static func reviews(_ site: SiteState) -> [DueItem] {
        var first: [String: CalendarDate] = [:]
        for master in site.masters.inOrder {
            guard let approved = master.approved?.happened.date,
                let phase = DevelopmentPhase(rawValue: master.product.phase),
                let rule = RuleCatalogue.rule("product-quality-review"),
                rule.severity(in: phase) != .none
            else { continue }
            first[master.product.id] = min(first[master.product.id] ?? approved, approved)
        }
        return first.sorted { $0.key < $1.key }.map { product, approved in
            let last = site.qualityReviews.last { $0.product == product }?.to ?? approved
            return DueItem(
                .qualityReview, product, "review the quality of the product since \(last)",
                due: last.advanced(byMonths: 12), rule: "product-quality-review")
        }
    }

    private static func permits(_ site: SiteState) -> [DueItem] {
        SitePermit.allCases.compactMap { kind in
            site.authorisations.filter { $0.kind == kind }.map(\.until).max().map {
                DueItem(
                    .authorisation, kind.rawValue, "have the site's permit renewed", due: $0)
            }
        }
    }

    private static func obligations(_ site: SiteState) -> [DueItem] {
        site.obligations.inOrder.filter { $0.fulfilled == nil }.map { obligation in
            DueItem(
                .obligation, obligation.id.text, obligation.duty, due: obligation.deadline,
                rule: obligation.kind.rule)
        }
    }

    /// Questions that meetings left open.
    private static func answers(_ site: SiteState) -> [DueItem] {
        site.meetings.inOrder.flatMap { meeting in
            meeting.questions.enumerated().filter { $0.element.answer == nil }.map { place, asked in
                DueItem(
                    .meetingAnswer, meeting.id.text,
                    "have \(meeting.with) answer question \(place + 1): \(asked.question)",
                    due: meeting.answersDue)
            }
        }
    }

    /// Again after the interval of the last; the first within a year of the first approved version.
    private static func inspections(_ site: SiteState) -> [DueItem] {
        if let last = site.selfInspections.last {
            return [
                DueItem(
                    .selfInspection, last.report, "inspect the site again", due: last.until,
                    rule: "release-points")
            ]
        }
        let first = site.masters.values.compactMap { $0.approved?.happened.date }.min()
        return first.map {
            [
                DueItem(
                    .selfInspection, "site", "inspect the site for the first time",
                    due: $0.advanced(byMonths: 12), rule: "release-points")
            ]
        } ?? []
    }

    /// A marketed product is recalled for exercise once a year, unless it was recalled in earnest (EU
    /// GMP Annex 2A 8.1).
    private static func mockRecalls(_ site: SiteState) -> [DueItem] {
        let marketed = site.masters.values.filter {
            $0.approved != nil && $0.product.isCommercial
        }
        guard let first = marketed.compactMap({ $0.approved?.happened.date }).min() else {
            return []
        }
        let last = site.recalls.values.compactMap { $0.closed?.stamp.happened.date }.max()
        return [
            DueItem(
                .mockRecall, "recall", "exercise a recall",
                due: max(last ?? first, first).advanced(byMonths: 12))
        ]
    }

    /// Banks of a marketed product that stand in one storage unit alone: a failure of it takes all.
    private static func storage(_ site: SiteState) -> [DueItem] {
        site.banks.inOrder.filter { $0.status == .released }.compactMap { bank in
            guard let master = site.masters[bank.master],
                site.binds("bank-split-storage", on: master)
            else { return nil }
            let vials = site.stock(of: bank).compactMap { site.containers[$0] }
            let units = Set(vials.map { $0.place.prefix { !"/ ".contains($0) } })
            guard vials.count > 1, units.count == 1, let unit = units.first else { return nil }
            return DueItem(
                .bankStorage, bank.id.text,
                "store a part of the \(vials.count) vials elsewhere than in \(unit)", due: nil,
                rule: "bank-split-storage")
        }
    }

    /// Years a bank lasts at least: another is made, tested and released in a year.
    private static let depletionYears = 1.0

    private static func banks(_ site: SiteState, _ date: CalendarDate) -> [DueItem] {
        site.banks.inOrder.filter { $0.status == .released }.compactMap { bank in
            let forecast = site.forecast(of: bank, on: date)
            guard let years = forecast.years, years < depletionYears else { return nil }
            return DueItem(
                .bankDepletion, bank.id.text,
                "make the next bank: \(forecast.usable) vials are left, \(forecast.usedInYear) "
                    + "were used in a year", due: nil, rule: "bank-depletion")
        }
    }

    /// Donors whose share of the released doses is above the limit of the definition.
    private static func donors(_ site: SiteState) -> [DueItem] {
        let limits = Dictionary(
            site.masters.inOrder.compactMap { master in
                master.product.maximumDonorShare.flatMap { try? $0.doubleValue(in: .one) }
                    .map { (master.product.id, $0) }
            }
        ) { _, last in last }
        return limits.sorted { $0.key < $1.key }.flatMap { product, limit in
            site.donorShares(of: product).filter { $0.value > limit }
                .sorted { $0.key < $1.key }.map { donor, share in
                    DueItem(
                        .donorShare, donor.text,
                        "\(Int((share * 100).rounded())) % of the released doses of \(product) "
                            + "come from this donor, limit \(Int((limit * 100).rounded())) %",
                        due: nil, rule: "donor-share-alert")
                }
        }
    }
}
