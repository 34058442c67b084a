import Documents
import Facility
import Ledger
import Testing
import TestSupport

/// Labels: what they say, how many there are, and what a printer is told.
@Suite struct LabelTests {
    @Test func eachIssueHasItsLabels() async throws {
        let sample = try await SampleLedger.sharedWithLabels()
        let batch = try sample.batch("B-26-004")
        let first = try LabelSheet(.vial, of: batch, issue: 1, in: sample.state)
        #expect(first.labels.count == 45)
        #expect(first.labels[0].code == "B-26-004-001")
        #expect(first.labels[44].code == "B-26-004-045")
        // Before the fill the expiry is that of the day the labels were issued for.
        #expect(first.labels[0].lines.contains("EXP 2027-07-12"))
        let reprint = try LabelSheet(.vial, of: batch, in: sample.state)
        #expect(reprint.labels.map(\.code) == ["B-26-004-003", "B-26-004-004", "B-26-004-017"])
        #expect(reprint.labels[2].serial.hasPrefix("reprint "))
        #expect(reprint.labels[2].lines.contains("EXP 2027-07-12"))
        #expect(reprint.labels[2].serial.hasSuffix("-3 of 3"))
        #expect(throws: Rejection.self) {
            try LabelSheet(.vial, of: batch, issue: 3, in: sample.state)
        }
    }

    @Test func aBoxHasOneLabel() async throws {
        let sample = try await SampleLedger.sharedWithLabels()
        let box = try LabelSheet(.box, of: try sample.batch("B-26-004"), issue: 1, in: sample.state)
        #expect(box.labels.map(\.code) == ["B-26-004"])
    }

    @Test func reprintsAreCountedAndReconciled() async throws {
        var sample = try await SampleLedger.withLabels()
        let labels = try #require(try sample.batch("B-26-004").labels)
        #expect((labels.issued, labels.reprinted, labels.difference) == (45, 3, 48))
        try await sample.perform(
            "label.reconcile", ["batch": "B-26-004", "used": 44, "destroyed": 3], as: "supervisor")
        let reconciled = try #require(try sample.batch("B-26-004").labels)
        #expect(reconciled.difference == 1)
        let exceptions = sample.state.exceptions(of: try sample.batch("B-26-004"))
        #expect(exceptions.contains { $0.kind == .labels })
        let paper = try await sample.paper(.labelRecord, of: "B-26-004")
        #expect(paper.changes?.first?.reason == "ribbon creased in the printer")
    }

    @Test func theLabelPrinterIsToldTheSameAsEver() async throws {
        let sample = try await SampleLedger.sharedWithLabels()
        let batch = try sample.batch("B-26-004")
        for form in LabelForm.allCases {
            let sheet = try LabelSheet(form, of: batch, in: sample.state)
            expectSnapshot(sheet.zpl(), named: "labels-\(form.rawValue).zpl")
        }
        let sheet = try LabelSheet(.bag, of: batch, in: sample.state)
        let text = try sheet.bytes(as: .text, by: Converter())
        expectSnapshot(String(decoding: text, as: UTF8.self), named: "labels-bag.txt")
    }

    /// What is printed above the other line is not read.
    @Test func noLineStandsOnAnother() async throws {
        let sample = try await SampleLedger.sharedWithLabels()
        let batch = try sample.batch("B-26-004")
        for form in LabelForm.allCases {
            let sheet = try LabelSheet(form, of: batch, in: sample.state)
            let heights = sheet.zpl().matches(of: /\^FO\d+,(\d+)\^A0/).compactMap {
                Int($0.output.1)
            }
            #expect(Set(heights).count == heights.count / sheet.labels.count)
        }
    }

    @Test func aTextIsNeverACommandOfThePrinter() async throws {
        let sample = try await SampleLedger.sharedWithLabels()
        var sheet = try LabelSheet(.vial, of: try sample.batch("B-26-004"), in: sample.state)
        sheet.labels = Array(sheet.labels.prefix(1))
        sheet.labels[0].lines = ["^XZ^XA~JR", "a_b\\&c\u{7}d", "zellen für °C"]
        let zpl = sheet.zpl()
        let commands = zpl.matches(of: /[\^~]([A-Z0-9]{2})/).map { String($0.output.1) }
        #expect(commands.filter { $0 == "XA" }.count == 1)
        #expect(commands.filter { $0 == "XZ" }.count == 1)
        #expect(!commands.contains("JR"))
        #expect(zpl.contains("^FD_5EXZ_5EXA_7EJR^FS"))
        #expect(zpl.contains("a_5Fb_5C&c_07d"))
        #expect(zpl.contains("zellen für °C"))
    }
}
