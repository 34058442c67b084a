import Guidance
package import Ledger
import Quantities

/// What a batch certificate says: the batch, its results and its deviations, as they stood when
/// the Qualified Person signed.
///
/// The certification fact holds the digest of these canonical bytes, so that the printed
/// certificate is bound to the signature and to the ledger.
package struct CertificateContent: Codable, Hashable, Sendable {
    package var site: String
    package var batch: String
    package var product: String
    package var productVersion: String
    package var definition: String
    package var phase: String
    package var containers: Int
    package var firstContainer: String
    package var lastContainer: String
    package var cellsPerContainer: String
    package var storage: String?
    package var filled: String
    package var expires: String?
    package var specification: String
    package var results: [Line]
    package var deviations: [ClosedDeviation]
    /// How each certification point was answered.
    package var points: [Point]
    /// Tests whose results are authorised to come after certification.
    package var openTests: [String]

    /// One certification point.
    package struct Point: Codable, Hashable, Sendable {
        package var clause: String
        package var point: String
        /// `records`, or what the Qualified Person said.
        package var answer: String
    }

    /// One line of the specification with its result.
    package struct Line: Codable, Hashable, Sendable {
        package var attribute: String
        package var category: String
        package var criterion: String
        package var result: String
        package var verdict: TestStanding.Verdict
        package var reference: String
    }

    /// A deviation of the batch, closed before certification.
    package struct ClosedDeviation: Codable, Hashable, Sendable {
        package var id: String
        package var description: String
        package var impact: String
        package var disposition: String
    }

    /// SHA-256 of the canonical JSON of this content.
    package func digest() throws -> Digest {
        Digest.sha256(of: try JSONValue(encoding: self).canonicalBytes())
    }
}

extension SiteState {
    /// The content of the certificate of a completed product batch: as it stands now, or as it
    /// stood when the batch was certified.
    package func certificateContent(of current: Batch) throws(Rejection) -> CertificateContent {
        let certified = current.status == .certified ? current.disposed?.entry ?? .max : .max
        var batch = current
        batch.results.removeAll { $0.stamp.entry >= certified }
        let master = try master(batch.master)
        let containers = batch.outputs.compactMap { self.containers[$0] }
        guard let first = containers.first, let last = containers.last,
            let specification = try specification(for: batch)
        else {
            throw Rejection(
                "release.nothing-to-certify",
                "batch '\(batch.id)' has no filled containers or no specification")
        }
        let lines = try standings(of: batch).map { standing in
            CertificateContent.Line(
                attribute: standing.test.attribute, category: standing.test.category,
                criterion: standing.test.criterion.description,
                result: standing.inForce?.observation.description ?? "",
                verdict: standing.verdict,
                reference: standing.inForce?.reference ?? "")
        }
        var closed: [CertificateContent.ClosedDeviation] = []
        for deviation in batch.deviations.compactMap({ deviations[$0] }) {
            guard let closure = deviation.closure, closure.stamp.entry < certified else { continue }
            closed.append(
                CertificateContent.ClosedDeviation(
                    id: deviation.id.text, description: deviation.description,
                    impact: closure.impact, disposition: closure.disposition.rawValue))
        }
        return CertificateContent(
            site: name ?? "", batch: batch.id.text, product: master.product.name,
            productVersion: master.product.version, definition: master.id.text,
            phase: master.product.phase, containers: containers.count,
            firstContainer: first.id.text, lastContainer: last.id.text,
            cellsPerContainer: first.cells?.description ?? "", storage: master.product.storage,
            filled: first.created.happened.date.description,
            expires: first.expires?.description, specification: specification.name,
            results: lines, deviations: closed, points: answers(for: batch),
            openTests: try standings(of: batch).filter { $0.verdict == .pending }.map(\.test.id))
    }

    private func answers(for batch: Batch) -> [CertificateContent.Point] {
        QPCertificationPoint.all.map { point in
            let said = batch.points.last { $0.clause == point.clause }
            return .init(
                clause: point.clause, point: point.point, answer: said?.evidence ?? "records")
        }
    }
}
