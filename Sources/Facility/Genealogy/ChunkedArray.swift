/// An array that grows at its end and shares what was not changed with its copies.
///
/// Elements stand in blocks, blocks in groups. A copy shares all of them; writing to one copies one
/// block, one group and the short list of groups: some kilobytes, however long the array is. So a
/// snapshot of a million elements costs nothing to take and next to nothing to write beside.
struct ChunkedArray<Element: Sendable>: Sendable {
    private var groups: [[[Element]]] = []
    private(set) var count = 0

    /// Elements of a block and blocks of a group, 64 each: at 16 bytes an element a write beside a
    /// copy moves 1 kB of elements, 64 references to blocks, and one reference for every 4,096
    /// elements.
    private static var bits: Int { 6 }
    private static var size: Int { 1 << bits }
    private static var mask: Int { size - 1 }

    subscript(index: Int) -> Element {
        get { groups[index >> (2 * Self.bits)][index >> Self.bits & Self.mask][index & Self.mask] }
        _modify {
            yield &groups[index >> (2 * Self.bits)][index >> Self.bits & Self.mask][
                index & Self.mask]
        }
    }

    mutating func append(_ element: Element) {
        let group = count >> (2 * Self.bits)
        if group == groups.count { groups.append([]) }
        if count & Self.mask == 0 {
            var block: [Element] = []
            block.reserveCapacity(Self.size)
            groups[group].append(block)
        }
        groups[group][count >> Self.bits & Self.mask].append(element)
        count += 1
    }

    /// All elements, in order.
    var elements: [Element] { groups.flatMap { $0.flatMap(\.self) } }
}
