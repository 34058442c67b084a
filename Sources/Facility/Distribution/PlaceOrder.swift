import Guidance
package import Quantities

/// Places an order of doses for one patient.
package struct PlaceOrder: Command {
    package static let name = "order.place"
    package static let summary = "Place an order of doses for one patient."
    package static let permission = Permission.distribute
    package static let help = [
        "order": "the order number", "patient": "for whom", "hospital": "where it will be given",
        "definition": "the product version ordered", "containers": "how many containers",
        "dose": "the dose prescribed, in cells or cells per kilogram",
        "weight": "the body weight, for a dose by weight",
        "reason": "why the dose lies outside those of the published trials, if it does",
        "trial": "the trial in which it is given, by its id in the definition",
    ]

    package var order: OrderID
    package var patient: PatientID
    package var hospital: String
    package var definition: MasterRecordID
    package var containers: Int
    package var dose: Quantity?
    package var weight: Quantity?
    package var reason: String?
    package var trial: String?

    package func decide(on site: SiteState, at moment: Moment) throws(Rejection) -> [any Fact] {
        try site.requireUnused(order)
        _ = try site.patient(patient)
        let product = try site.master(definition).product
        try requireText(hospital, "hospital")
        try requireTrial(of: product)
        try requirePrescription(of: product)
        return [
            OrderPlaced(
                order: order, patient: patient, hospital: hospital, definition: definition,
                containers: containers, dose: dose, weight: weight, reason: reason, trial: trial)
        ]
    }

    /// Refuses containers and a dose that cannot be meant for `product`.
    func requirePrescription(of product: MasterProduct) throws(Rejection) {
        guard (1...100).contains(containers) else {
            throw Rejection(
                "order.container-count", "\(containers) containers, between 1 and 100 are meant")
        }
        if let dose {
            try require(dose, of: product)
            try requirePrecedent(dose, of: product)
        }
    }

    /// Refuses a product under development for a patient of no trial, where the definition names the
    /// trials (Regulation (EU) No 536/2014 Art. 61-63: an investigational medicine is made for one).
    private func requireTrial(of product: MasterProduct) throws(Rejection) {
        let trials = product.trials ?? []
        if let trial {
            guard trials.contains(trial) else {
                throw Rejection(
                    "order.unknown-trial", "the definition has no trial '\(trial)'",
                    help: didYouMean(trial, among: trials) ?? "it names no trial")
            }
        } else if !trials.isEmpty, !product.isCommercial {
            throw Rejection(
                "order.trial-missing", "the product is in development and no trial is named",
                help: "known: \(trials.joined(separator: ", "))")
        }
    }

    /// Refuses a dose outside the product's range, and fewer containers than the dose needs.
    private func require(_ dose: Quantity, of product: MasterProduct) throws(Rejection) {
        if let range = product.doseRange {
            try require(dose, within: range, "dose")
        }
        if let range = product.patientWeight, let weight {
            try require(weight, within: range, "weight")
        }
        let cells: Double?
        do throws(QuantityError) {
            cells = try Self.cells(for: dose, weight: weight)
        } catch {
            throw Rejection(
                "order.dose-unit", "\(dose) is no dose of this product: \(error)",
                help: "enter it in cells or cells/kg")
        }
        guard let cells else {
            throw Rejection(
                "order.weight-missing", "the dose is \(dose) and no weight is given",
                help: "enter the body weight")
        }
        guard let content = try? product.cellsPerContainer?.doubleValue(in: .cells), content > 0
        else { return }
        let needed = (cells / content - 1e-9).rounded(.up)
        guard Double(containers) >= needed else {
            throw Rejection(
                "order.too-few-containers",
                "\(dose) needs \(Int(min(needed, 1e6))) containers, \(containers) are ordered",
                help: "order enough for one dose", rule: "spec-dose-viable")
        }
    }

    /// Asks for a reason when the dose lies outside every published one for the route: the trials of
    /// cord MSC in Mebarki et al. 2021, Table 1 (doi:10.1186/s13287-021-02222-y).
    private func requirePrecedent(
        _ dose: Quantity, of product: MasterProduct
    ) throws(Rejection) {
        guard product.isCordMSC == true, product.route == "intravenous",
            reason?.isEmpty ?? true
        else { return }
        let perKilogram = (try? Unit("cells/kg")).flatMap { try? dose.doubleValue(in: $0) }
        let basis: PublishedDose.Basis = perKilogram == nil ? .flat : .weight
        guard let cells = perKilogram ?? (try? dose.doubleValue(in: .cells)),
            let published = PublishedTrial.doseRange(route: "IV", basis: basis),
            !published.cells.contains(cells)
        else { return }
        throw Rejection(
            "order.dose-without-precedent",
            "\(dose) lies outside the published \(published.cells.lowerBound) to "
                + "\(published.cells.upperBound) \(basis == .weight ? "cells/kg" : "cells") "
                + "(\(published.lines) dose lines)",
            help: "say in 'reason' what the dose rests on", rule: "dose-within-precedent")
    }

    private func require(
        _ value: Quantity, within range: QuantityRange, _ field: String
    ) throws(Rejection) {
        guard let isWithin = try? range.contains(value) else {
            throw Rejection(
                "order.dose-unit", "\(value) cannot be held against \(range)",
                help: "enter the \(field) in \(range.unit)")
        }
        guard isWithin else {
            throw Rejection(
                "order.\(field)-out-of-range", "the \(field) is \(value), the product has \(range)",
                help: "ask the prescriber", rule: "dose-within-precedent")
        }
    }

    /// Cells of one dose; `nil` for a dose by weight without a weight.
    package static func cells(
        for dose: Quantity, weight: Quantity?
    ) throws(QuantityError) -> Double? {
        if let flat = try? dose.doubleValue(in: .cells) { return flat }
        let perKilogram = try dose.doubleValue(in: try Unit("cells/kg"))
        guard let weight else { return nil }
        return perKilogram * (try weight.doubleValue(in: try Unit("kg")))
    }
}

/// An order was placed.
package struct OrderPlaced: Fact {
    package static let kind = "order.placed/1"
    package var order: OrderID
    package var patient: PatientID
    package var hospital: String
    package var definition: MasterRecordID
    package var containers: Int
    package var dose: Quantity?
    package var weight: Quantity?
    package var reason: String?
    package var trial: String?

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        site.things[order.text] = .order
        site.orders[order] = Order(
            id: order, patient: patient, hospital: hospital, definition: definition,
            containers: containers, placed: stamp, dose: dose, weight: weight, reason: reason,
            trial: trial)
    }
}
