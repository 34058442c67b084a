package import Facility
package import Ledger

/// The papers a site gives out.
package enum SitePaper: String, CaseIterable, Sendable {
    case certificateOfAnalysis = "certificate-of-analysis"
    case batchCertificate = "batch-certificate"
    case batchRecord = "batch-record"
    case deviationReport = "deviation-report"
    case traceReport = "trace-report"
    case labelRecord = "label-record"
    case qualityReview = "quality-review"

    /// What it is called.
    package var title: String {
        switch self {
        case .certificateOfAnalysis: "Certificate of analysis"
        case .batchCertificate: "Batch certificate"
        case .batchRecord: "Executed batch record"
        case .deviationReport: "Deviation report"
        case .traceReport: "Trace report"
        case .labelRecord: "Label record"
        case .qualityReview: "Product quality review"
        }
    }

    /// Makes this paper of `id`.
    ///
    /// - Parameters:
    ///   - publicKey: the key that the site's checkpoints are verified with.
    ///   - converter: draws the codes of the papers that carry some.
    package func make(
        of id: String, state: SiteState, origin: String, publicKey: String,
        storage: any LedgerStorageEngine, by converter: Converter
    ) async throws(PaperError) -> Paper {
        do {
            switch self {
            case .certificateOfAnalysis, .batchRecord, .labelRecord, .batchCertificate:
                guard let number = BatchID(id) else { throw PaperError.noIdentifier(id) }
                let batch = try state.batch(number)
                let source = try await PaperSource(
                    state: state, origin: origin, stamps: batch.stamps(in: state),
                    storage: storage)
                switch self {
                case .certificateOfAnalysis: return try source.certificateOfAnalysis(of: batch)
                case .batchRecord: return try source.batchRecord(of: batch)
                case .labelRecord: return try source.labelRecord(of: batch)
                default:
                    let certificate = try await BatchCertificate(
                        of: number, state: state, storage: storage)
                    return try source.batchCertificate(
                        of: batch, certificate, publicKey: publicKey, by: converter)
                }
            case .deviationReport:
                guard let number = DeviationID(id) else { throw PaperError.noIdentifier(id) }
                let deviation = try state.deviation(number)
                let source = try await PaperSource(
                    state: state, origin: origin, stamps: deviation.stamps(in: state),
                    storage: storage)
                return source.deviationReport(of: deviation)
            case .traceReport:
                let trace = try state.trace(id)
                let source = try await PaperSource(
                    state: state, origin: origin, stamps: [], storage: storage)
                return try source.traceReport(of: trace)
            case .qualityReview:
                guard let period = ReviewedPeriod(id) else { throw PaperError.noPeriod(id) }
                let review = try state.qualityReview(
                    of: period.product, from: period.from, to: period.to)
                let source = try await PaperSource(
                    state: state, origin: origin,
                    stamps: state.approvals(of: review).map(\.stamp), storage: storage)
                return try source.qualityReview(review)
            }
        } catch let error as PaperError {
            throw error
        } catch let rejection as Rejection {
            throw .rejected(rejection)
        } catch let error as CertificateError {
            throw .certificate(error)
        } catch let error as ConversionError {
            throw .conversion(error)
        } catch {
            throw .unreadable("\(error)")
        }
    }
}

/// Why there is no such paper.
package enum PaperError: Error, Sendable {
    case noIdentifier(String)
    case noPeriod(String)
    case rejected(Rejection)
    case certificate(CertificateError)
    case conversion(ConversionError)
    case unreadable(String)

    /// A stable code.
    package var code: String {
        switch self {
        case .noIdentifier: "paper.no-identifier"
        case .noPeriod: "paper.no-period"
        case .rejected(let rejection): rejection.code
        case .certificate: "paper.no-certificate"
        case .conversion(let error): error.code
        case .unreadable: "paper.ledger-unreadable"
        }
    }

    /// What is the case; lower case, no full stop.
    package var message: String {
        switch self {
        case .noIdentifier(let text): "'\(text.prefix(80))' is no identifier"
        case .noPeriod(let text): "'\(text.prefix(80))' names no product with a period"
        case .rejected(let rejection): rejection.message
        case .certificate(let error): "\(error)"
        case .conversion(let error): error.message
        case .unreadable(let reason): reason
        }
    }

    /// The way out.
    package var help: String? {
        switch self {
        case .noIdentifier: "use letters, digits and - . _"
        case .noPeriod: "write it as PRODUCT.2026-01-01.2026-12-31"
        case .rejected(let rejection): rejection.help
        case .certificate(.notCertified): "a Qualified Person certifies the batch first"
        case .certificate, .unreadable: nil
        case .conversion(let error): error.help
        }
    }
}
