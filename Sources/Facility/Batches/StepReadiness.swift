/// What must hold before a step starts: the place, the equipment and the person.
extension SiteState {
    /// The room and the equipment a step is done in and with, or why it may not start.
    ///
    /// - Parameters:
    ///   - room: the room that was named, if any.
    ///   - equipment: the pieces that were named, if any.
    func requireReady(
        _ step: MasterStep, of batch: Batch, in room: RoomID?, with equipment: [EquipmentID],
        at moment: Moment
    ) throws(Rejection) -> (room: Room?, equipment: [Equipment]) {
        try requireTrained(moment.person, for: batch, at: moment)
        let chosen = try self.room(for: step, named: room, batch, at: moment)
        let pieces = try self.equipment(for: step, named: equipment, batch, at: moment)
        try requireGowned(
            moment.person, for: step, in: chosen, and: pieces, batch, at: moment)
        if let chosen {
            try requireClearance(of: step, batch, in: chosen, at: moment)
            try requireSegregation(of: step, batch, in: chosen, with: pieces)
        }
        try requireSimulated(step, of: batch, by: moment.person, at: moment)
        return (chosen, pieces)
    }

    // MARK: The room

    private func room(
        for step: MasterStep, named id: RoomID?, _ batch: Batch, at moment: Moment
    ) throws(Rejection) -> Room? {
        guard let wanted = step.room else {
            guard let id else { return nil }
            throw Rejection(
                "batch.no-room-here", "step '\(step.id)' names no room", help: "leave '\(id)' out")
        }
        let candidates = rooms.values.filter { $0.servesAs == wanted }.sorted { $0.id < $1.id }
        if let id {
            let room = try self.room(id)
            guard room.servesAs == wanted else {
                throw Rejection(
                    "batch.wrong-room",
                    "step '\(step.id)' is done in '\(wanted)', '\(id)' is \(room.servesAs)",
                    help: didYouMean(id.text, among: candidates.map(\.id.text)))
            }
            try requireFit(room, for: step, batch, at: moment)
            return room
        }
        return try only(
            of: candidates, called: wanted, what: "room", register: "room.register", for: step
        ) { room throws(Rejection) in try requireFit(room, for: step, batch, at: moment) }
    }

    private func requireFit(
        _ room: Room, for step: MasterStep, _ batch: Batch, at moment: Moment
    ) throws(Rejection) {
        guard room.condition == .ready else {
            throw Rejection(
                "room.not-ready", "room '\(room.id)' is \(room.condition.rawValue)",
                help: "open it first: room.change-condition", rule: "line-clearance")
        }
        if binds("room-requalification", on: batch) {
            try room.requireQualified(on: moment.happened.date)
        }
        if let needed = step.roomGrade, room.grade < needed {
            throw Rejection(
                "room.grade-too-low",
                "room '\(room.id)' is grade \(room.grade.rawValue), the step needs "
                    + needed.rawValue,
                help: "use a room of that grade", rule: "lower-background-waiver")
        }
    }

    // MARK: The equipment

    private func equipment(
        for step: MasterStep, named ids: [EquipmentID], _ batch: Batch, at moment: Moment
    ) throws(Rejection) -> [Equipment] {
        var named: [Equipment] = []
        for id in ids {
            let piece = try self.equipment(id)
            guard step.equipment.contains(piece.servesAs) else {
                throw Rejection(
                    "batch.wrong-equipment",
                    "step '\(step.id)' does not use '\(piece.servesAs)', which '\(id)' is",
                    help: step.equipment.isEmpty
                        ? "leave it out"
                        : "it uses \(step.equipment.joined(separator: ", "))")
            }
            try requireFit(piece, batch, at: moment)
            if !named.contains(where: { $0.id == id }) { named.append(piece) }
        }
        for wanted in step.equipment where !named.contains(where: { $0.servesAs == wanted }) {
            let candidates = equipment.values.filter { $0.servesAs == wanted }
                .sorted { $0.id < $1.id }
            named.append(
                try only(
                    of: candidates, called: wanted, what: "equipment",
                    register: "equipment.register", for: step
                ) { piece throws(Rejection) in try requireFit(piece, batch, at: moment) })
        }
        return named
    }

