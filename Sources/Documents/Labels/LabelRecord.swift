import Facility

extension PaperSource {
    /// The account of the labels of a batch: what they say, every issue, every reprint with its
    /// reason, and the reconciliation.
    func labelRecord(of batch: Batch) throws(Rejection) -> Paper {
        guard let account = batch.labels else {
            throw Rejection(
                "label.none-issued", "no labels were issued for '\(batch.id)'",
                help: "issue them first: label.issue")
        }
        let master = try state.master(batch.master)
        let stage = try state.stage(of: batch)
        var facts = try lotFacts(of: batch, master)
        if let text = stage.labelText {
            facts.append(PaperFact("What a label says, by the definition", text))
        }
        var blocks: [PaperBlock] = [.facts(facts)]
        blocks += [.heading("Account", level: 2)] + labelAccount(account)
        if let sheet = try? LabelSheet(.bag, of: batch, in: state), let label = sheet.labels.first {
            blocks += [
                .heading("What the labels say", level: 2),
                .verbatim(
                    (label.lines + ["[\(label.code)]", label.serial]).joined(separator: "\n")),
            ]
        }
        let stamps = account.issues.map(\.stamp) + [account.reconciled].compactMap { $0 }
        return Paper(
            kind: SitePaper.labelRecord.title, subject: batch.id.text, issuer: state.name ?? "",
            under: master.product.name, blocks: blocks,
            changes: account.issues.compactMap { issue in
                issue.reprint.map { reprint in
                    change(
                        "labels of \(reprint.containers.map(\.text).joined(separator: ", "))",
                        "issued before", "printed again", reprint.reason, issue.stamp)
                }
            }, basis: basis(of: stamps, under: master))
    }

    /// Issues, reprints and the reconciliation, as batch record and label record print them.
    func labelAccount(_ account: LabelAccount) -> [PaperBlock] {
        var blocks: [PaperBlock] = [
            .table(
                PaperTable(
                    columns: ["Issue", "Labels", "What for", "Issued by"],
                    words: account.issues.enumerated().map { place, issue in
                        [
                            "\(place + 1)", "\(issue.count)",
                            issue.reprint.map { reprint in
                                "reprint of "
                                    + reprint.containers.map(\.text).joined(separator: ", ")
                                    + ": \(reprint.reason)"
                            } ?? issue.fillOn.map { "for a fill on \($0)" } ?? "first issue",
                            who(issue.stamp),
                        ]
                    })),
            .facts([
                PaperFact("Issued", "\(account.issued)"),
                PaperFact("Printed again", "\(account.reprinted)"),
                PaperFact("Used", "\(account.used)"),
                PaperFact("Destroyed", "\(account.destroyed)"),
                PaperFact(
                    "Not accounted for",
                    account.difference == 0
                        ? .verdict("0", .good) : .verdict("\(account.difference)", .bad)),
            ]),
        ]
        let signatures = self.signatures("labels reconciled", account.reconciled)
        blocks.append(
            signatures.isEmpty
                ? .note(.warning, "The labels are not reconciled.") : .signatures(signatures))
        return blocks
    }
}
