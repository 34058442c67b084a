import Charts
import Facility
import Ledger

extension PaperSource {
    /// What something was made from and what it became, in a picture and in full.
    func traceReport(of trace: Trace) throws(Rejection) -> Paper {
        let all = [trace.start] + trace.back + trace.forward
        var blocks: [PaperBlock] = [
            .facts(
                [
                    PaperFact("Thing", .strong(trace.start.id)),
                    PaperFact("What it is", trace.start.description),
                    PaperFact("Made from", "\(trace.back.count) things"),
                    PaperFact("Went into", "\(trace.forward.count) things"),
                ] + ends(of: trace)),
            .picture(
                PaperPicture(
                    picture(of: all, focus: trace.start.id),
                    caption: "Material went from left to right; many of a kind are drawn as one.")),
        ]
        for (title, nodes) in [
            ("Back: what it was made from", trace.back),
            ("Forward: what came of it", trace.forward),
        ] {
            blocks.append(.heading(title, level: 2))
            guard !nodes.isEmpty else {
                blocks.append(.paragraph("Nothing."))
                continue
            }
            blocks.append(
                .table(
                    PaperTable(
                        columns: ["Steps away", "Thing", "Kind", "How it stands", "Came from"],
                        shares: [7, 17, 12, 34, 30],
                        words: nodes.map {
                            [
                                "\($0.depth)", $0.id, $0.kind.rawValue, $0.description,
                                $0.parents.joined(separator: ", "),
                            ]
                        })))
        }
        if !trace.tests.isEmpty {
            blocks.append(.heading("Tests: what results rest on", level: 2))
            blocks.append(
                .table(
                    PaperTable(
                        columns: ["Of", "Test", "Result", "Reference", "Done with", "By"],
                        words: trace.tests.map {
                            [
                                $0.subject, $0.test,
                                $0.result + ($0.counts ? "" : " (invalidated)"), $0.reference,
                                ($0.instruments + $0.reagents).joined(separator: ", "),
                                name(of: $0.person),
                            ]
                        })))
        }
        return Paper(
            kind: SitePaper.traceReport.title, subject: trace.start.id, issuer: state.name ?? "",
            under: trace.start.description, blocks: blocks,
            changes: try changes(
                of: all.filter { $0.kind == .batch }
                    .compactMap { BatchID($0.id).flatMap { state.batches[$0] } }),
            basis: basis(underAll: masters(behind: all)))
    }

    private func name(of person: String) -> String {
        PersonID(person).map { name(of: $0) } ?? person
    }

    /// The two ends people look for: donors and patients.
    private func ends(of trace: Trace) -> [PaperFact] {
        func list(_ name: String, _ nodes: [Trace.Node], _ kind: Thing) -> PaperFact {
            let ids = nodes.filter { $0.kind == kind }.map(\.id).sorted()
            return PaperFact(name, ids.isEmpty ? "none" : ids.joined(separator: ", "))
        }
        return [
            list("Donors behind it", trace.back, .donor),
            list("Lots of material behind it", trace.back, .lot),
            list("Batches it went into", trace.forward, .batch),
            list("Patients it reached", trace.forward, .patient),
        ]
    }

    /// The definition versions that the batches of the trace executed.
    private func masters(behind nodes: [Trace.Node]) -> [MasterRecord] {
        Set(nodes.compactMap { BatchID($0.id) }.compactMap { state.batches[$0]?.master }).sorted()
            .compactMap { state.masters[$0] }
    }

    private func picture(of nodes: [Trace.Node], focus: String) -> Picture {
        let drawn = nodes.map { node in
            Charts.Genealogy.Node(
                id: node.id, kind: node.kind.rawValue, status: status(of: node),
                tone: tone(of: node))
        }
        let edges = nodes.flatMap { node in
            node.parents.map { Charts.Genealogy.Edge(from: $0, to: node.id) }
        }
        return GenealogyChart(Charts.Genealogy(nodes: drawn, edges: edges, focus: focus)).picture()
    }

    /// How it stands, in a word or two.
    private func status(of node: Trace.Node) -> String {
        switch node.kind {
        case .container:
            ContainerID(node.id).flatMap { state.containers[$0] }.map { container in
                container.isInStock ? container.status.rawValue : "not at the site"
            } ?? ""
        case .lot: LotID(node.id).flatMap { state.lots[$0] }?.status.rawValue ?? ""
        case .bank: BankID(node.id).flatMap { state.banks[$0] }?.status.rawValue ?? ""
        case .batch: BatchID(node.id).flatMap { state.batches[$0] }?.status.rawValue ?? ""
        default: ""
        }
    }

    private func tone(of node: Trace.Node) -> Tone {
        switch status(of: node) {
        case "released", "certified": .good
        case "rejected", "aborted": .bad
        case "quarantine": .attention
        case "open", "completed", "reviewed": .underway
        default: .inactive
        }
    }
}
