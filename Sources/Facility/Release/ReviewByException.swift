/// What a reviewer of a batch looks at first: what was not as planned, and how the points of the
/// certification stand.
package struct ReviewByException: Codable, Hashable, Sendable {
    package var batch: String
    package var status: String
    package var exceptions: [BatchException]
    package var points: [CertificationPoint]
}

extension SiteState {
    /// The review by exception of `id`, its points answered as of the day the batch was disposed,
    /// completed or opened.
    /// - Throws: when there is no such batch.
    package func review(of id: BatchID) throws(Rejection) -> ReviewByException {
        let batch = try batch(id)
        let day = (batch.disposed ?? batch.completed ?? batch.opened).happened.date
        return ReviewByException(
            batch: id.text, status: batch.status.rawValue, exceptions: exceptions(of: batch),
            points: try certificationPoints(of: batch, on: day))
    }
}
