import Facility
import Foundation
import Ledger
import Operations
import SQLiteLedger

/// The start-up of a large site, and whole traces in it.
///
/// 20,000 batches make 250,000 vials out of 200,000 lots: ten lots arrive for a batch, which uses 31
/// of the lots so far and two vials of earlier batches. With the vials filled that is 910,000 edges
/// and 1.02 million facts.
///
/// The facts are written as a ledger would hold them. They were not decided: a benchmark of reading
/// does not need the hours that deciding a decade would take.
enum LargeSite {
    static func report(batches: Int) async throws {
        let bench = try Bench()
        defer { bench.remove() }
        let writer = try await LedgerWriter(
            storage: bench.storage, signer: try bench.folder.signer(),
            origin: bench.folder.profile.origin)
        var facts = Facts()
        let (_, seconds) = try await timed {
            var pending: [PendingAppend] = []
            while facts.batches < batches {
                pending.append(try writer.submit(facts.next()))
                if pending.count == 64 {
                    for append in pending { _ = try await append.receipt }
                    pending = []
                }
            }
            for append in pending { _ = try await append.receipt }
        }
        print(
            "a site of \(facts.written) facts: \(facts.lots) lots, \(facts.batches) batches, "
                + "\(facts.vials) vials, written in \(text(seconds, 1)) s")
        let state = try await bench.reportStart(UInt64(facts.written))
        print("\(state.genealogy.nodeCount) things, \(state.genealogy.edgeCount) edges")
        try reportTraces(in: state, facts)
    }

    /// What `seedlot trace` does for a dose filled last and for a lot received first.
    private static func reportTraces(in state: SiteState, _ facts: Facts) throws {
        for (name, id) in [("the last vial", "B-\(facts.batches)-1"), ("the first lot", "L-1")] {
            let clock = ContinuousClock()
            var (back, forward) = (0, 0)
            let whole = clock.measure {
                back = state.genealogy.trace(from: id, .back).count
                forward = state.genealogy.trace(from: id, .forward).count
            }
            var described = 0
            let words = try clock.measure { described = try state.trace(id).forward.count }
            func milliseconds(_ time: Duration) -> String {
                text(
                    Double(time.components.attoseconds) / 1e15
                        + Double(time.components.seconds) * 1e3, 2)
            }
            print(
                "\(name): \(back) back and \(forward) forward in \(milliseconds(whole)) ms; with "
                    + "every thing described (\(described) forward) \(milliseconds(words)) ms")
        }
    }

    private struct Facts {
        var written = 0
        var lots = 0
        var batches = 0
        var vials = 0
        private let start = Timestamp("2026-01-05T08:00:00Z")!
        private var generator = SplitMix(state: 7)

        /// A batch with the lots that arrive for it, its steps and its vials.
        mutating func next() -> [EntryDraft] {
            batches += 1
            let batch = "B-\(batches)"
            var drafts: [EntryDraft] = []
            for _ in 0..<10 {
                lots += 1
                drafts.append(
                    draft(
                        "material.received/1",
                        [
                            "lot": .string("L-\(lots)"), "material": "medium",
                            "supplier": "supplier", "supplierLot": .string("S\(lots % 97)"),
                            "expiry": "2029-12-31", "quantity": "1000 mL",
                        ], drafts.count))
            }
            drafts.append(
                draft(
                    "batch.opened/1",
                    ["batch": .string(batch), "definition": "BENCH-1", "stage": "banking"],
                    drafts.count))
            var used: Set<Int> = []
            while used.count < min(31, lots) {
                used.insert(Int.random(in: 1...lots, using: &generator))
            }
            let shares = used.sorted()
            for step in 0..<3 {
                let name = "step-\(step)"
                drafts.append(
                    draft(
                        "batch.step-started/1", ["batch": .string(batch), "step": .string(name)],
                        drafts.count))
                if step == 0, batches > 1 {
                    let sources = Set(
                        (0..<2).map { _ in Int.random(in: 1..<batches, using: &generator) })
                    for source in sources.sorted() {
                        drafts.append(
                            draft(
                                "batch.container-used/1",
                                [
                                    "batch": .string(batch), "step": .string(name),
                                    "container": .string("B-\(source)-\(source % 12 + 1)"),
                                ], drafts.count))
                    }
                }
                for lot in shares where lot % 3 == step {
                    drafts.append(
                        draft(
                            "batch.material-consumed/1",
                            [
                                "batch": .string(batch), "step": .string(name),
                                "lot": .string("L-\(lot)"), "quantity": "100 mL",
                            ], drafts.count))
                }
                drafts.append(
                    draft(
                        "batch.step-completed/1",
                        ["batch": .string(batch), "step": .string(name)], drafts.count))
            }
            let filled = (1...(12 + batches % 2)).map { JSONValue.string("\(batch)-\($0)") }
            vials += filled.count
            drafts.append(
                draft(
                    "batch.doses-filled/1",
                    [
                        "batch": .string(batch), "step": "step-2", "containers": .array(filled),
                        "cells": "5e7 cells", "place": "LN2-1", "expires": "2028-12-31",
                    ], drafts.count))
            written += drafts.count
            return drafts
        }

        private func draft(_ kind: String, _ body: JSONValue, _ offset: Int) -> EntryDraft {
            let at = start.advanced(bySeconds: Int64(batches) * 60).description
            return EntryDraft(
                kind: kind, body: body, at: at, recorded: at, by: "operator-1",
                command: "c-\(written + offset)")
        }
    }
}

/// SplitMix64: the same site in every run.
private struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
