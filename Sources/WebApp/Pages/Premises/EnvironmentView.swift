import Charts
import Facility
import Guidance
import Statistics

/// The samples of one method at one place, as a chart reads them: colonies in their unit against
/// the limits in force.
struct EnvironmentSeries: Sendable {
    let place: PlaceID
    let method: ViableMethod
    /// Samples that were read, oldest first.
    let samples: [EnvironmentSample]
    private let state: SiteState

    /// Every place and method with at least one sample, in their order.
    static func all(in state: SiteState) -> [EnvironmentSeries] {
        let byPlace = Dictionary(grouping: state.environmentSamples.values, by: \.place)
        return byPlace.sorted { $0.key < $1.key }.flatMap { place, samples in
            Dictionary(grouping: samples, by: \.method)
                .sorted { $0.key.rawValue < $1.key.rawValue }
                .map { EnvironmentSeries(place: place, method: $0.key, samples: $0.value, state) }
        }
    }

    /// The samples of `method` at `place`.
    init(of method: ViableMethod, at place: PlaceID, in state: SiteState) {
        self.init(
            place: place, method: method,
            samples: state.environmentSamples.values.filter {
                $0.place == place && $0.method == method
            }, state)
    }

    private init(
        place: PlaceID, method: ViableMethod, samples: [EnvironmentSample], _ state: SiteState
    ) {
        self.place = place
        self.method = method
        self.samples = samples.filter { $0.reading != nil }.sorted {
            ($0.taken.happened, $0.taken.entry) < ($1.taken.happened, $1.taken.entry)
        }
        self.state = state
    }

    /// "active air, ROOM-102".
    var title: String { "\(method.rawValue.replacing("-", with: " ")), \(place)" }

    /// The way to its page.
    var link: Link { .environmentTrend(place: place.text, method: method.rawValue) }

    /// Colonies in the unit of the limits: per cubic metre for active air, else per plate.
    private func value(_ sample: EnvironmentSample) -> Double {
        let colonies = Double(sample.reading?.colonies ?? 0)
        guard method == .activeAir, let litres = sample.litres, litres > 0 else { return colonies }
        return colonies * 1000 / Double(litres)
    }

    /// The limits for a sample that is taken now.
    var limits: (alert: Int?, action: Int)? {
        state.limits(
            of: method, at: place, in: state.grade(of: place), entry: state.entryCount)
    }

    /// Run rules a count is judged by beside its limits, of L. S. Nelson (J. Quality Technology 16
    /// (1984) 237): a shift and a drift, which no single count shows.
    private static let runs = RunRuleSet(
        name: "environment", version: 1,
        rules: [
            .init("9 on one side", .sameSide(points: 9)), .init("6 rising", .steady(points: 6)),
        ])

    /// The chart: counts, their mean, limits, and what breaks a rule. Counts of a stable process
    /// scatter about their mean with its square root (Poisson; ISO 7870-2, c chart).
    func picture() -> Picture {
        let values = samples.map(value)
        let mean = values.isEmpty ? 0 : values.reduce(0, +) / Double(values.count)
        let z = values.map { mean > 0 ? ($0 - mean) / mean.squareRoot() : 0 }
        // Plates without a colony are what the room is kept for: only what rises is marked.
        let runs = Dictionary(
            Self.runs.signals(z).filter { values[$0.position] > mean }
                .map { ($0.position, $0.rule) }, uniquingKeysWith: { a, _ in a })
        var lines: [Charts.ControlChart.Limit] = [.init(.centre, at: mean)]
        if let limits {
            if let alert = limits.alert { lines.append(.init(.alert, at: Double(alert))) }
            lines.append(.init(.action, at: Double(limits.action)))
        }
        let unit = method == .activeAir ? "CFU/m³" : "CFU a plate"
        return Charts.ControlChart(
            title: title.prefix(1).uppercased() + title.dropFirst(), quantity: "colonies, \(unit)",
            readings: samples.enumerated().map { index, sample in
                let (tone, note): (Tone, String?) =
                    switch state.verdict(on: sample) {
                    case .action: (.bad, "action")
                    case .alert: (.attention, "alert")
                    case .within, nil:
                        (runs[index] == nil ? .good : .attention, runs[index])
                    }
                return .init(
                    label: String(sample.taken.happened.description.prefix(10)),
                    value: values[index], tone: tone, note: note)
            }, limits: lines
        ).picture()
    }
}

