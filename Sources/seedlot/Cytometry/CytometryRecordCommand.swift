import ArgumentParser
import Cytometry
import Facility
import Foundation
import Ledger
import Operations
import Quantities

/// The site, person and analysis that the recording commands share.
struct CytometryRecordOptions: ParsableArguments {
    @Option(help: "The site's folder.", completion: .directory) var site: String
    @Option(name: .customLong("as"), help: "Who performs it.") var person: String
    @Option(help: "The registered analysis, such as MSC-IDENTITY.") var analysis: String
    @OptionGroup var secret: PasswordOption
    @OptionGroup var output: FormatOption

    func identifiers() throws -> (PersonID, CytometryAnalysisID) {
        guard let person = PersonID(person) else {
            throw Complaint.misuse("'\(person)' is no identifier")
        }
        guard let analysis = CytometryAnalysisID(analysis) else {
            throw Complaint.misuse("'\(analysis)' is no identifier")
        }
        return (person, analysis)
    }

    /// What was done, as a program reads it.
    private struct Outcome: Encodable {
        var receipt: Receipt
        var verdict: String?
    }

    /// Performs a command and prints the entries it led to, and the verdict that it records.
    func perform(
        _ command: any Facility.Command, by person: PersonID, verdict: Cytometry.Verdict? = nil
    ) async throws {
        var request = Request(command, by: person)
        if type(of: command).signature != nil {
            request.authentication = .password(
                try secret.password(prompt: "Password of '\(person)'"))
        }
        let complete = request
        let receipt = try await SiteDoor.withSite(try SiteDoor.folder(site)) {
            try await $0.performOrComplain(complete)
        }
        switch output.format {
        case .json:
            print(try Outcome(receipt: receipt, verdict: verdict?.rawValue).printedJSON())
        case .text:
            for (offset, kind) in receipt.kinds.enumerated() {
                print("entry \(receipt.firstEntry + UInt64(offset)): \(kind)")
            }
            if let verdict { print("verdict: \(verdict.rawValue)") }
        }
    }
}

extension ContentStore {
    /// Keeps the bytes of a file under its digest.
    fileprivate func kept(_ bytes: [UInt8], name: String) throws -> StoredFile {
        do throws(ContentStoreError) {
            return StoredFile(name: name, digest: try keep(bytes, name: name).digest)
        } catch {
            throw Complaint("\(error)")
        }
    }
}

/// `seedlot cytometry register`: gates and panel of an analysis, or a new version of them.
struct CytometryRegisterCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "register",
        abstract: "Register gates and panel of an analysis on a site, or a new version.")

    @OptionGroup var options: CytometryRecordOptions
    @Option(help: "The gates (Gating-ML 2.0 or FlowJo 10).") var gates: String
    @Option(help: "The panel (JSON).") var panel: String
    @Option(help: "Why this version came to be.") var reason: String

    func run() async throws {
        let (person, analysis) = try options.identifiers()
        let (gateBytes, panelBytes) = (
            try CytometryFiles.bytes(gates), try CytometryFiles.bytes(panel)
        )
        do throws(PanelError) {
            _ = try MarkerPanel(json: panelBytes)
        } catch {
            throw Complaint("'\(panel)': \(error.message)")
        }
        try CytometryFiles.complaining(gates) { _ = try GatingDocument(gateBytes) }
        let store = try SiteDoor.folder(options.site).files
        let command = RegisterCytometryAnalysis(
            analysis: analysis,
            gates: try store.kept(gateBytes, name: URL(filePath: gates).lastPathComponent),
            panel: try store.kept(panelBytes, name: URL(filePath: panel).lastPathComponent),
            reason: reason)
        try await options.perform(command, by: person)
    }
}

/// `seedlot cytometry record FILE`: a sample read with the gates and panel in force, on record.
struct CytometryRecordCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "record",
        abstract: "Read a sample with the gates and panel in force, and record it with its files.",
        discussion: """
            The raw file, its controls and the report are kept beside the ledger under their \
            digests; 'seedlot verify' computes the report again.
            """)

    @OptionGroup var options: CytometryRecordOptions
    @Argument(help: "The cytometer's file.") var file: String
    @Option(help: "The batch.") var batch: String
    @Option(help: "The line of the specification it answers.") var test: String?
    @Option(help: "A control that the panel names; may be repeated.") var control: [String] = []
    @Option(help: "An instrument it was measured with; may be repeated.")
    var instrument: [String] = []
    @Option(help: "A lot it was stained with, such as R-7 or 'R-7=5 µL'; may be repeated.")
    var reagent: [String] = []

    func run() async throws {
        let (person, id) = try options.identifiers()
        guard let batch = BatchID(batch) else {
            throw Complaint.misuse("'\(batch)' is no identifier")
        }
        let instruments = try instrument.map { text in
            guard let id = EquipmentID(text) else {
                throw Complaint.misuse("'\(text)' is no identifier")
            }
            return id
        }
        let reagents = try reagent.map(Self.reagent)
        let folder = try SiteDoor.folder(options.site)
        let state = try await SiteDoor.state(of: folder)
        let analysis: CytometryAnalysis
        do throws(Rejection) {
            analysis = try state.cytometryAnalysis(id)
        } catch {
            throw Complaint(error.message, wayOut: error.help)
        }
        guard let version = analysis.versions.last else {
            throw Complaint("'\(id)' has no version")
        }
        let store = folder.files
        let report = try CytometryRecomputation.report(
            sample: .init(path: file), gates: .init(version.gates, in: store),
            panel: .init(version.panel, in: store), controls: control.map { .init(path: $0) })
        var controls: [StoredFile] = []
        for path in control.sorted() {
            controls.append(
                try store.kept(
                    try CytometryFiles.bytes(path), name: URL(filePath: path).lastPathComponent))
        }
        let name = URL(filePath: file).lastPathComponent
        let command = RecordCytometryResult(
            analysis: id, batch: batch, test: test,
            sample: try store.kept(try CytometryFiles.bytes(file), name: name),
            controls: controls, gates: version.gates.digest, panel: version.panel.digest,
            report: try store.kept(AnalysisRecord.encode(report), name: "\(name).report.json"),
            software: report.software, verdict: CytometryVerdict(report.verdict),
            instruments: instruments.isEmpty ? nil : instruments,
            reagents: reagents.isEmpty ? nil : reagents)
        try await options.perform(command, by: person, verdict: report.verdict)
    }

    /// A lot, and after an equals sign how much of it was used.
    private static func reagent(_ text: String) throws -> ReagentUse {
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard let lot = parts.first.flatMap({ LotID(String($0)) }) else {
            throw Complaint.misuse("'\(text)' names no lot", wayOut: "write R-7, or 'R-7=5 µL'")
        }
        guard parts.count == 2 else { return ReagentUse(lot: lot) }
        do {
            return ReagentUse(lot: lot, quantity: try Quantity(String(parts[1])))
        } catch {
            throw Complaint.misuse("'\(text)': \(error)", wayOut: "write R-7, or 'R-7=5 µL'")
        }
    }
}

extension CytometryVerdict {
    /// The verdict of a report, as it is recorded.
    fileprivate init(_ verdict: Cytometry.Verdict) {
        switch verdict {
        case .pass: self = .pass
        case .fail: self = .fail
        case .informative: self = .informative
        case .notMeasured: self = .notMeasured
        }
    }
}
