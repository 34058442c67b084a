/// What comes before the validation of a process, and what it has to show before the market is
/// supplied.
extension SiteState {
    /// Refuses to validate a process in rooms or with equipment that are not qualified (EU GMP Annex
    /// 15 5.12; the rule `validation-prerequisites`). A kind of equipment that the site has registered
    /// no piece of is kept elsewhere.
    func requireReadyToValidate(_ subject: ThingID, at moment: Moment) throws(Rejection) {
        let master =
            masters[subject.naming(MasterRecord.self)]
            ?? batches[subject.naming(Batch.self)].flatMap { masters[$0.master] }
        guard let master else { return }
        let today = moment.happened.date
        let steps = master.stages.flatMap(\.steps)
        for kind in Set(steps.flatMap(\.equipment)).sorted() {
            let pieces = equipment.values.filter { $0.servesAs == kind && $0.isInService }
            guard !pieces.isEmpty,
                !pieces.contains(where: { piece in
                    piece.qualifiedUntil.map { $0 >= today } ?? false
                })
            else { continue }
            throw Rejection(
                "study.equipment-not-qualified", "no '\(kind)' of the site is qualified",
                help: "qualify it first: equipment.qualify", rule: "validation-prerequisites")
        }
        for kind in Set(steps.compactMap(\.room)).sorted() {
            let rooms = rooms.values.filter { $0.servesAs == kind && $0.grade.cleanroom != nil }
            guard !rooms.isEmpty,
                !rooms.contains(where: { room in
                    room.qualifiedUntil.map { $0 >= today } ?? false
                })
            else { continue }
            throw Rejection(
                "study.room-not-qualified", "no room for '\(kind)' is qualified",
                help: "qualify it first: room.qualify", rule: "validation-prerequisites")
        }
    }

    /// Refuses a batch for the market of a product whose process was not validated (EU GMP Annex 2A
    /// 5.19(a); Annex 15 5). The validation of an earlier version holds as far as changes were shown
    /// comparable.
    func requireProcessValidated(for batch: Batch) throws(Rejection) {
        guard binds("process-validation-batches", on: batch) else { return }
        let product = try master(batch.master).product.id
        let isValidated = studies.values.contains { study in
            guard study.kind == .processValidation, study.conclusion?.isMet == true else {
                return false
            }
            let master =
                masters[study.subject.naming(MasterRecord.self)]
                ?? batches[study.subject.naming(Batch.self)].flatMap { masters[$0.master] }
            return master?.product.id == product
        }
        guard !isValidated else { return }
        throw Rejection(
            "release.process-not-validated",
            "no concluded study validates the process of '\(product)'",
            help: "open one: study.open of kind \(StudyKind.processValidation.rawValue)",
            rule: "process-validation-batches")
    }
}
