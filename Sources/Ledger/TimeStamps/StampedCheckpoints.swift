internal import Foundation

/// The time stamps of a ledger: for each stamped checkpoint its note, the request and the
/// response, side by side in one folder, so that anyone can check them with `openssl ts` too.
///
/// ```
/// FOLDER/42.checkpoint   the signed checkpoint over 42 entries, which is what is stamped
/// FOLDER/42.tsq          the request
/// FOLDER/42.tsr          the response
/// ```
public struct StampedCheckpoints: Sendable {
    /// Path of the folder.
    public let path: String

    /// The folder at `path`.
    public init(path: String) { self.path = path }

    /// Writes the newest checkpoint with a request for it; a request that waits for its answer stays
    /// as it is.
    ///
    /// - Parameter nonce: a number that nobody can foresee.
    /// - Returns: size of the checkpoint, and path of the request, to be sent to the authority.
    /// - Throws: `.stamped` when the checkpoint has its stamp: another request would void it.
    public func request(
        _ checkpoint: SignedNote, nonce: UInt64
    ) throws(StampingError) -> (size: UInt64, path: String) {
        let size: UInt64
        do throws(NoteError) {
            size = try Checkpoint(text: checkpoint.text).size
        } catch {
            throw .checkpoint(size: nil, error)
        }
        let digest = Digest.sha256(of: checkpoint.bytes)
        guard !FileManager.default.fileExists(atPath: file(size, "tsr")) else {
            throw .stamped(size: size)
        }
        let made = try? TimeStampRequest(
            parsing: read(file(size, "tsq"), bytesMax: TimeStampRequest.bytesMax))
        let request = TimeStampRequest(digest: digest, nonce: nonce)
        do {
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: true)
            try PrivateFile.write(checkpoint.bytes, to: file(size, "checkpoint"))
            if made?.digest != digest {
                try PrivateFile.write(request.bytes, to: file(size, "tsq"))
            }
        } catch {
            throw .folder("cannot write in '\(path)'")
        }
        return (size, file(size, "tsq"))
    }

    /// Keeps `response` beside the request it answers, after checking it.
    ///
    /// - Returns: size of the checkpoint, and when it was stamped.
    public func keep(
        response: [UInt8], trusted: [TimeStampCertificate]
    ) throws(StampingError) -> (size: UInt64, at: String) {
        var last: StampingError = .folder("there is no request in '\(path)'")
        for size in try sizes(of: "tsq").reversed() {
            do throws(StampingError) {
                let at = try check(response, size, trusted: trusted)
                do {
                    try PrivateFile.write(response, to: file(size, "tsr"))
                } catch {
                    throw StampingError.folder("cannot write in '\(path)'")
                }
                return (size, at)
            } catch {
                last = error
                if case .stamp(_, .otherNonce) = error { continue }
                if case .stamp(_, .otherContent) = error { continue }
                throw error
            }
        }
        throw last
    }

    /// Checks every stamp that was kept: its response, and that its checkpoint is signed by `log`.
    ///
    /// Whether the ledger extends these checkpoints is for `LedgerVerifier` to say.
    public func verify(
        log: NoteVerifier, trusted: [TimeStampCertificate]
    ) throws(StampingError) -> [(checkpoint: Checkpoint, at: String)] {
        var stamps: [(checkpoint: Checkpoint, at: String)] = []
        for size in try sizes(of: "tsr") {
            let at = try check(
                try read(file(size, "tsr"), bytesMax: TimeStampToken.bytesMax), size,
                trusted: trusted)
            do throws(NoteError) {
                let note = try SignedNote(
                    parsing: try checkpointBytes(size))
                _ = try note.verified(by: [log])
                stamps.append((try Checkpoint(text: note.text), at))
            } catch {
                throw .checkpoint(size: size, error)
            }
        }
        return stamps
    }

    private func check(
        _ response: [UInt8], _ size: UInt64, trusted: [TimeStampCertificate]
    ) throws(StampingError) -> String {
        let query = try read(file(size, "tsq"), bytesMax: TimeStampRequest.bytesMax)
        let content = try read(file(size, "checkpoint"), bytesMax: SignedNote.bytesMax)
        do throws(TimeStampError) {
            let request = try TimeStampRequest(parsing: query)
            guard request.digest == Digest.sha256(of: content) else {
                throw TimeStampError.otherContent
            }
            let token = try TimeStampToken(response: response)
            try token.verify(request: request, trusted: trusted)
            return token.at
        } catch {
            throw .stamp(size: size, error)
        }
    }

    private func checkpointBytes(_ size: UInt64) throws(NoteError) -> [UInt8] {
        do throws(StampingError) {
            return try read(file(size, "checkpoint"), bytesMax: SignedNote.bytesMax)
        } catch {
            throw .missingSignatureBlock
        }
    }

    private func file(_ size: UInt64, _ suffix: String) -> String { "\(path)/\(size).\(suffix)" }

    private func sizes(of suffix: String) throws(StampingError) -> [UInt64] {
        guard FileManager.default.fileExists(atPath: path) else { return [] }
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: path) else {
            throw .folder("cannot read '\(path)'")
        }
        return names.compactMap { name in
            name.hasSuffix(".\(suffix)")
                ? Checkpoint.treeSize(name.dropLast(suffix.count + 1)) : nil
        }.sorted()
    }

    private func read(_ file: String, bytesMax: Int) throws(StampingError) -> [UInt8] {
        guard let content = FileManager.default.contents(atPath: file), content.count <= bytesMax
        else { throw .folder("cannot read '\(file)'") }
        return Array(content)
    }
}

/// Why a checkpoint cannot be stamped, or its stamp is not accepted.
public enum StampingError: LedgerFault, Equatable {
    /// The folder of stamps failed.
    case folder(String)
    /// The checkpoint has a time stamp already.
    case stamped(size: UInt64)
    /// A checkpoint in it is not acceptable.
    case checkpoint(size: UInt64?, NoteError)
    /// A time stamp is not acceptable.
    case stamp(size: UInt64, TimeStampError)

    /// `stamping-…`, or the code of the cause.
    public var code: String {
        switch self {
        case .folder: "stamping-folder-failed"
        case .stamped: "stamping-stamped-already"
        case .checkpoint(_, let error): error.code
        case .stamp(_, let error): error.code
        }
    }

    /// What is the matter.
    public var message: String {
        switch self {
        case .folder(let reason): reason
        case .stamped(let size): "checkpoint \(size), the newest, has a time stamp already"
        case .checkpoint(let size, let error):
            "checkpoint\(size.map { " \($0)" } ?? ""): \(error.message)"
        case .stamp(let size, let error): "stamp of checkpoint \(size): \(error.message)"
        }
    }

    /// What one can do about it.
    public var help: String {
        switch self {
        case .folder: "check the path and its permissions, or make a request first"
        case .stamped: "make a request when the ledger has grown"
        case .checkpoint(_, let error): error.help
        case .stamp(_, let error): error.help
        }
    }
}
