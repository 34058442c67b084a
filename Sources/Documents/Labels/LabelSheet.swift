package import Facility

/// The labels of one issue, ready for a printer.
package struct LabelSheet: Equatable, Sendable {
    package var form: LabelForm
    package var title: String
    package var labels: [Label]
    /// The instant of the issue: the date files carry.
    package var instant: Timestamp

    /// The labels that were issued for a batch.
    ///
    /// - Parameters:
    ///   - issue: which issue, from 1; the newest when absent.
    package init(
        _ form: LabelForm, of batch: Batch, issue number: Int? = nil, in state: SiteState
    ) throws(Rejection) {
        let issues = batch.labels?.issues ?? []
        let number = number ?? issues.count
        guard issues.indices.contains(number - 1) else {
            throw Rejection(
                "label.none-issued",
                issues.isEmpty
                    ? "no labels were issued for '\(batch.id)'"
                    : "'\(batch.id)' has \(issues.count) issues of labels, not \(number)",
                help: "issue them first: label.issue, or label.reprint with a reason")
        }
        let issue = issues[number - 1]
        let containers = state.labelledContainers(of: batch)
        guard !containers.isEmpty else {
            throw Rejection(
                "label.no-containers",
                "the containers of '\(batch.id)' have no numbers yet",
                help: "vials of a bank get theirs when it is filled: batch.fill")
        }
        let before = issues.prefix(number - 1).filter { $0.reprint == nil }.map(\.count)
            .reduce(0, +)
        if try state.expiry(of: batch, filledOn: issue.stamp.happened.date) != nil,
            state.expiry(on: issue, of: batch, for: nil) == nil
        {
            throw Rejection(
                "label.no-expiry",
                "'\(batch.id)' is not filled, and its labels carry an expiry counted from the fill",
                help: "fill it first, batch.fill, or issue labels for the day of the fill: "
                    + "label.issue, fillOn", rule: "label-content")
        }
        let copy = try LabelCopy(batch: batch, state: state)
        let things: [ContainerID?] =
            issue.reprint?.containers.map { $0 }
            ?? (before..<(before + issue.count)).map {
                containers.indices.contains($0) ? containers[$0] : nil
            }
        self.form = form
        title = "Labels of \(batch.id), \(form.rawValue), issue \(number)"
        instant = issue.stamp.recorded
        let kind = issue.reprint == nil ? "issue" : "reprint"
        labels = things.enumerated().map { place, container in
            Label(
                code: form == .box ? batch.id.text : container?.text ?? batch.id.text,
                lines: copy.lines(
                    for: container, on: form,
                    expires: state.expiry(on: issue, of: batch, for: container)),
                serial: "\(kind) \(issue.stamp.entry)-\(place + 1) of \(things.count)")
        }
        // A box is labelled once, whatever is in it.
        if form == .box { labels = Array(labels.prefix(1)) }
        let lines = labels.map { $0.brokenLines(on: form).count }.max() ?? 0
        guard lines <= form.linesMax else {
            // Nothing that a label must say is cut off unseen.
            throw Rejection(
                "label.does-not-fit",
                "the text needs \(lines) lines, a \(form.rawValue) label holds \(form.linesMax)",
                help: form == .vial
                    ? "print a larger label, or shorten the name of the product" : nil)
        }
    }
}

/// What a label says, from the definition and the records.
///
/// The particulars are those of Regulation (EC) 1394/2007, Annex III for outer and Annex IV for
/// immediate packaging: name, cells of human origin, strength, excipients, route, storage, expiry,
/// batch, the unique codes of donation and product, and what is said of autologous use.
private struct LabelCopy {
    let batch: Batch
    let state: SiteState
    let master: MasterRecord
    let stage: MasterStage

    init(batch: Batch, state: SiteState) throws(Rejection) {
        self.batch = batch
        self.state = state
        master = try state.master(batch.master)
        stage = try state.stage(of: batch)
    }

    func lines(
        for id: ContainerID?, on form: LabelForm, expires: CalendarDate?
    ) -> [String] {
        let container = id.flatMap { state.containers[$0] }
        let product = master.product
        var lines = [form == .box ? batch.id.text : id?.text ?? "\(batch.id), batch record"]
        lines.append(name)
        if let cells = container?.cells ?? product.cellsPerContainer {
            lines.append("\(cells)" + (form == .vial ? "" : " in each container"))
        }
        if form == .box, let first = batch.outputs.first, let last = batch.outputs.last {
            lines.append("\(batch.outputs.count) containers, \(first) to \(last)")
        }
        if let expires { lines.append("EXP \(expires)") }
        if let storage = product.storage { lines.append("Store \(Self.inWords(storage))") }
        let donors = state.donors(behind: batch.id.text).sorted().joined(separator: ", ")
        let donations = donations.joined(separator: ", ")
        if stage.output == .product, !donations.isEmpty {
            lines.append("Donation \(donations)")
        } else if !donors.isEmpty {
            lines.append("Donor \(donors)")
        }
        if form != .vial {
            lines.append("Product \(product.id) \(product.version)")
            lines.append("Batch \(batch.id)")
            if let patient = container?.reservation.flatMap({ state.orders[$0]?.patient }) {
                lines.append("Patient \(patient)")
            }
            lines.append("Contains cells of human origin")
        }
        if product.origin == "autologous" { lines.append("For autologous use only") }
        if form == .bag {
            if let route = product.route { lines.append("Route: \(route)") }
            if let excipients = product.excipients, !excipients.isEmpty {
                lines.append("Contains \(excipients.joined(separator: ", "))")
            }
            if product.phase != "commercial" { lines.append("For clinical trial use only") }
            if let site = state.name { lines.append(site) }
        }
        return lines
    }

    /// A range of temperatures in words: not every printer has the signs.
    private static func inWords(_ storage: String) -> String {
        for (sign, word) in [("<= ", "below"), (">= ", "above")] where storage.hasPrefix(sign) {
            return "at \(storage.dropFirst(sign.count)) or \(word)"
        }
        return "at " + storage.replacing("..", with: " to ")
    }

    /// The donations the cells came from, by the containers they arrived in.
    private var donations: [String] {
        state.genealogy.trace(from: batch.id.text, .back).map(\.node).filter { node in
            guard let id = ContainerID(node), let container = state.containers[id],
                case .startingMaterial = container.content
            else { return false }
            return true
        }.sorted()
    }

    /// The product, or the bank that is filled.
    private var name: String {
        if case .bank(let id) = stage.output, let bank = master.bank(id) { return bank.name }
        return master.product.name
    }
}
