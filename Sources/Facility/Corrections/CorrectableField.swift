import Quantities

/// One field of an entry: how it is read and written as text.
struct CorrectableField {
    var name: String
    /// True when a verdict may rest on it: a second person confirms its correction.
    var isCritical: Bool
    /// What is entered, for messages.
    var form: String
    /// The value as it stands; `nil` when nothing was recorded.
    var read: (SiteState) -> String?
    /// Takes another value; false when the text is none.
    var write: (inout SiteState, String, Stamp) -> Bool

    init<Value: CustomStringConvertible>(
        _ name: String, isCritical: Bool = true, _ form: String,
        parse: @escaping (String) -> Value?, get: @escaping (SiteState) -> Value?,
        set: @escaping (inout SiteState, Value, Stamp) -> Void
    ) {
        self.name = name
        self.isCritical = isCritical
        self.form = form
        read = { get($0)?.description }
        write = { site, text, stamp in
            guard let value = parse(text) else { return false }
            set(&site, value, stamp)
            return true
        }
    }
}

extension SiteState {
    /// The fields of an entry that may be corrected.
    func fields(of entry: CorrectableEntry) -> [CorrectableField] {
        switch entry {
        case .result(let batch, let index): Self.fieldsOfResult(batch, index)
        case .count(let batch, let step, let index): Self.fieldsOfCount(batch, step, index)
        case .materialUse(let batch, let step, let index):
            [Self.quantity(batch, step, index)]
        case .receipt(let lot): Self.fieldsOfReceipt(lot)
        case .donation(let donor, let index):
            [
                CorrectableField(
                    "collected", "an instant, such as 2026-01-05T08:00:00Z",
                    parse: { Timestamp($0) },
                    get: { $0.donors[donor]?.donations[index].collected },
                    set: { site, value, _ in
                        site.donors[donor]?.donations[index].collected = value
                    })
            ]
        case .arrival(let shipment):
            [
                CorrectableField(
                    "highestTemperature", "a temperature, such as -160 °C",
                    parse: Self.temperature,
                    get: { $0.shipments[shipment]?.highestTemperature },
                    set: { site, value, _ in
                        site.shipments[shipment]?.highestTemperature = value
                    })
            ]
        case .adverseEvent(let patient, let index): Self.fieldsOfEvent(patient, index)
        case .visit(let patient, let index):
            [
                CorrectableField(
                    "finding", isCritical: false, "what was found", parse: Self.text,
                    get: { $0.patients[patient]?.followUp[index].finding },
                    set: { site, value, _ in
                        site.patients[patient]?.followUp[index].finding = value
                    })
            ]
        case .outcome(let patient, let index):
            [
                CorrectableField(
                    "observation", Observation.form, parse: { Observation($0) },
                    get: { $0.patients[patient]?.outcomes[index].observation },
                    set: { site, value, _ in
                        site.patients[patient]?.outcomes[index].observation = value
                    })
            ]
        }
    }

    private static func fieldsOfResult(_ batch: BatchID, _ index: Int) -> [CorrectableField] {
        [
            CorrectableField(
                "observation", Observation.form, parse: { Observation($0) },
                get: { $0.batches[batch]?.results[index].observation },
                set: { site, value, _ in
                    site.batches[batch]?.results[index].observation = value
                    site.batches[batch]?.results[index].verified = nil
                }),
            CorrectableField(
                "reference", isCritical: false, "the laboratory's number", parse: text,
                get: { $0.batches[batch]?.results[index].reference },
                set: { site, value, _ in site.batches[batch]?.results[index].reference = value }),
        ]
    }

