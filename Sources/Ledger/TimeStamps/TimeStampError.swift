/// Why a time stamp, or a certificate under one, is not accepted.
public enum TimeStampError: LedgerFault, Equatable {
    /// Longer than the limit, in bytes.
    case tooLong(bytes: Int, limit: Int)
    /// Not the DER that the format asks for, at the part named.
    case malformed(String)
    /// The authority refused the request, with the status given.
    case refused(status: Int)
    /// An algorithm or form that is not supported.
    case unsupported(String)
    /// It stamps other content.
    case otherContent
    /// It answers another request.
    case otherNonce
    /// The response and the given certificates do not hold the signer's.
    case missingCertificate
    /// A digest or signature inside it does not fit, at the part named.
    case wrongSignature(String)
    /// The signer's certificate is not for time stamps.
    case wrongPurpose
    /// No chain leads from the signer to a trusted certificate.
    case untrusted
    /// A certificate was not valid when the stamp was made.
    case outsideValidity(String)

    /// `time-stamp-…`.
    public var code: String {
        switch self {
        case .tooLong: "time-stamp-too-long"
        case .malformed: "time-stamp-malformed"
        case .refused: "time-stamp-refused"
        case .unsupported: "time-stamp-unsupported"
        case .otherContent: "time-stamp-other-content"
        case .otherNonce: "time-stamp-other-request"
        case .missingCertificate: "time-stamp-missing-certificate"
        case .wrongSignature: "time-stamp-wrong-signature"
        case .wrongPurpose: "time-stamp-wrong-purpose"
        case .untrusted: "time-stamp-untrusted"
        case .outsideValidity: "time-stamp-outside-validity"
        }
    }

    /// What is the matter.
    public var message: String {
        switch self {
        case .tooLong(let bytes, let limit): "it has \(bytes) bytes, the limit is \(limit)"
        case .malformed(let part): "it is not a time stamp: \(part) is malformed"
        case .refused(let status): "the authority refused the request with status \(status)"
        case .unsupported(let what): "\(what) is not supported"
        case .otherContent: "the time stamp is of other content"
        case .otherNonce: "the time stamp answers another request"
        case .missingCertificate: "the certificate of the signer is not there"
        case .wrongSignature(let part): "\(part) does not fit"
        case .wrongPurpose: "the signer's certificate is not for time stamps alone"
        case .untrusted: "no chain leads from the signer to a trusted certificate"
        case .outsideValidity(let at): "a certificate was not valid at \(at)"
        }
    }

    /// What one can do about it.
    public var help: String {
        switch self {
        case .refused: "ask the authority, or use another"
        case .unsupported: "check it with 'openssl ts -verify'"
        case .otherContent, .otherNonce: "give the response to this request"
        case .missingCertificate: "ask for the certificate with the request, or give it beside"
        case .untrusted: "give the authority's root certificate"
        default: "ask the authority for a new time stamp"
        }
    }
}
