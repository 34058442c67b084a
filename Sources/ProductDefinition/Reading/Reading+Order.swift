import Diagnostics

extension Reading {
    /// Reports operations that wait for one that stands at or after their own place.
    mutating func reportOrder(in definition: Definition) {
        let operations = (definition.process?.stages ?? []).flatMap(\.operations)
        let places = Dictionary(
            operations.enumerated().map { ($1.id.value, $0) },
            uniquingKeysWith: { first, _ in first })
        for (place, operation) in operations.enumerated() {
            for earlier in operation.after {
                guard let at = places[earlier.value], at >= place else { continue }
                report(
                    "operation-order",
                    "'\(operation.id)' waits for '\(earlier)', which comes later",
                    at: earlier.position, help: "'after' names operations that stand before it")
            }
        }
    }

    /// Reports ways back that lead forward, or over a filling: containers that carry a number and a
    /// label are not emptied again.
    mutating func reportReprocessing(in definition: Definition) {
        guard let process = definition.process, !process.reprocessing.isEmpty else { return }
        let operations = process.stages.flatMap(\.operations)
        let places = Dictionary(
            operations.enumerated().map { ($1.id.value, $0) },
            uniquingKeysWith: { first, _ in first })
        for way in process.reprocessing {
            guard let end = places[way.after.value], let start = places[way.backTo.value] else {
                continue
            }
            guard start <= end else {
                report(
                    "reprocessing-forward",
                    "'\(way.backTo)' comes after '\(way.after)': this is no way back",
                    at: way.backTo.position,
                    help: "'back-to' names an operation at or before that of 'after'")
                continue
            }
            if let filling = operations[start...end].first(where: \.fillsContainers) {
                report(
                    "reprocessing-filled",
                    "'\(filling.id)' fills containers, which are not emptied again",
                    at: way.position,
                    help: "let 'after' name an operation before the filling")
            }
        }
    }
}

extension Definition.Operation {
    /// Whether containers with numbers of their own come out: vials of a bank, or doses.
    fileprivate var fillsContainers: Bool {
        outputs.contains {
            $0.bank != nil || $0.kind?.value == .bankVials || $0.kind?.value == .drugProduct
        }
    }
}
