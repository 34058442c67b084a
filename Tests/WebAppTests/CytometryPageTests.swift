import Cytometry
import Facility
import Foundation
import HTTPTypes
import Ledger
import Operations
import Testing

@testable import WebApp

/// The page of a test whose result came from a cytometer.
@Suite struct CytometryPageTests {
    static let fixtures = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "CytometryTests/Fixtures")

    /// Keeps a file of the simulated lots at the site.
    private static func kept(_ path: String, at site: Site) throws -> StoredFile {
        let url = fixtures.appending(path: path)
        let name = url.lastPathComponent
        let bytes = [UInt8](try Data(contentsOf: url))
        return StoredFile(
            name: name, digest: try site.folder.files.keep(bytes, name: name).digest)
    }

    private static func perform(
        _ command: any Facility.Command, as person: String, at site: Site
    ) async throws {
        var request = Operations.Request(command, by: try #require(PersonID(person)))
        if type(of: command).signature != nil {
            request.authentication = .password(SampleSite.password)
        }
        _ = try await site.perform(request)
    }

    /// Records a simulated lot as the result of B-26-004, as `seedlot cytometry record` does.
    private static func record(at site: Site) async throws -> StoredFile {
        let analysis = try #require(CytometryAnalysisID("MSC-PANEL"))
        let gates = try kept("msc-panel/msc_gates.gml.xml", at: site)
        let panel = try kept("panels/uc-msc-identity.json", at: site)
        try await perform(
            RegisterCytometryAnalysis(
                analysis: analysis, gates: gates, panel: panel, reason: "first version"),
            as: "reviewer", at: site)
        let sample = try kept("msc-panel/lotA_pass.fcs", at: site)
        let control = try kept("msc-panel/I1_FMO_PE-A.fcs", at: site)
        let store = site.folder.files
        func source(_ file: StoredFile) -> PhenotypeReport.Source {
            .init(name: file.name, sha256: file.digest.hex)
        }
        func dataSet(_ file: StoredFile) throws -> FCSDataSet {
            try #require(try FCSFile.open(path: store.url(of: file.digest).path).first)
        }
        let report = try PhenotypeReporter(
            panel: MarkerPanel(json: store.bytes(of: panel.digest)),
            strategy: GatingML.read(store.bytes(of: gates.digest)),
            controls: [control.name: dataSet(control)]
        ).report(
            dataSet(sample), sample: source(sample), gates: source(gates),
            panelSource: source(panel), controlSources: [source(control)], software: "seedlot 0")
        let name = "lotA_pass.fcs.report.json"
        let reported = StoredFile(
            name: name,
            digest: try store.keep(AnalysisRecord.encode(report), name: name).digest)
        try await perform(
            RecordCytometryResult(
                analysis: analysis, batch: try #require(BatchID("B-26-004")),
                test: "cd73-cd90-and-cd105", sample: sample, controls: [control],
                gates: gates.digest, panel: panel.digest, report: reported,
                software: report.software, verdict: .pass,
                instruments: [try #require(EquipmentID("FCM-01"))],
                reagents: [ReagentUse(lot: try #require(LotID("RM-26-003")))]),
            as: "analyst", at: site)
        return sample
    }

    @Test func aResultShowsItsGatesItsRawFilesItsFiguresAndItsPictures() async throws {
        try await withSampleSite { browser, site, _ in
            let sample = try await Self.record(at: site)
            let reader = try await browser.signedIn("qp")
            let path = "/testing/B-26-004/cd73-cd90-and-cd105"
            let page = try await reader.get(path)
            #expect(page.status == .ok)
            try PageTests.expectSound(page, at: path)
            #expect(page.text.contains("MSC-PANEL, version 1"))
            #expect(page.text.contains("first version"))
            #expect(page.text.contains("/files/\(sample.digest.hex)"))
            #expect(page.text.contains("CD73"))
            let pictures = page.text.matches(of: /<img src="([^"]+)" alt="([^"]+)"/)
            #expect(pictures.count > 3)
            for picture in pictures {
                #expect(!picture.2.isEmpty)
                let answer = try await reader.get(String(picture.1))
                #expect(answer.status == .ok)
                #expect(answer.headers[.contentType] == "image/svg+xml")
                #expect(answer.text.hasPrefix("<svg"))
            }
            #expect(try await reader.get("\(path)/cytometry/0/99").status == .notFound)
            #expect(try await reader.get("\(path)/cytometry/7/0").status == .notFound)
        }
    }

    @Test func aMissingFileTakesThePicturesAndNotThePage() async throws {
        try await withSampleSite { browser, site, _ in
            let sample = try await Self.record(at: site)
            try FileManager.default.removeItem(at: site.folder.files.url(of: sample.digest))
            let reader = try await browser.signedIn("qp")
            let page = try await reader.get("/testing/B-26-004/cd73-cd90-and-cd105")
            #expect(page.status == .ok)
            #expect(page.text.contains("They cannot be drawn"))
            #expect(page.text.contains("Markers in"))
        }
    }
}
