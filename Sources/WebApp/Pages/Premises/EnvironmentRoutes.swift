import Charts
import Facility
import Hummingbird

/// `/environment`: the rooms as a plan, counts against their limits, and what went beyond them with
/// the batches that were there.
struct EnvironmentRoutes {
    let reception: Reception

    /// Charts on the first page; each place shows its own.
    private static let chartsMax = 6

    func add(to group: RouterGroup<SignedInContext>) {
        group.get("environment") { request, context in try list(request, context) }
        group.get("environment/trends/{place}/{method}") { request, context in
            try trend(request, context)
        }
        group.get("environment/samples/{sample}") { request, context in
            try sample(request, context)
        }
    }

    private func list(_ request: Request, _ context: SignedInContext) throws -> Response {
        let viewer = try reception.viewer(context)
        let state = viewer.state
        let standing = reception.workedOut.value(EnvironmentStanding.self, of: state) {
            EnvironmentStanding(of: state)
        }
        let listing = Listing(
            at: .environment, of: "samples",
            state.environmentSamples.newestFirst(\.taken.entry),
            columns: EnvironmentColumns.samples(state), query: ListQuery(request.queryPairs))
        return reception.list(
            listing, titled: "Environment", in: .environment, request: request, for: viewer
        ) { html in
            html.add(
                PageHead(
                    "Environment", under: "Air and surfaces against their limits.",
                    actions: viewer.actions(
                        [
                            TakeEnvironmentSample.self, RecordParticles.self,
                            ImportParticleSeries.self, RecordPressure.self,
                            SetEnvironmentLimits.self,
                        ], [:], returnTo: .environment)))
            if let done = request.query("done") { html.add(Notice.recorded(done)) }
            html.add(Self.readings(standing))
            html.panel("Rooms", more: ("All rooms", Address(.rooms))) { html in
                html.figure(
                    PremisesPictures.plan(viewer), named: "plan", fits: true,
                    caption: "Coloured by condition, qualification and the readings of the last "
                        + "\(PremisesPictures.days) days.")
            }
            Self.excursions(standing, state, &html)
            let series = standing.series
            if !series.isEmpty {
                html.panel("Counts against their limits") { html in
                    for (index, one) in series.prefix(Self.chartsMax).enumerated() {
                        html.figure(one.picture(), named: "series-\(index)", fits: true)
                        html(.p) { $0(.a, .href(one.link), text: "Samples of \(one.title)") }
                    }
                    if series.count > Self.chartsMax {
                        html(.ul, .class("plain")) { html in
                            for one in series.dropFirst(Self.chartsMax) {
                                html(.li) { $0(.a, .href(one.link), text: one.title) }
                            }
                        }
                    }
                }
            }
            html(.h2, text: "Samples")
        }
    }

    private static func readings(_ standing: EnvironmentStanding) -> Readings {
        let all = standing.counts.values.reduce(0, +)
        let alerts = standing.counts[.alert] ?? 0
        let actions = standing.counts[.action] ?? 0
        let unread = standing.counts[nil] ?? 0
        let open = standing.events.count { $0.deviation.isOpen }
        return Readings(readings: [
            .init(name: "samples", figure: "\(all)"),
            .init(name: "to be read", figure: "\(unread)"),
            .init(
                name: "above alert limit", figure: "\(alerts)",
                tone: alerts > 0 ? .attention : .good),
            .init(
                name: "above action limit", figure: "\(actions)", tone: actions > 0 ? .bad : .good),
            .init(
                name: "open events", figure: "\(open)", tone: open > 0 ? .attention : .good,
                link: .events),
        ])
    }

    /// What went beyond its limits, with the batches that were in the room.
    private static func excursions(
        _ standing: EnvironmentStanding, _ state: SiteState, _ html: inout HTML
    ) {
        let (beyond, events) = (standing.beyond, standing.events)
        html.panel("Beyond the limits") { html in
            if beyond.isEmpty, events.isEmpty {
                html(.p, .class("nothing"), text: "Nothing was beyond its limits.")
                return
            }
            if !beyond.isEmpty {
                html.add(
                    RowsTable(
                        of: "samples beyond their limits", beyond,
                        columns: EnvironmentColumns.samples(state) + [
                            EnvironmentColumns.batches {
                                state.batches(at: $0.place, on: $0.taken.happened)
                            }
                        ], tone: { state.verdict(on: $0)?.tone }))
            }
            if !events.isEmpty {
                html.add(
                    RowsTable(
                        of: "events", events,
                        columns: [
                            .link(
                                "event", "Event", { $0.deviation.id.text },
                                to: { .event($0.deviation.id.text) }),
                            .status(
                                "status", "Status", { ($0.deviation.status, $0.deviation.tone) }),
                            Column("what", "What", { $0.deviation.description }).roomy,
                            EnvironmentColumns.batches { $0.batches },
                            .instant("opened", "Opened") {
                                $0.deviation.opened.happened.description
                            },
                        ]))
            }
        }
    }