extension SiteState {
    /// The limits the site set for `method` at `place`, oldest first.
    func ownLimits(of method: ViableMethod, at place: PlaceID) -> [EnvironmentLimit] {
        environmentLimits.keys.first { $0.place == place && $0.method == method }
            .flatMap { environmentLimits[$0] } ?? []
    }

    /// The grade of the air at a place.
    func grade(of place: PlaceID) -> AreaGrade {
        rooms[place.naming(Room.self)]?.grade ?? equipment[place.naming(Equipment.self)]?.grade
            ?? .unclassified
    }

    /// The batches that a sample taken at `place` at `instant` stands for.
    func batches(at place: PlaceID, on instant: Timestamp) -> [BatchID] {
        let start = instant.advanced(bySeconds: -EnvironmentSample.secondsAfterWork)
        let occupations =
            rooms[place.naming(Room.self)]?.occupations
            ?? equipment[place.naming(Equipment.self)]?.occupations ?? []
        return occupations.filter { occupation in
            let steps = batches[occupation.batch]?.executions(of: occupation.step) ?? []
            return steps.contains { step in
                step.started.happened <= instant
                    && (step.completed.map { $0.happened >= start } ?? true)
            }
        }.map(\.batch).uniqued()
    }

    /// How the latest readings at `place` stand: the worst of those taken in the `days` before
    /// `date`.
    func environment(at place: PlaceID, on date: CalendarDate, days: Int) -> EnvironmentVerdict? {
        let since = date.advanced(byDays: -days)
        return environmentSamples.values.filter {
            $0.place == place && $0.taken.happened.date >= since
        }.compactMap { verdict(on: $0) }.max()
    }
}

extension EnvironmentVerdict {
    var tone: Tone {
        switch self {
        case .within: .good
        case .alert: .attention
        case .action: .bad
        }
    }

    var words: String {
        switch self {
        case .within: "within limits"
        case .alert: "above alert limit"
        case .action: "above action limit"
        }
    }
}

/// Pictures of the premises.
enum PremisesPictures {
    /// Days of readings that colour a room.
    static let days = 90

    /// Rooms as tiles: grade, condition, and how the air stood lately.
    static func plan(_ viewer: Viewer) -> Picture {
        let (state, today) = (viewer.state, viewer.now.date)
        return RoomPlan(
            title: "Rooms of the site",
            rooms: state.rooms.inOrder.map { room in
                var (words, tone) = room.standing(on: today)
                let place = room.id.naming(Facility.Place.self)
                if tone == .good, let air = state.environment(at: place, on: today, days: days),
                    air != .within
                {
                    (words, tone) = (air.words, air.tone)
                }
                let running = room.occupations.last { occupation in
                    state.batches[occupation.batch]?.steps[occupation.step]
                        .map { $0.completed == nil } ?? false
                }
                if tone == .good, let running { words = "\(running.batch) in it" }
                return .init(
                    name: room.id.text, purpose: room.name,
                    grade: room.grade.cleanroom.map(\.rawValue), status: words, tone: tone,
                    path: PicturePath(Link.room(room.id.text).path))
            }
        ).picture()
    }
}

/// The environment of one place on its own page: charts and samples.
struct PlaceSections {
    let place: PlaceID
    let viewer: Viewer

    func write(into html: inout HTML) {
        let state = viewer.state
        SamplingPlanSection(place: place, viewer: viewer).write(into: &html)
        let series = EnvironmentSeries.all(in: state).filter { $0.place == place }
        let samples = state.environmentSamples.values.filter { $0.place == place }
            .sorted { $0.taken.entry > $1.taken.entry }
        guard !samples.isEmpty || !(state.particleSeries[place] ?? []).isEmpty else { return }
        html.panel("Environment", more: ("All samples", Address(.environment))) { html in
            for (index, one) in series.enumerated() where !one.samples.isEmpty {
                html.figure(one.picture(), named: "series-\(index)", fits: true)
            }
            html.add(
                RowsTable(
                    of: "samples", Array(samples.prefix(20)),
                    columns: EnvironmentColumns.samples(state)))
            if let particles = state.particleSeries[place], !particles.isEmpty {
                html(.h3, text: "Particle counts")
                html.add(
                    RowsTable(
                        of: "particle counts", particles.reversed(),
                        columns: EnvironmentColumns.particles(state, at: place)))
            }
        }
    }
}
