import Charts
import Facility
import Hummingbird

/// `/organisations` and `/organisations/{organisation}`: suppliers, tissue establishments and
/// laboratories, with what allows the site to work with them.
struct OrganisationRoutes {
    let reception: Reception

    func add(to group: RouterGroup<SignedInContext>) {
        group.get("organisations") { request, context in try list(request, context) }
        group.get("organisations/{organisation}") { request, context in
            try page(request, context)
        }
    }

    private func list(_ request: Request, _ context: SignedInContext) throws -> Response {
        let viewer = try reception.viewer(context)
        let today = viewer.now.date
        let listing = Listing(
            at: .organisations, of: "organisations", viewer.state.organisations.inOrder,
            columns: [
                .link(
                    "organisation", "Organisation", { $0.id.text },
                    to: { .organisation($0.id.text) }
                ),
                Column("name", "Name", { $0.name }),
                .status("status", "Status", { $0.standing(on: today) }),
                Column("activities", "Activities") {
                    $0.activities.map(\.rawValue).joined(separator: ", ")
                },
                Column("audited-until", "Audited until") {
                    $0.audits.last.map { $0.passed ? $0.until.description : "failed" } ?? ""
                },
                Column("agreement-until", "Agreement until") {
                    $0.agreements.map(\.until).max()?.description ?? ""
                },
            ], query: ListQuery(request.queryPairs))
        return reception.list(
            listing, titled: "Suppliers", in: .organisations, request: request, for: viewer
        ) { html in
            html.add(
                PageHead(
                    "Suppliers and partners", under: "Authorised, agreed with and audited.",
                    actions: viewer.actions([RegisterOrganisation.self], [:])))
        }
    }

    private func page(_ request: Request, _ context: SignedInContext) throws -> Response {
        let viewer = try reception.viewer(context)
        let state = viewer.state
        let organisation = try viewer.found(
            "organisation", context.parameters.require("organisation"), OrganisationID.init
        ) { id throws(Rejection) in try state.organisation(id) }
        let id = organisation.id.text
        let (words, tone) = organisation.standing(on: viewer.now.date)
        return reception.page(
            id, in: .organisations, trail: [("Suppliers", .organisations)], for: viewer
        ) { html in
            html.add(
                PageHead(
                    organisation.name, kind: "Organisation \(id)", status: Badge(words, tone),
                    actions: viewer.actions(
                        [
                            RecordAuthorisation.self, RecordAgreement.self, RecordAudit.self,
                            ApproveSupplier.self, SuspendOrganisation.self,
                        ], ["organisation": id], returnTo: .organisation(id)),
                    more: viewer.eventActions(about: id, returnTo: .organisation(id))))
            if let done = request.query("done") { html.add(Notice.recorded(done)) }
            if let reason = organisation.suspended {
                html.add(Notice(.bad, "Suspended.", detail: reason))
            }
            var facts = Facts()
            facts.add(
                "Activities", organisation.activities.map(\.rawValue).joined(separator: ", "))
            facts.add("Registered", state.signed(organisation.registered))
            facts.add("Supplies", organisation.approval?.materials.joined(separator: ", "))
            facts.add(
                "Critical supplier", organisation.approval.map { $0.isCritical ? "yes" : "no" })
            facts.add("Approved", (organisation.approval?.stamp).map(state.signed))
            html(.section, .class("panel")) { $0.add(facts) }
            html.panel("Authorisations") { html in
                html.add(
                    RowsTable(
                        of: "authorisations", organisation.authorisations.reversed(),
                        columns: [
                            Column("reference", "Reference", { $0.reference }),
                            Column("authority", "Authority", { $0.authority }),
                            Column("activities", "For") {
                                $0.activities.map(\.rawValue).joined(separator: ", ")
                            },
                            Column("from", "From") { $0.from.description },
                            Column("until", "Until") { $0.until.description },
                        ]))
            }
            html.panel("Agreements") { html in
                html.add(
                    RowsTable(
                        of: "agreements", organisation.agreements.reversed(),
                        columns: [
                            Column("document", "Document", { $0.document }),
                            Column("topics", "On") {
                                $0.topics.map(\.rawValue).joined(separator: ", ")
                            },
                            Column("from", "From") { $0.from.description },
                            Column("until", "Until") { $0.until.description },
                        ]))
            }
            html.panel("Audits") { html in
                html.add(
                    RowsTable(
                        of: "audits", organisation.audits.reversed(),
                        columns: [
                            Column("report", "Report", { $0.report }),
                            .status("result", "Result") {
                                $0.passed ? ("passed", .good) : ("failed", .bad)
                            },
                            Column("until", "Again by") { $0.until.description },
                            Column("when", "When and who") { state.signed($0.stamp) },
                        ]))
            }
        }
    }
}

extension Organisation {
    /// How it stands on `date`, in a few words.
    func standing(on date: CalendarDate) -> (words: String, tone: Tone) {
        if suspended != nil { return ("suspended", .bad) }
        if let audit = audits.last, !audit.passed { return ("audit failed", .bad) }
        if let audit = audits.last, audit.until < date {
            return ("audit due since \(audit.until)", .attention)
        }
        if approval != nil { return ("approved", .good) }
        let ends = authorisations.map(\.until).max()
        if let ends { return ends < date ? ("permit over", .bad) : ("authorised", .good) }
        return ("registered", .underway)
    }
}
