/// What a ledger sends to a witness (c2sp.org/tlog-witness, `add-checkpoint`): the size that the
/// witness stands at, a proof from there, and the new checkpoint.
public struct AddCheckpointRequest: Hashable, Sendable {
    /// Number of entries at which the witness stands.
    public var oldSize: UInt64
    /// Consistency proof from there.
    public var proof: [Digest]
    /// The new checkpoint, signed by the ledger.
    public var checkpoint: SignedNote

    /// A request of its parts.
    public init(oldSize: UInt64, proof: [Digest], checkpoint: SignedNote) {
        self.oldSize = oldSize
        self.proof = proof
        self.checkpoint = checkpoint
    }

    /// Parses the body of a request.
    public init(parsing bytes: some Collection<UInt8>) throws(TLogProofError) {
        let count = bytes.count
        guard count <= TLogProof.bytesMax else {
            throw .tooLong(bytes: count, limit: TLogProof.bytesMax)
        }
        let bytes = Array(bytes)
        guard
            let split = bytes.indices.dropLast().first(where: {
                bytes[$0] == 0x0A && bytes[$0 + 1] == 0x0A
            }), let text = String(validating: bytes[..<split], as: UTF8.self)
        else { throw .malformed(line: 1) }
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false)[...]
        guard let first = lines.popFirst(), first.hasPrefix("old "),
            let size = Checkpoint.treeSize(first.dropFirst(4))
        else { throw .malformed(line: 1) }
        guard lines.count <= InclusionProof.hashesMax else {
            throw .tooManyHashes(lines.count, limit: InclusionProof.hashesMax)
        }
        oldSize = size
        proof = []
        for (position, line) in zip(lines.indices, lines) {
            guard let hash = Digest(base64: line) else { throw .malformed(line: position + 1) }
            proof.append(hash)
        }
        do throws(NoteError) {
            checkpoint = try SignedNote(parsing: bytes[(split + 2)...])
        } catch {
            throw .checkpoint(error)
        }
    }

    /// The body of the request.
    public var bytes: [UInt8] {
        let hashes = proof.map { "\($0.base64)\n" }.joined()
        return Array("old \(oldSize)\n\(hashes)\n".utf8) + checkpoint.bytes
    }
}

extension LedgerReader {
    /// The request that takes a witness from `oldSize` to the newest checkpoint, or nil for a
    /// ledger without entries.
    public func witnessRequest(
        from oldSize: UInt64
    ) async throws(LedgerReadError) -> AddCheckpointRequest? {
        let note: SignedNote?
        do throws(StorageError) {
            note = try await checkpoint()
        } catch {
            throw .storage(error)
        }
        guard let note else { return nil }
        let size: UInt64
        do throws(NoteError) {
            size = try Checkpoint(text: note.text).size
        } catch {
            throw .storage(.damaged(error.message))
        }
        // A ledger shorter than the witness remembers has nothing to prove: the witness says so.
        guard oldSize <= size else {
            return AddCheckpointRequest(oldSize: oldSize, proof: [], checkpoint: note)
        }
        let proof = try await consistencyProof(from: oldSize, to: size)
        return AddCheckpointRequest(oldSize: oldSize, proof: proof.hashes, checkpoint: note)
    }
}
