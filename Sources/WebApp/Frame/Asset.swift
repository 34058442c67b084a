import CAssets
import Ledger

/// A file the browser needs beside the pages. Its address holds its digest, so it may be kept for
/// ever and is never stale.
enum Asset: CaseIterable, Sendable {
    case stylesheet, script, icon

    /// Its file name.
    var name: String {
        switch self {
        case .stylesheet: "seedlot.css"
        case .script: "seedlot.js"
        case .icon: "seedlot.svg"
        }
    }

    /// Its media type.
    var mediaType: String {
        switch self {
        case .stylesheet: "text/css; charset=utf-8"
        case .script: "text/javascript; charset=utf-8"
        case .icon: "image/svg+xml"
        }
    }

    /// Its content.
    var bytes: UnsafeBufferPointer<UInt8> {
        let asset =
            switch self {
            case .stylesheet: seedlot_asset_stylesheet()
            case .script: seedlot_asset_script()
            case .icon: seedlot_asset_icon()
            }
        return UnsafeBufferPointer(start: asset.bytes, count: asset.count)
    }

    /// The first 16 hexadecimal digits of the SHA-256 of its content.
    var digest: String { Self.digests[self] ?? "" }

    /// Its address.
    var path: String { Link.asset(name: name, digest: digest).path }

    private static let digests: [Asset: String] = Dictionary(
        uniqueKeysWithValues: allCases.map {
            ($0, String(Digest.sha256(of: $0.bytes).hex.prefix(16)))
        })
}
