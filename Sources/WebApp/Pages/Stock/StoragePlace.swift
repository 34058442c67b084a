import Facility

/// A place of storage as its label writes it: unit, rack, box, position, parted by slashes.
struct StoragePlace: Hashable {
    /// Levels at most; a longer label is one that nobody printed.
    static let partsMax = 8

    let parts: [String]

    /// The place called `text`.
    init(_ text: String) {
        parts = text.split(separator: "/").prefix(Self.partsMax).map(String.init)
    }

    private init(parts: [String]) { self.parts = parts }

    var text: String { parts.joined(separator: "/") }

    /// The first `count` levels.
    func prefix(_ count: Int) -> StoragePlace { StoragePlace(parts: Array(parts.prefix(count))) }

    /// The place `part` inside this one.
    func inside(_ part: String) -> StoragePlace { StoragePlace(parts: parts + [part]) }

    /// The text of the place `part` inside this one, as labels write it.
    func inside(exactly part: String) -> String { parts.isEmpty ? part : text + "/" + part }

    /// The address of its page.
    var address: Address { Address(.storage, query: [.init(name: "at", value: text)]) }

    /// The address of the page on which `standing`, which stands here, is seen among what is
    /// around it.
    func address(marking standing: StoreIndex.Standing) -> Address {
        let shown = standing.hasPosition && parts.count > 1 ? prefix(parts.count - 1) : self
        return Address(
            .storage,
            query: [
                .init(name: "at", value: shown.text),
                .init(name: "mark", value: standing.id.text),
            ])
    }
}
