import HTTPTypes
import Hummingbird
import NIOCore

/// A form that brings files, as a browser sends it (`multipart/form-data`, RFC 7578), read part by
/// part as it comes: fields are kept, files are passed on as they stream in and never held.
///
/// A form is read by one task, from its beginning to its end.
final class MultipartForm {
    /// The fields that came so far, in their order.
    private(set) var fields: [(name: String, value: String)] = []

    private let boundary: [UInt8]
    private var body: RequestBody.AsyncIterator
    /// Bytes that came and were not passed on; between parts they begin with the boundary.
    private var held: [UInt8]
    private var isWithinFile = false
    private var fieldBytes = 0

    /// Bytes of the headings of a part at most.
    private static let headingBytesMax = 16 * 1024
    /// Bytes of all fields together at most.
    private let fieldBytesMax: Int

    /// The form in `request`, of which nothing is read yet.
    init(in request: Request, fieldBytesMax: Int = 16 * 1024) throws {
        self.fieldBytesMax = fieldBytesMax
        let type = request.headers[.contentType] ?? ""
        guard type.lowercased().hasPrefix("multipart/form-data"),
            let mark = type.firstRange(of: "boundary=")
        else { throw WebFault.unreadable("the form brings no file") }
        let name = type[mark.upperBound...].prefix { $0 != ";" }.filter { $0 != "\"" }
        guard (1...70).contains(name.utf8.count) else {
            throw WebFault.unreadable("the form has no boundary")
        }
        boundary = Array("\r\n--\(name)".utf8)
        // The first boundary has no line before it.
        held = Array("\r\n".utf8)
        body = request.body.makeAsyncIterator()
    }

    /// One file of the form: its bytes as they come.
    struct File: AsyncSequence {
        typealias Element = ByteBuffer
        typealias Failure = any Error

        /// The name the browser gives it; empty where nobody chose a file.
        let name: String
        /// The field it was chosen in.
        let field: String
        fileprivate let form: MultipartForm

        func makeAsyncIterator() -> Iterator { Iterator(form: form) }

        struct Iterator: AsyncIteratorProtocol {
            fileprivate let form: MultipartForm

            mutating func next() async throws -> ByteBuffer? { try await form.bytesOfFile() }
        }
    }

    /// The next file, with the fields before it in `fields`; nil when the form ends. What was not
    /// read of the file before is passed over.
    func nextFile() async throws -> File? {
        while try await bytesOfFile() != nil {}
        while let headings = try await headings() {
            if let name = Self.parameter("filename", in: headings) {
                isWithinFile = true
                return File(
                    name: name, field: Self.parameter("name", in: headings) ?? "", form: self)
            }
            try await readField(Self.parameter("name", in: headings) ?? "")
        }
        return nil
    }

    /// The next file, which the form must hold.
    func file() async throws -> File {
        guard let file = try await nextFile() else {
            throw WebFault.unreadable("the form brings no file")
        }
        return file
    }

    /// The value of the last field called `name` that came.
    subscript(name: String) -> String? { fields.last { $0.name == name }?.value }

    /// The headings of the part that begins here; nil at the end of the form.
    private func headings() async throws -> String? {
        while held.count < boundary.count + 2 { try await readMore() }
        guard held.starts(with: boundary) else {
            throw WebFault.unreadable("the form does not begin with its boundary")
        }
        if held[boundary.count...].starts(with: Array("--".utf8)) { return nil }
        while true {
            if let blank = Self.find(Array("\r\n\r\n".utf8), in: held, from: boundary.count) {
                let text = String(decoding: held[boundary.count..<blank], as: UTF8.self)
                held.removeSubrange(..<(blank + 4))
                return text
            }
            guard held.count <= Self.headingBytesMax else {
                throw WebFault.tooLarge(limit: Self.headingBytesMax)
            }
            try await readMore()
        }
    }

    private func readField(_ name: String) async throws {
        while true {
            if let end = Self.find(boundary, in: held, from: 0) {
                fieldBytes += end
                guard fieldBytes <= fieldBytesMax else { break }
                fields.append((name, String(decoding: held[..<end], as: UTF8.self)))
                held.removeSubrange(..<end)
                return
            }
            guard fieldBytes + held.count <= fieldBytesMax + boundary.count else { break }
            try await readMore()
        }
        throw WebFault.tooLarge(limit: fieldBytesMax)
    }

    /// The next bytes of the file that is being read; nil at its end, or where there is none.
    private func bytesOfFile() async throws -> ByteBuffer? {
        while isWithinFile {
            if let end = Self.find(boundary, in: held, from: 0) {
                isWithinFile = false
                let part = ByteBuffer(bytes: held[..<end])
                held.removeSubrange(..<end)
                return part.readableBytes > 0 ? part : nil
            }
            // The boundary may have begun in the last bytes.
            let sure = held.count - boundary.count
            if sure > 0 {
                let part = ByteBuffer(bytes: held[..<sure])
                held.removeSubrange(..<sure)
                return part
            }
            try await readMore()
        }
        return nil
    }

    private func readMore() async throws {
        guard let buffer = try await body.next() else {
            throw WebFault.unreadable("the form ends before its last boundary")
        }
        held.append(contentsOf: buffer.readableBytesView)
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

    private static func find(_ wanted: [UInt8], in bytes: [UInt8], from start: Int) -> Int? {
        guard let first = wanted.first else { return nil }
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
}
