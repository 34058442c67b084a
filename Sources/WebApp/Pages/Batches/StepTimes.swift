import Charts
import Facility
import ProductDefinition
import Quantities

/// The clocks of a step: how long it has been going on, and how long what it gave may wait.
///
/// The allowed waits stand in the definition; the clock of one starts when the step is completed
/// and stops when the next one is started.
struct StepTimes: Component {
    let view: BatchView
    let step: BatchView.Step
    let book: DefinitionShelf.Book?

    /// One allowed wait.
    private struct Wait {
        let name: String
        let limit: String
        let from: Stamp?
        /// When it ended, once the next step was started.
        let until: Stamp?
        let seconds: Double

        var last: Timestamp? {
            from.map { $0.happened.advanced(bySeconds: Int64(seconds)) }
        }
    }

    func write(into html: inout HTML) {
        let waits = waits
        let isOpen = step.phase == .open
        guard isOpen || !waits.isEmpty else { return }
        html(.section, .class("panel clocks"), .label("Times")) { html in
            if isOpen, let started = step.record?.started {
                html(.p) { html in
                    html.text("In progress for ")
                    html(
                        .strong, .class("clock"),
                        .note(.since, started.happened.description),
                        text: "since \(Instant.short(started.happened.description))")
                }
            }
            for wait in waits { write(wait, &html) }
        }
    }

    private func write(_ wait: Wait, _ html: inout HTML) {
        html(.p) { html in
            html.text("\(wait.name): at most \(wait.limit)")
            guard let from = wait.from, let last = wait.last else { return }
            if let until = wait.until {
                let waited = until.happened.milliseconds - from.happened.milliseconds
                let kept = until.happened <= last
                html.text(", waited \(Self.words(waited / 1000)) ")
                html.add(kept ? Badge("kept", .good) : Badge("too long", .bad))
            } else {
                html.text(", until \(Instant.short(last.description)) ")
                html(
                    .strong, .class("clock"), .note(.until, last.description),
                    text: "")
            }
        }
    }

    /// The waits of the step before, which this one ends, and those of this step.
    private var waits: [Wait] {
        guard let index = view.steps.firstIndex(where: { $0.definition.id == step.definition.id })
        else { return [] }
        var waits: [Wait] = []
        for position in [index - 1, index] where view.steps.indices.contains(position) {
            let holder = view.steps[position]
            let next = view.steps.indices.contains(position + 1) ? view.steps[position + 1] : nil
            for hold in book?.operation(holder.definition.id)?.holds ?? [] {
                guard let second = try? Quantities.Unit("s"),
                    let seconds = try? hold.maximum.value.doubleValue(in: second),
                    (0...1e10).contains(seconds)
                else { continue }
                let at = hold.temperature.map { " at \($0.value)" } ?? ""
                waits.append(
                    Wait(
                        name: hold.name.value, limit: "\(hold.maximum.value)\(at)",
                        from: holder.record?.completed, until: next?.record?.started,
                        seconds: seconds))
            }
        }
        return waits
    }

    /// 3:25 h of seconds.
    private static func words(_ seconds: Int64) -> String {
        let (hours, minutes) = (seconds / 3600, seconds / 60 % 60)
        return "\(hours):\(minutes < 10 ? "0" : "")\(minutes) h"
    }
}

/// What a step needs before it starts: a room and equipment, and whether each is fit for use now.
struct StepNeeds: Component {
    let definition: MasterStep
    let viewer: Viewer

    func write(into html: inout HTML) {
        guard definition.room != nil || !definition.equipment.isEmpty else { return }
        let (state, today) = (viewer.state, viewer.now.date)
        html.panel("Needed") { html in
            html(.ul, .class("plain")) { html in
                if let wanted = definition.room {
                    let rooms = state.rooms.inOrder.filter { $0.servesAs == wanted }
                    html(.li) { html in
                        html.text("Room “\(wanted)”: ")
                        if rooms.isEmpty { html.text("none is registered") }
                        for room in rooms {
                            let (words, tone) = room.standing(on: today)
                            html(.a, .href(.room(room.id.text)), text: room.id.text)
                            html.add(Badge(words, tone))
                            html.text(" ")
                        }
                    }
                }
                for wanted in definition.equipment {
                    let pieces = state.equipment.inOrder.filter { $0.servesAs == wanted }
                    html(.li) { html in
                        html.text("Equipment “\(wanted)”: ")
                        if pieces.isEmpty { html.text("none is registered") }
                        for piece in pieces {
                            let (words, tone) = piece.standing(on: today)
                            html(.a, .href(.equipmentPiece(piece.id.text)), text: piece.id.text)
                            html.add(Badge(words, tone))
                            html.text(" ")
                        }
                    }
                }
            }
        }
    }
}

extension MasterParameter {
    /// Whether the site works it out, so that nobody types it.
    var isWorkedOut: Bool { formula != nil }

    /// What its value follows from.
    var origin: String { formula == .age ? "the tissue that is used" : "the cell counts" }
}
