import Facility
import Foundation
import HTTPTypes
import Ledger
import Operations
import Testing

@testable import WebApp

/// Files that are brought where the work is: read, shown, and recorded only then.
@Suite struct UploadTests {
    /// What `page` shows as the file of `field`, as its form carries it on.
    private static func kept(_ field: String, in page: Browser.Answer) throws -> String {
        try #require(page.hidden(field)).replacing("&quot;", with: "\"")
            .replacing("&#34;", with: "\"").replacing("&amp;", with: "&")
    }

    private static func receiveLot(at site: Site) async throws -> LotID {
        let lot = try #require(LotID("RM-26-900"))
        let received = try CommandCatalogue.decode(
            "material.receive",
            from: [
                "lot": .string(lot.text), "material": "dpbs",
                "supplier": "qualified supplier", "supplierLot": "L-77", "expiry": "2027-01-31",
                "quantity": "500 mL",
            ])
        _ = try await site.perform(
            Operations.Request(received, by: try #require(PersonID("operator-1"))))
        return lot
    }

    @Test func aCertificateIsShownBeforeTheLotIsReleasedWithIt() async throws {
        try await withSampleSite { browser, site, _ in
            let lot = try await Self.receiveLot(at: site)
            let reviewer = try await browser.signedIn("reviewer")
            let page = try await reviewer.get("/materials/\(lot)")
            #expect(page.text.contains("enctype=\"multipart/form-data\""))
            let bytes = Array("%PDF-1.7 certificate of L-77".utf8)
            let fields = [
                ("lot", lot.text), ("certificate", "COA-L-77"), ("return-to", "/materials/\(lot)"),
                ("asked-on", "/materials/\(lot)"),
            ]
            let before = site.state.entryCount
            let read = try await reviewer.bring(
                [.init("document", "C:\\scans\\coa.pdf", bytes)],
                to: "/commands/material.release",
                fields + [(SubmittedForm.passwordField, SampleSite.password)], from: page)
            // A form that brings a file is read and never recorded at once.
            #expect(read.status == .seeOther)
            #expect(site.state.entryCount == before)
            let digest = Digest.sha256(of: bytes)
            let shown = try await reviewer.get(try #require(read.headers[.location]))
            try PageTests.expectSound(shown, at: "/materials/\(lot)")
            #expect(shown.text.contains("nothing is recorded yet"))
            #expect(shown.text.contains("PDF document") && shown.text.contains(digest.hex))
            #expect(shown.text.contains("value=\"COA-L-77\""))
            let done = try await reviewer.post(
                "/commands/material.release",
                fields + [
                    ("document", try Self.kept("document", in: shown)),
                    (SubmittedForm.passwordField, SampleSite.password),
                ], from: shown)
            let answer = try await reviewer.get(try #require(done.headers[.location]))
            #expect(
                site.state.lots[lot]?.status == .released,
                "\(answer.text.firstMatch(of: /Nothing was recorded[^<]*/)?.0 ?? "")")
            #expect(
                site.state.lots[lot]?.certificate == StoredFile(name: "coa.pdf", digest: digest))
            let after = try await reviewer.get("/materials/\(lot)")
            #expect(after.text.contains("/files/\(digest.hex)"))
            // The entry names the file, so verification reads it again.
            let entry = try await LedgerReader(storage: site.storage).entries(
                from: before, limit: 1)[0]
            #expect(entry.draft.files.map(\.digest) == [digest])
        }
    }

    @Test func aFileIsKeptOnlyForWhoMayRecordIt() async throws {
        try await withSampleSite { browser, site, _ in
            let bytes = Array("gates of somebody".utf8)
            let files = [Browser.Upload("gates", "gates.xml", bytes)]
            let path = "/commands/cytometry.register-analysis"
            let operator1 = try await browser.signedIn("operator-1")
            let page = try await operator1.get("/commands/deviation.open")
            #expect(
                try await operator1.bring(files, to: path, from: page).status == .forbidden)
            // A form of another session brings nothing either.
            let reviewer = try await browser.signedIn("reviewer")
            let foreign = try await reviewer.bring(files, to: path, from: page)
            #expect(foreign.status == .forbidden && foreign.text.contains("stale-form"))
            #expect((try? site.folder.files.bytes(of: Digest.sha256(of: bytes))) == nil)
            let own = try await reviewer.get(path)
            #expect(try await reviewer.bring(files, to: path, from: own).status == .seeOther)
            // What is not what its field asks for says so.
            let shown = try await reviewer.get(
                try #require(
                    try await reviewer.bring(files, to: path, from: own).headers[.location]))
            #expect(shown.text.contains("It holds no gates"))
        }
    }

