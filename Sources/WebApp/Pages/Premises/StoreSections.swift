import Charts
import Facility
import Quantities

/// A storage unit on its own page: the level of its nitrogen, its temperature logs, and the ways to
/// enter both. Nothing for equipment that stores nothing.
struct StoreSections {
    let piece: Equipment
    let viewer: Viewer

    /// Readings in a picture; the list holds the rest.
    private static let drawnMax = 60

    private var isStore: Bool {
        !piece.levelLimits.isEmpty || viewer.state.storageLogs[piece.id.text] != nil
            || viewer.state.isInUse(piece.id.text)
    }

    private func ways(_ types: [any Command.Type]) -> [(title: String, address: Address)] {
        let id = piece.id.text
        return viewer.actions(types, ["unit": id], returnTo: .equipmentPiece(id))
    }

    /// What is done often.
    var actions: [(title: String, address: Address)] {
        guard isStore else { return [] }
        return ways(
            (piece.levelLimits.isEmpty ? [] : [RecordLevel.self]) + [ImportStorageLog.self])
    }

    /// What is done when a vessel is qualified.
    var more: [(title: String, address: Address)] { ways([SetLevelLimits.self]) }

    func write(into html: inout HTML) {
        levels(&html)
        logs(&html)
    }

    private func levels(_ html: inout HTML) {
        guard let limit = piece.levelLimits.last, let next = piece.nextLevelReading else { return }
        let state = viewer.state
        html.panel("Nitrogen level") { html in
            if next < viewer.now {
                html.add(Notice(.attention, "A reading was due at \(next)."))
            }
            var facts = Facts()
            facts.add("Alert below", limit.alert.description)
            facts.add("Action below", limit.action.description)
            facts.add("Read at least every", "\(limit.everyHours) h")
            facts.add("Next reading by", Instant.short(next.description))
            facts.add("Basis", "\(limit.basis), \(state.signed(limit.stamp))")
            html.add(facts)
            if piece.levels.count > 1 { html.figure(picture(limit), named: "level", fits: true) }
            html.add(
                RowsTable(
                    of: "levels", piece.levels.reversed(),
                    columns: [
                        .status("verdict", "Level") { reading in
                            let verdict = piece.verdict(on: reading)
                            let words = verdict.levelWords.map { ", \($0)" } ?? ""
                            return (reading.lowest.description + words, verdict.tone)
                        },
                        Column("to", "Read") { Instant.short($0.to.description) },
                        Column("from", "Since") {
                            $0.file == nil ? "" : Instant.short($0.from.description)
                        },
                        .figure(
                            "readings", "Readings", { Double($0.readings) }, { "\($0.readings)" }),
                        Column("highest", "Highest") {
                            $0.file == nil ? "" : $0.highest.description
                        },
                        Column("origin", "Origin") { $0.file == nil ? "read off" : $0.origin },
                        Column("when", "When and who") { state.signed($0.stamp) },
                    ], nothing: "It was not read yet."))
        }
    }

    private func picture(_ limit: LevelLimit) -> Picture {
        let unit = limit.alert.unit
        let lines: [ControlChart.Limit] = [
            (try? limit.alert.doubleValue(in: unit)).map { .init(.alert, at: $0) },
            (try? limit.action.doubleValue(in: unit)).map { .init(.action, at: $0) },
        ].compactMap(\.self)
        return ControlChart(
            title: "Nitrogen level of \(piece.id)", quantity: "level, \(unit)",
            readings: piece.levels.suffix(Self.drawnMax).compactMap { reading in
                guard let value = try? reading.lowest.doubleValue(in: unit) else { return nil }
                let verdict = piece.verdict(on: reading)
                return .init(
                    label: String(reading.to.description.prefix(10)), value: value,
                    tone: verdict.tone, note: verdict.levelWords)
            }, limits: lines
        ).picture()
    }

    /// The temperature logs, each with how it came to be here.
    private func logs(_ html: inout HTML) {
        let state = viewer.state
        guard let logs = state.storageLogs[piece.id.text], !logs.isEmpty else { return }
        html.panel("Temperature") { html in
            html.add(
                RowsTable(
                    of: "temperature logs", logs.reversed(),
                    columns: [
                        Column("from", "From") { Instant.short($0.from.description) },
                        Column("to", "To") { Instant.short($0.to.description) },
                        .figure(
                            "readings", "Readings", { Double($0.readings) }, { "\($0.readings)" }),
                        Column("lowest", "Lowest") { $0.lowest.description },
                        Column("highest", "Highest") { $0.highest.description },
                        .status("origin", "Origin") {
                            ($0.origin, $0.isTyped == false ? .good : .attention)
                        },
                        Column("when", "When and who") { state.signed($0.stamp) },
                    ]))
        }
    }
}

extension EnvironmentVerdict {
    /// How a level stands to its limits, in words; `nil` within them.
    fileprivate var levelWords: String? { self == .within ? nil : "below \(rawValue)" }
}
