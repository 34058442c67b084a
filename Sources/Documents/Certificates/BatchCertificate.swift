package import Facility
package import Ledger

/// A batch certificate that carries its own proof.
///
/// Whoever holds the file and the site's public key can check, without the site: that the
/// Qualified Person signed exactly this content, with a key the ledger had announced for them,
/// and that both entries stand in the ledger the site's checkpoint commits to. The proofs are in
/// the public formats c2sp.org/tlog-proof and tlog-checkpoint.
package struct BatchCertificate: Codable, Hashable, Sendable {
    /// The form of the file.
    package static let format = "seedlot.batch-certificate/1"

    package var format: String
    package var content: CertificateContent
    /// The entry that certifies the batch.
    package var certification: ProvenEntry
    /// The entry that announced the certifying person's key.
    package var signerKey: ProvenEntry

    /// A ledger entry with the proof that it stands in the ledger.
    package struct ProvenEntry: Codable, Hashable, Sendable {
        /// The entry's bytes in base64.
        package var entry: String
        /// The proof, as c2sp.org/tlog-proof text.
        package var proof: String

        /// An entry with its proof.
        package init(entry: String, proof: String) {
            self.entry = entry
            self.proof = proof
        }
    }

    /// A certificate of its parts.
    package init(
        content: CertificateContent, certification: ProvenEntry, signerKey: ProvenEntry
    ) {
        format = Self.format
        self.content = content
        self.certification = certification
        self.signerKey = signerKey
    }

    /// The certificate of a certified batch.
    ///
    /// - Parameters:
    ///   - state: the site as it stands.
    ///   - storage: the ledger the state was replayed from.
    package init(
        of id: BatchID, state: SiteState, storage: any LedgerStorageEngine
    ) async throws(CertificateError) {
        let batch: Batch
        do throws(Rejection) {
            batch = try state.batch(id)
        } catch {
            throw .rejected(error)
        }
        guard batch.status == .certified, let certified = batch.disposed,
            let signer = state.people[certified.person]
        else { throw .notCertified(id, batch.status) }
        let content: CertificateContent
        do throws(Rejection) {
            content = try state.certificateContent(of: batch)
        } catch {
            throw .rejected(error)
        }
        format = Self.format
        self.content = content
        let reader = LedgerReader(storage: storage)
        certification = try await Self.proven(certified.entry, by: reader)
        signerKey = try await Self.proven(
            signer.keyEntry(at: certified.entry), by: reader)
    }

    private static func proven(
        _ index: UInt64, by reader: LedgerReader
    ) async throws(CertificateError) -> ProvenEntry {
        let entry: LedgerEntry?
        do throws(StorageError) {
            entry = try await reader.entries(from: index, limit: 1).first
        } catch {
            throw .storage(error)
        }
        guard let entry else { throw .storage(.damaged("entry \(index) is missing")) }
        do throws(LedgerReadError) {
            let proof = try await reader.proof(of: index)
            return ProvenEntry(
                entry: Base64.text(of: entry.bytes),
                proof: String(decoding: proof.bytes, as: UTF8.self))
        } catch {
            throw .proof(error)
        }
    }

    /// Reads a certificate file.
    package init(reading bytes: [UInt8]) throws(CertificateError) {
        guard bytes.count <= Self.fileBytesMax else {
            throw .unreadable("it has \(bytes.count) bytes, at most \(Self.fileBytesMax)")
        }
        let json: JSONValue
        do throws(JSONError) {
            json = try JSONValue(parsing: bytes)
        } catch {
            throw .unreadable(error.message)
        }
        guard json["format"]?.stringValue == Self.format else {
            throw .unreadable("its format is not '\(Self.format)'")
        }
        do {
            self = try json.decoded()
        } catch let error as DecodingError {
            throw .unreadable(Self.explained(error))
        } catch {
            throw .unreadable("\(error)")
        }
    }

    /// What a file lacks, by the path of its members.
    private static func explained(_ error: DecodingError) -> String {
        func place(_ context: DecodingError.Context) -> String {
            let path = context.codingPath.reduce(into: "") { text, key in
                if let index = key.intValue {
                    text += "[\(index)]"
                } else {
                    text += (text.isEmpty ? "" : ".") + key.stringValue
                }
            }
            return path.isEmpty ? "the file" : "'\(path)'"
        }
        switch error {
        case .keyNotFound(let key, let context):
            return "\(place(context)) has no member '\(key.stringValue)'"
        case .typeMismatch(_, let context), .valueNotFound(_, let context),
            .dataCorrupted(let context):
            return "\(place(context)) holds something else than belongs there"
        @unknown default: return "it is not what was written"
        }
    }

    /// Bytes of a certificate file at most: two entries, two proofs and a long list of results.
    package static let fileBytesMax = 1 << 20

    /// The file: canonical JSON, so that the same certificate has the same bytes.
    package func fileBytes() throws -> [UInt8] {
        try JSONValue(encoding: self).canonicalBytes() + [UInt8(ascii: "\n")]
    }
}

/// Why there is no certificate.
package enum CertificateError: Error, Sendable {
    case rejected(Rejection)
    case notCertified(BatchID, BatchStatus)
    case storage(StorageError)
    case proof(LedgerReadError)
    case unreadable(String)
}

extension CertificateError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .rejected(let rejection): rejection.message
        case .notCertified(let batch, let status):
            "batch '\(batch)' is \(status.rawValue), not certified"
        case .storage(let error): error.message
        case .proof(let error): error.message
        case .unreadable(let reason): "this is no batch certificate: \(reason)"
        }
    }
}
