import Documents
import Facility
import Hummingbird

/// `/rejections?from=2026-01-01&to=2026-12-31`: what was lost in a period, by cause, with the bounds of
/// each share.
struct RejectionRoutes {
    let reception: Reception

    /// Days looked back when no period is asked for.
    private static let days = 365

    func add(to group: RouterGroup<SignedInContext>) {
        group.get("rejections") { request, context in try list(request, context) }
    }

    private func list(_ request: Request, _ context: SignedInContext) throws -> Response {
        let viewer = try reception.viewer(context)
        let today = viewer.now.date
        let to = request.query("to").flatMap { CalendarDate($0) } ?? today
        let asked = request.query("from").flatMap { CalendarDate($0) }
        let from = min(asked ?? to.advanced(byDays: -Self.days), to)
        let product = request.query("product").flatMap { $0.isEmpty ? nil : $0 }
        let report = RejectionReport(of: product, in: from...to, on: viewer.state)
        let period: [Address.QueryItem] = [
            .init(name: "from", value: from.description), .init(name: "to", value: to.description),
            .init(name: "product", value: product ?? ""),
        ]
        let listing = Listing(
            at: .rejections, of: "causes", report.rates,
            columns: RejectionRate.columns(viewer.state), query: ListQuery(request.queryPairs),
            keeping: period)
        return reception.list(
            listing, titled: "Rejections", in: .qualityReviews,
            trail: [("Reviews", .qualityReviews)], request: request, for: viewer
        ) { html in
            html.add(
                PageHead(
                    "Rejections", kind: "\(from) to \(to)",
                    under: "What was lost of what was decided on, by cause. One loss may have "
                        + "several; the bounds are exact at 95 %."))
            html.panel("Period") { html in
                Self.chooser(from, to, product, viewer.state, &html)
                html(.ul, .class("plain")) { html in
                    for tally in report.tallies { html(.li, text: tally.words) }
                }
            }
        }
    }

    private static func chooser(
        _ from: CalendarDate, _ to: CalendarDate, _ product: String?, _ state: SiteState,
        _ html: inout HTML
    ) {
        html(.form, .class("form"), .get, .action(.rejections)) { html in
            html.add(
                Field(name: "from", label: "From", value: from.description, isRequired: true))
            html.add(Field(name: "to", label: "To", value: to.description, isRequired: true))
            html.add(
                Field(
                    name: "product", label: "Product",
                    input: .choice(state.products.map { .init($0) }),
                    value: product ?? "", help: "all when left out"))
            html(.div, .class("buttons")) { html in
                html(.button, .submits, .class("primary"), text: "Show the period")
            }
        }
    }
}

extension RejectionRate {
    /// What a list of rates shows.
    static func columns(_ state: SiteState) -> [Column<RejectionRate>] {
        func percent(_ value: Double?) -> String {
            value.map { "\(($0 * 1000).rounded() / 10) %" } ?? ""
        }
        return [
            Column("kind", "Of", { $0.kind.rawValue }),
            Column("cause-kind", "Kind of cause") { $0.cause?.words ?? "" },
            Column("cause", "Cause", { $0.words }),
            .figure("count", "Lost", { Double($0.share.count) }, { "\($0.share.count)" }),
            .figure("total", "Decided on", { Double($0.share.total) }, { "\($0.share.total)" }),
            .figure("share", "Share", { $0.share.share }, { percent($0.share.share) }),
            .figure("lower", "At least", { $0.share.lower }, { percent($0.share.lower) }),
            .figure("upper", "At most", { $0.share.upper }, { percent($0.share.upper) }),
            .things("things", "Which", { $0.things.map(\.text) }, in: state),
        ]
    }
}
