import Documents
import Facility
import Ledger
import LedgerTestSupport

/// A certificate with everything needed to check it, on a ledger of three entries: the keys of the
/// Qualified Person and of a reviewer, and the certification.
///
/// Content and entries are written out by hand: what a certificate is worth must not depend on
/// the site that issues it.
struct Issued {
    var certificate: BatchCertificate
    let verifier: NoteVerifier
    /// The entry that announces the reviewer's key.
    let otherKey: BatchCertificate.ProvenEntry

    /// The checks that fail, in order.
    var failing: [CertificateVerification.Check] {
        certificate.verify(with: verifier).points.filter { !$0.holds }.map(\.check)
    }

    init() async throws {
        let signer = try NoteSigner.generate(name: "test.example.org/site/ledger")
        let storage = InMemoryLedgerStorage()
        let writer = try await LedgerWriter(
            storage: storage, signer: signer, origin: signer.verifier.name)
        let content = try Self.content()
        let keys = try ["qp", "reviewer"].map { person in
            try PersonKey.generate(person: person, password: "a long password", cost: .quick)
                .open(password: "a long password")
        }
        var drafts = keys.map { key in
            Self.draft(
                "people.enrolled/1", ["person": .string(key.person)], by: "admin",
                keys: [
                    KeyNotice(.issued, person: key.person, key: key.publicKey, at: Self.instant)
                ])
        }
        var certified = Self.draft(
            "batch.certified/1",
            ["batch": .string(content.batch), "content": .string(try content.digest().hex)],
            by: "qp")
        certified.signatures = [
            try keys[0].sign(
                record: certified.recordDigest, meaning: .certified,
                printedName: "Qualified Person", at: Self.instant)
        ]
        drafts.append(certified)
        _ = try await writer.submit(drafts).receipt

        let reader = LedgerReader(storage: storage)
        func proven(_ index: UInt64) async throws -> BatchCertificate.ProvenEntry {
            let entry = try await reader.entries(from: index, limit: 1)[0]
            let proof = try await reader.proof(of: index)
            return BatchCertificate.ProvenEntry(
                entry: Base64.text(of: entry.bytes),
                proof: String(decoding: proof.bytes, as: UTF8.self))
        }
        verifier = signer.verifier
        otherKey = try await proven(1)
        certificate = BatchCertificate(
            content: content, certification: try await proven(2), signerKey: try await proven(0))
    }

    private static let instant = "2026-05-19T17:05:00Z"

    private static func draft(
        _ kind: String, _ body: JSONValue, by person: String, keys: [KeyNotice] = []
    ) -> EntryDraft {
        EntryDraft(
            kind: kind, body: body, at: instant, recorded: instant, by: person,
            command: "\(kind) \(body)", keys: keys)
    }

    private static func content() throws -> CertificateContent {
        let content: JSONValue = [
            "site": "Test site", "batch": "B-1", "product": "cells", "productVersion": "1.0.0",
            "definition": "CELLS-1.0.0", "phase": "phase1", "containers": 3,
            "firstContainer": "B-1-001", "lastContainer": "B-1-003",
            "cellsPerContainer": "50e6 cells", "storage": "<= -140 °C", "filled": "2026-04-18",
            "expires": "2027-04-18", "specification": "drug product",
            "results": [
                [
                    "attribute": "viability", "category": "purity", "criterion": ">= 70 %",
                    "result": "87 %", "verdict": "passes", "reference": "VIA-1",
                ]
            ],
            "deviations": [],
            "points": [
                ["clause": "1.7.13", "point": "QC data meet specification", "answer": "records"]
            ],
            "openTests": [],
        ]
        return try content.decoded()
    }
}
