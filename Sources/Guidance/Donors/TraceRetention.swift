/// How long records are kept, by the law that asks for it.
public struct TraceRetention: Sendable {
    /// What the records are.
    public let records: String
    /// Where it applies.
    public let jurisdiction: Jurisdiction
    /// Years after the event named in `from`.
    public let years: Int
    /// The event from which the years count.
    public let from: String
    /// The clause it stands in.
    public let clause: String
    /// Whether its source was read.
    public let confirmation: Confirmation

    /// Traceability of an ATMP from donor to patient, with everything in contact with the cells.
    public static let euTraceability = TraceRetention(
        records: "traceability from donor to patient", jurisdiction: .eu, years: 30,
        from: "expiry of the product", clause: "Reg 1394/2007 Art. 15; Annex 2A 4.7",
        confirmation: .confirmed)
    /// Batch documents: the longer of this and `batchDocumentsAfterCertification`.
    public static let batchDocumentsAfterExpiry = TraceRetention(
        records: "batch documents", jurisdiction: .eu, years: 1, from: "expiry of the batch",
        clause: "PIC/S Part I 4.11", confirmation: .confirmed)
    /// Batch documents: the longer of this and `batchDocumentsAfterExpiry`.
    public static let batchDocumentsAfterCertification = TraceRetention(
        records: "batch documents", jurisdiction: .eu, years: 5,
        from: "certification by the Qualified Person", clause: "PIC/S Part I 4.11",
        confirmation: .confirmed)
    /// Batch documents of investigational medicines.
    public static let trialBatchDocuments = TraceRetention(
        records: "batch documents of a trial", jurisdiction: .eu, years: 5,
        from: "end or stop of the last trial in which the batch was used",
        clause: "PIC/S Part I 4.11", confirmation: .confirmed)
    /// Tissue records in the United States.
    public static let unitedStatesTissue = TraceRetention(
        records: "human cells and tissue", jurisdiction: .unitedStates, years: 10,
        from: "administration", clause: "21 CFR 1271.270(d)",
        confirmation: .partly("ten years after creation is read, after administration is not"))

    /// Every period.
    public static let all = [
        euTraceability, batchDocumentsAfterExpiry, batchDocumentsAfterCertification,
        trialBatchDocuments, unitedStatesTissue,
    ]
}