    private static func fieldsOfCount(
        _ batch: BatchID, _ step: String, _ index: Int
    ) -> [CorrectableField] {
        [
            CorrectableField(
                "concentrations", "1 to 20 values such as 1.0e6 cells/mL, with commas between them",
                parse: { ReplicateText($0) },
                get: {
                    ($0.batches[batch]?.steps[step]?.counts[index].concentrations)
                        .map { ReplicateText(values: $0) }
                },
                set: { site, value, _ in
                    site.batches[batch]?.steps[step]?.counts[index].concentrations = value.values
                }),
            CorrectableField(
                "viability", "a share from 0 to 100 %", parse: { try? Quantity($0) },
                get: { $0.batches[batch]?.steps[step]?.counts[index].viability },
                set: { site, value, _ in
                    site.batches[batch]?.steps[step]?.counts[index].viability = value
                }),
            CorrectableField(
                "volume", "a volume, such as 10 mL", parse: positive,
                get: { $0.batches[batch]?.steps[step]?.counts[index].volume },
                set: { site, value, _ in
                    site.batches[batch]?.steps[step]?.counts[index].volume = value
                }),
            CorrectableField(
                "point", "thawed, seeded, harvested or formulated",
                parse: { CountPoint(rawValue: $0).map(Written.init) },
                get: {
                    ($0.batches[batch]?.steps[step]?.counts[index].point).map(Written.init)
                },
                set: { site, written, _ in
                    site.batches[batch]?.steps[step]?.counts[index].point = written.value
                }),
        ]
    }

    /// A use of material: what is corrected moves between the stock of the lot and what was consumed.
    private static func quantity(
        _ batch: BatchID, _ step: String, _ index: Int
    ) -> CorrectableField {
        CorrectableField(
            "quantity", "an amount above zero, in a unit of the lot", parse: positive,
            get: { $0.batches[batch]?.steps[step]?.materials[index].quantity },
            set: { site, value, stamp in
                guard let use = site.batches[batch]?.steps[step]?.materials[index],
                    let account = site.lots[use.lot]?.stockAccount,
                    let more = try? value.subtracting(use.quantity)
                else { return }
                let isLess = more.value.isNegative
                guard
                    let difference = isLess ? try? use.quantity.subtracting(value) : more
                else { return }
                site.lots[use.lot]?.move(
                    difference, from: isLess ? .consumed : account,
                    to: isLess ? account : .consumed,
                    for: "correction of \(batch), step \(step)", at: stamp)
                let entry = use.stamp.entry
                if let row = site.lots[use.lot]?.uses.firstIndex(where: {
                    $0.stamp.entry == entry
                }) {
                    site.lots[use.lot]?.uses[row].quantity = value
                }
                site.batches[batch]?.steps[step]?.materials[index].quantity = value
            })
    }

    private static func fieldsOfReceipt(_ lot: LotID) -> [CorrectableField] {
        [
            CorrectableField(
                "expiry", "a day, such as 2027-01-31", parse: { CalendarDate($0) },
                get: { $0.lots[lot]?.expiry },
                set: { site, value, _ in site.lots[lot]?.expiry = value }),
            CorrectableField(
                "supplierLot", "the supplier's lot number", parse: text,
                get: { $0.lots[lot]?.supplierLot },
                set: { site, value, _ in site.lots[lot]?.supplierLot = value }),
        ]
    }

    static func text(_ text: String) -> String? {
        text.contains { !$0.isWhitespace } ? text : nil
    }

    private static func positive(_ text: String) -> Quantity? {
        guard let quantity = try? Quantity(text), quantity.value > ExactDecimal(0) else {
            return nil
        }
        return quantity
    }

    private static func temperature(_ text: String) -> Quantity? {
        guard let quantity = try? Quantity(text),
            (try? requireTemperature(quantity, "value")) != nil
        else { return nil }
        return quantity
    }
}

/// The replicates of a count as one text.
private struct ReplicateText: CustomStringConvertible {
    var values: [Quantity]

    init(values: [Quantity]) { self.values = values }

    init?(_ text: String) {
        let parts = text.split(separator: ",", omittingEmptySubsequences: false)
        values = parts.compactMap { try? Quantity(String($0)) }
        guard (1...20).contains(parts.count), values.count == parts.count,
            values.allSatisfy({ $0.value > ExactDecimal(0) })
        else { return nil }
    }

    var description: String { values.map(\.description).joined(separator: ", ") }
}

/// A value that is entered as one of a few words.
struct Written<Value>: CustomStringConvertible {
    var value: Value
    var description: String

    init(_ value: Value) where Value: RawRepresentable<String> {
        self.value = value
        description = value.rawValue
    }

    init(_ value: Value, as description: String) {
        self.value = value
        self.description = description
    }
}
