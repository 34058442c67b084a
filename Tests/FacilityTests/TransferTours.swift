import Facility
import Guidance
import Ledger

// Sites with documents, and with a process that is transferred to them.

extension TestSite {
    /// A procedure in two versions and a form that is withdrawn.
    static func tourOfDocuments() throws -> TestSite {
        var site = try founded()
        for (document, version, kind) in [
            ("SOP-7", "1", "procedure"), ("FORM-2", "A", "form"), ("SOP-7", "2", "procedure"),
        ] as [(JSONValue, JSONValue, JSONValue)] {
            try site.perform(
                "document.register",
                [
                    "document": document, "kind": kind, "title": "gowning", "version": version,
                    "file": [
                        "name": "gowning.pdf",
                        "digest": .string(Digest.sha256(of: [UInt8(site.entries.count)]).hex),
                    ], "reason": "after the inspection", "readers": ["operator"],
                ], as: "supervisor")
            try site.perform(
                "document.approve",
                [
                    "document": document, "version": version,
                    "effective": .string(site.now.date.advanced(byDays: 7).description),
                ], as: "reviewer")
            try site.perform(
                "people.record-training",
                ["person": "operator-1", "instruction": document, "document": "T-8"],
                as: "supervisor")
        }
        try site.perform(
            "document.withdraw", ["document": "FORM-2", "reason": "replaced by the page"],
            as: "reviewer")
        return site
    }

    /// The first stage of a transfer by documents, the second by a batch.
    static func tourOfTransfer() throws -> TestSite {
        var site = try withBank()
        for (study, stage, test, criterion) in [
            ("TT-1", "due-diligence", "gaps", "'all have an owner'"),
            ("TT-2", "pilot", "viability", ">= 80 %"),
        ] as [(JSONValue, JSONValue, JSONValue, JSONValue)] {
            let batches: JSONValue = stage == "pilot" ? 1 : 0
            try site.perform(
                "study.open",
                [
                    "study": study, "kind": "technology-transfer", "subject": "SMALL-1.0.0",
                    "protocolNumber": "TTP-1", "months": [], "windowDays": 0, "stage": stage,
                    "batches": batches, "tests": [["test": test, "criterion": criterion]],
                ], as: "reviewer")
            if stage == "pilot" {
                try site.makeProduct()
                try site.perform(
                    "study.assign-batch", ["study": study, "batch": "B-2"], as: "supervisor")
                try site.testProduct()
            } else {
                try site.recordGaps("some have none")
                let deviation = JSONValue.string(site.state.deviations.inOrder.last!.id.text)
                try site.perform(
                    "oos.record-laboratory-phase",
                    ["deviation": deviation, "assignableCause": true, "evidence": "old list"],
                    as: "analyst")
                try site.perform(
                    "oos.invalidate-result", ["deviation": deviation, "reason": "old list"],
                    as: "reviewer")
                try site.recordGaps("all have an owner")
            }
            try site.answerItems(of: study.stringValue!)
            try site.perform(
                "study.conclude", ["study": study, "summary": "as the protocol asks"],
                as: "reviewer")
        }
        return site
    }

    /// Answers the items of a stage of a transfer with a report of the sending unit.
    mutating func answerItems(of study: String, except left: Set<String> = []) throws {
        let open = try state.items(of: state.study(StudyID(study)!)).filter(\.isOpen)
        let items = open.map(\.item.id).filter { !left.contains($0) }
        try perform(
            "study.answer-items",
            [
                "study": .string(study), "items": .array(items.map { .string($0) }),
                "document": "DD-REPORT",
            ], as: "reviewer")
    }

    private mutating func recordGaps(_ observation: JSONValue) throws {
        try perform(
            "study.record-result",
            [
                "study": "TT-1", "test": "gaps", "observation": observation, "reference": "DD-1",
            ], as: "analyst")
    }
}
