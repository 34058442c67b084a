package import Facility
package import Planner
package import ProductDefinition

/// The passages and ends of batches in a site's records.
package struct SiteRecords {
    /// Passages with a count at both ends.
    package private(set) var passages: [PassageRecord] = []
    /// Batches that came to their end.
    package private(set) var outcomes: [RecordedBatch] = []

    /// The records of `state`, with the passages as `definition` numbers them.
    package init(_ state: SiteState, _ definition: Definition) {
        for id in state.batches.keys.sorted() {
            guard let batch = state.batches[id] else { continue }
            let donors = state.donors(behind: id.text).sorted()
            let donor = donors.isEmpty ? "unknown" : donors.joined(separator: " + ")
            let numbers = Self.passageNumbers(of: batch.stage, in: definition)
            for (place, passage) in state.growth(of: batch).passages.enumerated() {
                guard let time = passage.doublingTime else { continue }
                passages.append(
                    PassageRecord(
                        donor: donor, batch: id.text,
                        passage: place < numbers.count ? numbers[place] : numbers.last ?? 1,
                        doublingTime: time))
            }
            switch batch.status {
            case .certified, .released, .rejected, .aborted:
                outcomes.append(
                    RecordedBatch(
                        batch: id.text, madeBank: batch.bank != nil,
                        isReleased: batch.status.isAnsweredFor))
            case .open, .completed, .reviewed, .pooled: continue
            }
        }
    }

    /// The passages of the cultures of a stage that begin with a count; an outgrowth has none.
    private static func passageNumbers(
        of stage: String, in definition: Definition
    ) -> [Int] {
        (definition.stage(id: stage)?.operations ?? [])
            .filter { $0.kind.value == .culture && $0.yield == nil }
            .map { $0.passage?.value ?? 1 }
    }
}
