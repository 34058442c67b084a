import HTTPTypes
import Hummingbird
import NIOCore

/// The one file of a form as a browser sends it (`multipart/form-data`, RFC 7578), part by part as
/// it comes: fields before the file are read, the file itself is passed on as it streams in.
struct MultipartFile: AsyncSequence {
    typealias Element = ByteBuffer
    typealias Failure = any Error

    /// The fields that came before the file.
    let fields: [String: String]
    /// The name the browser gives the file.
    let name: String

    private let boundary: [UInt8]
    private let rest: [UInt8]
    private let body: RequestBody.AsyncIterator

    /// Bytes of fields and headings before the file at most.
    private static let headBytesMax = 16 * 1024

    /// Reads `request` up to the bytes of its first file.
    init(in request: Request) async throws {
        let type = request.headers[.contentType] ?? ""
        guard type.lowercased().hasPrefix("multipart/form-data"),
            let mark = type.firstRange(of: "boundary=")
        else { throw WebFault.unreadable("the form brings no file") }
        let name = type[mark.upperBound...].prefix { $0 != ";" }.filter { $0 != "\"" }
        guard (1...70).contains(name.utf8.count) else {
            throw WebFault.unreadable("the form has no boundary")
        }
        let boundary = Array("\r\n--\(name)".utf8)
        // The first boundary has no line before it.
        var held = Array("\r\n".utf8)
        var iterator = request.body.makeAsyncIterator()
        var fields: [String: String] = [:]
        while true {
            if let part = Self.part(in: held, boundary) {
                guard let end = part.end else {
                    // A part that goes on is a file when it says so.
                    if let file = part.fileName {
                        self.fields = fields
                        self.name = file
                        self.boundary = boundary
                        rest = Array(held[part.content...])
                        body = iterator
                        return
                    }
                    try await Self.more(&held, &iterator)
                    continue
                }
                if let file = part.fileName {
                    self.fields = fields
                    self.name = file
                    self.boundary = boundary
                    rest = Array(held[part.content...])
                    body = iterator
                    return
                }
                fields[part.name] = String(decoding: held[part.content..<end], as: UTF8.self)
                held.removeSubrange(..<end)
            } else {
                try await Self.more(&held, &iterator)
            }
        }
    }

    private static func more(
        _ held: inout [UInt8], _ iterator: inout RequestBody.AsyncIterator
    ) async throws {
        guard held.count <= headBytesMax else { throw WebFault.tooLarge(limit: headBytesMax) }
        guard let buffer = try await iterator.next() else {
            throw WebFault.unreadable("the form brings no file")
        }
        held.append(contentsOf: buffer.readableBytesView)
    }

    private struct Part {
        var name: String
        var fileName: String?
        var content: Int
        var end: Int?
    }

    /// The part that `held` begins with, once its headings are whole.
    private static func part(in held: [UInt8], _ boundary: [UInt8]) -> Part? {
        guard held.starts(with: boundary),
            let blank = find(Array("\r\n\r\n".utf8), in: held, from: boundary.count)
        else { return nil }
        let head = String(decoding: held[boundary.count..<blank], as: UTF8.self)
        let content = blank + 4
        return Part(
            name: parameter("name", in: head) ?? "", fileName: parameter("filename", in: head),
            content: content, end: find(boundary, in: held, from: content))
    }

    /// The value of `name="…"` in the heading Content-Disposition.
    private static func parameter(_ name: String, in head: String) -> String? {
        for line in head.split(whereSeparator: \.isNewline)
        where line.lowercased().hasPrefix("content-disposition:") {
            for part in line.split(separator: ";").dropFirst() {
                let pair = part.trimmingSpaces
                if pair.hasPrefix("\(name)=\"") {
                    return String(pair.dropFirst(name.count + 2).prefix { $0 != "\"" })
                }
            }
        }
        return nil
    }

    fileprivate static func find(_ wanted: [UInt8], in bytes: [UInt8], from start: Int) -> Int? {
        guard let first = wanted.first, bytes.count >= wanted.count, start >= 0 else { return nil }
        var index = start
        while index + wanted.count <= bytes.count {
            guard let candidate = bytes[index...].firstIndex(of: first),
                candidate + wanted.count <= bytes.count
            else { return nil }
            if bytes[candidate...].starts(with: wanted) { return candidate }
            index = candidate + 1
        }
        return nil
    }

    func makeAsyncIterator() -> Iterator {
        Iterator(held: rest, boundary: boundary, body: body)
    }

    /// Passes the bytes of the file on, and stops at the boundary after it.
    struct Iterator: AsyncIteratorProtocol {
        fileprivate var held: [UInt8]
        fileprivate let boundary: [UInt8]
        fileprivate var body: RequestBody.AsyncIterator
        private var isOver = false

        fileprivate init(
            held: [UInt8], boundary: [UInt8], body: RequestBody.AsyncIterator
        ) {
            self.held = held
            self.boundary = boundary
            self.body = body
        }

        mutating func next() async throws -> ByteBuffer? {
            while !isOver {
                if let end = MultipartFile.find(boundary, in: held, from: 0) {
                    isOver = true
                    return end > 0 ? ByteBuffer(bytes: held[..<end]) : nil
                }
                // The boundary may have begun in the last bytes.
                let sure = held.count - boundary.count
                if sure > 0 {
                    let part = ByteBuffer(bytes: held[..<sure])
                    held.removeSubrange(..<sure)
                    return part
                }
                guard let buffer = try await body.next() else {
                    throw WebFault.unreadable("the form ends within the file")
                }
                held.append(contentsOf: buffer.readableBytesView)
            }
            return nil
        }
    }
}
