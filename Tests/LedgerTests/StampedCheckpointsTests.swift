import Foundation
import Ledger
import LedgerTestSupport
import TestSupport
import Testing

/// The folder of time stamps, with the request and the response of the fixtures: their authority is
/// OpenSSL's, and what they stamp stands in for a checkpoint.
@Suite struct StampedCheckpointsTests {
    let scenario = try! LedgerScenario()
    let folder = FileManager.default.temporaryDirectory
        .appending(path: "stamps-\(UInt64.random(in: .min ... .max))")

    private var stamps: StampedCheckpoints { StampedCheckpoints(path: folder.path) }

    private func fixture(_ name: String) throws -> [UInt8] {
        Array(try Data(contentsOf: fixtures().appending(path: "rfc3161/\(name)")))
    }

    private func put(_ bytes: [UInt8], as name: String) throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Data(bytes).write(to: folder.appending(path: name))
    }

    /// The fixtures as if checkpoint `size` had been stamped.
    private func putFixtures(size: Int, response: Bool = true) throws {
        try put(try fixture("data.txt"), as: "\(size).checkpoint")
        try put(try fixture("q.tsq"), as: "\(size).tsq")
        if response { try put(try fixture("r2.tsr"), as: "\(size).tsr") }
    }

    private func note(size: UInt64) throws -> SignedNote {
        try Checkpoint(
            origin: LedgerScenario.origin, size: size, root: MerkleTree.emptyRoot
        ).signed(by: scenario.signer)
    }

    @Test func aRequestStandsBesideTheCheckpointItIsFor() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let note = try note(size: 42)
        let (size, path) = try stamps.request(note, nonce: 7)
        #expect(size == 42)
        #expect(path == folder.appending(path: "42.tsq").path)
        let written = try Data(contentsOf: folder.appending(path: "42.checkpoint"))
        #expect(Array(written) == note.bytes)
        let request = try TimeStampRequest(
            parsing: Array(try Data(contentsOf: URL(filePath: path))))
        #expect(request.digest == Digest.sha256(of: note.bytes))
        #expect(request.nonce == [7])
        // An answer may be on its way: asked again, the request stays as it is.
        #expect(try stamps.request(note, nonce: 8).path == path)
        #expect(Array(try Data(contentsOf: URL(filePath: path))) == request.bytes)
        // Nothing is stamped yet.
        #expect(try stamps.verify(log: scenario.signer.verifier, trusted: []).isEmpty)
    }

    @Test func aResponseIsKeptBesideTheRequestItAnswers() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let authority = try TimeStampCertificate.all(pem: try fixture("ca.pem"))
        try putFixtures(size: 5, response: false)
        // Newer requests, which it does not answer, are passed over.
        _ = try stamps.request(try note(size: 9), nonce: 1)
        _ = try stamps.request(try note(size: 10), nonce: 2)
        let kept = try stamps.keep(response: try fixture("r2.tsr"), trusted: authority)
        #expect(kept.size == 5)
        #expect(kept.at == "2026-11-21T03:57:06Z")
        #expect(
            Array(try Data(contentsOf: folder.appending(path: "5.tsr"))) == (try fixture("r2.tsr")))
        #expect(!FileManager.default.fileExists(atPath: folder.appending(path: "9.tsr").path))
    }

    @Test func aStampIsNotVoidedByAnotherRequest() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        try putFixtures(size: 5)
        #expect(throws: StampingError.stamped(size: 5)) {
            try stamps.request(try note(size: 5), nonce: 1)
        }
        #expect(
            Array(try Data(contentsOf: folder.appending(path: "5.tsq"))) == (try fixture("q.tsq")))
    }

    @Test func aResponseThatAnswersNothingIsNotKept() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let authority = try TimeStampCertificate.all(pem: try fixture("ca.pem"))
        let response = try fixture("r2.tsr")
        #expect(throws: StampingError.folder("there is no request in '\(folder.path)'")) {
            try stamps.keep(response: response, trusted: authority)
        }
        _ = try stamps.request(try note(size: 9), nonce: 1)
        #expect(throws: StampingError.stamp(size: 9, .otherNonce)) {
            try stamps.keep(response: response, trusted: authority)
        }
        try putFixtures(size: 5, response: false)
        #expect(throws: StampingError.stamp(size: 5, .untrusted)) {
            try stamps.keep(response: response, trusted: [])
        }
        #expect(!FileManager.default.fileExists(atPath: folder.appending(path: "5.tsr").path))
    }

    @Test func whatWasChangedAfterwardsIsFound() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let authority = try TimeStampCertificate.all(pem: try fixture("ca.pem"))
        let log = scenario.signer.verifier
        // Stamped, but no checkpoint that the site signed.
        try putFixtures(size: 5)
        #expect {
            try stamps.verify(log: log, trusted: authority)
        } throws: { error in
            guard case .checkpoint(size: 5, _)? = error as? StampingError else { return false }
            return true
        }
        // A sound checkpoint in the place of the one that was stamped.
        try put(try note(size: 5).bytes, as: "5.checkpoint")
        #expect(throws: StampingError.stamp(size: 5, .otherContent)) {
            try stamps.verify(log: log, trusted: authority)
        }
        try put(Array("nothing".utf8), as: "5.tsr")
        #expect {
            try stamps.verify(log: log, trusted: authority)
        } throws: { error in (error as? StampingError)?.message.hasPrefix("stamp of") == true }
    }

    @Test func otherFilesInTheFolderAreLeftAlone() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        for name in ["notes.txt", "05.tsr", "-1.tsr", "x.tsr", ".tsr"] { try put([1], as: name) }
        #expect(try stamps.verify(log: scenario.signer.verifier, trusted: []).isEmpty)
    }
}
