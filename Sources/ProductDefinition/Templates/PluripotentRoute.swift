/// What distinguishes one product of pluripotent cells from another: the way of differentiation,
/// its markers, its mode of action and how it is given.
///
/// The ways are those in common use; concentrations and days are general knowledge of the field and
/// marked so, each to be replaced by the developer's own protocol.
struct PluripotentRoute {
    /// A step of the differentiation: some days in one medium.
    struct Step {
        var id: String
        var name: String
        var day: Int
        var days: Int
        /// Materials of the medium with their concentration.
        var factors: [(material: String, amount: String, normal: String, proven: String)]
        /// The control that ends the step: what is looked for, and its limit.
        var control: (name: String, limit: String)
    }

    /// A growth factor or small molecule.
    struct Factor {
        var id: String
        var name: String
        var isProtein: Bool
    }

    var id: String
    var summary: String
    var cellType: String
    var substance: String
    var indication: String
    var route: String
    var dose: String
    var doseRange: String
    var action: String
    var pathway: (id: String, text: String)
    var basal: String
    var factors: [Factor]
    var steps: [Step]
    var positive: [String]
    var identityLimit: String
    var potency: (name: String, measures: String, principle: String, turnaround: String)
    /// Cell stacks that are differentiated together.
    var stacks = 1
    /// Harvest density, for the yield.
    var harvest: String

    static let all = [retinalPigmentEpithelium, dopaminergic, cardiomyocyte, islet, mesenchymal]
}
