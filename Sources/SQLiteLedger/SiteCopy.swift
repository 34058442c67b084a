internal import Foundation
internal import Ledger

/// A copy of a whole site folder, taken while the site runs.
///
/// The ledger is copied first, then every other file. A file is stored before the entry that
/// names it is appended, so that every file the copied ledger rests on is there to be copied.
public struct SiteCopy: Sendable {
    /// Name of the ledger within a site.
    public static let ledgerName = "ledger.sqlite"

    private let source: String
    private let target: String

    /// A copy from the folder `source` to the folder `target`.
    public init(from source: String, to target: String) {
        // Without a slash at the end: the copy is made under a longer name first.
        self.source = URL(filePath: source).standardizedFileURL.path
        self.target = URL(filePath: target).standardizedFileURL.path
    }

    /// Copies, and calls `progress` with the number of files so far.
    ///
    /// The copy is made under another name beside `target` and moved there when it is whole and
    /// `check` accepts it; otherwise nothing is left behind.
    /// - Parameter check: looks at the finished copy, whose path it is given.
    public func run(
        progress: (Int) -> Void = { _ in },
        check: (String) async throws -> Void = { _ in }
    ) async throws {
        let files = FileManager.default
        guard !files.fileExists(atPath: target) else {
            throw StorageError.occupied(path: target)
        }
        let draft = "\(target).part-\(UInt32.random(in: .min ... .max))"
        try files.createDirectory(
            atPath: draft, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700]
        )
        do {
            try SQLiteLedgerStorage.backUp(
                from: "\(source)/\(Self.ledgerName)", to: "\(draft)/\(Self.ledgerName)")
            var count = 0
            try copyFolder(".", into: draft, count: &count, progress: progress)
            try await check(draft)
            try files.moveItem(atPath: draft, toPath: target)
        } catch {
            try? files.removeItem(atPath: draft)
            throw error
        }
    }

    private func copyFolder(
        _ folder: String, into draft: String, count: inout Int, progress: (Int) -> Void
    ) throws {
        let files = FileManager.default
        for name in try files.contentsOfDirectory(atPath: "\(source)/\(folder)").sorted() {
            let path = folder == "." ? name : "\(folder)/\(name)"
            if folder == ".", name.hasPrefix(Self.ledgerName) { continue }
            let attributes = try files.attributesOfItem(atPath: "\(source)/\(path)")
            switch attributes[.type] as? FileAttributeType {
            case .typeDirectory?:
                try files.createDirectory(
                    atPath: "\(draft)/\(path)", withIntermediateDirectories: true,
                    attributes: attributes.filter { $0.key == .posixPermissions })
                try copyFolder(path, into: draft, count: &count, progress: progress)
            case .typeRegular?:
                // A file half written has a name that begins with a dot.
                guard !name.hasPrefix(".") else { continue }
                try files.copyItem(atPath: "\(source)/\(path)", toPath: "\(draft)/\(path)")
                count += 1
                progress(count)
            default: continue
            }
        }
    }
}
