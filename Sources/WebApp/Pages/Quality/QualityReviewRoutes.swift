import Charts
import Documents
import Facility
import Hummingbird

/// `/quality-reviews` and `/quality-reviews/{product}.{from}.{to}`: the product quality review of a
/// period, drawn up from the records with its pictures, and its approval.
struct QualityReviewRoutes {
    let reception: Reception

    func add(to group: RouterGroup<SignedInContext>) {
        group.get("quality-reviews") { request, context in try list(request, context) }
        group.get("quality-reviews/{period}") { request, context in try page(request, context) }
    }

    // MARK: All reviews

    private func list(_ request: Request, _ context: SignedInContext) throws -> Response {
        let viewer = try reception.viewer(context)
        let state = viewer.state
        if let asked = Self.asked(request) { return .seeOther(.qualityReview(asked.description)) }
        let listing = Listing(
            at: .qualityReviews, of: "approved reviews", state.qualityReviews.reversed(),
            columns: [
                .link(
                    "review", "Review", { ReviewedPeriod($0).description },
                    to: { .qualityReview(ReviewedPeriod($0).description) }),
                Column("product", "Product", { $0.product }),
                Column("from", "From") { $0.from.description },
                Column("to", "To") { $0.to.description },
                Column("conclusion", "Conclusion", { $0.conclusion }).roomy,
                Column("approved", "Approved") { state.signed($0.stamp) },
            ], query: ListQuery(request.queryPairs))
        return reception.list(
            listing, titled: "Product quality reviews", in: .qualityReviews, request: request,
            for: viewer
        ) { html in
            html.add(
                PageHead(
                    "Product quality reviews",
                    under: "What a year of a product shows, by the topics of EU GMP Part I 1.10.",
                    actions: [("Rejections", Address(.rejections))]))
            html.panel("Draw up a review") { Self.chooser(viewer, &$0) }
        }
    }

    /// The period that the form of the list asks for.
    private static func asked(_ request: Request) -> ReviewedPeriod? {
        guard let product = request.query("product"), !product.isEmpty,
            let from = request.query("from").flatMap({ CalendarDate($0) }),
            let to = request.query("to").flatMap({ CalendarDate($0) })
        else { return nil }
        return ReviewedPeriod(product: product, from: from, to: to)
    }

    private static func chooser(_ viewer: Viewer, _ html: inout HTML) {
        let products = viewer.state.products
        guard !products.isEmpty else {
            html(.p, .class("nothing"), text: "No product is defined yet.")
            return
        }
        let (to, from) = (viewer.now.date, viewer.now.date.advanced(byDays: -365))
        html(.form, .class("form"), .get, .action(.qualityReviews)) { html in
            html.add(
                Field(
                    name: "product", label: "Product", input: .choice(products.map { .init($0) }),
                    value: products.count == 1 ? products[0] : "", isRequired: true))
            html.add(
                Field(
                    name: "from", label: "From", value: from.description,
                    help: "such as 2026-01-01", isRequired: true))
            html.add(
                Field(
                    name: "to", label: "To", value: to.description,
                    help: "such as 2026-12-31; both days are part of it", isRequired: true))
            html(.div, .class("buttons")) { html in
                html(.button, .submits, .class("primary"), text: "Draw up the review")
            }
        }
    }

    // MARK: One review

    private func page(_ request: Request, _ context: SignedInContext) throws -> Response {
        let viewer = try reception.viewer(context)
        let text = try context.parameters.require("period")
        guard let period = ReviewedPeriod(text) else {
            throw WebFault.notFound(
                "period '\(text.prefix(80))'",
                hint: "an address ends in PRODUCT.2026-01-01.2026-12-31")
        }
        let review: QualityReview
        do throws(Rejection) {
            review = try viewer.state.qualityReview(
                of: period.product, from: period.from, to: period.to)
        } catch {
            throw WebFault(
                status: .notFound, code: error.code, message: error.message, hint: error.help)
        }
        let approvals = viewer.state.approvals(of: review)
        return reception.page(
            "Quality review of \(period.product)", in: .qualityReviews,
            trail: [("Reviews", .qualityReviews)], for: viewer
        ) { html in
            html.add(
                PageHead(
                    "Quality review of \(period.product)", kind: "\(period.from) to \(period.to)",
                    status: approvals.isEmpty
                        ? Badge("not approved", .attention) : Badge("approved", .good),
                    under: "EU GMP Part I 1.10, from the records of the period.",
                    actions: SitePaper.qualityReview.addresses(of: period.description)))
            if let done = request.query("done") { html.add(Notice.recorded(done)) }
            html.add(Self.readings(review))
            for topic in review.topics {
                Self.write(topic, of: review, viewer.state, &html)
            }
            html.panel("Approval") { Self.approval(period, approvals, viewer, &$0) }
        }
    }

    private static func readings(_ review: QualityReview) -> Readings {
        let attention = review.attentionCount
        return Readings(readings: [
            .init(name: "batches", figure: "\(review.batches.count)", link: .batches),
            .init(
                name: "lines to look at", figure: "\(attention)",
                tone: attention > 0 ? .attention : .good),
        ])
    }

