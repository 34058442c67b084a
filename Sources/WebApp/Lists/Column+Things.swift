import Facility

extension Column {
    /// A column of things of the site, each a link to its page.
    ///
    /// - Parameter nothing: what stands where there is none.
    static func things(
        _ key: String, _ title: String, _ ids: @escaping (Row) -> [String],
        nothing: String = "", in state: SiteState
    ) -> Column {
        func plain(_ row: Row) -> String {
            let ids = ids(row)
            return ids.isEmpty ? nothing : ids.joined(separator: ", ")
        }
        return Column(key, title, plain) { row, html in
            if ids(row).isEmpty { html.text(nothing) }
            for id in ids(row) {
                html(.a, .href(Link(to: id, in: state)), text: id)
                html.text(" ")
            }
        }
    }
}
