import Deflate
import HTTPTypes
import Hummingbird
import NIOCore

/// Sends texts compressed to whoever takes them so (gzip; RFC 9110 8.4.1.3): a list of two hundred
/// rows is a tenth of its size.
///
/// Only whole answers are compressed, never a stream. The form token in a page is masked anew each
/// time (`FormToken`), so that the length of a compressed page tells nothing about it
/// (Y. Gluck, N. Harris and A. Prado, "BREACH", Black Hat USA 2013).
struct Compression: RouterMiddleware {
    /// Answers shorter than a network packet gain nothing.
    private static let bytesMin = 1400

    func handle(
        _ request: Request, context: VisitorContext,
        next: (Request, VisitorContext) async throws -> Response
    ) async throws -> Response {
        let response = try await next(request, context)
        guard Self.takesGzip(request), Self.isText(response),
            response.headers[.contentEncoding] == nil, response.status != .notModified,
            let length = response.body.contentLength, length >= Self.bytesMin
        else { return response }
        let collected = Collected()
        var answer = response
        try await response.body.write(collected)
        let compressed = DeflateFormat.gzip.compress(collected.bytes, effort: .quick)
        answer.body = ResponseBody(byteBuffer: ByteBuffer(bytes: compressed))
        answer.headers[.contentLength] = nil
        answer.headers[.contentEncoding] = "gzip"
        answer.headers[.vary] = "Accept-Encoding"
        return answer
    }

    /// Whether `gzip` stands among the encodings the reader takes, with a weight above zero.
    static func takesGzip(_ request: Request) -> Bool {
        (request.headers[.acceptEncoding] ?? "").lowercased().split(separator: ",").contains {
            part in
            let halves = part.split(separator: ";").map { $0.trimmingSpaces }
            guard halves.first == "gzip" else { return false }
            return !halves.dropFirst().contains {
                ["q=0", "q=0.0", "q=0.00", "q=0.000"].contains($0)
            }
        }
    }

    private static func isText(_ response: Response) -> Bool {
        let type = response.headers[.contentType] ?? ""
        return type.hasPrefix("text/") && !type.hasPrefix("text/event-stream")
            || type.hasPrefix("application/json") || type.hasPrefix("image/svg+xml")
    }

    /// A reader that keeps what an answer writes.
    private final class Collected: ResponseBodyWriter {
        private(set) var bytes: [UInt8] = []

        func write(_ buffer: ByteBuffer) async throws {
            bytes.append(contentsOf: buffer.readableBytesView)
        }

        func finish(_ trailingHeaders: HTTPFields?) async throws {}
    }
}