    private func requireFit(
        _ piece: Equipment, _ batch: Batch, at moment: Moment
    ) throws(Rejection) {
        guard binds("equipment-in-date", on: batch) else { return }
        try piece.requireFit(on: moment.happened.date)
        if binds("glove-integrity", on: batch) {
            try requireIntactGloves(of: piece, at: moment)
        }
    }

    /// The only candidate that may be used, so that nobody types what can be known.
    private func only<Candidate>(
        of candidates: [Candidate], called wanted: String, what: String, register: String,
        for step: MasterStep, if check: (Candidate) throws(Rejection) -> Void
    ) throws(Rejection) -> Candidate {
        guard !candidates.isEmpty else {
            throw Rejection(
                "batch.\(what)-unknown",
                "step '\(step.id)' needs '\(wanted)', and no \(what) serves as it",
                help: "register one: \(register) with servesAs '\(wanted)'")
        }
        var usable: [Candidate] = []
        var refusal: Rejection?
        for candidate in candidates {
            do throws(Rejection) {
                try check(candidate)
                usable.append(candidate)
            } catch {
                refusal = refusal ?? error
            }
        }
        if usable.isEmpty, let refusal { throw refusal }
        guard usable.count == 1, let one = usable.first else {
            throw Rejection(
                "batch.\(what)-to-choose",
                "\(usable.count) pieces may serve as '\(wanted)' in step '\(step.id)'",
                help: "say which, in '\(what)'")
        }
        return one
    }

    // MARK: The person

    private func requireGowned(
        _ person: PersonID, for step: MasterStep, in room: Room?, and equipment: [Equipment],
        _ batch: Batch, at moment: Moment
    ) throws(Rejection) {
        guard binds("gowning-annual", on: batch), let person = people[person],
            let grade = room?.grade, grade.cleanroom != nil
        else { return }
        guard let until = person.gowned(for: grade), until >= moment.happened.date else {
            let standing = person.gowned(for: grade).map { "was assessed for work until \($0)" }
            throw Rejection(
                "people.not-gowned",
                "'\(person.id)' \(standing ?? "has no passed assessment") for gowning in grade "
                    + grade.rawValue,
                help: "assess the gowning first: people.assess-gowning", rule: "gowning-annual")
        }
    }

    // MARK: The line

    private func requireClearance(
        of step: MasterStep, _ batch: Batch, in room: Room, at moment: Moment
    ) throws(Rejection) {
        guard step.needsLineClearance == true, binds("line-clearance", on: batch) else { return }
        func refuse(_ reason: String) -> Rejection {
            Rejection(
                "batch.line-not-cleared", reason, help: "clear the line: batch.clear-line",
                rule: "line-clearance")
        }
        guard let clearance = batch.clearances[step.id], clearance.room == room.id else {
            throw refuse("'\(room.id)' was not cleared for step '\(step.id)' of '\(batch.id)'")
        }
        let since = room.occupations.dropFirst(clearance.occupations)
        if let other = since.first(where: { $0.batch != batch.id }) {
            throw refuse("'\(other.batch)' was worked on in '\(room.id)' since it was cleared")
        }
        guard clearance.stamp.happened <= moment.happened else {
            throw refuse("'\(room.id)' was cleared at \(clearance.stamp.happened), afterwards")
        }
    }

    /// Refuses open work beside another batch, unless a report shows how they are kept apart
    /// (EU GMP Annex 2A 5.3, 5.18).
    private func requireSegregation(
        of step: MasterStep, _ batch: Batch, in room: Room, with equipment: [Equipment]
    ) throws(Rejection) {
        guard room.segregation == nil, binds("segregation-concurrent", on: batch) else { return }
        for occupation in room.occupations where occupation.batch != batch.id {
            guard let other = batches[occupation.batch], other.status == .open,
                let record = other.steps[occupation.step], record.completed == nil,
                let master = try? self.step(occupation.step, of: other),
                step.isOpen == true || master.isOpen == true
            else { continue }
            throw Rejection(
                "batch.other-batch-in-room",
                "step '\(occupation.step)' of '\(other.id)' is going on in '\(room.id)'",
                help: "complete it first, or work in another room",
                rule: "segregation-concurrent")
        }
    }
}
