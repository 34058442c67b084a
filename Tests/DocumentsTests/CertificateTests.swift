import Documents
import Facility
import Foundation
import Ledger
import LedgerTestSupport
import Testing
import TestSupport

/// A batch certificate, checked offline.
@Suite struct CertificateTests {
    @Test func anUntouchedCertificateIsValid() async throws {
        let issued = try await Issued()
        let result = issued.certificate.verify(with: issued.verifier)
        #expect(result.isValid, "\(result.points)")
        #expect(result.signedBy == "Qualified Person")
    }

    @Test func theFileComesBackTheSame() async throws {
        let issued = try await Issued()
        let bytes = try issued.certificate.fileBytes()
        #expect(try BatchCertificate(reading: bytes) == issued.certificate)
        #expect(try BatchCertificate(reading: bytes).fileBytes() == bytes)
    }

    @Test func anotherSitesKeyIsNotAccepted() async throws {
        let issued = try await Issued()
        let other = try NoteSigner.generate(name: issued.verifier.name).verifier
        let result = issued.certificate.verify(with: other)
        #expect(!result.isValid)
        #expect(result.points.allSatisfy { !$0.holds })
    }

    @Test func aChangedResultIsFound() async throws {
        var issued = try await Issued()
        issued.certificate.content.results[0].result = "99 %"
        #expect(issued.failing == [.content])
    }

    @Test func theCertificateOfAnotherBatchIsFound() async throws {
        var issued = try await Issued()
        issued.certificate.content.batch = "B-9"
        #expect(issued.failing == [.content, .batch])
    }

    @Test func anotherEntryInItsPlaceIsFound() async throws {
        var issued = try await Issued()
        issued.certificate.certification = issued.certificate.signerKey
        #expect(issued.failing == [.content, .batch, .signature])
    }

    /// The key of whoever else is in the ledger does not make their signature the certifier's.
    @Test func theKeyOfAnotherPersonIsFound() async throws {
        let issued = try await Issued()
        var certificate = issued.certificate
        certificate.signerKey = issued.otherKey
        let failing = certificate.verify(with: issued.verifier).points.filter { !$0.holds }
        #expect(failing.map(\.check) == [.signature])
    }

    /// No flipped character of the file goes unnoticed.
    @Test func everyChangedByteIsFound() async throws {
        let issued = try await Issued()
        let bytes = try issued.certificate.fileBytes()
        forAll(cases: 400) { generator in
            var changed = bytes
            let position = Int.random(in: 0..<(bytes.count - 1), using: &generator)
            changed[position] ^= UInt8(1) << UInt8.random(in: 0..<7, using: &generator)
            guard let certificate = try? BatchCertificate(reading: changed) else { return }
            // Equal content in another spelling is the same certificate.
            if certificate == issued.certificate { return }
            try require(
                !certificate.verify(with: issued.verifier).isValid,
                "byte \(position) was changed unnoticed")
        }
    }

    @Test(arguments: [
        "", "{}", "[]", "{\"format\":\"seedlot.batch-certificate/9\"}",
        "{\"format\":\"seedlot.batch-certificate/1\"}", "not json",
    ])
    func whatIsNoCertificateIsRefused(text: String) {
        #expect(throws: CertificateError.self) {
            try BatchCertificate(reading: Array(text.utf8))
        }
    }

    @Test func textShowsEveryResult() async throws {
        let issued = try await Issued()
        let text = CertificateText.text(of: issued.certificate)
        for line in issued.certificate.content.results {
            #expect(text.contains(line.attribute) && text.contains(line.result))
        }
    }
}
