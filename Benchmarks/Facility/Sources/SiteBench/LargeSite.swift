import Facility
import Foundation
import Ledger
import Operations
import SQLiteLedger

/// The start-up of a site with many facts: lots received and consumed in batches that fill vials.
///
/// The facts are written as a ledger would hold them. They were not decided: a benchmark of reading
/// does not need the hours that deciding a decade would take.
enum LargeSite {
    static func report(facts: Int) async throws {
        let bench = try Bench()
        defer { bench.remove() }
        let writer = try await LedgerWriter(
            storage: bench.storage, signer: try bench.folder.signer(),
            origin: bench.folder.profile.origin)
        var facts = Facts(limit: facts)
        let (_, seconds) = try await timed {
            var pending: [PendingAppend] = []
            while let drafts = try facts.next() {
                pending.append(try writer.submit(drafts))
                if pending.count == 8 {
                    for append in pending { _ = try await append.receipt }
                    pending = []
                }
            }
            for append in pending { _ = try await append.receipt }
        }
        print(
            "a site of \(facts.written) facts: \(facts.lots) lots, \(facts.batches) batches, "
                + "\(facts.vials) vials, written in \(text(seconds, 1)) s")
        try await bench.reportStart(UInt64(facts.written))
    }

    private struct Facts {
        let limit: Int
        var written = 0
        var lots = 0
        var batches = 0
        var vials = 0
        private let start = Timestamp("2026-01-05T08:00:00Z")!

        init(limit: Int) { self.limit = limit }

        /// A batch with its four lots, its steps and twelve vials.
        mutating func next() throws -> [EntryDraft]? {
            guard written < limit else { return nil }
            batches += 1
            let batch = "B-\(batches)"
            var drafts: [EntryDraft] = []
            for _ in 0..<4 {
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
            for step in 0..<3 {
                let step = "step-\(step)"
                drafts.append(
                    draft(
                        "batch.step-started/1", ["batch": .string(batch), "step": .string(step)],
                        drafts.count))
                for lot in (lots - 3)...lots {
                    drafts.append(
                        draft(
                            "batch.material-consumed/1",
                            [
                                "batch": .string(batch), "step": .string(step),
                                "lot": .string("L-\(lot)"), "quantity": "100 mL",
                            ], drafts.count))
                }
                drafts.append(
                    draft(
                        "batch.step-completed/1",
                        ["batch": .string(batch), "step": .string(step)], drafts.count))
            }
            let filled = (1...12).map { JSONValue.string("\(batch)-\($0)") }
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