    private func trend(_ request: Request, _ context: SignedInContext) throws -> Response {
        let viewer = try reception.viewer(context)
        let state = viewer.state
        let (placeText, methodText) = (
            try context.parameters.require("place"), try context.parameters.require("method")
        )
        guard let place = PlaceID(placeText), let method = ViableMethod(rawValue: methodText),
            state.rooms[place.naming(Room.self)] != nil
                || state.equipment[place.naming(Equipment.self)] != nil
        else { throw WebFault.notFound("trend of '\(placeText.prefix(80))'") }
        let series = EnvironmentSeries(of: method, at: place, in: state)
        let listing = Listing(
            at: series.link, of: "samples",
            state.environmentSamples.values.filter { $0.place == place && $0.method == method }
                .sorted { $0.taken.entry > $1.taken.entry },
            columns: EnvironmentColumns.samples(state), query: ListQuery(request.queryPairs))
        return reception.list(
            listing, titled: series.title, in: .environment,
            trail: [("Environment", .environment)], request: request, for: viewer
        ) { html in
            html.add(
                PageHead(
                    series.title, kind: "Environment, grade \(state.grade(of: place).rawValue)",
                    actions: [("The place", Address(Link(to: place.text, in: state)))]))
            var facts = Facts()
            facts.add("Alert limit", series.limits?.alert.map { "\($0)" } ?? "none set")
            facts.add("Action limit", series.limits.map { "\($0.action)" } ?? "none")
            let own = state.ownLimits(of: method, at: place).last
            facts.add("Basis", own?.basis ?? "EU GMP Annex 1 (2022) 9.30 Table 6")
            facts.add("Set", (own?.stamp).map(state.signed))
            html(.section, .class("panel")) { html in
                html.add(facts)
                if !series.samples.isEmpty {
                    html.figure(
                        series.picture(), named: "series", fits: true,
                        caption: "Marked: counts above their limits when they were taken, nine "
                            + "in a row on one side of the mean, six rising or falling.")
                }
            }
        }
    }

    private func sample(_ request: Request, _ context: SignedInContext) throws -> Response {
        let viewer = try reception.viewer(context)
        let state = viewer.state
        let sample = try viewer.found(
            "sample", context.parameters.require("sample"), EnvironmentSampleID.init
        ) { id throws(Rejection) in try state.environmentSample(id) }
        let id = sample.id.text
        let verdict = state.verdict(on: sample)
        return reception.page(
            id, in: .environment, trail: [("Environment", .environment)], for: viewer
        ) { html in
            let types: [any Command.Type] =
                sample.reading == nil
                ? [ReadEnvironmentSample.self]
                : (sample.reading?.colonies ?? 0) > 0 ? [IdentifyIsolate.self] : []
            html.add(
                PageHead(
                    id, kind: "Environmental sample",
                    status: verdict.map { Badge($0.words, $0.tone) }
                        ?? Badge("to be read", .underway),
                    actions: viewer.actions(
                        types, ["sample": id], returnTo: .environmentSample(id))))
            if let done = request.query("done") { html.add(Notice.recorded(done)) }
            var facts = Facts()
            facts.add("Place", sample.place.text, to: Link(to: sample.place.text, in: state))
            facts.add("Location", sample.location)
            facts.add(
                "Method", sample.method.rawValue.replacing("-", with: " "),
                to: .environmentTrend(place: sample.place.text, method: sample.method.rawValue))
            facts.add("State", sample.state.rawValue)
            if let person = sample.person {
                facts.add("Glove of", state.name(of: person), to: .person(person.text))
            }
            facts.add("Open for", sample.exposedMinutes.map { "\($0) min" })
            facts.add("Air drawn", sample.litres.map { "\($0) L" })
            facts.add("Outside the plan because", sample.reason)
            facts.add("Taken", state.signed(sample.taken))
            facts.add("Colonies", sample.reading.map { "\($0.colonies)" })
            facts.add("Read", (sample.reading?.stamp).map(state.signed))
            facts.add(
                "Species", sample.species.isEmpty ? nil : sample.species.joined(separator: ", "))
            facts.add("Batches there") { html in
                let batches = state.batches(at: sample.place, on: sample.taken.happened)
                if batches.isEmpty { html.text("none") }
                for batch in batches {
                    html(.a, .href(.batch(batch.text)), text: batch.text)
                    html.text(" ")
                }
            }
            html(.section, .class("panel")) { $0.add(facts) }
        }
    }
}

/// The columns of lists of the environment.
enum EnvironmentColumns {
    static func samples(_ state: SiteState) -> [Column<EnvironmentSample>] {
        [
            .link("sample", "Sample", { $0.id.text }, to: { .environmentSample($0.id.text) }),
            .status("verdict", "Verdict") { sample in
                state.verdict(on: sample).map { ($0.words, $0.tone) } ?? ("to be read", .underway)
            },
            .link(
                "place", "Place", { $0.place.text }, to: { Link(to: $0.place.text, in: state) }),
            Column("location", "Location", { $0.location }),
            Column("method", "Method") { $0.method.rawValue.replacing("-", with: " ") },
            .figure(
                "colonies", "Colonies", { $0.reading.map { Double($0.colonies) } },
                { $0.reading.map { "\($0.colonies)" } ?? "" }),
            .instant("taken", "Taken") { $0.taken.happened.description },
        ]
    }

    static func particles(
        _ state: SiteState, at place: PlaceID
    ) -> [Column<ParticleSeries>] {
        [
            Column("from", "From") { Instant.short($0.period.lowerBound.description) },
            Column("to", "To") { Instant.short($0.period.upperBound.description) },
            Column("state", "State", { $0.state.rawValue }),
            .figure(
                "half", "≥ 0.5 µm, most", { Double($0.halfMicrometreMax.value) },
                { "\($0.halfMicrometreMax)" }),
            .figure(
                "five", "≥ 5 µm, most", { Double($0.fiveMicrometresMax.value) },
                { "\($0.fiveMicrometresMax)" }),
            batches { series in
                (state.batches(at: place, on: series.period.lowerBound)
                    + state.batches(at: place, on: series.period.upperBound)).uniqued()
            },
        ]
    }

    /// A column of links to batches.
    static func batches<Row>(_ batches: @escaping (Row) -> [BatchID]) -> Column<Row> {
        Column("batches", "Batches there", { batches($0).map(\.text).joined(separator: ", ") }) {
            row, html in
            for batch in batches(row) {
                html(.a, .href(.batch(batch.text)), text: batch.text)
                html.text(" ")
            }
        }
    }
}
