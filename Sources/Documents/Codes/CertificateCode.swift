import Facility
import Ledger

/// A batch certificate as the QR codes on its paper carry it: everything an offline check needs.
///
/// The certificate in canonical JSON, with its two entries as text instead of base64, is packed
/// (gzip, RFC 1952), split into parts that a telephone still reads from paper, and each part is
/// written in Base45 (RFC 9285) behind a head that says which it is:
///
///     SEEDLOT1:2/3:5D41402A:<base45>
///
/// `5D41402A` is the beginning of the SHA-256 of everything packed, so that parts of two
/// certificates are never put together. Anyone can unpack it with two public formats.
package enum CertificateCode {
    /// The head of every part.
    package static let head = "SEEDLOT1"

    /// Bytes of one part: with head and Base45 about 1,300 characters, a QR code of version 24 at
    /// error correction level M, 113 modules wide.
    static let partBytesMax = 850

    /// Parts of one certificate at most: a page of codes. What does not fit stands in the file.
    static let partsMax = 12

    /// What the codes of `certificate` carry, in their order; `nil` when it would be more parts
    /// than fit a page.
    package static func parts(
        of certificate: BatchCertificate, by converter: Converter
    ) throws -> [String]? {
        let packed = try converter.packed(try certificate.compact().canonicalBytes())
        let count = max(1, (packed.count + partBytesMax - 1) / partBytesMax)
        guard count <= partsMax else { return nil }
        // Parts of one size make codes of one size.
        let size = (packed.count + count - 1) / count
        let mark = mark(of: packed)
        return (0..<count).map { place in
            let part = packed[(place * size)..<min(packed.count, (place + 1) * size)]
            return "\(head):\(place + 1)/\(count):\(mark):\(Base45.text(of: Array(part)))"
        }
    }

    /// Whether `bytes` are what codes carry, rather than a certificate file.
    package static func begins(_ bytes: [UInt8]) -> Bool {
        let start = bytes.drop { $0 == 0x20 || $0 == 0x0A || $0 == 0x0D || $0 == 0x09 }
        return start.starts(with: Array("\(head):".utf8))
            || start.starts(with: Array("QR-Code:\(head):".utf8))
    }

    /// Puts the certificate together from the text of its codes, one a line, in any order, as
    /// scanners give it.
    package static func certificate(
        reading text: some StringProtocol, by converter: Converter
    ) throws -> BatchCertificate {
        var parts: [Int: [UInt8]] = [:]
        var marks: Set<String> = []
        var counts: Set<Int> = []
        guard text.utf8.count <= BatchCertificate.fileBytesMax else {
            throw CertificateError.unreadable("the codes hold too much")
        }
        // Base45 may hold spaces and colons, so that a line is cut at its first three colons only.
        for line in text.split(whereSeparator: \.isNewline) {
            // `zbarimg` names the symbology before what it read.
            let line = line.hasPrefix("QR-Code:") ? line.dropFirst("QR-Code:".count) : line[...]
            let fields = line.split(separator: ":", maxSplits: 3, omittingEmptySubsequences: false)
            guard fields.count == 4, fields[0] == Self.head else { continue }
            let number = fields[1].split(separator: "/").compactMap { Int($0) }
            guard number.count == 2, (1...partsMax).contains(number[1]),
                (1...number[1]).contains(number[0]), let bytes = Base45.bytes(of: fields[3])
            else {
                throw CertificateError.unreadable("'\(line.prefix(30))…' is no part of one")
            }
            parts[number[0]] = bytes
            counts.insert(number[1])
            marks.insert(String(fields[2]))
        }
        guard let count = counts.first, counts.count == 1, let mark = marks.first,
            marks.count == 1
        else {
            throw CertificateError.unreadable(
                parts.isEmpty ? "it holds no code of one" : "the codes are of several certificates")
        }
        let missing = (1...count).filter { parts[$0] == nil }
        guard missing.isEmpty else {
            throw CertificateError.unreadable(
                "code \(missing.map(String.init).joined(separator: ", ")) of \(count) is missing")
        }
        let packed = (1...count).flatMap { parts[$0] ?? [] }
        guard self.mark(of: packed) == mark else {
            throw CertificateError.unreadable("the codes were read with errors")
        }
        var bounded = converter
        bounded.limits.outputBytes = BatchCertificate.fileBytesMax
        let bytes: [UInt8]
        do throws(ConversionError) {
            bytes = try bounded.unpacked(packed)
        } catch {
            guard case .missing = error else {
                throw CertificateError.unreadable(error.message)
            }
            throw error
        }
        return try BatchCertificate(compact: bytes)
    }

    private static func mark(of packed: [UInt8]) -> String {
        String(Digest.sha256(of: packed).hex.prefix(8)).uppercased()
    }
}

extension BatchCertificate {
    /// The file's JSON with the entries as the text they are.
    func compact() throws -> JSONValue {
        guard case .object(var members) = try JSONValue(encoding: self) else {
            throw CertificateError.unreadable("it is no object")
        }
        for (name, proven) in [("certification", certification), ("signerKey", signerKey)] {
            guard let bytes = Base64.bytes(of: proven.entry),
                let text = String(validating: bytes, as: UTF8.self)
            else { throw CertificateError.unreadable("an entry is no text") }
            members[name] = ["entry": .string(text), "proof": .string(proven.proof)]
        }
        return .object(members)
    }

    /// Reads the compact form.
    init(compact bytes: [UInt8]) throws {
        guard case .object(var members) = try JSONValue(parsing: bytes) else {
            throw CertificateError.unreadable("it is no object")
        }
        for name in ["certification", "signerKey"] {
            guard let text = members[name]?["entry"]?.stringValue,
                let proof = members[name]?["proof"]?.stringValue
            else { throw CertificateError.unreadable("'\(name)' is missing") }
            members[name] = [
                "entry": .string(Base64.text(of: Array(text.utf8))), "proof": .string(proof),
            ]
        }
        try self.init(reading: JSONValue.object(members).canonicalBytes())
    }
}
