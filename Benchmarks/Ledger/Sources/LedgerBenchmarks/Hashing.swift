import Foundation
import Ledger

/// The tree alone, beside implementations in other languages (`merkle.py`, `sumdb/main.go`).
enum Hashing {
    static func merkle() {
        let count = 100_000
        var times: [Double] = []
        var root = MerkleTree.emptyRoot
        for _ in 0..<LedgerBenchmarks.rounds {
            let entries = (0..<count).map { Array(#"{"seq":\#($0),"act":"entry \#($0)"}"#.utf8) }
            let start = ContinuousClock.now
            var frontier = MerkleFrontier()
            for entry in entries { frontier.append(MerkleTree.leafHash(entry)) }
            root = frontier.root
            let elapsed = ContinuousClock.now - start
            times.append(Double(elapsed.components.attoseconds) * 1e-18)
        }
        print(
            "append and root of \(count) entries: "
                + String(format: "%.3f s", LedgerBenchmarks.median(times)) + ", root \(root.base64)"
        )
    }
}