    @Test func aLoggersFileIsReadBeforeItIsImported() async throws {
        try await withSampleSite { browser, site, clock in
            let unit = "TANK-01"
            let path = "/commands/storage.import-log"
            let start = clock.now().milliseconds / 1000
            clock.set(clock.now().advanced(bySeconds: 7200))
            let keeper = try await browser.signedIn("supervisor")
            let page = try await keeper.get(path)
            let text =
                "time;temperature\n"
                + (0..<10).map { number in
                    let at = Timestamp(milliseconds: (start + Int64(number) * 600) * 1000)
                    return "\(at);-1\(80 + number % 2).5"
                }.joined(separator: "\n")
            let before = site.state.entryCount
            let read = try await keeper.bring(
                [.init("series", "logger.csv", text)], to: path, [("unit", unit)],
                from: page)
            #expect(site.state.entryCount == before)
            let shown = try await keeper.get(try #require(read.headers[.location]))
            #expect(shown.text.contains("-181.5 °C") && shown.text.contains("-180.5 °C"))
            #expect(shown.text.contains("10 min"))
            let done = try await keeper.post(
                path, [("unit", unit), ("series", try Self.kept("series", in: shown))],
                from: shown)
            #expect(done.status == .seeOther, "\(done.text.suffix(2000))")
            let log = try #require(site.state.storageLogs[unit]?.last)
            #expect(log.readings == 10 && log.file == Digest.sha256(of: Array(text.utf8)).hex)

            let wrong = try await keeper.bring(
                [.init("series", "logger.csv", "time;temperature\nyesterday;cold")], to: path,
                [("unit", unit)], from: page)
            let told = try await keeper.get(try #require(wrong.headers[.location]))
            #expect(told.text.contains("It cannot be read"))
        }
    }

    /// Two parallel curves of four parameters, the sample four fifths as potent as the standard.
    private static let plate: String = {
        var lines = ["preparation,dose,response"]
        for (name, potency) in [("REF-1", 1.0), ("B-26-003", 0.8)] {
            for step in 0..<8 {
                let dose = 1000 / pow(2.5, Double(step))
                for replicate in -1...1 {
                    let ratio = pow(dose * potency / 40, 1.2)
                    let response = 0.1 + 2 * ratio / (1 + ratio)
                    let error = 0.01 * Double(replicate) * Double((step % 3) - 1)
                    lines.append("\(name),\(dose),\(response + error)")
                }
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }()

    @Test func aPlateIsWorkedOutAndItsPotencyRecordedWithItsFile() async throws {
        let test = "inhibition-of-t-cell-proliferation"
        try await withSampleSite(upTo: { $0.body["test"]?.stringValue == test }) {
            browser, site, _ in
            let analyst = try await browser.signedIn("analyst")
            let path = "/testing/B-26-003/\(test)"
            let page = try await analyst.get(path)
            #expect(page.text.contains("Read a plate"))
            let before = site.state.entryCount
            let brought = try await analyst.bring(
                [
                    .init("data", "plate.csv", Self.plate), .init("layout", "", ""),
                ], to: "\(path)/plate", [("model", "4pl"), ("standard", "")], from: page)
            #expect(brought.status == .seeOther)
            let address = try #require(brought.headers[.location])
            let reading = try await analyst.get(address)
            try PageTests.expectSound(reading, at: address)
            #expect(site.state.entryCount == before)
            #expect(reading.text.contains("<svg"))
            let observation = try #require(reading.hiddenOrShown("observation"))
            let value = try #require(Double(observation.prefix { $0 != " " }))
            #expect(abs(value - 80) < 2, "\(observation)")
            #expect(observation.hasSuffix(" %"))
            let done = try await analyst.post(
                "/commands/testing.record-result",
                [
                    ("batch", "B-26-003"), ("test", test), ("observation", observation),
                    ("reference", "RUN-7"), ("raw", try Self.kept("raw", in: reading)),
                ], from: reading)
            #expect(done.status == .seeOther)
            let batch = try #require(BatchID("B-26-003").flatMap { site.state.batches[$0] })
            let result = try #require(batch.results.last { $0.test == test })
            #expect(
                result.raw == [
                    StoredFile(
                        name: "plate.csv", digest: Digest.sha256(of: Array(Self.plate.utf8)))
                ])
            let after = try await analyst.get(path)
            #expect(after.text.contains("plate.csv"))
            // What is no table is told with its line, and records nothing.
            let wrong = try await analyst.bring(
                [.init("data", "notes.csv", "preparation,dose\nREF-1,1\n")], to: "\(path)/plate",
                [("model", "4pl")], from: page)
            let told = try await analyst.get(try #require(wrong.headers[.location]))
            #expect(told.text.contains("cannot be worked out"))
        }
    }

    @Test func aCytometersFileIsReadShownAndRecorded() async throws {
        try await withSampleSite { browser, site, _ in
            func upload(_ field: String, _ path: String) throws -> Browser.Upload {
                let url = CytometryPageTests.fixtures.appending(path: path)
                return .init(
                    field, url.lastPathComponent, [UInt8](try Data(contentsOf: url)))
            }
            // Gates and panel, brought and approved by quality.
            let reviewer = try await browser.signedIn("reviewer")
            let register = "/commands/cytometry.register-analysis"
            let first = try await reviewer.get(register)
            let fields = [("analysis", "MSC-PANEL"), ("reason", "first version")]
            let read = try await reviewer.bring(
                [
                    upload("gates", "msc-panel/msc_gates.gml.xml"),
                    upload("panel", "panels/uc-msc-identity.json"),
                ], to: register, fields, from: first)
            let shown = try await reviewer.get(try #require(read.headers[.location]))
            #expect(shown.text.contains("CD105pos") && shown.text.contains("CD73 at least 95.0 %"))
            let approved = try await reviewer.post(
                register,
                fields + [
                    ("gates", try Self.kept("gates", in: shown)),
                    ("panel", try Self.kept("panel", in: shown)),
                    (SubmittedForm.passwordField, SampleSite.password),
                ], from: shown)
            #expect(approved.status == .seeOther)

            let analyst = try await browser.signedIn("analyst")
            let path = "/testing/B-26-004/cd73-cd90-and-cd105"
            let page = try await analyst.get(path)
            let before = site.state.entryCount
            let brought = try await analyst.bring(
                [
                    upload("sample", "msc-panel/lotA_pass.fcs"),
                    upload("controls", "msc-panel/I1_FMO_PE-A.fcs"),
                ], to: "\(path)/cytometry-reading", [("analysis", "MSC-PANEL")], from: page)
            let address = try #require(brought.headers[.location])
            let reading = try await analyst.get(address)
            try PageTests.expectSound(reading, at: "cytometry-reading")
            #expect(site.state.entryCount == before)
            #expect(reading.text.contains("Markers in Live"))
            let picture = try #require(reading.text.firstMatch(of: /<img src="([^"]+)"/)).1
            let svg = try await analyst.get(String(picture).replacing("&amp;", with: "&"))
            #expect(svg.status == .ok && svg.text.hasPrefix("<svg"))
            var record: [(String, String)] = []
            for name in [
                "analysis", "batch", "test", "sample", "controls", "gates", "panel", "report",
                "software", "verdict",
            ] { record.append((name, try Self.kept(name, in: reading))) }
            record += [("instruments", "FCM-01"), ("reagents.0.lot", "RM-26-003")]
            let done = try await analyst.post(
                "/commands/cytometry.record-result", record, from: reading)
            #expect(done.status == .seeOther)
            let batch = try #require(BatchID("B-26-004"))
            let result = try #require(
                site.state.cytometryResults(of: batch, test: "cd73-cd90-and-cd105").last
            ).result
            #expect(result.verdict == .pass && result.controls.count == 1)
            // Without the control the panel names there is nothing to read.
            let bare = try await analyst.bring(
                [upload("sample", "msc-panel/lotA_pass.fcs")], to: "\(path)/cytometry-reading",
                [("analysis", "MSC-PANEL")], from: page)
            #expect(bare.status == .unprocessableContent)
            #expect(bare.text.contains("I1_FMO_PE-A.fcs"))
        }
    }
}

extension Browser.Answer {
    /// The value of the field `name`, hidden or not.
    fileprivate func hiddenOrShown(_ name: String) -> String? {
        for field in text.matches(of: /<input([^>]*)>/)
        where field.1.contains("name=\"\(name)\"") {
            return field.1.firstMatch(of: /value="([^"]*)"/).map { String($0.1) }
        }
        return nil
    }
}
