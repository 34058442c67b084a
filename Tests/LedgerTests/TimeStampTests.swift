import Foundation
import Ledger
import TestSupport
import Testing

/// A request and a response that OpenSSL's time-stamping authority made.
@Suite struct TimeStampTests {
    let folder = fixtures().appending(path: "rfc3161")

    private func file(_ name: String) throws -> [UInt8] {
        Array(try Data(contentsOf: folder.appending(path: name)))
    }

    @Test func theRequestIsReadAndWrittenByteForByte() throws {
        let bytes = try file("q.tsq")
        let request = try TimeStampRequest(parsing: bytes)
        #expect(request.digest == Digest.sha256(of: try file("data.txt")))
        #expect(request.nonce == [0x29, 0x1F, 0x20, 0x0F, 0xB5, 0x2E, 0xB3, 0xFC])
        #expect(request.bytes == bytes)
        #expect(
            TimeStampRequest(digest: request.digest, nonce: 0x291F_200F_B52E_B3FC).bytes == bytes)
    }

    @Test func theResponseIsAcceptedUnderItsAuthority() throws {
        let token = try TimeStampToken(response: try file("r2.tsr"))
        #expect(token.at == "2026-11-21T03:57:06Z")
        #expect(token.serial == "03")
        let authority = try TimeStampCertificate.all(pem: try file("ca.pem"))
        try token.verify(
            request: try TimeStampRequest(parsing: try file("q.tsq")), trusted: authority)
        try token.verify(digest: Digest.sha256(of: try file("data.txt")), trusted: authority)
    }

    @Test func whatDoesNotBelongTogetherIsRefused() throws {
        let token = try TimeStampToken(response: try file("r2.tsr"))
        let authority = try TimeStampCertificate.all(pem: try file("ca.pem"))
        let request = try TimeStampRequest(parsing: try file("q.tsq"))
        #expect(throws: TimeStampError.otherContent) {
            try token.verify(digest: Digest.sha256(of: []), trusted: authority)
        }
        #expect(throws: TimeStampError.otherNonce) {
            try token.verify(
                request: TimeStampRequest(digest: request.digest, nonce: 1), trusted: authority)
        }
        #expect(throws: TimeStampError.untrusted) {
            try token.verify(request: request, trusted: [])
        }
        // The signer itself may be trusted, without its authority.
        try token.verify(
            request: request, trusted: try TimeStampCertificate.all(pem: try file("tsa.pem")))
    }

    /// Any byte of the signed parts: the content, the attributes, the certificate, the signature.
    @Test func aChangedByteIsNeverAccepted() throws {
        let sound = try file("r2.tsr")
        let authority = try TimeStampCertificate.all(pem: try file("ca.pem"))
        let digest = Digest.sha256(of: try file("data.txt"))
        var accepted: [Int] = []
        for position in stride(from: 0, to: sound.count, by: 11) {
            var bytes = sound
            bytes[position] ^= 0x10
            guard let token = try? TimeStampToken(response: bytes),
                (try? token.verify(digest: digest, trusted: authority)) != nil
            else { continue }
            accepted.append(position)
        }
        // The message's list of hash algorithms, bytes 37 to 51, is outside what is signed.
        #expect(accepted.allSatisfy { (37..<52).contains($0) }, "\(accepted)")
    }

    @Test func damagedResponsesAreRefusedWithoutTrapping() throws {
        let seeds = [try file("r2.tsr"), try file("q.tsq")]
        let pem = try file("ca.pem")
        forAll(cases: 10_000) { generator in
            let input = damaged(seeds.randomElement(using: &generator) ?? [], using: &generator)
            _ = try? TimeStampToken(response: input)
            _ = try? TimeStampRequest(parsing: input)
        }
        forAll(cases: 1_000) { generator in
            _ = try? TimeStampCertificate.all(pem: damaged(pem, using: &generator))
        }
    }

    @Test func aRefusalByTheAuthorityIsNamed() {
        // PKIStatusInfo with status 2, rejection.
        #expect(throws: TimeStampError.refused(status: 2)) {
            try TimeStampToken(response: [0x30, 0x05, 0x30, 0x03, 0x02, 0x01, 0x02])
        }
    }
}
