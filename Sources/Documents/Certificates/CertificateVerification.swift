import Facility
package import Ledger

/// What an offline check of a batch certificate found, point by point.
package struct CertificateVerification: Codable, Hashable, Sendable {
    /// The points, in the order they were checked. A point whose ground is missing is absent.
    package var points: [Point]
    /// The printed name the certificate was signed under, when the signature holds.
    package var signedBy: String?
    /// When it was signed.
    package var signedAt: String?

    /// True when every point holds and none was left out.
    package var isValid: Bool { points.count == Check.allCases.count && points.allSatisfy(\.holds) }

    /// One point of the check.
    package struct Point: Codable, Hashable, Sendable {
        package var check: Check
        package var holds: Bool
        /// What was compared; for a point that does not hold, what is wrong.
        package var detail: String
    }

    /// What is checked.
    package enum Check: String, Codable, CaseIterable, Sendable {
        /// The certifying entry stands in the ledger the signed checkpoint commits to.
        case certificationInLedger = "certification-in-ledger"
        /// The entry that announced the signer's key stands in the same ledger.
        case keyInLedger = "key-in-ledger"
        /// The content is the one whose digest the entry holds.
        case content
        /// The entry certifies the batch the content names.
        case batch
        /// The signature is valid under the announced key and means 'certified'.
        case signature

        package var title: String {
            switch self {
            case .certificationInLedger: "the certification stands in the site's ledger"
            case .keyInLedger: "the signer's key stands in the site's ledger"
            case .content: "the content is what was signed"
            case .batch: "the certification is of this batch"
            case .signature: "the Qualified Person's signature is valid"
            }
        }
    }
}

extension BatchCertificate {
    /// Checks this certificate with nothing but the site's public key.
    package func verify(with key: NoteVerifier) -> CertificateVerification {
        var result = CertificateVerification(points: [])
        func record(
            _ check: CertificateVerification.Check, _ holds: Bool, _ detail: String
        ) {
            result.points.append(.init(check: check, holds: holds, detail: detail))
        }

        var entries: [LedgerEntry] = []
        for (check, proven) in [
            (.certificationInLedger, certification), (.keyInLedger, signerKey),
        ] as [(CertificateVerification.Check, ProvenEntry)] {
            do {
                let (entry, checkpoint) = try proven.verified(with: key)
                entries.append(entry)
                record(
                    check, true,
                    "entry \(entry.index) under the checkpoint of \(checkpoint.size) entries")
            } catch {
                record(check, false, "\(error)")
            }
        }
        guard entries.count == 2 else { return result }
        let (certifying, announcing) = (entries[0], entries[1])

        let digest = (try? content.digest().hex) ?? ""
        let signed = certifying.body["content"]?.stringValue ?? ""
        record(.content, digest == signed, "SHA-256 \(digest), signed \(signed)")

        let batch = certifying.body["batch"]?.stringValue ?? ""
        record(
            .batch, certifying.kind == BatchCertified.kind && batch == content.batch,
            "entry of kind '\(certifying.kind)' on '\(batch)'")

        let notice = announcing.draft.keys.first {
            $0.change == .issued && $0.person == certifying.draft.by
        }
        guard let notice,
            let signature = certifying.draft.signatures.first(where: {
                $0.person == certifying.draft.by && $0.meaning == .certified
            })
        else {
            record(.signature, false, "no signature of '\(certifying.draft.by)' or no key for it")
            return result
        }
        let holds =
            signature.record == certifying.draft.recordDigest && signature.isValid(by: notice.key)
        record(
            .signature, holds,
            "\(signature.printedName), \(signature.meaning.rawValue) at \(signature.at), "
                + "key \(signature.keyID)")
        if holds { (result.signedBy, result.signedAt) = (signature.printedName, signature.at) }
        return result
    }
}

extension BatchCertificate.ProvenEntry {
    /// The entry and the checkpoint it stands under, once signature and inclusion hold.
    func verified(with key: NoteVerifier) throws -> (LedgerEntry, Checkpoint) {
        guard let bytes = Base64.bytes(of: entry) else {
            throw CertificateError.unreadable("the entry is no base64")
        }
        let proof = try TLogProof(parsing: proof.utf8)
        let checkpoint = try proof.verify(entry: bytes, log: key)
        return (try LedgerEntry(index: proof.index, bytes: bytes), checkpoint)
    }
}
