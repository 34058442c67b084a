import Documents
import Facility
import Foundation
import Testing

/// Papers as files that other programs open.
@Suite struct ArchiveTests {
    @Test func aPaperIsAnArchivalPDFWithTheSameBytesEachTime() async throws {
        let sample = try await SampleLedger.shared()
        let paper = try await sample.paper(.batchRecord, of: "B-26-003")
        let pdf = try paper.bytes(as: .pdf, by: Converter())
        #expect(try paper.bytes(as: .pdf, by: Converter()) == pdf)

        let raw = String(decoding: pdf, as: Unicode.ASCII.self)
        #expect(raw.contains("OutputIntent"))
        let metadata = try Reader.run(
            "pdfinfo", ["-meta", "paper.pdf"], on: pdf, named: "paper.pdf")
        #expect(metadata.contains("pdfaid:part=\"3\"") || metadata.contains("<pdfaid:part>3"))
        #expect(metadata.contains("pdfaid:conformance=\"B\"") || metadata.contains("conformance>B"))

        let text = try Reader.text(ofPDF: pdf)
        let pages = text.split(separator: "\u{C}").count
        #expect(pages > 3)
        for page in 1...pages { #expect(text.contains("Page \(page) of \(pages)")) }
        #expect(text.contains("Executed batch record B-26-003"))
        #expect(text.contains("localhost/site/ledger · entries"))
        #expect(text.contains("Qualified Person"))
        #expect(text.contains("Changed since entry"))
    }

    @Test func aPaperOpensInAWordProcessorWithTheSameBytesEachTime() async throws {
        let sample = try await SampleLedger.shared()
        for (kind, id) in [(SitePaper.deviationReport, "DEV-0002"), (.traceReport, "B-26-003")] {
            let paper = try await sample.paper(kind, of: id)
            let docx = try paper.bytes(as: .docx, by: Converter())
            #expect(try paper.bytes(as: .docx, by: Converter()) == docx)
            // Every part is read, and those in XML are parsed.
            let parts = try Reader.run(
                "python3",
                [
                    "-c",
                    """
                    import sys, zipfile, xml.dom.minidom
                    file = zipfile.ZipFile("paper.docx")
                    assert file.testzip() is None
                    for name in file.namelist():
                        if name.endswith((".xml", ".rels")):
                            xml.dom.minidom.parseString(file.read(name))
                        print(name)
                    text = xml.dom.minidom.parseString(file.read("word/document.xml"))
                    print("".join(t.firstChild.data for t in text.getElementsByTagName("w:t")
                                  if t.firstChild))
                    """,
                ], on: docx, named: "paper.docx")
            #expect(parts.contains("word/document.xml"))
            #expect(parts.contains(id))
            #expect(parts.contains(".png") == (kind == .traceReport))
        }
    }
}
