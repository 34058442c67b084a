import Facility
import Ledger
import Quantities
import TestSupport

extension Laws {
    /// A fact finds its things as they must be for it to happen.
    static func isRightful(
        _ fact: any Fact, _ stamp: Stamp, before state: SiteState, _ record: Record
    ) throws {
        switch fact {
        case let used as ContainerUsed: try isUsable(used.container, stamp, state, record)
        case let released as DonationReleased:
            try isUndisputed(released.container.text, isRelease: true, state, record)
        case let kept as ContainersReserved:
            for id in kept.containers { try isUsable(id, stamp, state, record) }
        case let sent as ShipmentDispatched:
            for id in sent.containers { try isUsable(id, stamp, state, record) }
        case let given as DoseAdministered:
            let container = state.containers[given.container]
            guard case .received? = container?.location, container?.holds.isEmpty == true else {
                throw Broken("\(given.container) was given and not at hand")
            }
        case let consumed as MaterialConsumed:
            try isUsable(consumed, stamp, state, record)
            try isUndisputed(consumed.lot.text, state, record)
        case let result as ResultRecorded:
            try isFit(
                result.instruments, result.reagents?.map(\.lot), stamp, state, record)
        case let result as BankTestRecorded:
            try isFit(
                result.instruments, result.reagents?.map(\.lot), stamp, state, record)
        case let result as MaterialTested:
            try isFit(
                result.instruments, result.reagents?.map(\.lot), stamp, state, record)
        case let result as StudyResultRecorded:
            try isFit(
                result.instruments, result.reagents?.map(\.lot), stamp, state, record)
        case let result as CytometryResultRecorded:
            try isFit(
                result.instruments, result.reagents?.map(\.lot), stamp, state, record)
        case let made as MaterialPrepared:
            let lots = made.ingredients.map(\.lot)
            try isFit(nil, lots, stamp, state, record)
            for lot in lots {
                try require(
                    state.lots[lot].map { $0.expiry >= made.expiry } == true,
                    "\(made.lot) keeps longer than \(lot) that is in it")
            }
        case let verified as StepVerified:
            let hands = record.stepHands["\(verified.batch) \(verified.step)"] ?? [:]
            try isOfOthers("step \(verified.step) of \(verified.batch)", hands, stamp)
        case let released as MaterialReleased:
            try isOfOthers("\(released.lot)", record.hands[released.lot.text] ?? [:], stamp)
        case let released as BankReleased:
            let batch = state.banks[released.bank]?.batch.text ?? ""
            try isOfOthers("\(released.bank)", record.hands[batch] ?? [:], stamp)
            try isUndisputed(released.bank.text, isRelease: true, state, record)
        case let reviewed as BatchReviewed:
            try isOfOthers("\(reviewed.batch)", record.hands[reviewed.batch.text] ?? [:], stamp)
        case let certified as BatchCertified:
            try isOfOthers("\(certified.batch)", record.hands[certified.batch.text] ?? [:], stamp)
            try isSettled(certified.batch, stamp, state, record)
            try isUndisputed(certified.batch.text, isRelease: true, state, record)
        default: return
        }
    }

    /// Nobody verifies or releases their own work.
    private static func isOfOthers(
        _ work: String, _ hands: [String: String], _ stamp: Stamp
    ) throws {
        guard let own = hands[stamp.person.text] else { return }
        throw Broken("\(stamp.person) passed their own work on \(work): \(own)")
    }

    /// Released, in date, free of holds, and at the site.
    private static func isUsable(
        _ id: ContainerID, _ stamp: Stamp, _ state: SiteState, _ record: Record
    ) throws {
        guard let container = state.containers[id] else { throw Broken("there is no \(id)") }
        try require(container.status == .released, "\(id) was used before its release")
        try require(container.isInStock, "\(id) was used twice")
        try require(container.holds.isEmpty, "\(id) was used on hold")
        try require(
            container.expires.map { $0 >= stamp.happened.date } ?? true,
            "\(id) was used after its expiry")
        try isUndisputed(id.text, state, record)
        let released = record.released[id.text]
        try require(released != nil, "\(id) was never released")
        try require(
            stamp.happened >= released!,
            "\(id), released at \(released!), is said to have been used at \(stamp.happened)")
    }

