import ProductDefinition

/// A grade A zone without airflow visualisation.
///
/// ## Why it matters
///
/// Smoke shows what numbers hide: whether the air sweeps over the product or over the operator
/// first. The study is done at rest and in operation, and recorded.
///
/// ## Flagged
///
/// ```yaml
/// facility:
///   rooms: [{ id: fill, name: filling, grade: B }]
///   equipment: [{ id: bsc, kind: biosafety cabinet, grade: A, room: fill }]
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
///   rooms: [{ id: fill, name: filling, grade: B, airflow-study: AV-0007 }]
///   equipment: [{ id: bsc, kind: biosafety cabinet, grade: A, room: fill }]
/// process:
///   stages:
///     - id: a
///       name: expansion
///       phase: expansion
///       operations: [{ id: harvest, kind: harvest, equipment: [bsc] }]
/// ```
enum AirflowStudied: Rule {
    static let id = "airflow-studied"

    static func check(_ subject: CheckSubject, into findings: inout Findings) {
        var seen: Set<String> = []
        for zone in subject.gradeAZones {
            guard let room = subject.definition.room(zone.room), !room.airflowStudy.isStated,
                seen.insert(room.id.value).inserted
            else { continue }
            findings.report(
                "the room '\(room.id.value)' around the grade A zone '\(zone.id.value)' has no "
                    + "airflow study",
                at: room.id.position, about: room.id.value,
                help: "write 'airflow-study:' with the record, at rest and in operation")
        }
    }
}
