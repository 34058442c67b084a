import Facility
import HTTPTypes
import Hummingbird

/// The fields of a form that was sent to us, after it was shown to come from a page of ours.
///
/// This is the only way to read a form, so no handler can forget the check.
struct SubmittedForm: Sendable {
    /// The field that carries the session's token.
    static let tokenField = "form-token"
    /// The field that carries the key of the form.
    static let keyField = "form-key"
    /// The field that carries the password of a signature.
    static let passwordField = "signing-password"
    /// Larger than any form of ours; a file goes another way.
    static let bytesMax = 512 * 1024

    private var pairs: [(name: String, value: String)]
    /// Whether files came with it. A form that brings files is read and never recorded at once.
    private(set) var bringsFiles = false

    /// Files of one form at most: a sample of a cytometer with the controls of a large panel.
    static let filesMax = 40

    /// The form in `request`, which must carry the token of the session.
    init(in request: Request, of context: SignedInContext) async throws {
        let pairs = try await Self.pairs(in: request)
        let token = pairs.first { $0.name == Self.tokenField }?.value ?? ""
        guard FormToken.matches(token, context.visit.session.formToken) else {
            throw WebFault.staleForm
        }
        self.pairs = pairs
    }

    /// The form in `request`, with the files that stand in its fields `fileFields`.
    ///
    /// A file is kept, and its field holds the JSON of what a record names it by. The fields of the
    /// pass stand before the files, so the token is checked before a byte of a file is kept.
    init(
        in request: Request, of context: SignedInContext, filesIn fileFields: Set<String>,
        keeping keep: (MultipartForm.File) async throws -> StoredFile
    ) async throws {
        guard request.isMultipart else {
            self = try await SubmittedForm(in: request, of: context)
            return
        }
        let form = try MultipartForm(in: request, fieldBytesMax: Self.bytesMax)
        func requireToken() throws {
            let token = form[Self.tokenField] ?? ""
            guard FormToken.matches(token, context.visit.session.formToken) else {
                throw WebFault.staleForm
            }
        }
        var files: [(name: String, value: String)] = []
        while let file = try await form.nextFile() {
            try requireToken()
            // A field in which nobody chose a file comes without a name.
            guard !file.name.isEmpty, fileFields.contains(file.field) else { continue }
            guard files.count < Self.filesMax else {
                throw WebFault.unreadable("the form brings more than \(Self.filesMax) files")
            }
            files.append((file.field, KeptFile(try await keep(file)).text))
        }
        try requireToken()
        pairs = form.fields
        for file in files { pairs.append(file) }
        bringsFiles = !files.isEmpty
    }

    /// This form with the values of the field `name` replaced.
    func replacing(_ name: String, with values: [String]) -> SubmittedForm {
        var form = self
        form.pairs.removeAll { $0.name == name }
        form.pairs += values.map { (name, $0) }
        return form
    }

    /// The form of a stranger who signs in. There is no session to protect yet; the check of the
    /// origin, made for every request that changes something, keeps other sites out.
    init(ofStranger request: Request) async throws {
        pairs = try await Self.pairs(in: request)
    }

    /// The value of the field `name`, without white space around it; nil when it is empty.
    subscript(name: String) -> String? {
        guard let value = raw(name) else { return nil }
        let trimmed = value.drop(while: \.isWhitespace)
        let end = trimmed.lastIndex { !$0.isWhitespace }
        return end.map { String(trimmed[...$0]) }
    }

    /// The value of the field `name` exactly as it was typed: for passwords.
    func raw(_ name: String) -> String? { pairs.first { $0.name == name }?.value }

    /// All values of the fields `name`.
    func all(_ name: String) -> [String] { pairs.filter { $0.name == name }.map(\.value) }

    /// The key of the form; empty when it had none.
    var key: String { raw(Self.keyField) ?? "" }

    /// The names of the fields, each once, in their order.
    var names: [String] {
        var seen: Set<String> = []
        return pairs.map(\.name).filter { seen.insert($0).inserted }
    }

    private static func pairs(in request: Request) async throws -> [(name: String, value: String)] {
        let body = try await collectedBody(of: request, limit: bytesMax)
        guard let pairs = QueryText.pairs(in: body) else {
            throw WebFault.unreadable("the form has more than \(QueryText.pairsMax) fields")
        }
        return pairs
    }
}

/// The body of `request` as text.
/// - Throws: `WebFault.tooLarge` as soon as more than `limit` bytes arrived.
func collectedBody(of request: Request, limit: Int) async throws -> String {
    if let announced = request.headers[.contentLength].flatMap({ Int($0) }), announced > limit {
        throw WebFault.tooLarge(limit: limit)
    }
    var bytes: [UInt8] = []
    for try await buffer in request.body {
        guard bytes.count + buffer.readableBytes <= limit else {
            throw WebFault.tooLarge(limit: limit)
        }
        bytes.append(contentsOf: buffer.readableBytesView)
    }
    return String(decoding: bytes, as: UTF8.self)
}

extension Request {
    /// Whether the body is a form that brings files.
    var isMultipart: Bool {
        (headers[.contentType] ?? "").lowercased().hasPrefix("multipart/form-data")
    }
}
