import ProductDefinition
import Quantities

/// Starting tissue that travels without validated limits.
///
/// ## Why it matters
///
/// The time from birth and the temperature on the way decide how many cells live. A transport
/// without limits cannot be accepted or refused on arrival.
///
/// ## Flagged
///
/// ```yaml
/// donors:
///   transport: { time: 0..48 h }
/// ```
///
/// ## Accepted
///
/// ```yaml
/// donors:
///   transport: { time: 0..48 h, temperature: 2..8 °C, validation: VAL-0031 }
/// ```
enum CordTransportLimits: Rule {
    static let id = "cord-transport-limits"

    static func check(_ subject: CheckSubject, into findings: inout Findings) {
        guard let donors = subject.definition.donors, subject.startsFromTissue else { return }
        guard let transport = donors.transport else {
            findings.report(
                "the way of the tissue to the manufacturer has no limits", at: donors.position,
                help: "write 'transport:' with 'time:', 'temperature:' and 'validation:'")
            return
        }
        var missing: [String] = []
        if transport.time?.value.upper == nil { missing.append("longest time") }
        if transport.temperature == nil { missing.append("temperature") }
        if !transport.validation.isStated { missing.append("validation") }
        guard !missing.isEmpty else { return }
        findings.report(
            "the transport of the tissue has no \(listed(missing))", at: transport.position,
            help: "give the limits that the transport study supports")
    }
}
