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
        let query = ListQuery(request.queryPairs)
        if isWhole, let found = Self.container(named: query.words, in: state) {
            return .seeOther(found)
        }
        let isListed = !isWhole || !query.words.isEmpty
        let listing = Listing(
            at: .storage, of: "containers", isListed ? level.containers : [],
            columns: level.columns, query: query,
            keeping: isWhole ? [] : [.init(name: "at", value: place.text)],
            searching: level.words(of:))
        if isListed, let file = listing.file(asked: request) { return file }
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
                        isWhole ? [:] : ["unit": place.text])
                        + Self.vessel(of: place, state)))
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
            if let box = level.box(marking: request.query("mark")) {
                html.panel("Positions") { $0.figure(box, named: "box", fits: true) }
            }
            if isListed {
                html.add(listing)
            } else {
                html.panel("Find a container") { listing.tools(&$0, isShown: false) }
            }
        }
    }

    /// Where the container called `words` is seen, when there is one in store.
    private static func container(named words: String, in state: SiteState) -> Address? {
        guard let id = ContainerID(words.trimmingSpaces), let container = state.containers[id],
            container.isInStock
        else { return nil }
        return StoragePlace(container.place).address(
            marking: .init(
                place: container.place, id: id, tone: container.standing.tone,
                hasPosition: container.hasPosition))
    }

    /// The page of the vessel a place is in, where its temperature and its nitrogen are seen.
    private static func vessel(
        of place: StoragePlace, _ state: SiteState
    ) -> [(title: String, address: Address)] {
        guard let unit = place.parts.first, state.things[unit] == .equipment else { return [] }
        return [("Temperature and nitrogen", Address(.equipmentPiece(unit)))]
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
