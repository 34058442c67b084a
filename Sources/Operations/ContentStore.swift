package import Foundation
package import Ledger

/// Files kept under their SHA-256: definitions, cytometer files, images, documents.
///
/// A file is written once and never changed; the fact that mentions it holds its digest.
package struct ContentStore: Sendable {
    /// Bytes of one file at most: a cytometer run of ten million events with twelve parameters.
    package static let fileBytesMax = 1 << 30

    private let folder: URL

    /// The store in `folder`, which is made when the first file is kept.
    package init(folder: URL) { self.folder = folder }

    /// Keeps `bytes`; keeping the same bytes again does nothing.
    package func keep(_ bytes: [UInt8], name: String) throws(ContentStoreError) -> FileReference {
        guard bytes.count <= Self.fileBytesMax else {
            throw .tooLarge(name: name, bytes: bytes.count, limit: Self.fileBytesMax)
        }
        let digest = Digest.sha256(of: bytes)
        let file = url(of: digest)
        if !FileManager.default.fileExists(atPath: file.path) {
            do {
                try FileManager.default.createDirectory(
                    at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
                try PrivateFile.write(bytes, to: file.path)
            } catch {
                throw .unwritable(name: name, reason: "\(error)")
            }
        }
        return FileReference(digest: digest, size: UInt64(bytes.count), name: name)
    }

    /// The bytes of a kept file.
    package func bytes(of digest: Digest) throws(ContentStoreError) -> [UInt8] {
        do {
            return Array(try Data(contentsOf: url(of: digest)))
        } catch {
            throw .missing(digest)
        }
    }

    /// A kept file as an entry names it.
    /// - Throws: `missing` when it was not kept.
    package func reference(
        to digest: Digest, name: String
    ) throws(ContentStoreError) -> FileReference {
        let values = try? url(of: digest).resourceValues(forKeys: [.fileSizeKey])
        guard let size = values?.fileSize else { throw .missing(digest) }
        return FileReference(digest: digest, size: UInt64(size), name: name)
    }

    /// Where a kept file lies.
    package func url(of digest: Digest) -> URL {
        folder.appending(path: "\(digest.hex.prefix(2))/\(digest.hex)")
    }
}

/// Why a file could not be kept or read.
package enum ContentStoreError: Error, Hashable, CustomStringConvertible {
    case tooLarge(name: String, bytes: Int, limit: Int)
    case unwritable(name: String, reason: String)
    case missing(Digest)

    package var description: String {
        switch self {
        case .tooLarge(let name, let bytes, let limit):
            "'\(name)' has \(bytes) bytes, at most \(limit) are kept"
        case .unwritable(let name, let reason): "'\(name)' cannot be kept: \(reason)"
        case .missing(let digest): "there is no file \(digest.hex)"
        }
    }
}

extension ContentStore {
    /// What a look at a kept file gives, for the verification of a ledger.
    package func condition(of reference: FileReference) -> StoredFileCondition {
        let file = url(of: reference.digest)
        guard FileManager.default.fileExists(atPath: file.path) else { return .missing }
        do {
            let handle = try FileHandle(forReadingFrom: file)
            defer { try? handle.close() }
            var hasher = IncrementalDigest()
            var size: UInt64 = 0
            while let part = try handle.read(upToCount: 1 << 20), !part.isEmpty {
                hasher.update(part)
                size += UInt64(part.count)
            }
            return .present(hasher.finalize(), size: size)
        } catch {
            return .unreadable("\(error)")
        }
    }
}
