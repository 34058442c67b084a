import Charts
import Facility
import Hummingbird

/// `/`: what waits for the one who asks, and the site at a glance. `/search`: what an identifier
/// names.
struct HomeRoutes {
    let reception: Reception

    /// Tasks on the page; the lists hold the rest.
    private static let tasksMax = 12
    /// Batches in the picture, newest first.
    private static let batchesMax = 12

    func add(to group: RouterGroup<SignedInContext>) {
        group.get("/") { _, context in try home(context) }
        group.get("search") { request, context in try search(request, context) }
    }

    private func home(_ context: SignedInContext) throws -> Response {
        let viewer = try reception.viewer(context)
        return reception.page("Today", in: .home, for: viewer) { html in
            html.add(
                PageHead(
                    "Today", under: "\(viewer.person.name), \(viewer.person.rolesInWords)"))
            html.add(Self.readings(viewer.state))
            html.panel("What waits for you") { html in
                Self.tasks(Agenda(for: viewer).tasks, &html)
            }
            html.panel("Batches", more: ("All batches", Address(.batches))) { html in
                html.figure(Self.timeline(viewer), named: "timeline", fits: true)
            }
            if !viewer.state.rooms.isEmpty {
                html.panel("Rooms", more: ("Environment", Address(.environment))) { html in
                    html.figure(PremisesPictures.plan(viewer), named: "rooms", fits: true)
                }
            }
            html(.div, .class("columns")) { html in
                html.panel("Cell banks", more: ("All banks", Address(.banks))) { html in
                    html.figure(BankPictures.levels(viewer.state), named: "banks", fits: true)
                }
                html.panel("Open events", more: ("All events", Address(.events))) { html in
                    Self.events(viewer.state, &html)
                }
            }
        }
    }

    private static func readings(_ state: SiteState) -> Readings {
        let batches = state.unfinishedBatches
        let running = batches.count { $0.status == .open }
        let waiting = batches.count { $0.status == .completed || $0.status == .reviewed }
        let events = state.openDeviations.count
        let lots = state.quarantinedLots.count
        let stock = state.vialsInStock
        let vials = state.banks.values.filter { $0.status == .released }
            .map { stock[$0.id] ?? 0 }.reduce(0, +)
        return Readings(readings: [
            .init(name: "batches running", figure: "\(running)", link: .batches),
            .init(
                name: "waiting for disposition", figure: "\(waiting)",
                tone: waiting > 0 ? .attention : .good, link: .batches),
            .init(
                name: "open events", figure: "\(events)", tone: events > 0 ? .attention : .good,
                link: .events),
            .init(
                name: "lots in quarantine", figure: "\(lots)",
                tone: lots > 0 ? .attention : .good, link: .materials),
            .init(name: "released vials in store", figure: "\(vials)", link: .banks),
        ])
    }

    private static func tasks(_ tasks: [Agenda.Task], _ html: inout HTML) {
        guard !tasks.isEmpty else {
            html(.p, .class("nothing"), text: "Nothing waits for you.")
            return
        }
        html(.ul, .class("tasks")) { html in
            for task in tasks.prefix(tasksMax) {
                html(.li, .tone(task.tone)) { html in
                    html(.a, .href(task.address)) { html in
                        html(.span, .class("glyph"), .hiddenFromReaders, text: task.tone.glyph)
                        html(.span, .class("task-title"), text: task.title)
                        html(.span, .class("task-detail"), text: task.detail)
                    }
                    if let since = task.since { html.add(since.instant) }
                }
            }
        }
        if tasks.count > tasksMax {
            html(.p, .class("help"), text: "and \(tasks.count - tasksMax) more")
        }
    }

    private static func timeline(_ viewer: Viewer) -> Picture {
        let newest = viewer.state.batches.newestFirst(\.opened.entry)
            .prefix(batchesMax)
        return BatchTimeline(
            title: "Batches of the site",
            rows: newest.map { BatchView($0, in: viewer.state).timelineRow },
            now: viewer.now.milliseconds / 1000
        ).picture()
    }

    private static func events(_ state: SiteState, _ html: inout HTML) {
        let open = state.openDeviations
        guard !open.isEmpty else {
            html(.p, .class("nothing"), text: "No event is open.")
            return
        }
        html.add(
            History(
                happenings: open.prefix(6).map { deviation in
                    .init(
                        instant: deviation.opened.happened.description,
                        title: "\(deviation.id) \(deviation.description)",
                        detail: deviation.batch.map { "batch \($0)" },
                        person: state.name(of: deviation.opened.person), tone: .attention,
                        link: .event(deviation.id.text))
                }))
    }

    // MARK: Search

    private static let matchesMax = 100

    private func search(_ request: Request, _ context: SignedInContext) throws -> Response {
        let viewer = try reception.viewer(context)
        let wanted = (request.query("q") ?? "").trimmingSpaces
        if viewer.state.things[wanted] != nil {
            return .seeOther(Link(to: wanted, in: viewer.state))
        }
        let words = wanted.lowercased()[...]
        let matches =
            words.isEmpty
            ? []
            : Names.of(viewer.state.things).lazy.filter { $0.small.holds(words) }
                .prefix(Self.matchesMax).map(\.id)
        return reception.page("Search", in: nil, for: viewer) { html in
            html.add(PageHead("Search", under: "“\(wanted.prefix(200))”"))
            guard !matches.isEmpty else {
                html(.p, .class("nothing"), text: "Nothing is called that.")
                return
            }
            html(.ul, .class("plain")) { html in
                for id in matches {
                    html(.li) { html in
                        html(.a, .href(Link(to: id, in: viewer.state)), text: id)
                        html(
                            .span, .class("help"),
                            text: " \(viewer.state.things[id]?.title ?? ""), "
                                + viewer.state.describe(id))
                    }
                }
            }
        }
    }
}

/// The identifiers of the site in their order, also in small letters, for a search through all.
private struct Names: Sendable {
    let all: [(id: String, small: String)]

    static func of(_ things: Table<String, Thing>) -> [(id: String, small: String)] {
        things.view(Names.self) { things in
            Names(all: things.keys.sorted().map { ($0, $0.lowercased()) })
        }.all
    }
}
