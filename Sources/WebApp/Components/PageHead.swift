import Charts

/// The heading of a page: what kind of thing it is, its name, how it stands, and what can be done.
struct PageHead: Component {
    let title: String
    var kind: String?
    var status: Badge?
    var under: String?
    var actions: [(title: String, address: Address)]
    /// What is rarely done, and must be found when it is: behind a button of its own.
    var more: [(title: String, address: Address)]

    init(
        _ title: String, kind: String? = nil, status: Badge? = nil, under: String? = nil,
        actions: [(title: String, address: Address)] = [],
        more: [(title: String, address: Address)] = []
    ) {
        self.title = title
        self.kind = kind
        self.status = status
        self.under = under
        self.actions = actions
        self.more = more
    }

    func write(into html: inout HTML) {
        html(.div, .class("head")) { html in
            html(.div) { html in
                if let kind { html(.p, .class("head-kind"), text: kind) }
                html(.h1) { html in
                    html.text(title)
                    if let status { html.add(status) }
                }
                if let under { html(.p, .class("head-under"), text: under) }
            }
            guard !actions.isEmpty || !more.isEmpty else { return }
            html(.div, .class("actions")) { html in
                for action in actions {
                    html(.a, .class("button"), .href(action.address), text: action.title)
                }
                guard !more.isEmpty else { return }
                html(.details, .class("more")) { html in
                    html(.summary, .class("button"), text: "More")
                    html(.div, .class("more-menu")) { html in
                        for action in more { html(.a, .href(action.address), text: action.title) }
                    }
                }
            }
        }
    }
}

/// A panel with a heading and a link to more.
extension HTML {
    /// Writes a panel called `title` around what `content` writes.
    mutating func panel(
        _ title: String, more: (title: String, address: Address)? = nil,
        content: (inout HTML) -> Void
    ) {
        self(.section, .class("panel")) { html in
            html(.div, .class("panel-head")) { html in
                html(.h2, text: title)
                if let more { html(.a, .href(more.address), text: more.title) }
            }
            content(&html)
        }
    }

    /// Writes a picture that scrolls sideways when the screen is narrow.
    mutating func figure(
        _ picture: Picture, named name: String, fits: Bool = false, caption: String? = nil
    ) {
        self(.figure) { html in
            html(
                .div, fits ? .class("picture fits") : .class("picture"), .when(!fits, .tabIndex(0)),
                .when(!fits, .role("group")), .when(!fits, .label(picture.title))
            ) { $0.picture(picture, named: name) }
            if let caption { html(.figcaption, text: caption) }
        }
    }
}

/// The large figures at the head of a page, each a link to what it counts.
struct Readings: Component {
    /// One figure.
    struct Reading {
        let name: String
        let figure: String
        var tone: Tone = .good
        var link: Link?
    }

    let readings: [Reading]

    func write(into html: inout HTML) {
        html(.div, .class("readings")) { html in
            for reading in readings {
                func inner(_ html: inout HTML) {
                    html(.span, .class("reading-name"), text: reading.name)
                    html(.span, .class("reading-figure"), text: reading.figure)
                }
                if let link = reading.link {
                    html(.a, .class("reading"), .tone(reading.tone), .href(link)) { inner(&$0) }
                } else {
                    html(.div, .class("reading"), .tone(reading.tone)) { inner(&$0) }
                }
            }
        }
    }
}
