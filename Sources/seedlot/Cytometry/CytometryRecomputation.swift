import Cytometry
import Facility
import Foundation
import Ledger
import Operations

/// Computes cytometry reports from files wherever they lie, and again from those a record names.
enum CytometryRecomputation {
    /// A file with the name it goes by; a kept file lies under its digest.
    struct Named {
        var name: String
        var path: String

        /// A file under its own name.
        init(path: String) {
            name = URL(filePath: path).lastPathComponent
            self.path = path
        }

        /// A kept file.
        init(_ file: StoredFile, in store: ContentStore) {
            name = file.name
            path = store.url(of: file.digest).path
        }

        func source() throws -> PhenotypeReport.Source {
            PhenotypeReport.Source(name: name, sha256: try CytometryFiles.source(path).sha256)
        }

        func bytes() throws -> [UInt8] { try CytometryFiles.bytes(path) }
    }

    /// The report of a sample under gates and panel.
    /// - Throws: a complaint for a file that cannot be read or does not fit.
    static func report(
        sample: Named, gates: Named, panel: Named, controls: [Named]
    ) throws -> PhenotypeReport {
        let panelBytes = try panel.bytes()
        let markers: MarkerPanel
        do throws(PanelError) {
            markers = try MarkerPanel(json: panelBytes)
        } catch {
            throw Complaint("'\(panel.name)': \(error.message)")
        }
        let strategy = try CytometryFiles.strategy(
            try gates.bytes(), named: gates.name, for: sample.name)
        let set = try onlyDataSet(of: sample)
        var sets: [String: FCSDataSet] = [:]
        for control in controls { sets[control.name] = try onlyDataSet(of: control) }
        let reporter: PhenotypeReporter
        do throws(PanelError) {
            reporter = try PhenotypeReporter(panel: markers, strategy: strategy, controls: sets)
        } catch {
            throw Complaint("'\(panel.name)': \(error.message)")
        }
        return try CytometryFiles.complaining(sample.name) {
            try reporter.report(
                set, sample: try sample.source(), gates: try gates.source(),
                panelSource: try panel.source(),
                controlSources: try controls.sorted { $0.name < $1.name }.map { try $0.source() },
                software: "seedlot \(SeedlotVersion.current)", threads: CytometryFiles.threads)
        }
    }

    /// A record says nothing about which data set was read, so there must be one alone.
    private static func onlyDataSet(of file: Named) throws -> FCSDataSet {
        let sets = try CytometryFiles.dataSets(file.path, named: file.name)
        guard sets.count == 1 else {
            throw Complaint(
                "'\(file.name)' has \(sets.count) data sets, a record needs a file with one",
                wayOut: "write the one that counts with 'cytometry convert --data-set'")
        }
        return sets[0]
    }

    /// How the report that a result names differs from one computed anew; empty when every number
    /// and digest is the same.
    static func differences(
        _ result: CytometryAnalysis.Result, of analysis: CytometryAnalysis, in store: ContentStore
    ) -> [String] {
        do {
            guard analysis.versions.indices.contains(result.version - 1) else {
                return ["version \(result.version) of '\(analysis.id)' is not on record"]
            }
            let version = analysis.versions[result.version - 1]
            let bytes = try Named(result.report, in: store).bytes()
            guard let recorded = AnalysisRecord.decode(bytes) else {
                return ["'\(result.report.name)' is no report"]
            }
            let again = try report(
                sample: Named(result.sample, in: store), gates: Named(version.gates, in: store),
                panel: Named(version.panel, in: store),
                controls: result.controls.map { Named($0, in: store) })
            return AnalysisRecord.differences(recorded: recorded, recomputed: again)
        } catch {
            return [(error as? Complaint)?.what ?? "\(error)"]
        }
    }
}
