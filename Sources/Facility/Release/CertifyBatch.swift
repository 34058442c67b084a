package import Ledger

/// Certifies a batch of the product: the Qualified Person alone, with a signature.
///
/// EU GMP Part IV §11; Directive 2001/83/EC Art. 51.
package struct CertifyBatch: Command {
    package static let name = "batch.certify"
    package static let summary = "Certify a reviewed batch of the product as Qualified Person."
    package static let permission = Permission.certify
    package static let signature: SignatureMeaning? = .certified
    package static let help = ["batch": "which batch"]

    package var batch: BatchID

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        let batch = try site.batch(batch)
        guard case .product = try site.stage(of: batch).output else {
            throw Rejection(
                "release.not-a-product", "'\(batch.id)' gives a bank, not the product",
                help: "release the bank: bank.release")
        }
        guard batch.status == .reviewed else {
            throw Rejection(
                "release.not-reviewed", "batch '\(batch.id)' is \(batch.status.rawValue)",
                help: "a QA reviewer reviews it first", rule: "release-points")
        }
        try site.requireOthersWork(batch, by: moment.person)
        try site.requireReleasable(batch)
        try site.requireWindowClosed(for: batch)
        try site.requireLabelProven(for: batch)
        try site.requireProcessValidated(for: batch)
        try site.requireTransferred(for: batch)
        try site.requireKnownStock(of: batch)
        try site.requirePoints(of: batch, on: moment.now.date)
        let open = try site.standings(of: batch).filter { $0.verdict == .pending }
        let content = try site.certificateContent(of: batch)
        let digest: Digest
        do {
            digest = try content.digest()
        } catch {
            throw Rejection("release.content", "the certificate cannot be written: \(error)")
        }
        return [
            BatchCertified(
                batch: batch.id, content: digest, openTests: open.map(\.test.id))
        ]
    }
}

/// A batch was certified.
package struct BatchCertified: Fact {
    package static let kind = "batch.certified/1"
    package var batch: BatchID
    /// SHA-256 of the canonical certificate content.
    package var content: Digest
    /// Tests whose results are authorised to come in a second stage.
    package var openTests: [String]

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        guard let outputs = site.batches[batch]?.outputs else { return }
        site.batches[batch]?.status = .certified
        site.batches[batch]?.disposed = stamp
        if !openTests.isEmpty {
            site.batches[batch]?.firstStage = stamp
            site.batches[batch]?.openTests = openTests
        }
        for container in outputs { site.release(container, at: stamp) }
    }
}

/// Rejects a batch: its containers never leave quarantine.
package struct RejectBatch: Command {
    package static let name = "batch.reject"
    package static let summary = "Reject a batch: its containers never leave quarantine."
    package static let permission = Permission.review
    package static let signature: SignatureMeaning? = .rejected
    package static let help = ["batch": "which batch", "reason": "why"]

    package var batch: BatchID
    package var reason: String

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        let batch = try site.batch(batch)
        try requireText(reason, "reason")
        guard !batch.status.isFinal else {
            throw Rejection("batch.final", "batch '\(batch.id)' is \(batch.status.rawValue)")
        }
        return [BatchRejected(batch: batch.id, reason: reason)]
    }
}

/// A batch was rejected.
package struct BatchRejected: Fact {
    package static let kind = "batch.rejected/1"
    package var batch: BatchID
    package var reason: String

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        site.batches[batch]?.status = .rejected
        site.lose(batch, for: reason, at: stamp)
    }
}
