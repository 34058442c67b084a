import Documents
import Facility
import Foundation
import Ledger
import Testing
import TestSupport

/// Codes: written by one program, read by another.
@Suite struct CodeTests {
    /// The examples of RFC 9285, 4.3 and 4.4.
    @Test func base45IsThatOfTheStandard() {
        for (text, code) in [
            ("AB", "BB8"), ("Hello!!", "%69 VD92EX0"), ("base-45", "UJCLQE7W581"),
            ("ietf!", "QED8WEX0"), ("", ""),
        ] {
            #expect(Base45.text(of: Array(text.utf8)) == code)
            #expect(Base45.bytes(of: code) == Array(text.utf8))
        }
        // Too large a value, a single character, a character of another alphabet.
        for wrong in ["GGW", ":::", "A", "ab8", "::"] { #expect(Base45.bytes(of: wrong) == nil) }
    }

    @Test func base45ComesBack() {
        forAll(cases: 200) { random in
            let bytes = (0..<Int.random(in: 0...40, using: &random)).map { _ in
                UInt8.random(in: 0...255, using: &random)
            }
            #expect(Base45.bytes(of: Base45.text(of: bytes)) == bytes)
        }
    }

    /// From the certificate on paper to its verification, with nothing but what a camera sees.
    @Test func theCodesOfAPrintedCertificateVerify() async throws {
        let sample = try await SampleLedger.shared()
        let paper = try await sample.paper(.batchCertificate, of: "B-26-003")
        let pdf = try paper.bytes(as: .pdf, by: Converter())
        let scanned = try Reader.codes(
            inPDF: pdf, by: "zbarimg", ["--quiet", "--raw", "-Sdisable", "-Sqrcode.enable"],
            resolution: 200)
        #expect(CertificateCode.begins(Array(scanned.utf8)))
        let certificate = try CertificateCode.certificate(reading: scanned, by: Converter())
        let id = try #require(BatchID("B-26-003"))
        let original = try await BatchCertificate(
            of: id, state: sample.state, storage: sample.storage)
        #expect(certificate == original)
        #expect(certificate.verify(with: sample.verifier).isValid)
    }

    @Test func partsComeInAnyOrderAndMayNotBeMixed() async throws {
        let sample = try await SampleLedger.shared()
        let certificate = try await BatchCertificate(
            of: try #require(BatchID("B-26-003")), state: sample.state, storage: sample.storage)
        let converter = Converter()
        let parts = try #require(try CertificateCode.parts(of: certificate, by: converter))
        #expect(parts.count > 1)
        #expect(parts.allSatisfy { $0.utf8.count <= 1400 })
        let text = parts.reversed().map { "QR-Code:\($0)" }.joined(separator: "\r\n")
        #expect(try CertificateCode.certificate(reading: text, by: converter) == certificate)

        var other = certificate
        other.content.batch = "B-26-009"
        let strange = try #require(try CertificateCode.parts(of: other, by: converter))
        var damaged = parts[0]
        damaged.removeLast(3)
        for wrong in [
            parts.dropLast().joined(separator: "\n"),
            ([strange[0]] + parts.dropFirst()).joined(separator: "\n"),
            ([damaged] + parts.dropFirst()).joined(separator: "\n"), "", "SEEDLOT1:1/1:0:AB8",
            "SEEDLOT1:9/2:00000000:", "SEEDLOT1:1/99999999999999999999:0:BB8",
        ] {
            #expect(throws: CertificateError.self) {
                try CertificateCode.certificate(reading: wrong, by: converter)
            }
        }
    }

    /// Any single wrong character of the codes is found.
    @Test func aChangedCharacterIsFound() async throws {
        let sample = try await SampleLedger.shared()
        let certificate = try await BatchCertificate(
            of: try #require(BatchID("B-26-003")), state: sample.state, storage: sample.storage)
        let converter = Converter()
        let text = try #require(try CertificateCode.parts(of: certificate, by: converter))
            .joined(separator: "\n")
        forAll(cases: 20) { random in
            var bytes = Array(text.utf8)
            let place = Int.random(in: bytes.indices, using: &random)
            bytes[place] = bytes[place] == UInt8(ascii: "7") ? UInt8(ascii: "8") : UInt8(ascii: "7")
            let read = try? CertificateCode.certificate(
                reading: String(decoding: bytes, as: UTF8.self), by: converter)
            #expect(read == nil || read == certificate)
        }
    }

    @Test func aDataMatrixIsReadBackByAnotherProgram() async throws {
        let sample = try await SampleLedger.sharedWithLabels()
        let batch = try sample.batch("B-26-004")
        let sheet = try LabelSheet(.vial, of: batch, in: sample.state)
        let pdf = try sheet.bytes(as: .pdf, by: Converter())
        #expect(try sheet.bytes(as: .pdf, by: Converter()) == pdf)
        let read = try Reader.codes(
            inPDF: pdf, by: "dmtxread", ["--newline", "--stop-after=1", "--milliseconds=20000"],
            resolution: 300)
        #expect(
            read.split(separator: "\n").sorted()
                == ["B-26-004-003", "B-26-004-004", "B-26-004-017"])
    }
}
