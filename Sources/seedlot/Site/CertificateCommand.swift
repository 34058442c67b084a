import ArgumentParser
import Documents
import Facility
import Foundation
import Operations

/// `seedlot certificate SITE BATCH`: the certificate of a batch, with its proof.
struct CertificateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "certificate",
        abstract: "Write the certificate of a batch, with the proof that anyone can check.")

    @OptionGroup var site: SiteArgument

    @Argument(help: "The batch.")
    var batch: String

    @Option(name: .shortAndLong, help: "Where to write the certificate file.", completion: .file())
    var output: String?

    @OptionGroup var format: FormatOption

    func run() async throws {
        guard let batch = BatchID(batch) else {
            throw Complaint.misuse("'\(batch)' is no identifier")
        }
        let folder = try SiteDoor.folder(site.site)
        let state = try await SiteDoor.state(of: folder)
        let storage = try SiteDoor.reading(folder)
        let certificate: BatchCertificate
        do throws(CertificateError) {
            certificate = try await BatchCertificate(
                of: batch, state: state, storage: storage)
        } catch {
            throw Complaint("\(error)")
        }
        let bytes = try certificate.fileBytes()
        if let output {
            try Data(bytes).write(to: URL(filePath: output))
        }
        switch format.format {
        case .json where output == nil:
            print(String(decoding: bytes, as: UTF8.self), terminator: "")
        case .json: break
        case .text:
            print(CertificateText.text(of: certificate))
            if let output { print("\nwritten to \(output)") }
        }
    }
}

/// `seedlot verify-certificate FILE`: checks a certificate offline.
struct VerifyCertificateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify-certificate",
        abstract: "Check a batch certificate with nothing but the site's public key.")

    @Argument(
        help: "The certificate file, or a text file of what the codes on paper hold.",
        completion: .file())
    var file: String

    @Option(help: "The site's public key (name+hash+key), or a file that holds it.")
    var key: String

    @OptionGroup var output: FormatOption

    func run() throws {
        guard let content = FileManager.default.contents(atPath: file) else {
            throw Complaint("'\(file)' cannot be read", wayOut: "check the path")
        }
        let certificate: BatchCertificate
        do {
            let bytes = Array(content)
            if CertificateCode.begins(bytes) {
                certificate = try CertificateCode.certificate(
                    reading: String(decoding: bytes, as: UTF8.self), by: Converter())
            } else {
                certificate = try BatchCertificate(reading: bytes)
            }
        } catch {
            throw Complaint("'\(file)': \(error)")
        }
        let result = certificate.verify(with: try VerifierKey.read(key))
        switch output.format {
        case .json: print(try result.printedJSON())
        case .text:
            for point in result.points {
                print("\(point.holds ? "ok    " : "FAILED") \(point.check.title): \(point.detail)")
            }
            let batch = "batch \(certificate.content.batch) of \(certificate.content.product)"
            print(result.isValid ? "\nvalid: \(batch)" : "\nNOT VALID: \(batch)")
        }
        if !result.isValid { throw ExitCode.failure }
    }
}
