import ArgumentParser
import Foundation
import Ledger
import Operations

/// `seedlot timestamp`: checkpoints stamped by a time-stamping authority (RFC 3161).
struct TimestampCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "timestamp",
        abstract: "Have checkpoints stamped by a time-stamping authority (RFC 3161).",
        discussion: """
            'request' writes a request beside the checkpoint it is for, in the site's folder \
            'timestamps'; send it to the authority (Content-Type: application/timestamp-query) and \
            give the answer to 'add'. Revocation of certificates is not looked up.
            """,
        subcommands: [
            TimestampRequestCommand.self, TimestampAddCommand.self, TimestampVerifyCommand.self,
        ])

    static func stamps(of folder: SiteFolder) -> StampedCheckpoints {
        StampedCheckpoints(path: folder.url.appending(path: "timestamps").path)
    }
}

/// The authority that is trusted.
struct AuthorityOption: ParsableArguments {
    @Option(help: "The certificate of the authority, as PEM.", completion: .file())
    var authority: String

    func certificates() throws -> [TimeStampCertificate] {
        let bytes = try LedgerFile.read(authority, bytesMax: TimeStampCertificate.bytesMax)
        do throws(TimeStampError) {
            return try TimeStampCertificate.all(pem: bytes)
        } catch {
            throw Complaint(
                "'\(authority)' is no certificate: \(error.message)",
                wayOut: "give the authority's root certificate as PEM")
        }
    }
}

/// `seedlot timestamp request SITE`: a request for the newest checkpoint.
struct TimestampRequestCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "request", abstract: "Write a request for the newest checkpoint.",
        discussion: """
            Prints the path of the request. Asked again before the answer came, it is the same one.

            Example: seedlot timestamp request SITE
            """)

    @OptionGroup var site: SiteArgument
    @OptionGroup var output: FormatOption

    func run() async throws {
        let folder = try SiteDoor.folder(site.site)
        let storage = try SiteDoor.reading(folder)
        try await Complaint.wrapping {
            guard let note = try await LedgerReader(storage: storage).checkpoint() else {
                throw Complaint.unsigned
            }
            let (size, path) = try TimestampCommand.stamps(of: folder).request(
                note, nonce: UInt64.random(in: .min ... .max))
            switch output.format {
            case .text: print(path)
            case .json: print(try Request(checkpoint: size, request: path).printedJSON())
            }
        }
    }
}

extension TimestampRequestCommand {
    private struct Request: Encodable {
        var checkpoint: UInt64
        var request: String
    }
}

/// When a checkpoint was stamped.
private struct Stamp: Encodable {
    var checkpoint: UInt64
    var at: String

    var text: String { "checkpoint \(checkpoint) was stamped at \(at)" }
}

/// `seedlot timestamp add SITE RESPONSE`: keeps an authority's answer.
struct TimestampAddCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add", abstract: "Check an authority's answer and keep it.",
        discussion: """
            Example: seedlot timestamp add SITE 9.tsr --authority root.pem
            """)

    @OptionGroup var site: SiteArgument

    @Argument(help: "The answer, as a file.", completion: .file())
    var response: String

    @OptionGroup var authority: AuthorityOption
    @OptionGroup var output: FormatOption

    func run() async throws {
        let folder = try SiteDoor.folder(site.site)
        let certificates = try authority.certificates()
        let bytes = try LedgerFile.read(response, bytesMax: TimeStampToken.bytesMax)
        try await Complaint.wrapping {
            let kept = try TimestampCommand.stamps(of: folder).keep(
                response: bytes, trusted: certificates)
            let stamp = Stamp(checkpoint: kept.size, at: kept.at)
            print(output.format == .text ? stamp.text : try stamp.printedJSON())
        }
    }
}

/// `seedlot timestamp verify SITE`: checks every stamp, and the ledger against what was stamped.
struct TimestampVerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Check every time stamp, and that the ledger extends what was stamped.",
        discussion: """
            Example: seedlot timestamp verify SITE --authority root.pem
            """)

    @OptionGroup var site: SiteArgument
    @OptionGroup var authority: AuthorityOption
    @OptionGroup var output: FormatOption

    func run() async throws {
        let folder = try SiteDoor.folder(site.site)
        let log = try SiteDoor.verifier(of: folder)
        let certificates = try authority.certificates()
        let storage = try SiteDoor.reading(folder)
        let verified = try await Complaint.wrapping {
            let stamps = try TimestampCommand.stamps(of: folder).verify(
                log: log, trusted: certificates)
            guard !stamps.isEmpty else {
                throw Complaint(
                    "the site has no time stamps yet",
                    wayOut: "'seedlot timestamp request' makes a request for one")
            }
            let report = try await LedgerVerifier(storage: storage, log: log).verify(
                against: stamps.map(\.checkpoint))
            return Verified(
                stamps: stamps.map { Stamp(checkpoint: $0.checkpoint.size, at: $0.at) },
                intact: report.isIntact, findings: report.findings.map(\.description))
        }
        print(output.format == .text ? verified.text : try verified.printedJSON())
        guard verified.intact else { throw ExitCode.failure }
    }

    private struct Verified: Encodable {
        var stamps: [Stamp]
        var intact: Bool
        var findings: [String]

        var text: String {
            let end = intact ? ["the ledger extends every stamped checkpoint"] : findings
            return (stamps.map(\.text) + end).joined(separator: "\n")
        }
    }
}
