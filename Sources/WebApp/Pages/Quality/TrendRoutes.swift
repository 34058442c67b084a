import Charts
import Facility
import Hummingbird
import Quantities
import Statistics

/// `/trends` and `/trends/{definition}/{specification}/{test}`: one line of a specification over
/// the batches: a control chart with the rules marked, and its capability.
struct TrendRoutes {
    let reception: Reception

    func add(to group: RouterGroup<SignedInContext>) {
        group.get("trends") { request, context in try list(request, context) }
        group.get("trends/{definition}/{specification}/{test}") { request, context in
            try page(request, context)
        }
    }

    private func list(_ request: Request, _ context: SignedInContext) throws -> Response {
        let viewer = try reception.viewer(context)
        let listing = Listing(
            at: .trends, of: "attributes", TestTrend.all(in: viewer.state),
            columns: [
                .link("attribute", "Attribute", { $0.test.attribute }, to: { $0.link }),
                Column("category", "Category", { $0.test.category }),
                Column("specification", "Specification", { $0.specification.name }),
                Column("definition", "Definition", { $0.master.id.text }),
                Column("limit", "Limit") { $0.test.criterion.description },
                .figure(
                    "batches", "Batches", { Double($0.points.count) }, { "\($0.points.count)" }),
                Column("latest", "Latest") { $0.points.last?.observation.description ?? "" },
                .status("status", "Status", { $0.standing }),
            ], query: ListQuery(request.queryPairs))
        return reception.list(
            listing, titled: "Trends", in: .trends, request: request, for: viewer
        ) { html in
            html.add(
                PageHead(
                    "Trends",
                    under: "Each line of each specification over the batches, whatever version "
                        + "they were made by."))
        }
    }

    private func page(_ request: Request, _ context: SignedInContext) throws -> Response {
        let viewer = try reception.viewer(context)
        let state = viewer.state
        let (definition, specification, test) = (
            try context.parameters.require("definition"),
            try context.parameters.require("specification"),
            try context.parameters.require("test")
        )
        let master = try viewer.found("definition", definition, MasterRecordID.init) {
            id throws(Rejection) in try state.master(id)
        }
        guard let limits = master.specification(specification), let line = limits.test(test) else {
            throw WebFault.notFound("test '\(test.prefix(80))' of '\(specification.prefix(80))'")
        }
        let trend = TestTrend(of: line, limits, master, in: state)
        let listing = Listing(
            at: trend.link, of: "results", trend.points.reversed(),
            columns: [
                .link("batch", "Batch", { $0.batch.text }, to: { .batch($0.batch.text) }),
                Column("result", "Result") { $0.observation.description },
                .status("verdict", "Verdict", { ($0.verdict.rawValue, $0.verdict.tone) }),
                Column("reference", "Reference", { $0.reference }),
                .instant("recorded", "Recorded") { $0.stamp.happened.description },
            ], query: ListQuery(request.queryPairs))
        return reception.list(
            listing, titled: "\(line.attribute), trend", in: .trends,
            trail: [("Trends", .trends)], request: request, for: viewer
        ) { html in
            html.add(
                PageHead(
                    line.attribute, kind: "Trend of \(limits.name)",
                    under: "\(master.product.name), limit \(line.criterion)",
                    actions: [("Definition", Address(.definition(master.id.text)))]))
            guard trend.values.count > 1 else {
                html(
                    .p, .class("nothing"),
                    text: "A chart needs two batches with a measured result; there "
                        + (trend.values.count == 1 ? "is one." : "is none."))
                return
            }
            html.panel("By batch") { html in
                html.figure(trend.chart, named: "chart", fits: true, caption: trend.chartCaption)
            }
            html.panel("Capability") { html in
                html.figure(trend.histogram, named: "histogram", fits: true)
                html.add(trend.capability)
            }
        }
    }
}

