package import Ledger

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

/// Closes a complaint with what its investigation found.
package struct CloseComplaint: Command {
    package static let name = "complaint.close"
    package static let summary = "Close a complaint with what its investigation found."
    package static let permission = Permission.closeDeviation
    package static let signature: SignatureMeaning? = .approved
    package static let help = [
        "complaint": "which complaint", "finding": "what the investigation found",
        "isQualityDefect": "true when the product was not as it should be",
    ]

    package var complaint: ComplaintID
    package var finding: String
    package var isQualityDefect: Bool

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        let complaint = try site.complaint(complaint)
        try requireText(finding, "finding")
        guard complaint.isOpen else {
            throw Rejection("complaint.closed", "'\(complaint.id)' is closed")
        }
        guard complaint.received.person != moment.person else {
            throw Rejection(
                "complaint.own", "'\(moment.person)' received '\(complaint.id)'",
                help: "another person closes it")
        }
        return [
            ComplaintClosed(
                complaint: complaint.id, finding: finding, isQualityDefect: isQualityDefect)
        ]
    }
}

/// A complaint was closed.
package struct ComplaintClosed: Fact {
    package static let kind = "complaint.closed/1"
    package var complaint: ComplaintID
    package var finding: String
    package var isQualityDefect: Bool

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        site.complaints[complaint]?.closure = .init(
            finding: finding, isQualityDefect: isQualityDefect, stamp: stamp)
    }
}

extension SiteState {
    /// The open complaints about a batch or one of its containers.
    package func openComplaints(about batch: Batch) -> [Complaint] {
        let things = Set([batch.id.text] + batch.outputs.map(\.text))
        return complaints.inOrder.filter { $0.isOpen && things.contains($0.subject.text) }
    }
}
