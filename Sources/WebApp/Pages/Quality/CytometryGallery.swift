import Cytometry
import Dispatch
import Facility
import Foundation
import Ledger
import Operations
import Synchronization

/// Draws the pictures of recorded cytometry samples from the files that their records name.
///
/// A sample is read and gated again for its pictures, which takes a core for a second or so: one
/// sample at a time, away from the threads that answer people, in a line of bounded length. What
/// was drawn last is kept; the files behind a record never change.
final class CytometryGallery: Sendable {
    /// Larger samples are drawn on the command line: `seedlot cytometry plot`.
    static let sampleBytesMax = 64 << 20
    /// Samples whose pictures are kept: about a megabyte each.
    static let keptMax = 8
    /// Samples that may wait to be drawn.
    static let waitingMax = 8

    private struct Kept {
        var report: Digest
        var pictures: [ReportPictures.Picture]
    }

    private let store: ContentStore
    private let queue = DispatchQueue(label: "seedlot.cytometry", qos: .utility)
    private let waiting = Mutex(0)
    private let kept = Mutex<[Kept]>([])

    /// The pictures of samples whose files lie in `store`.
    init(store: ContentStore) { self.store = store }

    /// The report of a result as it was recorded; nil when its file is missing or no report.
    func report(of result: CytometryAnalysis.Result) -> PhenotypeReport? {
        (try? store.bytes(of: result.report.digest)).flatMap(AnalysisRecord.decode)
    }

    /// The pictures of a sample, in the order in which they are read.
    ///
    /// - Parameter key: the digest of its report, by which the pictures are kept.
    /// - Throws: `CytometryGalleryError` when a file is missing, too large or no longer readable,
    ///   or too many samples wait.
    func pictures(
        of sample: StoredFile, with controls: [StoredFile],
        by version: CytometryAnalysis.Version, key: Digest
    ) async throws(CytometryGalleryError) -> [ReportPictures.Picture] {
        if let known = kept.withLock({ $0.first { $0.report == key } }) { return known.pictures }
        let pictures = try await inTurn { [self] () throws(CytometryGalleryError) in
            try draw(sample, controls, version)
        }
        kept.withLock { kept in
            kept.removeAll { $0.report == key }
            kept.append(Kept(report: key, pictures: pictures))
            if kept.count > Self.keptMax { kept.removeFirst() }
        }
        return pictures
    }

    /// The report of a sample under the gates and the panel of `version`, as a record of it holds it.
    ///
    /// - Parameter software: the program and version that computes it.
    /// - Throws: `CytometryGalleryError` when a file is missing, too large or does not fit, or too
    ///   many samples wait.
    func report(
        on sample: StoredFile, with controls: [StoredFile],
        by version: CytometryAnalysis.Version, software: String
    ) async throws(CytometryGalleryError) -> PhenotypeReport {
        try await inTurn { [self] () throws(CytometryGalleryError) in
            func source(_ file: StoredFile) -> PhenotypeReport.Source {
                .init(name: file.name, sha256: file.digest.hex)
            }
            do {
                return try PhenotypeReporter(
                    panel: MarkerPanel(json: store.bytes(of: version.panel.digest)),
                    strategy: strategy(of: version, for: sample), controls: dataSets(controls)
                ).report(
                    dataSet(sample), sample: source(sample), gates: source(version.gates),
                    panelSource: source(version.panel),
                    controlSources: controls.sorted { $0.name < $1.name }.map(source),
                    software: software)
            } catch {
                throw CytometryGalleryError(of: error)
            }
        }
    }

    /// Runs `body` when its turn comes, away from the threads that answer people.
    private func inTurn<Value: Sendable>(
        _ body: @escaping @Sendable () throws(CytometryGalleryError) -> Value
    ) async throws(CytometryGalleryError) -> Value {
        let isFull = waiting.withLock { waiting in
            guard waiting < Self.waitingMax else { return true }
            waiting += 1
            return false
        }
        guard !isFull else {
            throw CytometryGalleryError("\(Self.waitingMax) samples wait already")
        }
        let outcome: Result<Value, CytometryGalleryError> =
            await withCheckedContinuation { continuation in
                queue.async {
                    let outcome = Result { () throws(CytometryGalleryError) in try body() }
                    self.waiting.withLock { $0 -= 1 }
                    continuation.resume(returning: outcome)
                }
            }
        return try outcome.get()
    }

    private func draw(
        _ sample: StoredFile, _ controls: [StoredFile], _ version: CytometryAnalysis.Version
    ) throws(CytometryGalleryError) -> [ReportPictures.Picture] {
        do {
            return try ReportPictures(
                dataSet(sample), strategy: strategy(of: version, for: sample),
                panel: MarkerPanel(json: store.bytes(of: version.panel.digest)),
                controls: dataSets(controls), palette: .safe
            ).all()
        } catch {
            throw CytometryGalleryError(of: error)
        }
    }

    private func dataSets(_ controls: [StoredFile]) throws -> [String: FCSDataSet] {
        var sets: [String: FCSDataSet] = [:]
        for control in controls { sets[control.name] = try dataSet(control) }
        return sets
    }

    private func strategy(
        of version: CytometryAnalysis.Version, for sample: StoredFile
    ) throws -> GatingStrategy {
        let bytes = try store.bytes(of: version.gates.digest)
        do throws(GatingError) {
            return try GatingDocument(bytes).strategy(for: sample.name)
        } catch {
            throw CytometryGalleryError("'\(version.gates.name)': \(error.message)")
        }
    }

    private func dataSet(_ file: StoredFile) throws -> FCSDataSet {
        let path = store.url(of: file.digest).path
        let size = (try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int) ?? nil
        guard let size else { throw CytometryGalleryError("'\(file.name)' is not in the store") }
        guard size <= Self.sampleBytesMax else {
            throw CytometryGalleryError(
                "'\(file.name)' has \(size >> 20) MB, at most \(Self.sampleBytesMax >> 20) are "
                    + "drawn here; seedlot cytometry plot draws any")
        }
        let sets: [FCSDataSet]
        do throws(FCSReadError) {
            sets = try FCSFile.open(path: path, damage: .refuse)
        } catch {
            throw CytometryGalleryError("'\(file.name)': \(error.message)")
        }
        // A record says nothing of which data set was read, so there must be one alone.
        guard let first = sets.first, sets.count == 1 else {
            throw CytometryGalleryError(
                "'\(file.name)' has \(sets.count) data sets, a record needs a file with one")
        }
        return first
    }
}

/// Why there is no picture; lower case, no full stop.
struct CytometryGalleryError: Error, Equatable {
    let message: String

    init(_ message: String) { self.message = message }

    /// What `error` says, whoever threw it.
    init(of error: any Error) {
        message =
            switch error {
            case let error as CytometryGalleryError: error.message
            case let error as PanelError: error.message
            case let error as PhenotypeError: error.message
            default: "\(error)"
            }
    }
}
