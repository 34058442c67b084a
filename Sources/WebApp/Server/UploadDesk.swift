import Facility
import Foundation
import HTTPTypes
import Hummingbird
import Ledger
import NIOCore
import Operations
import Synchronization

/// Takes files in: streamed to the disk as they come, never whole in memory, and kept under their
/// SHA-256 once they are whole.
final class UploadDesk: Sendable {
    /// Bytes of one file at most: a cytometer run or a day of particle counts; a larger one is
    /// brought to the machine by other means.
    static let fileBytesMax = 256 << 20
    /// Files taken in at once: each holds a descriptor and a share of the disk's time.
    static let atOnceMax = 4

    private let store: ContentStore
    private let incoming: URL
    private let open = Mutex(0)
    /// Bytes of one file at most, at this desk.
    private let limit: Int

    /// A desk before the files of a site.
    init(folder: SiteFolder, limit: Int = UploadDesk.fileBytesMax) {
        self.limit = limit
        store = folder.files
        incoming = folder.url.appending(path: "files/incoming")
    }

    /// Keeps what `body` brings as the file `name`.
    ///
    /// - Parameter bytesMax: bytes of this file at most, where less than the desk takes is enough.
    /// - Throws: a fault when too many come at once, when it is too large, or when the disk fails.
    ///   What was written until then is removed.
    func receive(
        _ body: some AsyncSequence<ByteBuffer, any Error>, named name: String, randomName: String,
        bytesMax: Int = .max
    ) async throws -> FileReference {
        let limit = min(limit, bytesMax)
        let goesIn = open.withLock { open in
            guard open < Self.atOnceMax else { return false }
            open += 1
            return true
        }
        guard goesIn else { throw WebFault.tooManyUploads }
        defer { open.withLock { $0 -= 1 } }
        let part = incoming.appending(path: randomName)
        defer { try? FileManager.default.removeItem(at: part) }
        do {
            try FileManager.default.createDirectory(
                at: incoming, withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700])
            guard
                FileManager.default.createFile(
                    atPath: part.path, contents: nil, attributes: [.posixPermissions: 0o600])
            else { throw WebFault.diskFailed }
            let handle = try FileHandle(forWritingTo: part)
            defer { try? handle.close() }
            var digest = IncrementalDigest()
            var size = 0
            for try await buffer in body {
                size += buffer.readableBytes
                guard size <= limit else { throw WebFault.tooLarge(limit: limit) }
                let data = Data(buffer.readableBytesView)
                digest.update(data)
                try handle.write(contentsOf: data)
            }
            guard size > 0 else { throw WebFault.unreadable("the file is empty") }
            // Its name must not outlive its bytes when the power fails.
            try handle.synchronize()
            let whole = digest.finalize()
            let place = store.url(of: whole)
            if !FileManager.default.fileExists(atPath: place.path) {
                try FileManager.default.createDirectory(
                    at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
                try FileManager.default.moveItem(at: part, to: place)
            }
            return FileReference(digest: whole, size: UInt64(size), name: name)
        } catch let fault as WebFault {
            throw fault
        } catch is CocoaError {
            throw WebFault.diskFailed
        }
    }
}

extension Reception {
    /// Keeps a file of a form at `desk`, as a record will name it, with its size in bytes.
    ///
    /// - Parameter bytesMax: bytes of this file at most, where less than the desk takes is enough.
    func keep(
        _ file: MultipartForm.File, at desk: UploadDesk, bytesMax: Int = .max
    ) async throws -> (file: StoredFile, size: Int) {
        let name = KeptFile.name(of: file.name)
        let kept = try await desk.receive(
            file, named: name, randomName: Digest.sha256(of: randomBytes(32)).hex,
            bytesMax: bytesMax)
        return (StoredFile(name: name, digest: kept.digest), Int(kept.size))
    }
}

extension WebFault {
    static let tooManyUploads = WebFault(
        status: .serviceUnavailable, code: "too-many-uploads",
        message: "\(UploadDesk.atOnceMax) files are being taken in already",
        hint: "try again in a minute", retryAfter: 60)

    static let diskFailed = WebFault(
        status: .serviceUnavailable, code: "files-failed", message: "the file cannot be kept",
        hint: "nothing was kept; tell the administrator, who checks the disk")
}
