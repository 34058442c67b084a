import Guidance
import ProductDefinition
import Quantities

/// A particle monitoring plan for grade A with gaps.
///
/// ## Why it matters
///
/// In grade A particles of 0.5 and 5 µm are counted without interruption for the whole critical
/// time, at 28 litres per minute or more. Limits are those of Table 5.
///
/// ## What counts
///
/// Every cabinet, isolator or hood of grade A that an operation uses.
///
/// ## Flagged
///
/// ```yaml
/// facility:
///   equipment: [{ id: bsc, kind: biosafety cabinet, grade: A }]
///   monitoring:
///     - what: particles 0.5 µm
///       equipment: bsc
///       continuous: yes
///       flow: 28.3 L/min
///       action: "<= 3520 /m3"
/// process:
///   stages:
///     - id: a
///       name: expansion
///       phase: expansion
///       operations: [{ id: harvest, kind: harvest, equipment: [bsc] }]
/// ```
///
/// ## Accepted
///
/// ```yaml
/// facility:
///   equipment: [{ id: bsc, kind: biosafety cabinet, grade: A }]
///   monitoring:
///     - what: particles 0.5 µm
///       equipment: bsc
///       continuous: yes
///       flow: 28.3 L/min
///       action: "<= 3520 /m3"
///     - what: particles 5 µm
///       equipment: bsc
///       continuous: yes
///       flow: 28.3 L/min
///       action: "<= 29 /m3"
/// process:
///   stages:
///     - id: a
///       name: expansion
///       phase: expansion
///       operations: [{ id: harvest, kind: harvest, equipment: [bsc] }]
/// ```
enum EmParticles: Rule {
    static let id = "em-particles"

    static func check(_ subject: CheckSubject, into findings: inout Findings) {
        let plan = Dictionary(
            grouping: subject.definition.premises?.monitoring ?? [],
            by: { $0.equipment?.value ?? "" })
        for zone in subject.gradeAZones {
            let points = plan[zone.id.value] ?? []
            for (method, size) in sizes {
                guard let point = points.first(where: { $0.what.value == method }) else {
                    findings.report(
                        "\(method.rawValue) are not monitored in the grade A zone "
                            + "'\(zone.id.value)'",
                        at: zone.id.position, about: zone.id.value,
                        help: "add a point under 'monitoring:' with 'equipment: \(zone.id.value)'")
                    continue
                }
                check(point, size, in: zone, into: &findings)
            }
        }
    }

    private static let sizes: [(Definition.MonitoringMethod, CleanroomLimits.ParticleSize)] = [
        (.particles05, .halfMicrometre), (.particles5, .fiveMicrometres),
    ]

    private static func check(
        _ point: Definition.MonitoringPoint, _ size: CleanroomLimits.ParticleSize,
        in zone: Definition.Equipment, into findings: inout Findings
    ) {
        let what = point.what.value.rawValue
        if !point.isContinuous.isYes {
            findings.report(
                "\(what) in '\(zone.id.value)' are not counted for the whole critical time",
                at: point.isContinuous?.position ?? point.what.position, about: zone.id.value,
                help: "write 'continuous: yes'")
        }
        let least = CleanroomLimits.particleSamplingLitresPerMinuteMin
        if (point.flow?.value.amount("L/min") ?? 0) < least {
            let flow = point.flow.map { "at \($0.value)" } ?? "at an unknown flow"
            findings.report(
                "\(what) in '\(zone.id.value)' are sampled \(flow), 28 L/min are needed",
                at: point.flow?.position ?? point.what.position, about: zone.id.value,
                help: "use a counter with 28 L/min or more and write 'flow:'")
        }
        let limit = CleanroomLimits.particles(
            grade: .a, size: size, state: .inOperation, for: .monitoring)
        guard case .atMost(let most) = limit.bound else { return }
        guard let action = point.action?.value.upper?.value.doubleValue else {
            findings.report(
                "\(what) in '\(zone.id.value)' have no action limit", at: point.what.position,
                about: zone.id.value, help: "write 'action: <= \(most) /m3'")
            return
        }
        if action > Double(most) {
            findings.report(
                "the action limit of \(what) in '\(zone.id.value)' is above \(most) /m3",
                at: point.action?.position, about: zone.id.value,
                help: "Annex 1 \(limit.clause) sets it at \(most) /m3")
        }
    }
}
