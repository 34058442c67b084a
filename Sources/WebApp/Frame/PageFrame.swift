import Charts

/// What stands around every page: head, masthead, the rail of rooms, and the page itself.
struct PageFrame {
    /// What the browser shows as the title, before the name of the site.
    var title: String
    /// The site and who is looking at it.
    var setting: Setting
    /// The room of the rail that is lit.
    var place: Place?
    /// Where the page stands, from the room down to it.
    var trail: [(title: String, link: Link)] = []

    /// Whether the page shows the past, which does not change under the reader.
    var isPast = false

    /// The site as the frame shows it.
    struct Setting: Sendable {
        /// The name of the site.
        var site: String
        /// Entries in its ledger.
        var ledgerSize: Int
        /// The time by the clock of the site, RFC 3339 in UTC: what clocks on the page count by.
        var now: String
        /// Who is signed in; nil for a stranger.
        var person: Person?

        /// Who is signed in.
        struct Person: Sendable {
            var id: String
            var name: String
            var roles: String
            /// The secret that forms carry back.
            var formToken: String
        }
    }

    /// The whole page around `content`.
    func page(content: (inout HTML) -> Void) -> HTML {
        var html = HTML()
        html.documentType()
        html(.html, .language("en")) { html in
            head(&html)
            html(
                .body, .note(.ledgerSize, String(setting.ledgerSize)), .note(.now, setting.now)
            ) { html in
                html(.a, .class("skip"), .hrefOnPage("main"), text: "Skip to the content")
                masthead(&html)
                if setting.person != nil { rail(&html) }
                html(
                    .main, .id("main"), .tabIndex(-1),
                    .when(setting.person != nil && !isPast, .note(.live, Link.live.path))
                ) { html in
                    breadcrumbs(&html)
                    content(&html)
                }
                foot(&html)
            }
        }
        return html
    }

    private func head(_ html: inout HTML) {
        html(.head) { html in
            html(.meta, .utf8)
            html(
                .meta, .metaName("viewport"), .content("width=device-width, initial-scale=1"))
            html(.meta, .metaName("color-scheme"), .content("light"))
            html(.title, text: "\(title) · \(setting.site)")
            html(.link, .relation("icon"), .mediaType("image/svg+xml"), .href(Asset.icon))
            html(.link, .relation("stylesheet"), .href(Asset.stylesheet))
            html(.script, .source(Asset.script), .deferred, text: "")
        }
    }

    private func masthead(_ html: inout HTML) {
        html(.header, .class("masthead")) { html in
            html(.a, .class("brand"), .href(.home)) { html in
                html(.span, .class("seed"), .hiddenFromReaders, text: "")
                html(.span, text: setting.site)
            }
            guard let person = setting.person else { return }
            html(.form, .class("find"), .get, .action(.search), .role("search")) { html in
                html(.label, .class("unseen"), .forField("find"), text: "Find or scan")
                html(
                    .input, .id("find"), .type(.search), .name("q"),
                    .placeholder("Find or scan an identifier"), .autocomplete("off"),
                    .maximumLength(200))
            }
            html(.details, .class("who")) { html in
                html(.summary) { html in
                    html(.span, .class("who-name"), text: person.name)
                    html(.span, .class("who-roles"), text: person.roles)
                }
                html(.div, .class("who-menu")) { html in
                    html(.a, .href(.person(person.id)), text: "My record")
                    html(.form, .post, .action(.signOut)) { html in
                        html(
                            .input, .type(.hidden), .name(SubmittedForm.tokenField),
                            .value(person.formToken))
                        html(.button, .submits, text: "Sign out")
                    }
                }
            }
        }
    }

    private func rail(_ html: inout HTML) {
        html(.nav, .class("rail"), .label("Site")) { html in
            for group in Place.groups {
                html(.p, .class("rail-group"), text: group.title)
                html(.ul) { html in
                    for place in group.places {
                        html(.li) { html in
                            html(
                                .a, .href(place.link), .when(place == self.place, .currentPage),
                                text: place.title)
                        }
                    }
                }
            }
        }
    }

    private func breadcrumbs(_ html: inout HTML) {
        guard !trail.isEmpty else { return }
        html(.nav, .class("trail"), .label("Where this page stands")) { html in
            html(.ol) { html in
                for step in trail {
                    html(.li) { html in html(.a, .href(step.link), text: step.title) }
                }
            }
        }
    }

    private func foot(_ html: inout HTML) {
        html(.footer, .class("foot")) { html in
            guard setting.person != nil else {
                html(.span, text: "Seedlot")
                return
            }
            html(.a, .href(.ledger)) { html in
                html(.span, text: "Ledger ")
                html(.span, .class("figure"), .id("ledger-size"), text: "\(setting.ledgerSize)")
                html(.span, text: " entries")
            }
            html(.span, .id("live-state"), .class("live-state"), .announcesPolitely, text: "")
        }
    }
}
