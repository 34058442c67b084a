import Documents
import Facility
import Ledger
import Testing
import TestSupport

/// Every paper of the sample site, word for word.
@Suite struct PaperSnapshotTests {
    private static let papers: [(SitePaper, String)] = [
        (.certificateOfAnalysis, "B-26-003"), (.batchRecord, "B-26-003"),
        (.batchRecord, "B-26-004"), (.deviationReport, "DEV-0002"), (.labelRecord, "B-26-004"),
    ]

    @Test func everyPaperReadsAsItDid() async throws {
        let sample = try await SampleLedger.sharedWithLabels()
        for (kind, id) in Self.papers {
            let paper = try await sample.paper(kind, of: id)
            for form in [PaperForm.text, .html] {
                let bytes = try paper.bytes(as: form, by: Converter())
                expectSnapshot(
                    String(decoding: bytes, as: UTF8.self), named: paper.fileName(as: form))
            }
        }
    }

    /// Its picture belongs to another room, and its codes are drawn by a program.
    @Test func theOthersReadAsTheyDid() async throws {
        let sample = try await SampleLedger.shared()
        for (kind, id) in [
            (SitePaper.traceReport, "PT-4471"), (.batchCertificate, "B-26-003"),
            (.qualityReview, "UCMSC-IV.2026-01-01.2026-07-10"),
        ] {
            let paper = try await sample.paper(kind, of: id)
            let bytes = try paper.bytes(as: .text, by: Converter())
            expectSnapshot(String(decoding: bytes, as: UTF8.self), named: paper.fileName(as: .text))
        }
    }

    @Test func theSameSiteGivesTheSamePaper() async throws {
        let (first, second) = (try await SampleLedger.shared(), try await SampleLedger())
        for kind in [SitePaper.batchRecord, .batchCertificate] {
            let papers = (
                try await first.paper(kind, of: "B-26-003"),
                try await second.paper(kind, of: "B-26-003")
            )
            #expect(papers.0 == papers.1)
        }
    }

    @Test func theBatchRecordShowsOldAndNewValueOfACorrection() async throws {
        let sample = try await SampleLedger.shared()
        let paper = try await sample.paper(.batchRecord, of: "B-26-004")
        let change = try #require(paper.changes?.first)
        #expect(change.new == "5.1 %")
        #expect(change.reason == "read off the display of the neighbouring incubator")
        let page = String(
            decoding: try paper.bytes(as: .html, by: Converter()), as: UTF8.self)
        #expect(page.contains("<ins>5.1 %</ins> <span class=\"was\">was</span> <del>"))
    }

    @Test func signaturesCarryNameMeaningAndInstant() async throws {
        let sample = try await SampleLedger.shared()
        let paper = try await sample.paper(.batchRecord, of: "B-26-003")
        let signatures = paper.blocks.flatMap { block -> [PaperSignature] in
            if case .signatures(let signatures) = block { signatures } else { [] }
        }
        #expect(signatures.count > 20)
        for signature in signatures {
            #expect(signature.meaning != nil && signature.keyID != nil, "\(signature)")
            #expect(!signature.name.isEmpty && signature.instant.hasSuffix(" UTC"))
        }
    }

    @Test func everyPaperNamesEntriesDefinitionAndDigest() async throws {
        let sample = try await SampleLedger.sharedWithLabels()
        for (kind, id) in Self.papers {
            let facts = try await sample.paper(kind, of: id).basis.facts.map(\.name)
            #expect(facts.contains("Ledger entries"))
            #expect(facts.contains("Definition"), "\(kind)")
            #expect(facts.contains("Digest of the definition (SHA-256)"), "\(kind)")
        }
    }

    @Test func aQualityReviewHasTheTwelveTopicsAndNamesWhatWasChanged() async throws {
        let paper = try await SampleLedger.shared().paper(
            .qualityReview, of: "UCMSC-IV.2026-01-01.2026-07-10")
        let topics = paper.blocks.compactMap { block -> String? in
            if case .heading(let title, level: 2) = block { title } else { nil }
        }
        #expect(topics.count == 12)
        #expect(topics.first?.hasPrefix("i. ") == true && topics.last?.hasPrefix("xii. ") == true)
        let facts = paper.basis.facts.map(\.name)
        #expect(facts.contains("Definition"))
        #expect(paper.basis.footer.contains("definition UCMSC-0.4.0"))
        #expect(paper.changes != nil)
    }

    @Test func aPeriodIsReadBackAsItIsWritten() throws {
        for text in ["UCMSC-IV.2026-01-01.2026-12-31", "A.B.2026-01-01.2026-01-01"] {
            #expect(ReviewedPeriod(text)?.description == text)
        }
        for text in [
            "", "UCMSC-IV", ".2026-01-01.2026-12-31", "UCMSC-IV.2026-01-01",
            "A.2026-13-01.2026-12-31",
        ] {
            #expect(ReviewedPeriod(text) == nil, "\(text)")
        }
    }

    @Test func whatDoesNotExistIsRefused() async throws {
        let sample = try await SampleLedger.shared()
        for (kind, id, code) in [
            (SitePaper.batchRecord, "B-99", "site.unknown-identifier"),
            (.batchRecord, "not an id", "paper.no-identifier"),
            (.batchRecord, "MCS-26-01", "site.unknown-identifier"),
            (.deviationReport, "DEV-9999", "site.unknown-identifier"),
            (.traceReport, "nothing", "site.unknown-identifier"),
            (.batchCertificate, "B-26-004", "paper.no-certificate"),
            (.labelRecord, "B-26-001", "label.none-issued"),
            (.qualityReview, "UCMSC-IV", "paper.no-period"),
            (.qualityReview, "NONE.2026-01-01.2026-12-31", "quality-review.unknown-product"),
        ] {
            do throws(PaperError) {
                _ = try await kind.make(
                    of: id, state: sample.state, origin: sample.origin, publicKey: "",
                    storage: sample.storage, by: Converter())
                Issue.record("\(kind) of \(id) was made")
            } catch {
                #expect(
                    error.code == code || error.code == "site.identifier-of-another-kind",
                    "\(kind) of \(id): \(error.code)")
            }
        }
    }
}
