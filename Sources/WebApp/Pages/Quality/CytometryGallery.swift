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

    /// The pictures of a result, in the order in which they are read.
    /// - Throws: `CytometryGalleryError` when a file is missing, too large or no longer readable,
    ///   or too many samples wait.
    func pictures(
        of result: CytometryAnalysis.Result, by analysis: CytometryAnalysis
    ) async throws(CytometryGalleryError) -> [ReportPictures.Picture] {
        let report = result.report.digest
        if let known = kept.withLock({ $0.first { $0.report == report } }) { return known.pictures }
        guard analysis.versions.indices.contains(result.version - 1) else {
            throw CytometryGalleryError("version \(result.version) is not on record")
        }
        let version = analysis.versions[result.version - 1]
        let isFull = waiting.withLock { waiting in
            guard waiting < Self.waitingMax else { return true }
            waiting += 1
            return false
        }
        guard !isFull else {
            throw CytometryGalleryError("\(Self.waitingMax) samples wait already")
        }
        let outcome: Result<[ReportPictures.Picture], CytometryGalleryError> =
            await withCheckedContinuation { continuation in
                queue.async {
                    let outcome = Result { () throws(CytometryGalleryError) in
                        try self.draw(result, version)
                    }
                    self.waiting.withLock { $0 -= 1 }
                    continuation.resume(returning: outcome)
                }
            }
        let pictures = try outcome.get()
        kept.withLock { kept in
            kept.removeAll { $0.report == report }
            kept.append(Kept(report: report, pictures: pictures))
            if kept.count > Self.keptMax { kept.removeFirst() }
        }
        return pictures
    }

    private func draw(
        _ result: CytometryAnalysis.Result, _ version: CytometryAnalysis.Version
    ) throws(CytometryGalleryError) -> [ReportPictures.Picture] {
        do {
            let panel = try MarkerPanel(json: store.bytes(of: version.panel.digest))
            let gates = try store.bytes(of: version.gates.digest)
            var controls: [String: FCSDataSet] = [:]
            for control in result.controls { controls[control.name] = try dataSet(control) }
            return try ReportPictures(
                dataSet(result.sample),
                strategy: try strategy(gates, named: version.gates.name, of: result.sample.name),
                panel: panel, controls: controls, palette: .safe
            ).all()
        } catch let error as CytometryGalleryError {
            throw error
        } catch {
            throw CytometryGalleryError("\(error)")
        }
    }

    private func strategy(
        _ gates: [UInt8], named name: String, of sample: String
    ) throws -> GatingStrategy {
        do throws(GatingError) {
            return try GatingDocument(gates).strategy(for: sample)
        } catch {
            throw CytometryGalleryError("'\(name)': \(error.message)")
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
        guard let first = try FCSFile.open(path: path, damage: .refuse).first else {
            throw CytometryGalleryError("'\(file.name)' holds no data set")
        }
        return first
    }
}

/// Why there is no picture; lower case, no full stop.
struct CytometryGalleryError: Error, Equatable {
    let message: String

    init(_ message: String) { self.message = message }
}
