import Charts
import Facility
import Quantities

/// What one level of the store holds.
struct StorageLevel {
    let place: StoragePlace
    /// How many containers are in stock at or below the place.
    let count: Int
    /// The places right below that have more below them, by name.
    let parts: [(name: String, counts: [Tone: Int])]
    /// What stands right here, by the name of its position.
    private let positions: [String: StoreIndex.Standing]
    private let state: SiteState
    private let index: StoreIndex
    /// Where in the index the containers right at the place stand, and those inside it.
    private let stretches: (here: Range<Int>, inside: Range<Int>)

    /// The level at `place`, in time that grows with its parts and positions, not with the store.
    init(at place: StoragePlace, in state: SiteState) {
        self.place = place
        self.state = state
        index = StoreIndex.of(state.containers)
        let inside = index.stretch(inside: place.text)
        var counts: [String: [Tone: Int]] = [:]
        var positions: [String: StoreIndex.Standing] = [:]
        let skipped = place.parts.isEmpty ? 0 : place.text.utf8.count + 1
        var next = inside.lowerBound
        while next < inside.upperBound {
            let standing = index.standings[next]
            let rest = standing.place.utf8.dropFirst(skipped)
            let head = rest.prefix { $0 != UInt8(ascii: "/") }
            let name = String(Substring(head))
            let path = place.inside(exactly: name)
            let isHere = head.count == rest.count
            let stretch = isHere ? index.stretch(at: path) : index.stretch(inside: path)
            let end = min(max(stretch.upperBound, next + 1), inside.upperBound)
            // A position of its own is drawn as one; a place that holds many is a part.
            if isHere, standing.hasPosition {
                positions[name] = standing
            } else if !name.isEmpty {
                counts[name, default: [:]].merge(index.counts(in: next..<end), uniquingKeysWith: +)
            }
            next = end
        }
        self.positions = positions
        parts = counts.map { ($0.key, $0.value) }.sorted { SortText($0.0) < SortText($1.0) }
        stretches = (
            place.parts.isEmpty ? 0..<0 : index.stretch(at: place.text), inside
        )
        count = stretches.here.count + stretches.inside.count
    }

    /// The containers in stock at or below the place, by place and identifier.
    var containers: [StoreIndex.Standing] {
        Array(index.standings[stretches.here]) + Array(index.standings[stretches.inside])
    }

    /// What a search among the containers looks at: number, place and standing.
    func words(of standing: StoreIndex.Standing) -> String {
        let status = state.containers[standing.id]?.standing.words ?? ""
        return "\(standing.id)\n\(standing.place)\n\(status)".lowercased()
    }

    /// The columns of the list of containers.
    var columns: [Column<StoreIndex.Standing>] {
        let state = state
        func container(_ standing: StoreIndex.Standing) -> Container? {
            state.containers[standing.id]
        }
        return [
            .link("container", "Container", { $0.id.text }, to: { .container($0.id.text) }),
            .status(
                "status", "Status",
                { container($0)?.standing ?? (words: "", tone: .inactive) }),
            Column("place", "Place", { $0.place }) { standing, html in
                html(
                    .a, .href(StoragePlace(standing.place).address(marking: standing)),
                    text: standing.place)
            },
            Column("cells", "Cells") { container($0)?.cells?.description ?? "" },
            Column("expires", "Expires") { container($0)?.expires?.description ?? "" },
        ]
    }

    /// The parts as tiles.
    var tiles: Picture {
        StorageTiles(
            title: place.parts.isEmpty ? "Units of storage" : "Inside \(place.text)",
            noun: "containers",
            parts: parts.map { part in
                .init(
                    name: part.name, counts: part.counts,
                    path: PicturePath(place.inside(part.name).address.text))
            }
        ).picture()
    }

    /// Boxes as they are sold: five to twenty positions a side.
    private static let sides = [5, 6, 7, 8, 9, 10, 12, 15, 20]

    /// The positions of the box as a grid; nil where there are none.
    ///
    /// The site knows which positions are taken, not how large a box is: the grid is the smallest
    /// box sold that holds the highest position in use.
    ///
    /// - Parameter marked: identifier of a container that a reader looks for.
    func box(marking marked: String? = nil) -> Picture? {
        guard !positions.isEmpty else { return nil }
        let names = positions.keys.sorted { SortText($0) < SortText($1) }
        let numbers = names.compactMap { Int($0) }
        let side =
            numbers.count == names.count
            ? Self.sides.first { $0 * $0 >= numbers.max() ?? 0 } : nil
        guard let side, numbers.allSatisfy({ $0 > 0 }) else {
            return StorageMap(
                title: place.text, positions: names.map { position($0, marked) }, perRow: 10
            ).picture()
        }
        // "7" and "07" are the same position; the label decides how it is written.
        let byNumber = Dictionary(
            names.compactMap { name in Int(name).map { ($0, name) } },
            uniquingKeysWith: { first, _ in first })
        return StorageMap(
            title: place.text,
            positions: (1...side * side).map { number in
                byNumber[number].map { position($0, marked) } ?? .init(name: "\(number)")
            }, perRow: side
        ).picture()
    }

    private func position(_ name: String, _ marked: String?) -> StorageMap.Position {
        guard let id = positions[name]?.id, let container = state.containers[id] else {
            return .init(name: name)
        }
        let (words, tone) = container.standing
        return .init(
            name: name, content: id.text, status: words, tone: tone,
            path: PicturePath(Link.container(id.text).path), isMarked: id.text == marked)
    }
}