    private static func write(
        _ topic: QualityReview.Topic, of review: QualityReview, _ state: SiteState,
        _ html: inout HTML
    ) {
        html.panel("\(topic.number). \(topic.title)", more: more(on: topic.number)) { html in
            if topic.figures.isEmpty, topic.attention.isEmpty {
                html(.p, .class("nothing"), text: "Nothing in the period.")
            }
            if !topic.attention.isEmpty {
                html(.ul, .class("points")) { html in
                    for line in topic.attention {
                        html(.li) { html in
                            html.add(Badge("look at", .attention))
                            html(.span) { $0.text(line, linkingThingsOf: state) }
                        }
                    }
                }
            }
            if !topic.figures.isEmpty {
                html(.ul, .class("plain")) { html in
                    for line in topic.figures {
                        html(.li) { $0.text(line, linkingThingsOf: state) }
                    }
                }
            }
            if topic.number == QualityReview.lossesTopic {
                losses(review.rejections(in: state), state, &html)
            }
            guard topic.number == QualityReview.resultsTopic else { return }
            trends(review.trends(in: state), &html)
        }
    }

    /// What was lost of the product, by cause.
    private static func losses(
        _ report: RejectionReport?, _ state: SiteState, _ html: inout HTML
    ) {
        guard let report, !report.rates.isEmpty else { return }
        html(.h3, text: "Lost of what was decided on")
        html.add(RowsTable(of: "causes", report.rates, columns: RejectionRate.columns(state)))
    }

    /// Every measured line as one row, and a picture of each that varies.
    private static func trends(_ trends: [TestTrend], _ html: inout HTML) {
        guard !trends.isEmpty else { return }
        html(.h3, text: "Results over the batches")
        html.add(
            RowsTable(
                of: "attributes", trends,
                columns: [
                    .link("attribute", "Attribute", { $0.test.attribute }, to: { $0.link }),
                    Column("specification", "Specification", { $0.specification.name }),
                    Column("limit", "Limit") { $0.test.criterion.description },
                    .figure(
                        "batches", "Batches", { Double($0.points.count) },
                        { "\($0.points.count)" }),
                    .status("status", "Status", { $0.standing }),
                    Column("capability", "Ppk") { trend in
                        trend.capability.first { $0.name == "Ppk" }?.value ?? ""
                    },
                ], tone: { $0.standing.tone == .good ? nil : $0.standing.tone }))
        html(.div, .class("columns")) { html in
            for (place, trend) in trends.enumerated() where trend.varies {
                html.figure(trend.chart, named: "trend-\(place)", fits: true)
            }
        }
        html(.p, .class("help"), text: trends[0].chartCaption)
    }

    /// Where the records behind a topic are read.
    private static func more(on topic: String) -> (title: String, address: Address)? {
        switch topic {
        case "i": ("Materials", Address(.materials))
        case "ii": ("Trends", Address(.trends))
        case "iii": ("Rejections", Address(.rejections))
        case "iv", "v", "viii", "ix": ("Events", Address(.events))
        case "vi": ("Definitions", Address(.definitions))
        case "vii": ("Studies", Address(.studies))
        case "x": ("Patients", Address(.patients))
        case "xi": ("Equipment", Address(.equipment))
        case "xii": ("Suppliers", Address(.organisations))
        default: nil
        }
    }

    private static func approval(
        _ period: ReviewedPeriod, _ approvals: [ApprovedQualityReview], _ viewer: Viewer,
        _ html: inout HTML
    ) {
        for approval in approvals {
            var facts = Facts()
            facts.add("Conclusion", approval.conclusion)
            facts.add("Approved", viewer.state.signed(approval.stamp))
            html.add(facts)
        }
        guard approvals.isEmpty else { return }
        guard viewer.may(ApproveQualityReview.self) else {
            let roles = ApproveQualityReview.permission.roles.map(\.title)
            html(.p, .class("help"), text: "For: \(roles.joined(separator: ", ")).")
            return
        }
        var form = CommandForm(type: ApproveQualityReview.self, viewer: viewer)
        form.fixed = [
            "product": period.product, "from": period.from.description, "to": period.to.description,
        ]
        form.returnTo = Address(.qualityReview(period.description))
        form.button = "Sign and approve"
        html.add(form)
    }
}

extension ReviewedPeriod {
    /// The period of an approval.
    init(_ approval: ApprovedQualityReview) {
        self.init(product: approval.product, from: approval.from, to: approval.to)
    }
}

extension HTML {
    /// Writes `words`, with a link wherever a word is the identifier of a thing of the site.
    mutating func text(_ words: String, linkingThingsOf state: SiteState) {
        var isFirst = true
        for word in words.split(separator: " ", omittingEmptySubsequences: false) {
            if !isFirst { text(" ") }
            isFirst = false
            let id = word.prefix { !",:;".contains($0) }
            guard state.things[String(id)] != nil else {
                text(String(word))
                continue
            }
            self(.a, .href(Link(to: String(id), in: state)), text: String(id))
            text(String(word.dropFirst(id.count)))
        }
    }
}
