import Charts
import Facility
import Ledger
import Operations

// How the things of the site stand, at a glance: one table for pages and pictures.

extension BatchStatus {
    var tone: Tone {
        switch self {
        case .open: .underway
        case .completed, .reviewed: .attention
        case .certified, .released: .good
        case .rejected, .aborted: .bad
        case .pooled: .inactive
        }
    }

    var badge: Badge { Badge(rawValue, tone) }
}

extension DispositionStatus {
    var tone: Tone {
        switch self {
        case .quarantine: .attention
        case .released: .good
        case .rejected: .bad
        }
    }

    var badge: Badge { Badge(rawValue, tone) }
}

extension TestStanding.Verdict {
    var tone: Tone {
        switch self {
        case .pending: .underway
        case .passes: .good
        case .fails: .bad
        case .reported: .inactive
        }
    }

    var badge: Badge { Badge(rawValue, tone) }
}

extension Judgement {
    var tone: Tone {
        switch self {
        case .withinNormal: .good
        case .outsideNormal: .attention
        case .outsideProven: .bad
        }
    }
}

extension Deviation {
    var tone: Tone { isOpen ? .attention : closure?.disposition == .reject ? .bad : .inactive }

    var status: String {
        closure.map { "closed, \($0.disposition.rawValue)" } ?? "open"
    }

    var badge: Badge { Badge(status, tone) }
}

extension Eligibility {
    var words: String {
        switch self {
        case .undetermined: "not determined"
        case .eligible: "eligible"
        case .ineligible(_, let reason): "not eligible: \(reason)"
        }
    }

    var tone: Tone {
        switch self {
        case .undetermined: .attention
        case .eligible: .good
        case .ineligible: .bad
        }
    }
}

extension Container {
    /// Where it is and how it stands, in a few words.
    var standing: (words: String, tone: Tone) {
        if !holds.isEmpty, isInStock { return ("on hold", .bad) }
        switch location {
        case .stored: return (status.rawValue, status.tone)
        case .consumed(let batch): return ("used in \(batch)", .inactive)
        case .shipped: return ("on its way", .underway)
        case .received: return ("at the hospital", .underway)
        case .administered(let patient): return ("given to \(patient)", .good)
        case .sampled(let sample): return ("used up as \(sample)", .inactive)
        case .returned: return ("returned", .bad)
        case .destroyed: return ("destroyed", .inactive)
        }
    }

    /// What it is: "cord", "vial", "dose".
    var kindInWords: String {
        switch content {
        case .startingMaterial(_, let material): material
        case .vial: "vial"
        case .dose: "dose"
        }
    }
}

extension Thing {
    /// The kind as people say it.
    var title: String { self == .master ? "definition" : rawValue }
}

extension Link {
    /// The page of the thing that `id` names.
    init(to id: String, in state: SiteState) {
        switch state.things[id] {
        case .person: self = .person(id)
        case .donor: self = .donor(id)
        case .lot: self = .lot(id)
        case .container: self = .container(id)
        case .bank: self = .bank(id)
        case .batch: self = .batch(id)
        case .deviation, .excursion, .capa, .change, .complaint, .recall: self = .event(id)
        case .patient: self = .patient(id)
        case .order: self = .order(id)
        case .shipment: self = .shipment(id)
        case .master: self = .definition(id)
        case .room: self = .room(id)
        case .equipment: self = .equipmentPiece(id)
        case .organisation: self = .organisation(id)
        case .simulation: self = .simulation(id)
        case .environmentSample: self = .environmentSample(id)
        case .sample: self = .sample(id)
        case .study: self = .study(id)
        case .token: self = .tokens
        case .obligation: self = .obligation(id)
        case .meeting: self = .meeting(id)
        case .document: self = .document(id)
        case .line: self = .line(id)
        case .cytometryAnalysis, nil: self = .genealogy(node: id)
        }
    }
}

extension Stamp {
    /// When it happened, for a page.
    var instant: Instant { Instant(happened.description) }

    /// Seconds since 1970.
    var seconds: Int64 { happened.milliseconds / 1000 }
}

extension SiteState {
    /// The printed name of a person, or the identifier of one who is not known.
    func name(of person: PersonID) -> String { people[person]?.name ?? person.text }

    /// When it happened and who did it.
    func signed(_ stamp: Stamp) -> String {
        "\(Instant.short(stamp.happened.description)), \(name(of: stamp.person))"
    }
}
