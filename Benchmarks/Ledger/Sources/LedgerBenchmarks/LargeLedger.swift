import Foundation
import Ledger
import SQLiteLedger

/// A ledger of a million entries of 400 bytes: filling, verifying, proving, and memory.
enum LargeLedger {
    static func run(entries count: Int) async throws {
        let folder = try Folder()
        let signer = try NoteSigner.generate(name: LedgerBenchmarks.origin)
        let storage = try SQLiteLedgerStorage(path: folder.path("ledger.sqlite"))
        var filling = 0.0
        try await LedgerBenchmarks.peakMemory("appending \(count) entries") {
            filling = try await LedgerBenchmarks.seconds {
                let writer = try await LedgerWriter(
                    storage: storage, signer: signer, origin: LedgerBenchmarks.origin)
                for first in stride(from: 0, to: count, by: 1000) {
                    let drafts = (first..<min(count, first + 1000)).map(LedgerBenchmarks.draft)
                    _ = try await writer.submit(drafts).receipt
                }
            }
        }
        print("appending in thousands: \(LedgerBenchmarks.rate(Double(count) / filling))")
        try await verify(storage, signer.verifier, count)
        try await prove(storage, count)
        let opening = try await LedgerBenchmarks.seconds {
            _ = try await LedgerWriter(
                storage: storage, signer: signer, origin: LedgerBenchmarks.origin)
        }
        print("opening the writer again: " + String(format: "%.1f ms", opening * 1000))
    }

    private static func verify(
        _ storage: SQLiteLedgerStorage, _ log: NoteVerifier, _ count: Int
    ) async throws {
        let bytes = try LedgerBenchmarks.draft(0).encoded()
        var hashing: [Double] = []
        var verifying: [Double] = []
        var work: (hash: [Double], verify: [Double]) = ([], [])
        for _ in 0..<3 {
            var before = LedgerBenchmarks.processorSeconds
            hashing.append(
                await LedgerBenchmarks.seconds {
                    for _ in 0..<count { _ = Digest.sha256(of: bytes) }
                })
            work.hash.append(LedgerBenchmarks.processorSeconds - before)
            before = LedgerBenchmarks.processorSeconds
            try await LedgerBenchmarks.peakMemory("verifying \(count) entries") {
                verifying.append(
                    try await LedgerBenchmarks.seconds {
                        let report = try await LedgerVerifier(storage: storage, log: log).verify()
                        guard report.isIntact, report.entryCount == UInt64(count) else {
                            throw CocoaError(.fileReadCorruptFile)
                        }
                    })
            }
            work.verify.append(LedgerBenchmarks.processorSeconds - before)
        }
        let (hash, verify) = (LedgerBenchmarks.median(hashing), LedgerBenchmarks.median(verifying))
        print(
            "verification of \(count) entries: \(LedgerBenchmarks.rate(Double(count) / verify)), bare SHA-256 "
                + "\(LedgerBenchmarks.rate(Double(count) / hash)), ratio "
                + String(format: "%.2f", hash / verify))
        let (hashWork, verifyWork) = (
            LedgerBenchmarks.median(work.hash), LedgerBenchmarks.median(work.verify)
        )
        // What other work on the machine does not disturb; verification uses all processors.
        print(
            "processor time of the two: "
                + String(format: "%.2f s and %.2f s, ratio ", verifyWork, hashWork)
                + String(format: "%.2f", hashWork / verifyWork))
    }

    private static func prove(_ storage: SQLiteLedgerStorage, _ count: Int) async throws {
        var together: [Double] = []
        var oneByOne: [Double] = []
        for round in 0..<LedgerBenchmarks.rounds {
            let indexes = (0..<1000).map { number in
                UInt64((number &* 799_999 &+ round &* 104_729) % count)
            }
            // A new reader each time: nothing is remembered from the round before.
            var reader = LedgerReader(storage: storage)
            together.append(
                try await LedgerBenchmarks.seconds {
                    _ = try await reader.inclusionProofs(of: indexes, in: UInt64(count))
                })
            reader = LedgerReader(storage: storage)
            oneByOne.append(
                try await LedgerBenchmarks.seconds {
                    for index in indexes {
                        _ = try await reader.inclusionProof(of: index, in: UInt64(count))
                    }
                })
        }
        print(
            "1000 inclusion proofs on \(count) entries: together "
                + String(format: "%.1f ms", LedgerBenchmarks.median(together) * 1000)
                + ", one by one "
                + String(format: "%.1f ms", LedgerBenchmarks.median(oneByOne) * 1000))
    }
}
