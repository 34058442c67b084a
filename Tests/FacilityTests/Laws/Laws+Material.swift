import Facility
import Ledger
import Quantities
import TestSupport

extension Laws {
    /// Adds up what every lot and container went through from the bytes of the ledger alone.
    static func materialIsConserved(_ site: TestSite) throws {
        try require(site.state.balance().closes, "the balance does not close")
        var lots: [String: Quantity] = [:]
        var uses: [UInt64: (lot: String, quantity: Quantity)] = [:]
        var places: [String: Place] = [:]
        var shipments: [String: [String]] = [:]
        for entry in site.entries {
            try move(entry, &lots, &uses)
            try move(entry, &places, &shipments)
        }
        for lot in site.state.lots.values {
            guard let left = lots[lot.id.text] else { throw Broken("\(lot.id) came from nowhere") }
            try require(
                try lot.remaining.isSameAmount(as: left),
                "\(lot.id): \(lot.remaining) in the state, \(left) in the ledger")
        }
        try require(lots.count == site.state.lots.count, "a lot is missing")
        for container in site.state.containers.values {
            let name = String("\(container.location)".prefix { $0 != "(" })
            try require(
                places[container.id.text]?.rawValue == name,
                "\(container.id) is \(container.location), by the ledger "
                    + "\(places[container.id.text]?.rawValue ?? "nowhere")")
        }
        try require(places.count == site.state.containers.count, "a container is missing")
        try positionsHoldOneThing(site.state)
    }

    /// What is left of a lot, entry by entry: never less than nothing.
    private static func move(
        _ entry: LedgerEntry, _ lots: inout [String: Quantity],
        _ uses: inout [UInt64: (lot: String, quantity: Quantity)]
    ) throws {
        func amount(_ field: String = "quantity") throws -> Quantity {
            try Quantity(entry.body[field]?.stringValue ?? "")
        }
        let id = entry.body["lot"]?.stringValue ?? entry.body["origin"]?.stringValue ?? ""
        switch entry.kind {
        case "material.received/1":
            try require(lots[id] == nil, "\(id) was received twice")
            lots[id] = try amount()
        case "batch.material-consumed/1", "material.destroyed/1", "material.returned/1",
            "sample.taken/1":
            guard let left = lots[id] else {
                return try require(entry.kind == "sample.taken/1", "\(id) was not received")
            }
            let rest = try left.subtracting(try amount())
            try require(!rest.value.isNegative, "more of \(id) was used than there was")
            lots[id] = rest
            if entry.kind == "batch.material-consumed/1" {
                uses[entry.index] = (id, try amount())
            }
        case "testing.result-recorded/1", "bank.test-recorded/1", "material.tested/1",
            "study.result-recorded/1", "cytometry.result-recorded/1", "material.prepared/1",
            "testing.invalid-run-recorded/1":
            let isMade = entry.kind == "material.prepared/1"
            if isMade {
                try require(lots[id] == nil, "\(id) was made twice")
                lots[id] = try amount()
            }
            for use in entry.body[isMade ? "ingredients" : "reagents"]?.arrayValue ?? [] {
                guard let text = use["quantity"]?.stringValue,
                    let id = use["lot"]?.stringValue, let left = lots[id]
                else { continue }
                let rest = try left.subtracting(try Quantity(text))
                try require(!rest.value.isNegative, "more of \(id) was used than there was")
                lots[id] = rest
            }
        case "entry.corrected/1":
            guard let fact = try entry.fact().0 as? EntryCorrected, fact.field == "quantity",
                let use = uses[UInt64(fact.entry)]
            else { return }
            let used = try Quantity(fact.value)
            let left = try lots[use.lot]?.adding(use.quantity).subtracting(used)
            try require(
                left?.value.isNegative == false, "more of \(use.lot) was used than there was")
            lots[use.lot] = left
            uses[UInt64(fact.entry)] = (use.lot, used)
        case "material.counted/1": lots[id] = try amount("counted")
        default: break
        }
    }

    /// Where a container is.
    private enum Place: String {
        case stored, consumed, sampled, destroyed, shipped, received, returned, administered
    }

    /// Where every container is, entry by entry: it is made once and leaves once.
    private static func move(
        _ entry: LedgerEntry, _ places: inout [String: Place],
        _ shipments: inout [String: [String]]
    ) throws {
        func go(_ field: String, _ to: Place, from allowed: Set<Place>) throws {
            let body = entry.body[field]
            let ids = body?.arrayValue?.compactMap(\.stringValue) ?? [body?.stringValue ?? ""]
            for id in ids {
                guard let place = places[id] else { throw Broken("there is no container \(id)") }
                try require(
                    allowed.contains(place),
                    "\(id) was \(to.rawValue) when it was \(place.rawValue) (\(entry.index))")
                places[id] = to
            }
        }
        func make(_ field: String) throws {
            let body = entry.body[field]
            for id in body?.arrayValue?.compactMap(\.stringValue) ?? [body?.stringValue ?? ""] {
                try require(places[id] == nil, "\(id) was made twice")
                places[id] = .stored
            }
        }
        switch entry.kind {
        case "donation.received/1": try make("container")
        case "batch.bank-filled/1", "batch.doses-filled/1", "bank.received/1":
            try make("containers")
        case "batch.container-used/1": try go("container", .consumed, from: [.stored])
        case "sample.taken/1":
            let origin = entry.body["origin"]?.stringValue ?? ""
            if places[origin] != nil { try go("origin", .sampled, from: [.stored]) }
        case "container.destroyed/1":
            // What a hospital does not give is destroyed there.
            try go("containers", .destroyed, from: [.stored, .received, .returned])
        case "shipment.dispatched/1":
            try go("containers", .shipped, from: [.stored])
            shipments[entry.body["shipment"]?.stringValue ?? ""] =
                entry.body["containers"]?.arrayValue?.compactMap(\.stringValue)
        case "shipment.received/1":
            // What came back before it was received stays returned.
            let sent = shipments[entry.body["shipment"]?.stringValue ?? ""] ?? []
            for id in sent where places[id] == .shipped { places[id] = .received }
        case "shipment.containers-returned/1":
            try go("containers", .returned, from: [.shipped, .received])
        case "dose.administered/1": try go("container", .administered, from: [.received])
        default: break
        }
    }

    private static func positionsHoldOneThing(_ state: SiteState) throws {
        for position in state.positions.keys {
            let stored = state.positions[position].flatMap { state.containers[$0] }
            try require(
                stored?.isInStock == true && stored?.place == position,
                "\(position) holds what is not there")
        }
    }
}
