import Charts
import Facility
import Hummingbird
import Quantities

/// `/donors` and `/donors/{donor}`: consent, tests and eligibility, under a pseudonym.
struct DonorRoutes {
    let reception: Reception

    func add(to group: RouterGroup<SignedInContext>) {
        group.get("donors") { request, context in try list(request, context) }
        group.get("donors/{donor}") { request, context in try page(request, context) }
    }

    private func list(_ request: Request, _ context: SignedInContext) throws -> Response {
        let viewer = try reception.viewer(context)
        let state = viewer.state
        let listing = Listing(
            at: .donors, of: "donors",
            state.donors.newestFirst(\.registered.entry),
            columns: [
                .link("donor", "Donor", { $0.id.text }, to: { .donor($0.id.text) }),
                .status(
                    "eligibility", "Eligibility", { ($0.eligibility.words, $0.eligibility.tone) }),
                Column("consent", "Consent") {
                    $0.consent.map { "version \($0.version)" } ?? "none in force"
                },
                .figure("tests", "Tests", { Double($0.tests.count) }, { "\($0.tests.count)" }),
                .instant("registered", "Registered") { $0.registered.happened.description },
            ], query: ListQuery(request.queryPairs))
        return reception.list(
            listing, titled: "Donors", in: .donors, request: request, for: viewer
        ) { html in
            html.add(
                PageHead(
                    "Donors", under: "Under pseudonyms; names stay at the collection site.",
                    actions: viewer.actions([RegisterDonor.self], [:])))
        }
    }

    private func page(_ request: Request, _ context: SignedInContext) throws -> Response {
        let viewer = try reception.viewer(context)
        let state = viewer.state
        let text = try context.parameters.require("donor")
        let donor = try viewer.found("donor", text, DonorID.init) { id throws(Rejection) in
            try state.donor(id)
        }
        let id = donor.id.text
        let material = Listing(
            at: .donor(id), of: "containers",
            state.genealogy.children(of: id).compactMap {
                ContainerID($0).flatMap { state.containers[$0] }
            }, columns: ContainerColumns.all, query: ListQuery(request.queryPairs))
        if let file = material.file(asked: request) { return file }
        return reception.page(id, in: .donors, trail: [("Donors", .donors)], for: viewer) { html in
            html.add(
                PageHead(
                    id, kind: "Donor",
                    status: Badge(donor.eligibility.words, donor.eligibility.tone),
                    under: "registered \(state.signed(donor.registered))",
                    actions: [("Look-back", Address(.genealogy(node: id)))]
                        + viewer.actions(
                            [
                                RecordConsent.self, RecordDonorHistory.self, RecordDonorTest.self,
                                DeclareDonorEligible.self, ReceiveDonation.self,
                            ], ["donor": id], returnTo: .donor(id)),
                    more: viewer.actions(
                        [AssessDilution.self, DeclareDonorIneligible.self, WithdrawConsent.self],
                        ["donor": id], returnTo: .donor(id))
                        + viewer.eventActions(about: id, canBeHeld: true, returnTo: .donor(id))))
            if let done = request.query("done") { html.add(Notice.recorded(done)) }
            html.panel("Consent") { html in
                guard !donor.consents.isEmpty else {
                    html(.p, .class("nothing"), text: "No consent is recorded.")
                    return
                }
                for consent in donor.consents {
                    var facts = Facts()
                    facts.add("Form version", consent.version)
                    facts.add("Covers", consent.scopes.map(\.rawValue).joined(separator: ", "))
                    facts.add("Given", state.signed(consent.given))
                    facts.add("Withdrawn", consent.withdrawn.map(state.signed))
                    html.add(facts)
                }
            }
            html.panel("History") { Self.history(donor, state, &$0) }
            html.panel("Tests") { tests(donor, state, &$0) }
            if !donor.dilutions.isEmpty || donor.history?.receivedInfusions == true {
                html.panel("Dilution of the blood samples") { html in
                    Self.dilutions(donor, state, &html)
                }
            }
            html.panel("Donated material") { html in
                var codes = Facts()
                for donation in donor.donations {
                    codes.add(
                        "\(donation.container), donation identifier", donation.identifier)
                    codes.add(
                        "\(donation.container), Single European Code", donation.europeanCode)
                }
                if donor.donations.contains(where: { $0.identifier != nil }) { html.add(codes) }
                html.add(material)
            }
        }
    }

