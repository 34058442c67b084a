import Quantities

/// The viable cells of one container, worked out from the record of its batch: nobody types them.
///
/// A count of the suspension that is filled says most: its density and the volume of a container.
/// Where the definition has the final concentration measured instead, that stands for the density.
/// A count of an earlier step tells only how many cells there are to share out.
struct FilledContent {
    /// Viable cells in each container.
    var cells: Double
    /// What it was worked out from, for messages.
    var origin: String
    /// The entry of the count that was shared out by the number of containers; `nil` when a density
    /// and the volume of a container say what each holds.
    var sharedOut: UInt64?

    /// The share by which two cell counts of one suspension may differ: a tenth, unless the
    /// replicates of the count spread more. ISO 20391-2:2019 has each laboratory find its own.
    static let countingUncertainty = 0.1

    /// The content as it is recorded.
    var quantity: Quantity { Self.quantity(of: cells) }

    /// A number of cells in three figures, which is what a cell count can tell.
    static func quantity(of cells: Double) -> Quantity {
        Quantity(ExactDecimal(cells, figures: 3) ?? .zero, .cells)
    }
}

extension SiteState {
    /// What each of `count` containers holds that are filled in `step`.
    ///
    /// - Parameter volume: what was filled into each, when the record of the step does not say.
    /// - Throws: when the record does not give the content, or gives more than the batch has.
    func content(
        of count: Int, volume: Quantity?, in batch: Batch, _ step: MasterStep, _ record: StepRecord
    ) throws(Rejection) -> FilledContent {
        let volume = try fillVolume(typed: volume, of: batch, step, record)
        guard let content = try content(of: count, volume: volume, batch, step, record),
            content.cells.isFinite, content.cells >= 1, content.cells < 1e15
        else {
            throw Rejection(
                "batch.content-unknown",
                "nothing in step '\(step.id)' says how many cells a container of '\(batch.id)' "
                    + "holds",
                help: "count what is filled first: batch.record-count, point formulated",
                rule: "spec-dose-viable")
        }
        try requireCells(for: content, in: count, batch)
        return content
    }

    private func content(
        of count: Int, volume: Double?, _ batch: Batch, _ step: MasterStep, _ record: StepRecord
    ) throws(Rejection) -> FilledContent? {
        if let counted = record.counts.last(where: { $0.point == .formulated }),
            let counts = counted.viableCells, let all = counted.millilitres
        {
            let share = heldShare(of: counted, in: batch)
            let (cells, suspension) = (counts * share, all * share)
            guard let volume else {
                return FilledContent(
                    cells: cells / Double(count),
                    origin: "\(Self.figures(cells)) cells counted, in \(count) containers",
                    sharedOut: counted.stamp.entry)
            }
            guard volume * Double(count) <= suspension * (1 + FilledContent.countingUncertainty)
            else {
                throw Rejection(
                    "batch.volume-short",
                    "\(count) containers of \(Self.figures(volume)) mL hold more than the "
                        + "\(Self.figures(suspension)) mL that were counted",
                    help: "enter the volume that was filled, or count again", rule: "yield-in-range"
                )
            }
            return FilledContent(
                cells: cells / suspension * volume,
                origin: "\(Self.figures(cells / suspension)) cells/mL counted, "
                    + "\(Self.figures(volume)) mL in each")
        }
        if let volume, let density = record.density {
            return FilledContent(
                cells: density * volume,
                origin: "\(Self.figures(density)) cells/mL measured, \(Self.figures(volume)) mL "
                    + "in each")
        }
        guard let earlier = batch.countEntries.last, earlier.point == .formulated,
            let counted = earlier.viableCells
        else { return nil }
        let cells = counted * heldShare(of: earlier, in: batch)
        return FilledContent(
            cells: cells / Double(count),
            origin: "\(Self.figures(cells)) cells counted, in \(count) containers",
            sharedOut: earlier.stamp.entry)
    }