    private static func isUsable(
        _ use: MaterialConsumed, _ stamp: Stamp, _ state: SiteState, _ record: Record
    ) throws {
        guard let lot = state.lots[use.lot] else { throw Broken("there is no \(use.lot)") }
        let permitted = lot.conditionalUses.filter { $0.batch == use.batch }
            .map(\.stamp.happened).min()
        // What was prepared and checked may be used fresh, before its release.
        let fresh = lot.preparation?.checked == nil ? nil : lot.arrived.happened
        let allowed = [record.released[lot.id.text], permitted, fresh].compactMap { $0 }.min()
        try require(lot.status != .rejected, "\(lot.id) was used after its rejection")
        try require(allowed != nil, "\(lot.id) was used before its release")
        try require(
            stamp.happened >= allowed!,
            "\(lot.id), free at \(allowed!), is said to have been used at \(stamp.happened)")
        try require(lot.holds.isEmpty, "\(lot.id) was used on hold")
        try require(lot.expiry >= stamp.happened.date, "\(lot.id) was used after its expiry")
        try require(
            try !lot.remaining.isLess(than: use.quantity), "more of \(lot.id) was used than is")
    }

    /// A result rests on instruments in service, in calibration and qualified on the day, and on
    /// reagents that were released, in date and free of holds.
    private static func isFit(
        _ instruments: [EquipmentID]?, _ reagents: [LotID]?, _ stamp: Stamp,
        _ state: SiteState, _ record: Record
    ) throws {
        let day = stamp.happened.date
        for id in instruments ?? [] {
            guard let piece = state.equipment[id] else { throw Broken("there is no \(id)") }
            try require(piece.isInService, "\(id) measured out of service")
            try require(
                piece.qualifiedUntil.map { $0 >= day } == true, "\(id) measured unqualified")
            try require(
                !piece.needsCalibration || piece.calibratedUntil.map { $0 >= day } == true,
                "\(id) measured out of calibration")
        }
        for id in reagents ?? [] {
            guard let lot = state.lots[id] else { throw Broken("there is no \(id)") }
            let released = record.released[lot.id.text]
            try require(
                lot.status == .released && released.map { $0 <= stamp.happened } == true,
                "\(lot.id) was a reagent before its release")
            try require(lot.holds.isEmpty, "\(lot.id) was a reagent on hold")
            try require(lot.expiry >= day, "\(lot.id) was a reagent after its expiry")
            try isUndisputed(lot.id.text, state, record)
        }
    }

    /// A batch that is certified has no open blocking item, and neither has what was pooled into it.
    private static func isSettled(
        _ id: BatchID, _ stamp: Stamp, _ state: SiteState, _ record: Record
    ) throws {
        guard let batch = state.batches[id] else { throw Broken("there is no \(id)") }
        let family = record.family(of: id.text)
        for deviation in state.deviations.values {
            let isOurs = family.contains {
                $0.batch == deviation.batch?.text && deviation.opened.entry < $0.before
            }
            guard isOurs || batch.deviations.contains(deviation.id) else { continue }
            try require(!deviation.isOpen, "\(id) was certified with \(deviation.id) open")
            try require(
                deviation.closure?.disposition != .reject,
                "\(id) was certified though \(deviation.id) rejects it")
        }
        for (member, before) in family {
            for use in record.lots[member] ?? [] where use.entry < before {
                try require(
                    LotID(use.lot).flatMap { state.lots[$0] }?.status == .released,
                    "\(id) was certified before lot \(use.lot) was released")
            }
        }
        let decided = Set(batch.dispositions.map(\.exception))
        for member in family.compactMap({ BatchID($0.batch).flatMap { state.batches[$0] } })
        where member.id == id || member.status == .pooled {
            for exception in state.exceptions(of: member) where exception.isOpen {
                try require(
                    decided.contains(exception.id),
                    "\(id) was certified with \(exception.id) of \(member.id) open")
            }
        }
        for output in batch.outputs {
            try require(
                state.containers[output]?.holds.isEmpty == true,
                "\(id) was certified with \(output) on hold")
        }
    }
}