/// One line of a specification over the batches of a product.
struct TestTrend {
    /// The result in force of one batch.
    struct Point {
        let batch: BatchID
        let observation: Observation
        let verdict: TestStanding.Verdict
        let reference: String
        let stamp: Stamp
    }

    let test: MasterTest
    let specification: MasterSpecification
    let master: MasterRecord
    /// Oldest first.
    let points: [Point]

    /// Every line of the version of each product that was registered last.
    static func all(in state: SiteState) -> [TestTrend] {
        var newest: [String: MasterRecord] = [:]
        for master in state.masters.inOrder {
            let known = newest[master.product.id]?.registered.entry ?? 0
            if newest[master.product.id] == nil || known < master.registered.entry {
                newest[master.product.id] = master
            }
        }
        return newest.values.sorted { $0.id < $1.id }.flatMap { master in
            master.specifications.flatMap { specification in
                specification.tests.map { TestTrend(of: $0, specification, master, in: state) }
            }
        }
    }

    /// The results of `test` in all batches of the product that `specification` applies to.
    init(
        of test: MasterTest, _ specification: MasterSpecification, _ master: MasterRecord,
        in state: SiteState
    ) {
        self.test = test
        self.specification = specification
        self.master = master
        var points: [Point] = []
        for batch in state.batches.values
        where state.masters[batch.master]?.product.id == master.product.id {
            guard let own = (try? state.specification(for: batch)) ?? nil,
                own.id == specification.id,
                let result = batch.results.last(where: {
                    $0.test == test.id && $0.invalidated == nil
                })
            else { continue }
            let met = own.test(test.id).flatMap {
                (try? $0.criterion.isMet(by: result.observation)) ?? nil
            }
            points.append(
                Point(
                    batch: batch.id, observation: result.observation,
                    verdict: met.map { $0 ? .passes : .fails } ?? .reported,
                    reference: result.reference, stamp: result.stamp))
        }
        self.points = points.sorted { $0.stamp.entry < $1.stamp.entry }
    }

    var link: Link {
        .trend(
            definition: master.id.text, specification: specification.id, test: test.id)
    }

    /// How the results stand together.
    var standing: (words: String, tone: Tone) {
        if points.isEmpty { return ("no result", .inactive) }
        let failed = points.count { $0.verdict == .fails }
        if failed > 0 { return ("\(failed) outside", .bad) }
        return signals.isEmpty ? ("within limits", .good) : ("a rule is broken", .attention)
    }

    // MARK: Measured

    private var unit: Quantities.Unit? {
        if case .within(let range) = test.criterion { return range.unit }
        for case .measured(let quantity) in points.map(\.observation) { return quantity.unit }
        return nil
    }

    private func value(_ quantity: Quantity?) -> Double? {
        guard let quantity, let unit else { return nil }
        return try? quantity.doubleValue(in: unit)
    }

    /// The measured results in the unit of the limit.
    var values: [(point: Point, value: Double)] {
        points.compactMap { point in
            guard case .measured(let quantity) = point.observation, let value = value(quantity)
            else { return nil }
            return (point, value)
        }
    }

    private var bounds: (lower: Double?, upper: Double?) {
        guard case .within(let range) = test.criterion else { return (nil, nil) }
        return (value(range.lower), value(range.upper))
    }

    private var individuals: IndividualsChart? { try? IndividualsChart(values.map(\.value)) }

    /// Broken rules by the position of the value.
    private var signals: [Int: String] {
        Dictionary(
            (individuals?.individuals.signals ?? []).map { ($0.position, $0.rule) },
            uniquingKeysWith: { first, _ in first })
    }

    private var quantityWords: String {
        let unit = unit.map { $0.description } ?? ""
        return unit.isEmpty ? test.attribute : "\(test.attribute), \(unit)"
    }

