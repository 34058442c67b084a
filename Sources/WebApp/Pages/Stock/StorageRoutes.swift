import Charts
import Facility
import Hummingbird

/// `/storage?at=LN2-1/A`: the freezer map. One level at a time, from the units of the site down to
/// the positions of a box, so that a quarter of a million positions are read as quickly as ten.
struct StorageRoutes {
    let reception: Reception

    func add(to group: RouterGroup<SignedInContext>) {
        group.get("storage") { request, context in try page(request, context) }
    }

    private func page(_ request: Request, _ context: SignedInContext) throws -> Response {
        let viewer = try reception.viewer(context)
        let state = viewer.state
        let place = StoragePlace(request.query("at") ?? "")
        let level = StorageLevel(at: place, in: state)
        // Unit by unit: a list of everything in store is longer than anybody reads.
        let isWhole = place.parts.isEmpty
        let listing = Listing(
            at: .storage, of: "containers", level.containers,
            columns: ContainerColumns.all, query: ListQuery(request.queryPairs),
            keeping: [.init(name: "at", value: place.text)])
        if !isWhole, let file = listing.file(asked: request) { return file }
        if !isWhole, level.count == 0 {
            throw WebFault.notFound(
                "container in '\(place.text.prefix(80))'", hint: "begin at the storage page")
        }
        let title = isWhole ? "Storage" : place.text
        return reception.page(title, in: .storage, for: viewer) { html in
            Self.trail(place, &html)
            html.add(
                PageHead(
                    title, kind: isWhole ? nil : "Storage",
                    under: "\(level.count) containers in stock",
                    actions: viewer.actions(
                        [MoveContainers.self, RecordExcursion.self],
                        isWhole ? [:] : ["unit": place.text])))
            if let done = request.query("done") { html.add(Notice.recorded(done)) }
            Self.excursions(at: place, viewer, &html)
            if level.count == 0 {
                html(.p, .class("nothing"), text: "Nothing is in store.")
                return
            }
            if !level.parts.isEmpty {
                html.panel(isWhole ? "Units" : "Inside") { html in
                    html.figure(level.tiles, named: "tiles", fits: true)
                    if level.parts.count > StorageTiles.partsMax {
                        html(
                            .p, .class("help"),
                            text: "\(StorageTiles.partsMax) of \(level.parts.count) are drawn; "
                                + "the list below has all containers.")
                    }
                }
            }
            if let box = level.box {
                html.panel("Positions") { $0.figure(box, named: "box", fits: true) }
            }
            if !isWhole { html.add(listing) }
        }
    }

    /// The way back up, a link for each level.
    private static func trail(_ place: StoragePlace, _ html: inout HTML) {
        guard !place.parts.isEmpty else { return }
        html(.nav, .class("trail"), .label("Where this place is")) { html in
            html(.ol) { html in
                html(.li) { $0(.a, .href(.storage), text: "Storage") }
                for depth in place.parts.indices.dropLast() {
                    html(.li) { html in
                        html(
                            .a, .href(place.prefix(depth + 1).address), text: place.parts[depth])
                    }
                }
            }
        }
    }

    private static func excursions(
        at place: StoragePlace, _ viewer: Viewer, _ html: inout HTML
    ) {
        let open = viewer.state.excursions.inOrder.filter { excursion in
            excursion.assessment == nil
                && (place.parts.isEmpty || place.text.hasPrefix(excursion.unit)
                    || excursion.unit.hasPrefix(place.text))
        }
        for excursion in open {
            html.add(
                Notice(
                    .bad, "\(excursion.unit) left its limits: \(excursion.extreme).",
                    detail: "Excursion \(excursion.id), from \(excursion.from) to \(excursion.to); "
                        + "what was in it is on hold until it is assessed."))
        }
    }
}

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

    /// The address of its page.
    var address: Address { Address(.storage, query: [.init(name: "at", value: text)]) }
}

/// What one level of the store holds.
struct StorageLevel {
    let place: StoragePlace
    /// Containers in stock at or below the place.
    let count: Int
    /// Those containers by place and identifier; none for the whole store, which nobody reads as
    /// one list.
    let containers: [Container]
    /// The places right below that have more below them, by name.
    let parts: [(name: String, counts: [Tone: Int])]
    /// What stands right here, by the name of its position.
    private let positions: [String: Container]

    /// One pass over the stock; texts are compared as bytes, so that a quarter of a million
    /// containers take some hundredths of a second.
    init(at place: StoragePlace, in state: SiteState) {
        self.place = place
        var containers: [Container] = []
        var count = 0
        var counts: [String: [Tone: Int]] = [:]
        var positions: [String: Container] = [:]
        let (wanted, slash) = (Array(place.text.utf8), UInt8(ascii: "/"))
        for container in state.containers.values where container.isInStock {
            var rest = container.place.utf8[...]
            if !wanted.isEmpty {
                guard rest.starts(with: wanted) else { continue }
                rest = rest.dropFirst(wanted.count)
                guard rest.isEmpty || rest.first == slash else { continue }
                rest = rest.dropFirst()
                containers.append(container)
            }
            count += 1
            guard !rest.isEmpty else { continue }
            let head = rest.prefix { $0 != slash }
            let name = String(Substring(head))
            // A position of its own is drawn as one; a place that holds many is a part.
            if head.count == rest.count, container.hasPosition {
                positions[name] = container
            } else {
                counts[name, default: [:]][container.standing.tone, default: 0] += 1
            }
        }
        self.count = count
        self.positions = positions
        parts = counts.map { ($0.key, $0.value) }.sorted { SortText($0.0) < SortText($1.0) }
        self.containers = containers.sorted {
            ($0.place, $0.id.text) < ($1.place, $1.id.text)
        }
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
    var box: Picture? {
        guard !positions.isEmpty else { return nil }
        let names = positions.keys.sorted { SortText($0) < SortText($1) }
        let numbers = names.compactMap { Int($0) }
        let side =
            numbers.count == names.count
            ? Self.sides.first { $0 * $0 >= numbers.max() ?? 0 } : nil
        guard let side, numbers.allSatisfy({ $0 > 0 }) else {
            return StorageMap(
                title: place.text, positions: names.map { position($0) }, perRow: 10
            ).picture()
        }
        // "7" and "07" are the same position; the label decides how it is written.
        let byNumber = Dictionary(
            names.compactMap { name in Int(name).map { ($0, name) } },
            uniquingKeysWith: { first, _ in first })
        return StorageMap(
            title: place.text,
            positions: (1...side * side).map { number in
                byNumber[number].map { position($0) } ?? .init(name: "\(number)")
            }, perRow: side
        ).picture()
    }

    private func position(_ name: String) -> StorageMap.Position {
        guard let container = positions[name] else { return .init(name: name) }
        let (words, tone) = container.standing
        return .init(
            name: name, content: container.id.text, status: words, tone: tone,
            path: PicturePath(Link.container(container.id.text).path))
    }
}
