import Guidance
import ProductDefinition
import Quantities

/// A limit for viable particles above that of the grade.
///
/// ## Why it matters
///
/// Action limits of the site may be tighter than those of Table 6 and not wider.
///
/// ## Flagged
///
/// ```yaml
/// facility:
///   rooms: [{ id: fill, name: filling, grade: B }]
///   monitoring: [{ what: active air, room: fill, action: "<= 20 CFU/m3" }]
/// ```
///
/// ## Accepted
///
/// ```yaml
/// facility:
///   rooms: [{ id: fill, name: filling, grade: B }]
///   monitoring: [{ what: active air, room: fill, action: "<= 10 CFU/m3" }]
/// ```
enum EmViable: Rule {
    static let id = "em-viable"

    static func check(_ subject: CheckSubject, into findings: inout Findings) {
        for point in subject.definition.premises?.monitoring ?? [] {
            guard let method = method(of: point.what.value),
                let grade = grade(of: point, in: subject),
                let limit = CleanroomLimits.viable(grade: grade, method: method)
            else { continue }
            let place = point.equipment?.value ?? point.room?.value ?? ""
            guard let action = point.action else {
                findings.report(
                    "'\(point.what.value.rawValue)' in '\(place)' has no action limit",
                    at: point.what.position, about: place,
                    help: "grade \(grade.rawValue) allows at most \(limit) \(method.unit)")
                continue
            }
            // Written with a unit of its own or as a plain number: the figure is what counts.
            guard let upper = action.value.upper else { continue }
            let figure = upper.amount(method.unit) ?? upper.value.doubleValue
            // Colonies are counted: "< 1" is the same as none.
            let most = action.value.form == .lessThan ? figure.rounded(.up) - 1 : figure
            guard most > Double(limit) else { continue }
            findings.report(
                "the action limit '\(action.value)' of '\(point.what.value.rawValue)' in "
                    + "'\(place)' is above \(limit) \(method.unit) of grade \(grade.rawValue)",
                at: action.position, about: place,
                help: "set it at \(limit) \(method.unit) or lower")
        }
    }

    private static func method(
        of method: Definition.MonitoringMethod
    ) -> CleanroomLimits.ViableMethod? {
        switch method {
        case .activeAir: .activeAir
        case .settlePlates: .settlePlate
        case .contactPlates: .contactPlate
        case .gloves: .glovePrint
        case .particles05, .particles5, .differentialPressure, .temperature, .humidity: nil
        }
    }

    private static func grade(
        of point: Definition.MonitoringPoint, in subject: CheckSubject
    ) -> CleanroomGrade? {
        let zone = subject.definition.equipment(point.equipment)?.grade?.value
        return (zone ?? subject.definition.room(point.room)?.grade.value)?.cleanroom
    }
}
