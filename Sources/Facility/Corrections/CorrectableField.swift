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
            [
                Self.quantity(
                    batch, step, index,
                    in: batches[batch]?.steps[step]?.materials[index].quantity.unit)
            ]
        case .split(let batch, let index): [Self.share(batch, index)]
        case .receipt(let lot): Self.fieldsOfReceipt(lot)
        case .preparation(let lot): [Self.expiry(lot)]
        case .lotResult(let lot, let index): Self.fieldsOfLotResult(lot, index)
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

    /// The share of a split, also of one that was recorded without.
    private static func share(_ batch: BatchID, _ index: Int) -> CorrectableField {
        CorrectableField(
            "share", "a share such as 40 %, 2e7 cells or 2 flasks of 5 flasks",
            parse: { PartedShare($0).map { Written($0, as: $0.description) } },
            get: { site in
                (site.batches[batch]?.partings[index]).map { parting in
                    Written(parting.share, as: parting.share?.description ?? "not recorded")
                }
            },
            set: { site, written, _ in
                site.batches[batch]?.partings[index].share = written.value
            })
    }

    /// A use of material: what is corrected moves between the stock of the lot and what was consumed.
    private static func quantity(
        _ batch: BatchID, _ step: String, _ index: Int, in unit: Unit?
    ) -> CorrectableField {
        CorrectableField(
            "quantity", "an amount above zero, in a unit of the lot",
            parse: { text in
                guard let quantity = positive(text), let unit,
                    (try? quantity.doubleValue(in: unit)) != nil
                else { return nil }
                return quantity
            },
            get: { $0.batches[batch]?.steps[step]?.materials[index].quantity },
            set: { site, value, stamp in
                guard let use = site.batches[batch]?.steps[step]?.materials[index] else { return }
                site.batches[batch]?.steps[step]?.materials[index].quantity = value
                site.rebook(use, as: value, for: "correction of \(batch), step \(step)", at: stamp)
            })
    }

    /// Books a use with its right quantity, once: it stands in the record of every part of a batch that
    /// was split later.
    private mutating func rebook(
        _ use: MaterialEntry, as value: Quantity, for occasion: String, at stamp: Stamp
    ) {
        guard let lot = lots[use.lot],
            let row = lot.uses.firstIndex(where: { $0.stamp.entry == use.stamp.entry }),
            let more = try? value.subtracting(lot.uses[row].quantity), !more.value.isZero,
            let less = try? lot.uses[row].quantity.subtracting(value)
        else { return }
        let isLess = more.value.isNegative
        lots[use.lot]?.move(
            isLess ? less : more, from: isLess ? .consumed : lot.stockAccount,
            to: isLess ? lot.stockAccount : .consumed, for: occasion, at: stamp)
        lots[use.lot]?.uses[row].quantity = value
    }

    private static func fieldsOfReceipt(_ lot: LotID) -> [CorrectableField] {
        [
            expiry(lot),
            CorrectableField(
                "supplierLot", "the supplier's lot number", parse: text,
                get: { $0.lots[lot]?.supplierLot },
                set: { site, value, _ in site.lots[lot]?.supplierLot = value }),
        ]
    }

    private static func expiry(_ lot: LotID) -> CorrectableField {
        CorrectableField(
            "expiry", "a day, such as 2027-01-31", parse: { CalendarDate($0) },
            get: { $0.lots[lot]?.expiry },
            set: { site, value, _ in site.lots[lot]?.expiry = value })
    }

    private static func fieldsOfLotResult(_ lot: LotID, _ index: Int) -> [CorrectableField] {
        [
            CorrectableField(
                "observation", Observation.form, parse: { Observation($0) },
                get: { $0.lots[lot]?.results[index].observation },
                set: { site, value, _ in
                    site.lots[lot]?.results[index].observation = value
                    site.lots[lot]?.results[index].verified = nil
                }),
            CorrectableField(
                "passes", "true or false", parse: { Bool($0) },
                get: { $0.lots[lot]?.results[index].passes },
                set: { site, value, _ in
                    site.lots[lot]?.results[index].passes = value
                    site.lots[lot]?.results[index].verified = nil
                }),
            CorrectableField(
                "reference", isCritical: false, "the laboratory's number", parse: text,
                get: { $0.lots[lot]?.results[index].reference },
                set: { site, value, _ in site.lots[lot]?.results[index].reference = value }),
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
