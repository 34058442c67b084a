/// Where a tile lies among static files (c2sp.org/tlog-tiles).
public enum TilePath {
    /// `tile/<level>/<number>`, with `.p/<width>` for a tile that is not full.
    public static func hashes(level: Int, index: UInt64, width: Int = HashTile.width) -> String {
        "tile/\(level)/\(number(index))\(partial(width))"
    }

    /// `tile/entries/<number>`, with `.p/<width>` for a bundle that is not full.
    public static func entries(index: UInt64, width: Int = HashTile.width) -> String {
        "tile/entries/\(number(index))\(partial(width))"
    }

    /// Groups of three digits, all but the last with an `x`: 1234067 is `x001/x234/067`.
    static func number(_ index: UInt64) -> String {
        func three(_ value: UInt64) -> String {
            String(repeating: "0", count: 3 - String(value).count) + String(value)
        }
        var path = three(index % 1000)
        var rest = index / 1000
        while rest > 0 {
            path = "x\(three(rest % 1000))/\(path)"
            rest /= 1000
        }
        return path
    }

    private static func partial(_ width: Int) -> String {
        width == HashTile.width ? "" : ".p/\(width)"
    }
}