    /// The share of the cells of `count` that `batch` has, at most.
    private func heldShare(of count: CountEntry, in batch: Batch) -> Double {
        guard let cells = count.viableCells, cells > 0 else { return 0 }
        return (sources(of: batch, at: count).held[count.stamp.entry] ?? 0) / cells
    }

    /// Millilitres in a container: as recorded in the step, as entered with the fill, or as the
    /// definition has it.
    private func fillVolume(
        typed: Quantity?, of batch: Batch, _ step: MasterStep, _ record: StepRecord
    ) throws(Rejection) -> Double? {
        let recorded = step.parameters.first {
            let name = ($0.id + " " + $0.name).lowercased()
            return name.contains("fill") && name.contains("volume")
        }.flatMap { record.values[$0.id]?.last?.value.millilitres }
        if let typed {
            guard let volume = typed.millilitres, volume > 0, volume < 1e6 else {
                throw Rejection(
                    "batch.fill-volume", "'volume' is \(typed), which is no volume of a container",
                    help: "enter what is in each, such as 1 mL")
            }
            guard recorded.map({ abs($0 - volume) <= 1e-9 * $0 }) ?? true else {
                throw Rejection(
                    "batch.fill-volume",
                    "'volume' is \(typed), and step '\(step.id)' has \(Self.figures(recorded ?? 0)) "
                        + "mL",
                    help: "leave it out: the record has the fill volume")
            }
            return volume
        }
        if let recorded { return recorded }
        guard case .product = try stage(of: batch).output else { return nil }
        return try master(batch.master).product.fillVolume?.millilitres
    }

    /// Refuses a fill of more cells than the batch has, by its last harvest and by every count since,
    /// and of more than other parts of the same batch have left of them.
    private func requireCells(
        for content: FilledContent, in count: Int, _ batch: Batch
    ) throws(Rejection) {
        let filled = content.cells * Double(count)
        for counted in batch.countsSinceHarvest where counted.viableCells != nil {
            let sources = sources(of: batch, at: counted)
            let cells = sources.heldCells
            let margin = 1 + max(FilledContent.countingUncertainty, counted.spread)
            guard filled <= cells * margin else {
                throw Rejection(
                    "batch.more-than-counted",
                    "\(count) containers of \(content.quantity) are \(Self.figures(filled)) cells, "
                        + "\(Self.figures(cells)) were \(counted.point.rawValue)"
                        + (cells < sources.countedCells ? " in its share" : ""),
                    help: "check the number of containers, the volume and the counts",
                    rule: "yield-in-range")
            }
            // Where the splits say what went where, nobody can take another part's share.
            guard !sources.isKnown else { continue }
            let others = drawn(on: sources, besides: batch)
            let together = filled + others.map(\.1).reduce(0, +)
            guard together > sources.countedCells * margin else { continue }
            let taken = others.map { "'\($0.batch)' took \(Self.figures($0.1))" }
            throw Rejection(
                "batch.more-than-counted",
                "\(count) containers of \(content.quantity) are \(Self.figures(filled)) cells and "
                    + "\(taken.joined(separator: ", ")): \(Self.figures(together)) of "
                    + "\(Self.figures(sources.countedCells)) that were \(counted.point.rawValue)",
                help: "the parts of a batch share its cells: count what '\(batch.id)' holds, "
                    + "batch.record-count, and fill no more",
                rule: "yield-in-range")
        }
    }

    /// Refuses to share out by the number of containers what another part of the batch shares in, where
    /// the split does not say how much.
    func requireOwnCount(behind content: FilledContent, of batch: Batch) throws(Rejection) {
        guard let entry = content.sharedOut, !batch.portion(since: entry).isKnown,
            let other = sharer(ofCount: entry, with: batch)
        else { return }
        throw Rejection(
            "batch.count-shared",
            "the cells of '\(batch.id)' were last counted together with those of '\(other)'",
            help: "count what this part holds: batch.record-count, point formulated; or enter the "
                + "volume of a container; or record the share of the split: entry.correct",
            rule: "yield-in-range")
    }

