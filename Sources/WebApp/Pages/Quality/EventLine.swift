import Charts
import Facility

/// Something of any kind that was not as planned, as a line of the list.
struct EventLine {
    let id: String
    let kind: String
    let status: String
    let tone: Tone
    let isOpen: Bool
    let description: String
    let cause: String
    /// What it is about.
    let subject: String?
    let opened: Stamp

    /// All of the site, open ones first, then the newest.
    static func all(in state: SiteState) -> [EventLine] {
        let all =
            state.deviations.values.map(\.line) + state.excursions.values.map(\.line)
            + state.complaints.values.map(\.line) + state.recalls.values.map(\.line)
            + state.correctiveActions.values.map(\.line) + state.changes.values.map(\.line)
        return all.sorted {
            ($0.isOpen ? 0 : 1, $1.opened.entry) < ($1.isOpen ? 0 : 1, $0.opened.entry)
        }
    }
}

extension Deviation {
    var line: EventLine {
        EventLine(
            id: id.text, kind: "deviation", status: status,
            tone: tone, isOpen: isOpen,
            description: description,
            cause: cause.rawValue.replacing("-", with: " "),
            subject: batch?.text, opened: opened)
    }
}

extension StorageExcursion {
    var line: EventLine {
        EventLine(
            id: id.text, kind: "excursion",
            status: assessment.map { "assessed, \($0.disposition.rawValue)" }
                ?? "open",
            tone: assessment == nil ? .bad : .inactive,
            isOpen: assessment == nil,
            description: "\(unit) at \(extreme)", cause: "storage",
            subject: nil, opened: recorded)
    }
}

extension Complaint {
    var line: EventLine {
        EventLine(
            id: id.text, kind: "complaint",
            status: isOpen ? "open" : "closed",
            tone: isOpen ? .attention : .inactive, isOpen: isOpen,
            description: description, cause: "from \(from)",
            subject: subject.text, opened: received)
    }
}

extension Recall {
    var line: EventLine {
        EventLine(
            id: id.text, kind: isMock ? "recall exercise" : "recall",
            status: closed == nil ? "under way" : "closed",
            tone: closed != nil ? .inactive : isMock ? .attention : .bad,
            isOpen: closed == nil, description: reason, cause: "",
            subject: thing.text, opened: begun)
    }
}

extension CorrectiveAction {
    var line: EventLine {
        EventLine(
            id: id.text, kind: "corrective action",
            status: standing.words, tone: standing.tone,
            isOpen: isOpen, description: action, cause: "",
            subject: source.text, opened: opened)
    }
}

extension ChangeControl {
    var line: EventLine {
        EventLine(
            id: id.text, kind: "change", status: standing.words,
            tone: standing.tone, isOpen: isOpen, description: title,
            cause: "\(impact.rawValue) impact",
            subject: touches.first?.text, opened: proposed)
    }
}

extension CorrectiveAction {
    var standing: (words: String, tone: Tone) {
        if let check = checks.last {
            return check.isEffective ? ("effective", .good) : ("not effective", .bad)
        }
        return completed == nil ? ("open", .attention) : ("effect to be checked", .underway)
    }
}

extension ChangeControl {
    var standing: (words: String, tone: Tone) {
        if closed != nil { return ("closed", .inactive) }
        if implemented != nil { return ("implemented", .underway) }
        return approved != nil ? ("approved", .underway) : ("proposed", .attention)
    }
}
