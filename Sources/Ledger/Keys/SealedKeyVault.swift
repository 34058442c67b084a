internal import Foundation

/// Where the sealed keys of people are kept: beside the ledger, never in it.
public protocol SealedKeyVault: Sendable {
    /// The sealed key of `person`, or nil.
    func key(of person: String) throws(KeyError) -> SealedPersonKey?
    /// Keeps `key`, in place of any earlier one of the same person.
    func store(_ key: SealedPersonKey) throws(KeyError)
    /// Forgets the key of `person`; nothing happens when there is none.
    func remove(_ person: String) throws(KeyError)
}

/// A folder with one file a person, readable by the owner alone.
public struct DirectoryKeyVault: SealedKeyVault {
    /// A sealed key is well under 1 kB; a larger file is not one.
    private static let fileBytesMax = 16_384

    /// Path of the folder.
    public let path: String

    /// The folder at `path`, which is made when the first key is stored.
    public init(path: String) { self.path = path }

    /// Reads the person's file.
    public func key(of person: String) throws(KeyError) -> SealedPersonKey? {
        let file = file(of: person)
        guard FileManager.default.fileExists(atPath: file.path) else { return nil }
        do {
            let content = try Data(contentsOf: file)
            guard content.count <= Self.fileBytesMax else {
                throw KeyError.vault("'\(file.lastPathComponent)' has \(content.count) bytes")
            }
            let key = try JSONDecoder().decode(SealedPersonKey.self, from: content)
            guard key.person == person else {
                throw KeyError.vault("'\(file.lastPathComponent)' is the key of '\(key.person)'")
            }
            return key
        } catch let error as KeyError {
            throw error
        } catch {
            throw .vault("cannot read '\(file.lastPathComponent)'")
        }
    }

    /// Writes the person's file with mode 0600, whole or not at all.
    public func store(_ key: SealedPersonKey) throws(KeyError) {
        let file = file(of: key.person)
        do {
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700])
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .prettyPrinted]
            try PrivateFile.write(Array(try encoder.encode(key)) + [0x0A], to: file.path)
        } catch {
            throw .vault("cannot write '\(file.lastPathComponent)'")
        }
    }

    /// Deletes the person's file.
    public func remove(_ person: String) throws(KeyError) {
        let file = file(of: person)
        guard FileManager.default.fileExists(atPath: file.path) else { return }
        do {
            try FileManager.default.removeItem(at: file)
        } catch {
            throw .vault("cannot remove '\(file.lastPathComponent)'")
        }
    }

    /// The file name is the id in letters that no file system interprets.
    private func file(of person: String) -> URL {
        let isPlain =
            !person.isEmpty && person.utf8.count <= 64
            && person.utf8.allSatisfy {
                (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0)
                    || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
                    || $0 == UInt8(ascii: "-")
            }
        let name = isPlain ? person : "sha256-\(Digest.sha256(of: Array(person.utf8)).hex)"
        return URL(filePath: path).appending(path: "\(name).json")
    }
}

/// Files that only their owner may read.
public enum PrivateFile {
    /// Writes `bytes` to `path` with mode 0600, whole or not at all, durable on return.
    public static func write(_ bytes: [UInt8], to path: String) throws {
        let target = URL(filePath: path)
        let draft = target.deletingLastPathComponent()
            .appending(path: ".\(target.lastPathComponent).\(UInt64.random(in: .min ... .max))")
        guard
            FileManager.default.createFile(
                atPath: draft.path, contents: nil, attributes: [.posixPermissions: 0o600])
        else { throw CocoaError(.fileWriteUnknown) }
        do {
            let handle = try FileHandle(forWritingTo: draft)
            try handle.write(contentsOf: Data(bytes))
            try handle.synchronize()
            try handle.close()
            guard rename(draft.path, target.path) == 0 else {
                throw CocoaError(.fileWriteUnknown)
            }
        } catch {
            try? FileManager.default.removeItem(at: draft)
            throw error
        }
    }
}