    /// Values by batch with the natural limits of the process and the limits of the specification.
    var chart: Picture {
        let signals = signals
        var lines: [Charts.ControlChart.Limit] = []
        if let limits = individuals?.individuals.limits {
            lines = [
                .init(.centre, at: limits.centre), .init(.alert, at: limits.lower),
                .init(.alert, at: limits.upper),
            ]
        }
        lines += [bounds.lower, bounds.upper].compactMap { $0 }.map { .init(.action, at: $0) }
        return Charts.ControlChart(
            title: test.attribute, quantity: quantityWords,
            readings: values.enumerated().map { index, entry in
                let fails = entry.point.verdict == .fails
                return .init(
                    label: entry.point.batch.text, value: entry.value,
                    tone: fails ? .bad : signals[index] == nil ? .good : .attention,
                    note: fails ? "outside" : signals[index])
            }, limits: lines
        ).picture()
    }

    /// What the lines and marks of the chart mean.
    var chartCaption: String {
        guard let individuals else {
            return "Action: the limit of the specification. The values do not vary."
        }
        return "Centre and alert lines: mean and mean ± 3 sigma from the moving range "
            + "(individuals chart). Action lines: the limits of the specification. Marked: the "
            + "eight rules of Nelson (1984)."
            + (individuals.isProvisional
                ? " Fewer than \(provisionalLimitCount) batches: the lines are provisional." : "")
    }

    /// Values in classes between the limits.
    var histogram: Picture {
        let numbers = values.map(\.value)
        let summary = try? Summary(numbers)
        return CapabilityHistogram(
            title: "\(test.attribute), \(values.count) batches", quantity: quantityWords,
            values: numbers, limits: [bounds.lower, bounds.upper].compactMap { $0 }, target: nil,
            mean: summary?.mean ?? 0, overall: summary?.standardDeviation ?? 0, within: nil
        ).picture()
    }

    /// The capability of the process against the limits, with its confidence interval.
    var capability: Facts {
        var facts = Facts()
        let numbers = values.map(\.value)
        guard let summary = try? Summary(numbers) else { return facts }
        facts.add("Mean", Self.short(summary.mean))
        let deviation = summary.standardDeviation ?? 0
        facts.add("Standard deviation", Self.short(deviation))
        guard
            let limits = try? SpecificationLimits(lower: bounds.lower, upper: bounds.upper),
            let capability = try? Capability(
                mean: summary.mean, sigma: deviation, count: numbers.count, limits: limits)
        else {
            facts.add("Capability", "no measured limit, or values that do not vary")
            return facts
        }
        func words(_ index: CapabilityIndex) -> String {
            "\(Self.short(index.value)) (95 % interval \(Self.short(index.interval.lower ?? .nan)) "
                + "to \(Self.short(index.interval.upper ?? .nan)))"
        }
        facts.add("Pp", capability.cp.map(words))
        facts.add("Ppk", words(capability.cpk))
        facts.add(
            "Expected outside", "\(Self.short(capability.expectedShareOutside * 100)) %")
        return facts
    }

    private static func short(_ value: Double) -> String {
        guard value.isFinite else { return "–" }
        let magnitude = abs(value)
        if magnitude >= 1e6 || (magnitude > 0 && magnitude < 1e-3) {
            let exponent = Int(magnitude.exponentOfTen)
            let digits = (value / Double.power(ofTen: exponent) * 100).rounded() / 100
            return "\(digits)e\(exponent)"
        }
        let places = magnitude >= 100 ? 10.0 : magnitude >= 1 ? 100.0 : 10_000.0
        return "\((value * places).rounded() / places)"
    }
}

extension Double {
    /// The decimal exponent of the first digit.
    fileprivate var exponentOfTen: Int {
        var (value, exponent) = (self, 0)
        while value >= 10 { (value, exponent) = (value / 10, exponent + 1) }
        while value < 1, value > 0 { (value, exponent) = (value * 10, exponent - 1) }
        return exponent
    }

    fileprivate static func power(ofTen exponent: Int) -> Double {
        var value = 1.0
        for _ in 0..<abs(exponent) { value *= 10 }
        return exponent < 0 ? 1 / value : value
    }
}
