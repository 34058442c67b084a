/// An array that grows at its end and shares what was not changed with its copies.
///
/// Elements stand in blocks. A copy shares every block; writing to one copies that block alone, and
/// the short list of blocks. So a snapshot of a million elements costs nothing to take and a few
/// kilobytes to write beside.
struct ChunkedArray<Element: Sendable>: Sendable {
    private var blocks: [[Element]] = []
    private(set) var count = 0

    /// Elements of one block: at 16 bytes an element a copied block has 16 kB, and a million
    /// elements make a list of 1,000 blocks.
    private static var bits: Int { 10 }
    private static var size: Int { 1 << bits }

    subscript(index: Int) -> Element {
        get { blocks[index >> Self.bits][index & (Self.size - 1)] }
        _modify { yield &blocks[index >> Self.bits][index & (Self.size - 1)] }
    }

    mutating func append(_ element: Element) {
        if count & (Self.size - 1) == 0 {
            blocks.append([])
            blocks[count >> Self.bits].reserveCapacity(Self.size)
        }
        blocks[count >> Self.bits].append(element)
        count += 1
    }
}
