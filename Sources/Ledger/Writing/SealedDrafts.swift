/// The drafts of one submit as entries, with their leaf hashes.
struct SealedDrafts {
    /// An instant with the text it was read from.
    struct Recorded {
        let instant: LedgerInstant
        let text: String

        /// What `text` says, which stands in `recorded` of the draft at `position`.
        init(_ text: String, position: Int) throws(WriterError) {
            guard let instant = LedgerInstant(rfc3339: text) else {
                throw .entry(
                    .malformedInstant(member: "recorded", value: text), position: position)
            }
            self.instant = instant
            self.text = text
        }
    }

    private(set) var entries: [(bytes: [UInt8], leafHash: Digest)] = []
    /// Bytes of all entries together.
    private(set) var byteCount = 0
    let firstRecorded: Recorded
    private(set) var lastRecorded: Recorded

    /// Seals `drafts`; nothing of them is queued.
    ///
    /// - Throws: `WriterError` when they cannot be entries of one commit.
    init(_ drafts: [EntryDraft]) throws(WriterError) {
        guard !drafts.isEmpty else { throw .nothingToAppend }
        guard drafts.count <= LedgerWriter.commitEntriesMax else {
            throw .tooManyEntries(drafts.count, limit: LedgerWriter.commitEntriesMax)
        }
        entries.reserveCapacity(drafts.count)
        firstRecorded = try Recorded(drafts[0].recorded, position: 0)
        lastRecorded = firstRecorded
        for position in drafts.indices {
            let bytes: [UInt8]
            do throws(EntryError) {
                bytes = try drafts[position].encoded()
            } catch {
                throw .entry(error, position: position)
            }
            byteCount += bytes.count
            entries.append((bytes, MerkleTree.leafHash(bytes)))
            guard position > 0 else { continue }
            let recorded = try Recorded(drafts[position].recorded, position: position)
            guard lastRecorded.instant <= recorded.instant else {
                throw .clockSetBack(recorded: recorded.text, before: lastRecorded.text)
            }
            lastRecorded = recorded
        }
        guard byteCount <= LedgerWriter.commitBytesMax else {
            throw .tooLarge(bytes: byteCount, limit: LedgerWriter.commitBytesMax)
        }
    }
}
