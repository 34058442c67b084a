/// Something that must be done by a day.
package struct DueItem: Sendable, Hashable, Codable {
    /// What kind of thing is due, such as `calibration`.
    package var kind: DueKind
    /// What it is due for: a person, a room, a supplier.
    package var subject: String
    /// What is to be done, in words; lower case, no full stop.
    package var task: String
    /// The last day; `nil` when it is due already, because it was never done.
    package var due: CalendarDate?
    /// The rule of the catalogue behind it.
    package var rule: String?

    /// An item that is due on `due`.
    package init(
        _ kind: DueKind, _ subject: String, _ task: String, due: CalendarDate?,
        rule: String? = nil
    ) {
        self.kind = kind
        self.subject = subject
        self.task = task
        self.due = due
        self.rule = rule
    }

    /// Whether it should have been done before `date`.
    package func isOverdue(on date: CalendarDate) -> Bool { due.map { $0 < date } ?? true }
}

/// A kind of thing that falls due.
package enum DueKind: String, Sendable, Hashable, Codable, CaseIterable {
    case training
    case gowning
    case simulation = "process-simulation"
    case roomQualification = "room-qualification"
    case equipmentQualification = "equipment-qualification"
    case calibration
    case plateReading = "plate-reading"
    case environmentSample = "environment-sample"
    case preparation
    case sample
    case isolate
    case authorisation
    case agreement
    case audit
    case office
    case stabilityPull = "stability-pull"
    case deviation
    case complaint
    case correctiveAction = "corrective-action"
    case change
    case followUp = "follow-up"
    case qualityReview = "quality-review"
    case bankDepletion = "bank-depletion"
    case donorShare = "donor-share"
    case obligation
    case meetingAnswer = "meeting-answer"
    case donorRetest = "donor-retest"
    case selfInspection = "self-inspection"
    case restoreDrill = "restore-drill"
    case periodicEvaluation = "periodic-evaluation"
    case mockRecall = "mock-recall"
    case bankStorage = "bank-storage"
    case storageReading = "storage-reading"
    case materialRetest = "material-retest"
    case materialExpiry = "material-expiry"
    case materialStock = "material-stock"
    case productExpiry = "product-expiry"
    case retainedSample = "retained-sample"
    case riskReview = "risk-review"
    case transferGap = "transfer-gap"
    case transferItem = "transfer-item"
    case safetyReport = "safety-report"
}

/// Gives what one area of the site has to do.
package protocol DueSource: Sendable {
    /// What is due for `site` as it stands, with or without a day. `date` is today.
    static func due(for site: SiteState, on date: CalendarDate) -> [DueItem]
}

/// The areas that know what is due.
package enum DueCatalogue {
    /// All areas; an area adds itself here.
    package static let all: [any DueSource.Type] = [
        PeopleDue.self,
        PremisesDue.self,
        SimulationDue.self,
        OrganisationDue.self,
        QualityDue.self,
        DonorDue.self,
        MaterialDue.self,
        StockDue.self,
        DefinitionDue.self,
        SafetyDue.self,
        MethodDue.self,
        MonitoringDue.self,
        SampleDue.self,
        SystemDue.self,
    ]
}

extension SiteState {
    /// What is due at the site on or before `date`, the oldest first.
    ///
    /// - Parameter days: how many days ahead to look.
    package func due(asOf date: CalendarDate, within days: Int = 0) -> [DueItem] {
        let last = date.advanced(byDays: days)
        return DueCatalogue.all.flatMap { $0.due(for: self, on: date) }
            .filter { $0.due.map { $0 <= last } ?? true }
            .sorted { left, right in
                let order = (
                    left.due?.daysSinceEpoch ?? .min, right.due?.daysSinceEpoch ?? .min
                )
                return order.0 != order.1
                    ? order.0 < order.1
                    : (left.kind.rawValue, left.subject, left.task)
                        < (right.kind.rawValue, right.subject, right.task)
            }
    }
}
