import HTTPTypes
import Hummingbird
import Synchronization

/// `/live`: tells an open page when the ledger has grown (server-sent events, WHATWG HTML 9.2).
///
/// The event holds the number of entries and nothing else: what changed is read by asking for the
/// page again, with the rights of the one who asks.
struct EventStream: Sendable {
    /// Open streams at once. Each holds a connection; a browser keeps one a page.
    static let streamsMax = 500

    /// Gives the size of the ledger each time it has grown.
    let sizes: @Sendable () -> AsyncStream<Int>
    private let open = OpenStreams()

    init(sizes: @escaping @Sendable () -> AsyncStream<Int>) { self.sizes = sizes }

    /// Streams that are open now.
    var openCount: Int { open.now }

    /// The answer that never ends by itself.
    func response() throws -> Response {
        guard open.enter() else {
            throw WebFault(
                status: .serviceUnavailable, code: "too-many-streams",
                message: "\(Self.streamsMax) pages are following the ledger already",
                hint: "reload the page to see what is new", retryAfter: 30)
        }
        let (sizes, open) = (sizes, open)
        return Response(
            status: .ok,
            headers: [.contentType: "text/event-stream", .cacheControl: "no-store"],
            body: ResponseBody { writer in
                defer { open.leave() }
                try await writer.write(ByteBuffer(string: "retry: 3000\n\n"))
                for await size in sizes() {
                    let line =
                        size < 0 ? ": still here\n\n" : "event: grown\ndata: \(size)\n\n"
                    try await writer.write(ByteBuffer(string: line))
                }
                try await writer.finish(nil)
            })
    }
}

/// How many streams are open.
private final class OpenStreams: Sendable {
    private let count = Mutex(0)

    func enter() -> Bool {
        count.withLock { count in
            guard count < EventStream.streamsMax else { return false }
            count += 1
            return true
        }
    }

    var now: Int { count.withLock { $0 } }

    func leave() { count.withLock { $0 -= 1 } }
}
