import ProductDefinition
import Quantities

/// How much volume, and with it endotoxin, a patient receives per kilogram and hour.
///
/// Source of the thresholds: Ph. Eur. 5.1.10 and USP <85>, K/M.
struct EndotoxinExposure {
    /// K: 5 EU/kg/h, 0.2 EU/kg into the spinal fluid or the brain.
    let threshold: Double
    /// The largest volume of one dose per kilogram of body weight, mL/kg.
    let millilitresPerKilogram: Double?
    /// What keeps the volume from being known.
    let missing: String

    private let kilograms: Double
    private let kilogramsAreAssumed: Bool
    private let hours: Double
    private let isSpinal: Bool

    /// The body weight of an adult where none is given (Ph. Eur. 5.1.10).
    private static let adultKilograms = 70.0

    init(_ subject: CheckSubject) {
        let product = subject.product
        switch product.route?.value {
        case .intrathecal, .intracerebral, .intraputaminal: isSpinal = true
        default: isSpinal = false
        }
        threshold = isSpinal ? 0.2 : 5
        let dose = product.dose
        let lightest = dose?.patientWeight?.value.lower?.amount("kg").flatMap { $0 > 0 ? $0 : nil }
        kilograms = lightest ?? Self.adultKilograms
        kilogramsAreAssumed = lightest == nil
        // A shorter infusion than an hour gives the whole dose in that hour. Into the spinal
        // fluid the threshold is for a dose, however long it takes.
        let shortest = dose?.infusionTime?.value.lower ?? dose?.infusionTime?.value.upper
        hours = isSpinal ? 1 : max(shortest?.amount("h") ?? 1, 1)

        let largest = dose?.range?.value.upper ?? dose?.target.value
        let perKilogram = largest?.amount("cells/kg")
        let concentration = Self.concentration(of: product.formulation)
        if let given = dose?.volume?.value.upper?.amount("mL/kg") {
            millilitresPerKilogram = given
        } else if let perKilogram, let concentration {
            millilitresPerKilogram = perKilogram / concentration
        } else if let given = dose?.volume?.value.upper?.amount("mL") {
            // The largest volume of a dose by weight goes to the heaviest patient.
            let heaviest = dose?.patientWeight?.value.upper?.amount("kg")
            millilitresPerKilogram =
                given / (perKilogram == nil ? kilograms : heaviest ?? kilograms)
        } else if let cells = largest?.amount("cells"), let concentration {
            millilitresPerKilogram = cells / concentration / kilograms
        } else {
            millilitresPerKilogram = nil
        }
        missing =
            dose == nil ? "the product has no dose" : "the largest volume of a dose is not given"
    }

    /// What a patient receives in an hour at a limit of so many EU per millilitre, per kilogram
    /// or per dose; `nil` when the volume it needs is not known.
    func perKilogramHour(at limit: Quantity) -> Double? {
        if let perMillilitre = limit.amount("EU/mL") {
            return millilitresPerKilogram.map { perMillilitre * $0 / hours }
        }
        if let perKilogram = limit.amount("EU/kg") { return perKilogram / hours }
        if let perHour = limit.amount("EU/kg/h") { return perHour }
        return limit.amount("EU").map { $0 / kilograms / hours }
    }

    /// K/M in EU/mL.
    var highestLimit: Double? {
        millilitresPerKilogram.flatMap { $0 > 0 ? threshold * hours / $0 : nil }
    }

    /// " for this route" where the threshold is not the general one.
    var routePhrase: String { isSpinal ? " into the spinal fluid or the brain" : "" }

    /// What the number rests on.
    var explanation: String {
        let weight =
            kilogramsAreAssumed ? "an adult of 70 kg" : "a patient of \(Self.figure(kilograms)) kg"
        let volume =
            millilitresPerKilogram.map { "\(Self.figure($0)) mL/kg" } ?? "an unknown volume"
        let time = hours > 1 ? " over \(Self.figure(hours)) h" : " in an hour"
        return "\(weight) receives \(volume)\(time)"
    }

    /// A number with three significant figures.
    static func figure(_ value: Double) -> String {
        guard value.isFinite, value != 0 else { return "\(value)" }
        var scale = 1.0
        while abs(value) * scale < 100, scale < 1e12 { scale *= 10 }
        let rounded = (value * scale).rounded() / scale
        return rounded == rounded.rounded() && abs(rounded) < 1e15
            ? "\(Int(rounded))" : "\(rounded)"
    }

    private static func concentration(of formulation: Definition.Formulation?) -> Double? {
        if let stated = formulation?.concentration?.value.amount("cells/mL"), stated > 0 {
            return stated
        }
        guard let cells = formulation?.cellsPerContainer?.value.amount("cells"),
            let volume = formulation?.fillVolume?.value.amount("mL"), cells > 0, volume > 0
        else { return nil }
        return cells / volume
    }
}