    /// The event of containers that hold another number of cells than the definition has.
    ///
    /// The limits are those of the specification in cells, else a tenth either side of the nominal
    /// content with the overfill on top.
    func contentEvent(
        _ content: FilledContent, in batch: Batch, _ step: MasterStep
    ) throws(Rejection) -> [any Fact] {
        guard let range = try contentRange(of: batch),
            (try? range.contains(content.quantity)) == false
        else { return [] }
        return [
            DeviationOpened(
                deviation: nextDeviation(), batch: batch.id, step: step.id, cause: .calculation,
                description: "\(content.quantity) in a container, limits \(range): "
                    + content.origin,
                rule: "spec-dose-viable")
        ]
    }

    private func contentRange(of batch: Batch) throws(Rejection) -> QuantityRange? {
        let master = try master(batch.master)
        let nominal: Quantity?
        switch try stage(of: batch).output {
        case .product: nominal = master.product.cellsPerContainer
        case .bank(let bank): nominal = master.bank(bank)?.cellsPerVial
        case .startingMaterial: nominal = nil
        }
        for test in try specification(for: batch)?.tests ?? [] where test.category == "quantity" {
            if case .within(let range) = test.criterion,
                (try? range.contains(.init(.one, .cells))) != nil
            {
                return range
            }
        }
        guard let cells = try? nominal?.doubleValue(in: .cells) else { return nil }
        let overfill = (try? master.product.overfill?.doubleValue(in: .one)) ?? 0
        let share = FilledContent.countingUncertainty
        return try? QuantityRange(
            from: FilledContent.quantity(of: cells * (1 - share)),
            through: FilledContent.quantity(of: cells * (1 + share + overfill)))
    }

    /// Three figures of a number, for messages.
    private static func figures(_ value: Double) -> String {
        (ExactDecimal(value, figures: 3) ?? .zero).description
    }
}

extension StepRecord {
    /// The final concentration, in cells in a millilitre, where the step has it measured.
    fileprivate var density: Double? {
        guard let unit = try? Unit("cells/mL") else { return nil }
        return values.sorted { $0.key < $1.key }.lazy.compactMap { _, entries in
            try? entries.last?.value.doubleValue(in: unit)
        }.first
    }
}

extension CountEntry {
    /// The volume of the counted suspension.
    fileprivate var millilitres: Double? { volume.millilitres }

    /// Twice the relative standard deviation of the replicates; 0 for a single one.
    fileprivate var spread: Double {
        guard let unit = try? Unit("cells/mL"), concentrations.count > 1 else { return 0 }
        let values = concentrations.compactMap { try? $0.doubleValue(in: unit) }
        let mean = values.reduce(0, +) / Double(max(values.count, 1))
        guard mean > 0, values.count > 1 else { return 0 }
        let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        return 2 * (squares / Double(values.count - 1)).squareRoot() / mean
    }
}

extension Quantity {
    fileprivate var millilitres: Double? {
        guard let unit = try? Unit("mL") else { return nil }
        return try? doubleValue(in: unit)
    }
}

extension ExactDecimal {
    /// `value` rounded to so many figures; `nil` for one that is not positive or too large.
    fileprivate init?(_ value: Double, figures: Int) {
        guard value.isFinite, value > 1e-12, value < 1e18 else { return nil }
        var exponent = 0
        var scaled = value
        var upper = 1.0
        for _ in 0..<figures { upper *= 10 }
        while scaled >= upper - 0.5 { (scaled, exponent) = (scaled / 10, exponent + 1) }
        while scaled < upper / 10 - 0.05 { (scaled, exponent) = (scaled * 10, exponent - 1) }
        let significand = Int128(scaled.rounded())
        guard let decimal = try? ExactDecimal(significand: significand, exponent: exponent) else {
            return nil
        }
        self = decimal
    }
}
