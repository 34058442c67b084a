import Diagnostics
import Guidance
import Quantities

extension Kind where Value == Located<Definition.Limit> {
    /// A range, or an expectation in words.
    static var limit: Self {
        Kind(
            shape: { .limit }, read: { node, reading in readLimit(node, &reading) },
            outline: { .value($0.value.description) })
    }
}

extension Kind where Value == Definition.PhasedLimit {
    /// One limit for all phases, or a mapping with one for each.
    static var phasedLimit: Self {
        let phases = DevelopmentPhase.allCases.map(\.rawValue)
        return Kind(
            shape: {
                .either([
                    .limit,
                    .record(
                        RecordShape(
                            name: "limit by phase", summary: "A limit for each phase that has one."
                        ) {
                            DevelopmentPhase.allCases.map {
                                FieldShape(
                                    key: $0.rawValue, summary: "the limit in \($0.title)",
                                    isRequired: false, shape: .limit)
                            }
                        }),
                ])
            },
            read: { node, reading in
                var phased = Definition.PhasedLimit()
                phased.position = reading.position(node)
                guard case .mapping(let entries) = node.content else {
                    guard let limit = readLimit(node, &reading) else { return nil }
                    phased.isSameInAllPhases = true
                    for phase in DevelopmentPhase.allCases { phased.limits[phase] = limit }
                    return phased
                }
                for entry in entries {
                    guard let phase = DevelopmentPhase(rawValue: entry.key) else {
                        let meant = Spelling.nearest(to: entry.key, among: phases)
                        reading.report(
                            "unknown-key", "'\(entry.key.prefix(40))' is not a phase",
                            at: reading.position(entry.keyMark),
                            help: meant.map { "did you mean '\($0)'?" }
                                ?? "the phases are \(phases.joined(separator: ", "))")
                        continue
                    }
                    phased.limits[phase] = readLimit(entry.value, &reading)
                }
                return phased
            },
            outline: { phased in
                if phased.isSameInAllPhases, let limit = phased.limits.values.first {
                    return .value(limit.value.description)
                }
                let fields = DevelopmentPhase.allCases.compactMap { phase in
                    phased.limits[phase].map {
                        (key: phase.rawValue, value: Outline.value($0.value.description))
                    }
                }
                return .record(.init(name: "limit", label: nil, fields: fields))
            })
    }
}

extension Kind where Value == Located<Definition.Setpoint> {
    /// A quantity, or a quality in words.
    static var setpoint: Self {
        Kind(
            shape: { .either([.quantity(.any), .text]) },
            read: { node, reading in
                guard let written = Kind<Located<String>>.text.read(node, &reading) else {
                    return nil
                }
                do throws(QuantityError) {
                    return Located(.quantity(try Quantity(written.value)), at: written.position)
                } catch {
                    // What begins with a figure was meant as a quantity; anything else is words.
                    guard beginsWithFigure(written.value) else {
                        return written.map { .text($0) }
                    }
                    return Kind<Located<Quantity>>.quantity().read(node, &reading)?
                        .map { .quantity($0) }
                }
            }, outline: { .value($0.value.description) })
    }
}

extension Kind where Value == Definition.Estimate {
    /// A quantity alone, or a mapping with its uncertainty.
    static func estimate(_ measure: Measure) -> Self {
        let table = Definition.Estimate.makeTable(for: measure)
        return Kind(
            shape: {
                var shape = table.shape
                shape.name = "estimate of \(measure.name)"
                return .either([.quantity(measure), .record(shape)])
            },
            read: { node, reading in
                var estimate = Definition.Estimate()
                estimate.position = reading.position(node)
                if case .mapping(let entries) = node.content {
                    table.read(entries, into: &estimate, &reading)
                    return estimate
                }
                guard let value = Kind<Located<Quantity>>.quantity(measure).read(node, &reading)
                else { return nil }
                estimate.value = value
                return estimate
            }, outline: { .record($0.outline) })
    }
}

extension Kind where Value == Located<String> {
    /// The id of a bank test of Guidance.
    static var bankTest: Self {
        known(BankTest.all.map(\.id), as: "bank test", code: "unknown-bank-test")
    }

    /// The id of an item of technology transfer of Guidance.
    static var transferItem: Self {
        known(TransferItem.all.map(\.id), as: "transfer item", code: "unknown-transfer-item")
    }

    private static func known(_ ids: [String], as noun: String, code: String) -> Self {
        let set = Set(ids)
        return Kind(
            shape: { .choice(ids) },
            read: { node, reading in
                guard let id = Kind.text.read(node, &reading) else { return nil }
                guard !set.contains(id.value) else { return id }
                let meant = Spelling.nearest(to: id.value, among: ids)
                reading.report(
                    code, "there is no \(noun) '\(id.value.prefix(40))'", at: id.position,
                    help: meant.map { "did you mean '\($0)'?" }
                        ?? "the \(noun)s are \(ids.joined(separator: ", "))")
                return nil
            }, outline: { .value($0.value) })
    }
}

private func readLimit(
    _ node: YAMLNode, _ reading: inout Reading
) -> Located<Definition.Limit>? {
    guard let written = Kind<Located<String>>.text.read(node, &reading) else { return nil }
    do throws(QuantityError) {
        return Located(.range(try QuantityRange(written.value)), at: written.position)
    } catch {
        // "3 of 3 lineages" is an expectation in words; "> 95 %%" is a limit with a mistake; a
        // quantity alone does not say on which side it lies.
        let isQuantity = (try? Quantity(written.value)) != nil
        guard isQuantity || looksLikeRange(written.value) else { return written.map { .text($0) } }
        return Kind<Located<QuantityRange>>.range().read(node, &reading)?.map { .range($0) }
    }
}

private func looksLikeRange(_ text: String) -> Bool {
    guard let first = text.first else { return false }
    return "<>=≥≤".contains(first) || text.contains("±") || text.contains("+/-")
        || (text.contains("..") && beginsWithFigure(text))
}

private func beginsWithFigure(_ text: String) -> Bool {
    guard let first = text.first(where: { $0 != "-" && $0 != "+" && $0 != "." }) else {
        return false
    }
    return first.isASCII && first.isNumber
}
