import Quantities

extension SiteState {
    /// Refuses a quantity in a unit that no step of a registered definition reckons the material in.
    /// What no definition names, such as plates and disinfectants, is received as it is counted.
    func requirePlannable(_ material: String, _ quantity: Quantity) throws(Rejection) {
        let units = masters.values.flatMap { master in
            master.stages.flatMap { $0.steps.flatMap(\.materials) }
                .filter { $0.material == material }.compactMap(\.quantity?.unit)
        }
        guard let unit = units.first,
            !units.contains(where: { $0.dimension == quantity.unit.dimension })
        else { return }
        throw Rejection(
            "material.unit", "'\(material)' is used in \(unit), \(quantity) arrived",
            help: "enter the quantity in \(unit)")
    }
}
