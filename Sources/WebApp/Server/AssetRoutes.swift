import HTTPTypes
import Hummingbird

/// `/assets/…`: the style sheet, the script and the icon.
struct AssetRoutes {
    func add(to router: Router<VisitorContext>) {
        router.get("assets/{digest}/{name}") { request, context in
            let name = try context.parameters.require("name")
            let digest = try context.parameters.require("digest")
            guard let asset = Asset.allCases.first(where: { $0.name == name }),
                asset.digest == digest
            else { throw WebFault.notFound("asset '\(name)'") }
            return Self.response(for: asset, to: request)
        }
    }

    private static func response(for asset: Asset, to request: Request) -> Response {
        // The address changes with the content, so a year is safe (RFC 8246).
        var headers: HTTPFields = [
            .contentType: asset.mediaType, .eTag: "\"\(asset.digest)\"",
            .cacheControl: "public, max-age=31536000, immutable",
        ]
        if request.headers[.ifNoneMatch]?.contains("\"\(asset.digest)\"") == true {
            return Response(status: .notModified, headers: headers)
        }
        headers[.contentLength] = String(asset.bytes.count)
        return Response(
            status: .ok, headers: headers,
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: asset.bytes)))
    }
}
