package typealias ComplaintID = Identifier<Complaint>

/// What somebody outside said was wrong with a product.
package struct Complaint: Sendable, Codable {
    package var id: ComplaintID
    /// The container or batch it is about.
    package var subject: ThingID
    package var from: String
    package var description: String
    package var received: Stamp
    package var closure: Closure?

    package var isOpen: Bool { closure == nil }

    /// What the investigation found.
    package struct Closure: Sendable, Hashable, Codable {
        package var finding: String
        package var isQualityDefect: Bool
        /// Why the product is held to be sound, when it is.
        package var conclusion: String?
        /// The deviation that takes a confirmed defect on.
        package var deviation: DeviationID?
        /// Whether the other containers of the batch or bank are held.
        package var holdsSisters: Bool?
        /// The recall that was begun, or why none is needed.
        package var recall: RecallID?
        package var noRecall: String?
        package var stamp: Stamp
    }
}

/// Receives a complaint about a dose or a batch.
package struct ReceiveComplaint: Command {
    package static let name = "complaint.receive"
    package static let summary = "Receive a complaint about a container or a batch."
    package static let permission = Permission.openDeviation
    package static let help = [
        "complaint": "the number of the complaint", "subject": "the container or batch",
        "from": "who complains: the hospital, never a patient's name",
        "description": "what they say is wrong",
    ]

    package var complaint: ComplaintID
    package var subject: ThingID
    package var from: String
    package var description: String

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        try site.requireUnused(complaint)
        try requireText(from, "from")
        try requireText(description, "description")
        guard [.container, .batch].contains(site.things[subject.text]) else {
            throw Rejection(
                "complaint.subject", "'\(subject)' is no container and no batch",
                help: "name what the complaint is about")
        }
        return [
            ComplaintReceived(
                complaint: complaint, subject: subject, from: from, description: description)
        ]
    }
}

/// A complaint was received.
package struct ComplaintReceived: Fact {
    package static let kind = "complaint.received/1"
    package var complaint: ComplaintID
    package var subject: ThingID
    package var from: String
    package var description: String

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        site.things[complaint.text] = .complaint
        site.complaints[complaint] = Complaint(
            id: complaint, subject: subject, from: from, description: description,
            received: stamp)
    }
}

extension SiteState {
    /// The open complaints about a batch or one of its containers.
    package func openComplaints(about batch: Batch) -> [Complaint] {
        let things = Set([batch.id.text] + batch.outputs.map(\.text))
        return complaints.inOrder.filter { $0.isOpen && things.contains($0.subject.text) }
    }
}
