import Guidance

/// The certification points that records of the site, its people and its partners answer.
///
/// Each answers only when there are records of its kind: a site that keeps them elsewhere leaves the
/// point to the Qualified Person.
extension SiteState {
    func premisesEvidence(
        _ clause: String, for batch: Batch, on day: CalendarDate
    ) -> (holds: Bool, evidence: String)? {
        switch clause {
        case "1.7.1":
            return permit(.gmpCertificate, "GMP certificate", for: batch) { _ in true }
        case "1.7.3": return audits(for: batch, on: day)
        case "1.7.4":
            return permit(.manufacturingAuthorisation, "authorisation", for: batch) {
                $0.activities.contains(.manufacture)
            }
        case "1.7.12": return training(for: batch)
        case "1.7.18": return agreements(for: batch, on: day)
        case "1.7.19": return selfInspection(on: day)
        case "1.7.20": return transport(of: batch)
        default: return nil
        }
    }

    // MARK: Permits of the site

    private func permit(
        _ kind: SitePermit, _ title: String, for batch: Batch,
        where isMeant: (SiteAuthorisation) -> Bool
    ) -> (holds: Bool, evidence: String)? {
        let permits = authorisations.filter { $0.kind == kind && isMeant($0) }
        guard !permits.isEmpty else { return nil }
        let days = Set(batch.executions.map { $0.record.started.happened.date }).sorted()
        if let uncovered = days.first(where: { day in !permits.contains { $0.holds(on: day) } }) {
            return (false, "no \(title) held on \(uncovered)")
        }
        let used = permits.filter { permit in days.contains { permit.holds(on: $0) } }
        let names = used.map { "\($0.reference) until \($0.until)" }
        return (true, "\(title) \(names.joined(separator: ", "))")
    }

    private func selfInspection(on day: CalendarDate) -> (holds: Bool, evidence: String)? {
        guard let last = selfInspections.last(where: { $0.stamp.happened.date <= day }) else {
            return nil
        }
        return (last.until >= day, "self-inspection \(last.report), next by \(last.until)")
    }

    /// The way to the patient, where a study of the version validated it.
    private func transport(of batch: Batch) -> (holds: Bool, evidence: String)? {
        studies.inOrder.last {
            $0.kind == .transportValidation && $0.subject.text == batch.master.text
        }.flatMap { study in
            study.conclusion.map { ($0.isMet, "transport validated in \(study.id)") }
        }
    }

    // MARK: Partners

    /// Who supplied critical lots, procured the tissue, made a bank, or was handed a sample, of what
    /// the batch is and came from.
    private func partners(of batch: Batch) -> (suppliers: [Organisation], others: [Organisation]) {
        let back = genealogy.trace(from: batch.id.text, .back).map(\.node)
        let lots = (back.compactMap { LotID($0) } + batch.materialLots).compactMap { self.lots[$0] }
        let suppliers = Set(lots.map(\.supplier)).compactMap { organisation(called: $0) }
            .filter { $0.approval?.isCritical == true }
        let establishments = Set(
            back.compactMap { DonorID($0) }.compactMap { donors[$0] }
                .flatMap { $0.donations.compactMap(\.organisation) }
        ).compactMap { organisations[$0] }
        let made = Set([batch.id.text] + back)
        let holders = samples.values.filter { made.contains($0.origin.text) }
            .flatMap { $0.custody.map(\.holder) }
        let makers = back.compactMap { BankID($0) }.compactMap { banks[$0]?.arrival?.maker }
        let contractors = Set(holders + makers).compactMap { organisation(called: $0) }
        func inOrder(_ all: [Organisation]) -> [Organisation] {
            Dictionary(all.map { ($0.id, $0) }) { first, _ in first }.values.sorted {
                $0.id < $1.id
            }
        }
        return (inOrder(suppliers), inOrder(establishments + contractors))
    }

    private func audits(
        for batch: Batch, on day: CalendarDate
    ) -> (holds: Bool, evidence: String)? {
        let (suppliers, others) = partners(of: batch)
        // An establishment is supervised by its authority; where the site audits it, that counts.
        let audited = suppliers + others.filter { !$0.audits.isEmpty }
        guard !audited.isEmpty else { return nil }
        let overdue = audited.filter { !$0.isAudited(on: day) }.map(\.id.text)
        return (
            overdue.isEmpty,
            overdue.isEmpty
                ? "\(audited.count) partners audited within their interval"
                : "audit overdue: \(overdue.joined(separator: ", "))"
        )
    }

    private func agreements(
        for batch: Batch, on day: CalendarDate
    ) -> (holds: Bool, evidence: String)? {
        let (suppliers, others) = partners(of: batch)
        guard !(suppliers + others).isEmpty else { return nil }
        let missing =
            suppliers.filter { !$0.hasAgreement(on: [.quality], at: day) }
            + others.filter { organisation in
                organisation.activities.contains(.procurement)
                    ? !organisation.hasAgreement(on: [.testResults, .traceability], at: day)
                    : !organisation.hasAgreement(on: [.quality], at: day)
            }
        let names = missing.map(\.id.text).joined(separator: ", ")
        return (
            missing.isEmpty,
            missing.isEmpty
                ? "\(suppliers.count + others.count) agreements in force" : "no agreement: \(names)"
        )
    }

    // MARK: People

    /// Everyone who worked on the batch was trained in its version on that day. From confirmatory
    /// trials on, the process has to be validated too, and a person answers unless a study shows it.
    private func training(for batch: Batch) -> (holds: Bool, evidence: String)? {
        var days: [PersonID: Set<CalendarDate>] = [:]
        for (_, record) in batch.executions {
            for stamp in record.stamps where people[stamp.person]?.may(.execute) == true {
                days[stamp.person, default: []].insert(stamp.happened.date)
            }
        }
        guard !days.isEmpty, let master = masters[batch.master] else { return nil }
        if let transfer = openTransfer(of: master) { return (false, transfer) }
        let untrained = days.filter { person, days in
            let training = people[person]?.training ?? []
            return days.contains { day in
                !training.contains {
                    $0.definition == batch.master && $0.covers(batch.stage, on: day)
                }
            }
        }.map(\.key.text).sorted()
        guard untrained.isEmpty else {
            return (false, "not trained: \(untrained.joined(separator: ", "))")
        }
        let trained = "\(days.count) people trained in \(master.id)"
        guard let phase = DevelopmentPhase(rawValue: master.product.phase),
            phase == .pivotal || phase == .commercial
        else { return (true, trained) }
        let validation = studies.inOrder.last {
            $0.kind == .processValidation && $0.subject.text == master.id.text
                && $0.conclusion?.isMet == true
        }
        return validation.map { (true, "\(trained); process validated in \($0.id)") }
    }
}
