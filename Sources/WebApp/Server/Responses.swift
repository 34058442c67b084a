import HTTPTypes
import Hummingbird

extension Response {
    /// A page.
    static func page(_ html: HTML, status: HTTPResponse.Status = .ok) -> Response {
        bytes(html.bytes, type: "text/html; charset=utf-8", status: status)
    }

    /// `bytes` of the media type `type`.
    static func bytes(
        _ bytes: [UInt8], type: String, status: HTTPResponse.Status = .ok
    ) -> Response {
        Response(
            status: status, headers: [.contentType: type],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }

    /// `bytes` as a file to keep under `name`, which is ours: ASCII letters, digits, `.` and `-`.
    static func file(_ bytes: [UInt8], named name: String, type: String) -> Response {
        let safe = name.map {
            $0.isASCII && ($0.isLetter || $0.isNumber || ".-_".contains($0)) ? $0 : "-"
        }
        var response = Response.bytes(bytes, type: type)
        response.headers[.contentDisposition] = "attachment; filename=\"\(String(safe))\""
        return response
    }

    /// Sends the browser to `address` with GET, so that a reload cannot submit a form again.
    static func seeOther(_ address: Address) -> Response {
        Response(status: .seeOther, headers: [.location: address.text])
    }

    /// Sends the browser to `link` with GET.
    static func seeOther(_ link: Link) -> Response { seeOther(Address(link)) }
}

extension Request {
    /// The pairs of the query.
    var queryPairs: [(name: String, value: String)] {
        QueryText.pairs(in: uri.query ?? "") ?? []
    }

    /// The query without the refused form that it may name: what the page itself was asked with.
    var queryOfPage: [Address.QueryItem] {
        queryPairs.filter { $0.name != RefusalDesk.queryName }
            .map { Address.QueryItem(name: $0.name, value: $0.value) }
    }

    /// The value of the pair `name` of the query.
    func query(_ name: String) -> String? { queryPairs.first { $0.name == name }?.value }

    /// Whether a program asks, which reads JSON.
    var isForAPI: Bool { uri.path.hasPrefix(Link.api.path + "/") || query("format") == "json" }
}
