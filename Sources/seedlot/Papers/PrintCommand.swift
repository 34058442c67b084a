import ArgumentParser
import Documents
import Facility
import Foundation
import Ledger
import Operations

/// `seedlot print SITE PAPER ID`: a paper of the site, in the form asked for.
struct PrintCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "print",
        abstract: "Print a paper: certificates, batch records, reports, labels.",
        discussion: """
            Papers: certificate-of-analysis, batch-certificate, batch-record and label-record of a \
            batch; deviation-report of a deviation; trace-report of anything; labels of a batch, \
            as they were issued. The same ledger gives the same bytes.

            pdf needs the Debian package weasyprint, docx needs pandoc and librsvg2-bin, and the \
            codes of labels and batch certificates need zint.
            """)

    /// A paper, or the labels themselves.
    enum Subject: ExpressibleByArgument, CaseIterable {
        case paper(SitePaper)
        case labels

        static let allCases = SitePaper.allCases.map { Subject.paper($0) } + [.labels]

        init?(argument: String) {
            if argument == "labels" {
                self = .labels
            } else if let paper = SitePaper(rawValue: argument) {
                self = .paper(paper)
            } else {
                return nil
            }
        }

        var defaultValueDescription: String {
            switch self {
            case .paper(let paper): paper.rawValue
            case .labels: "labels"
            }
        }

        static var allValueStrings: [String] { allCases.map(\.defaultValueDescription) }
    }

    /// How a paper is printed.
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text, html, pdf, docx, zpl, json
    }

    @OptionGroup var site: SiteArgument
    @Argument(help: "Which paper.") var paper: Subject
    @Argument(help: "Of what: a batch, a deviation, or anything for a trace.") var id: String
    @Option(help: "text, html, pdf, docx, json, or zpl for labels.") var format = Format.text
    @Option(
        name: .shortAndLong, help: "The file to write; needed for pdf and docx.",
        completion: .file())
    var output: String?
    @Option(help: "Which label: vial, bag or box.") var label = LabelForm.vial
    @Option(help: "Which issue of labels, from 1; the newest when absent.") var issue: Int?
    @Option(help: "Dots of the label printer in a millimetre: 6, 8, 12 or 24.") var dots = 12

    func run() async throws {
        guard output != nil || ![.pdf, .docx].contains(format) else {
            throw Complaint.misuse(
                "--format \(format.rawValue) needs a file", wayOut: "add --output FILE")
        }
        guard [6, 8, 12, 24].contains(dots) else {
            throw Complaint.misuse(
                "--dots is \(dots)", wayOut: "label printers have 6, 8, 12 or 24 in a millimetre")
        }
        let folder = try SiteDoor.folder(site.site)
        let state = try await SiteDoor.state(of: folder)
        let bytes: [UInt8]
        switch paper {
        case .labels: bytes = try labels(state)
        case .paper(let paper):
            guard let form = PaperForm(rawValue: format.rawValue) else {
                throw Complaint.misuse(
                    "a \(paper.rawValue) has no form '\(format.rawValue)'",
                    wayOut: "zpl is for labels")
            }
            let storage = try SiteDoor.reading(folder)
            let made: Paper
            do throws(PaperError) {
                made = try await paper.make(
                    of: id, state: state, origin: folder.profile.origin,
                    publicKey: folder.profile.verifier, storage: storage, by: Converter())
            } catch {
                throw Complaint(error.message, wayOut: error.help)
            }
            bytes = try PaperFile.complaining { () throws(ConversionError) in
                try made.bytes(as: form, by: Converter())
            }
        }
        try PaperFile.give(bytes, to: output)
    }

    private func labels(_ state: SiteState) throws -> [UInt8] {
        guard let format = LabelFormat(rawValue: format.rawValue) else {
            throw Complaint.misuse(
                "labels have no form '\(format.rawValue)'", wayOut: "text, html, pdf or zpl")
        }
        guard let id = BatchID(id) else { throw Complaint.misuse("'\(id)' is no identifier") }
        let sheet: LabelSheet
        do throws(Rejection) {
            sheet = try LabelSheet(label, of: try state.batch(id), issue: issue, in: state)
        } catch {
            throw Complaint(error.message, wayOut: error.help)
        }
        return try PaperFile.complaining { () throws(ConversionError) in
            try sheet.bytes(as: format, dotsPerMillimetre: dots, by: Converter())
        }
    }
}