    /// What the donor was asked and what it showed, the latest interview first.
    private static func history(_ donor: Donor, _ state: SiteState, _ html: inout HTML) {
        html.add(
            RowsTable(
                of: "interviews", donor.histories.reversed(),
                columns: [
                    Column("questionnaire", "Questionnaire", { $0.questionnaire }),
                    Column("interviewed", "Interviewed") { $0.interviewed.description },
                    Column("risks", "Speaks against the donation") { history in
                        history.risks.isEmpty
                            ? "nothing"
                            : history.risks.map { $0.rawValue.replacing("-", with: " ") }
                                .joined(separator: ", ")
                    },
                    Column("area", "HTLV-I frequent where from") {
                        $0.isFromHighPrevalenceArea ? "yes" : "no"
                    },
                    Column("infusions", "Infusions before the sample") {
                        $0.receivedInfusions ? "yes" : "no"
                    },
                    Column("when", "Recorded") { state.signed($0.stamp) },
                ], nothing: "The donor was not asked about health and risks yet.",
                tone: { $0.risks.isEmpty ? nil : .bad }))
    }

    /// How far infusions diluted the samples that were tested.
    private static func dilutions(_ donor: Donor, _ state: SiteState, _ html: inout HTML) {
        html.add(
            RowsTable(
                of: "assessments", donor.dilutions.reversed(),
                columns: [
                    Column("sampled", "Sample of") { $0.sampled.description },
                    .status("verdict", "Verdict") {
                        $0.isDiluted ? ("too diluted to be tested", .bad) : ("can be tested", .good)
                    },
                    Column("mass", "Body mass") { $0.mass.description },
                    Column("blood", "Blood, 48 h") { $0.blood?.description ?? "none" },
                    Column("colloids", "Colloids, 48 h") { $0.colloids?.description ?? "none" },
                    Column("crystalloids", "Crystalloids, 1 h") {
                        $0.crystalloids?.description ?? "none"
                    },
                    Column("when", "Recorded") { state.signed($0.stamp) },
                ],
                nothing: "Infusions were given before the sample; the volumes are not recorded.",
                tone: { $0.isDiluted ? .bad : nil }))
        html(
            .p, .class("help"),
            text: "Too diluted: colloids and crystalloids above 40 mL, or all infusions above "
                + "66.7 mL, for a kilogram of body mass (FDA 2007, plasma dilution).")
    }

    private func tests(_ donor: Donor, _ state: SiteState, _ html: inout HTML) {
        html(.div, .class("wide")) { html in
            html(.table) { html in
                BatchSections.head(
                    ["Marker", "Result", "Sampled", "Laboratory", "Recorded"], &html)
                html(.tbody) { html in
                    for marker in DonorMarker.mandatory where donor.latest(marker) == nil {
                        html(.tr, .tone(.attention)) { html in
                            html(.td, text: marker.rawValue)
                            html(.td) { $0.add(Badge("missing", .attention)) }
                            html(.td, .columnSpan(3), text: "")
                        }
                    }
                    for test in donor.tests {
                        let tone: Tone = test.result == .nonReactive ? .good : .bad
                        let isDiluted = donor.isDiluted(test.sampled)
                        html(.tr, .when(tone == .bad, .tone(.bad))) { html in
                            html(.td, text: test.marker.rawValue)
                            html(.td) { $0.add(Badge(test.result.rawValue, tone)) }
                            html(.td) { html in
                                html.text(test.sampled.description)
                                guard isDiluted else { return }
                                html.text(" ")
                                html.add(Badge("too diluted", .bad))
                            }
                            html(.td, text: test.laboratory)
                            html(.td, text: state.signed(test.recorded))
                        }
                    }
                }
            }
        }
    }
}

extension Viewer {
    /// The commands of `types` the viewer may give, as links to their forms with `values` filled.
    func actions(
        _ types: [any Command.Type], _ values: [String: String], returnTo: Link? = nil
    ) -> [(title: String, address: Address)] {
        types.filter { may($0) }.map { type in
            var query = values.sorted { $0.key < $1.key }.map {
                Address.QueryItem(name: $0.key, value: $0.value)
            }
            if let returnTo {
                query.append(.init(name: CommandForm.returnField, value: returnTo.path))
            }
            return (CommandForm.title(of: type.name), Address(.command(type.name), query: query))
        }
    }
}
