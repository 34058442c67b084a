import Foundation

/// The bytes of a file, held in memory or mapped, that outlive every view on them.
///
/// Parsers see only this type, so they read no files themselves. A mapped file must not be cut
/// short by another process while it is in use: the operating system answers a read past the new
/// end with a signal, not with an error.
public final class FileBytes: @unchecked Sendable {
    /// Number of bytes.
    public let count: Int

    // Immutable from the end of `init` to `deinit`, which is why sharing it is safe.
    let base: UnsafeRawPointer
    private let isMapped: Bool

    /// A copy of `bytes`.
    public init(_ bytes: some Collection<UInt8>) {
        let memory = UnsafeMutableRawPointer.allocate(
            byteCount: max(bytes.count, 1), alignment: 16)
        let buffer = UnsafeMutableRawBufferPointer(start: memory, count: bytes.count)
        buffer.copyBytes(from: bytes)
        base = UnsafeRawPointer(memory)
        count = bytes.count
        isMapped = false
    }

    private init(mapped: UnsafeRawPointer, count: Int) {
        base = mapped
        self.count = count
        isMapped = true
    }

    deinit {
        if isMapped {
            munmap(UnsafeMutableRawPointer(mutating: base), count)
        } else {
            base.deallocate()
        }
    }

    /// Maps the file at `path` into memory without reading it.
    public static func mapping(path: String) throws(FCSReadError) -> FileBytes {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .file(path, systemMessage()) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw .file(path, systemMessage()) }
        guard (status.st_mode & S_IFMT) == S_IFREG else { throw .file(path, "not a regular file") }
        // An empty file cannot be mapped, and has nothing to map.
        guard status.st_size > 0 else { return FileBytes([]) }
        let size = Int(status.st_size)
        guard let memory = mmap(nil, size, PROT_READ, MAP_PRIVATE, descriptor, 0),
            memory != MAP_FAILED
        else { throw .file(path, systemMessage()) }
        madvise(memory, size, MADV_SEQUENTIAL)
        return FileBytes(mapped: UnsafeRawPointer(memory), count: size)
    }

    private static func systemMessage() -> String { String(cString: strerror(errno)).lowercased() }

    /// Calls `body` with all bytes, for hashing or copying.
    public func withBytes<Result>(
        _ body: (UnsafeRawBufferPointer) throws -> Result
    ) rethrows -> Result {
        try body(UnsafeRawBufferPointer(start: base, count: count))
    }

    /// Gives the memory of the whole pages in `range` back. They are read again from the file when
    /// they are asked for, so nothing changes but the memory in use.
    func release(_ range: Range<Int>) {
        guard isMapped else { return }
        let page = Int(sysconf(Int32(_SC_PAGESIZE)))
        let first = (max(range.lowerBound, 0) + page - 1) / page * page
        let last = min(range.upperBound, count) / page * page
        guard first < last else { return }
        madvise(UnsafeMutableRawPointer(mutating: base + first), last - first, MADV_DONTNEED)
    }

    /// A copy of the bytes in `range`, which must lie inside the file.
    func copy(_ range: Range<Int>) -> [UInt8] {
        precondition(
            range.lowerBound >= 0 && range.upperBound <= count,
            "bytes \(range) of a file of \(count) bytes")
        return [UInt8](UnsafeRawBufferPointer(start: base + range.lowerBound, count: range.count))
    }
}
