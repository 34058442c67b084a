import Hummingbird

/// A server that does nothing but answer: what the load of the site is held against.
///
/// `/` answers two bytes; `/page` answers as many bytes as an ordinary page of the site, made
/// beforehand, so that the difference between the two is the cost of sending and the difference to
/// the site is the cost of making.
@main
struct BareServer {
    static func main() async throws {
        let port = CommandLine.arguments.dropFirst().first.flatMap { Int($0) } ?? 8090
        let page = ByteBuffer(
            bytes: Array(repeating: UInt8(ascii: "x"), count: 24_000))
        let router = Router()
        router.get("/") { _, _ in "ok" }
        router.get("page") { _, _ in
            Response(
                status: .ok, headers: [.contentType: "text/html; charset=utf-8"],
                body: ResponseBody(byteBuffer: page))
        }
        let application = Application(
            router: router, configuration: .init(address: .hostname("127.0.0.1", port: port)))
        try await application.runService()
    }
}
