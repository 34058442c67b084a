import Charts
import Facility
import Hummingbird

/// `/self-inspections`: inspections of the site by itself, with the permits of the site that they
/// defend (PIC/S PE 009-17 Part I 9.1-9.3).
struct InspectionRoutes {
    let reception: Reception

    func add(to group: RouterGroup<SignedInContext>) {
        group.get("self-inspections") { request, context in try list(request, context) }
    }

    private func list(_ request: Request, _ context: SignedInContext) throws -> Response {
        let viewer = try reception.viewer(context)
        let (state, today) = (viewer.state, viewer.now.date)
        let listing = Listing(
            at: .selfInspections, of: "self-inspections", Array(state.selfInspections.reversed()),
            columns: [
                Column("report", "Report", { $0.report }),
                .status("status", "Status") { inspection in
                    inspection.findings == nil
                        ? ("nothing found", .good) : ("findings", .attention)
                },
                Column("scope", "Looked at", { $0.scope }).roomy,
                Column("findings", "To be put right", { $0.findings ?? "" }).roomy,
                Column("next", "Next by", { $0.until.description }),
                Column("recorded", "Signed") { state.signed($0.stamp) },
            ], query: ListQuery(request.queryPairs))
        return reception.list(
            listing, titled: "Self-inspections", in: .selfInspections, request: request,
            for: viewer
        ) { html in
            html.add(
                PageHead(
                    "Self-inspections", under: "The site looked at by itself, report by report.",
                    actions: viewer.actions(
                        [RecordSelfInspection.self, RecordSiteAuthorisation.self], [:],
                        returnTo: .selfInspections)))
            if let done = request.query("done") { html.add(Notice.recorded(done)) }
            html.panel("Permits of the site") { html in
                html.add(
                    RowsTable(
                        of: "permits",
                        state.authorisations.sorted { $0.until > $1.until },
                        columns: [
                            Column("reference", "Reference", { $0.reference }),
                            Column("kind", "Kind") {
                                $0.kind.rawValue.replacing("-", with: " ")
                            },
                            Column("authority", "Authority", { $0.authority }),
                            .status("until", "Until") {
                                (
                                    $0.until.description,
                                    $0.until < today
                                        ? .bad
                                        : $0.until < today.advanced(byDays: DueSoon.days)
                                            ? .attention : .good
                                )
                            },
                        ]))
            }
            html(.h2, text: "Reports")
        }
    }
}
