import Charts
import Facility

/// How far a thing reached: what a look-back from a donor and a recall of a lot ask for.
struct Reach {
    private let nodes: [Trace.Node]
    /// Every container it reached, those that left the site first.
    let containers: [Container]

    /// What `trace` reached.
    init(of trace: Trace, in state: SiteState) {
        nodes = trace.forward
        containers = trace.forward.filter { $0.kind == .container }
            .compactMap { ContainerID($0.id).flatMap { state.containers[$0] } }
            .sorted { ($0.recallUrgency, $0.id) < ($1.recallUrgency, $1.id) }
    }

    private func count(_ kind: Thing) -> Int { nodes.count { $0.kind == kind } }

    /// Its figures at a glance.
    var readings: Readings {
        let patients = count(.patient)
        let away = containers.count(where: \.isAway)
        return Readings(readings: [
            .init(name: "batches reached", figure: "\(count(.batch))"),
            .init(name: "containers in stock", figure: "\(containers.count(where: \.isInStock))"),
            .init(
                name: "with hospitals", figure: "\(away)", tone: away > 0 ? .attention : .good),
            .init(
                name: "patients treated", figure: "\(patients)",
                tone: patients > 0 ? .attention : .good),
        ])
    }

    /// What a recall needs of each container: what it is, where it is, whom to call.
    static func columns(_ state: SiteState) -> [Column<Container>] {
        // A dose that was given is no longer with its shipment: the hospital is found by it.
        let shipments = Dictionary(
            state.shipments.inOrder.flatMap { one in one.containers.map { ($0, one) } },
            uniquingKeysWith: { $1 })
        return [
            .link("container", "Container", { $0.id.text }, to: { .container($0.id.text) }),
            .status("status", "Status", { $0.standing }),
            Column("kind", "What", { $0.kindInWords }),
            Column("place", "Place") { $0.isInStock ? $0.place : "" },
            Column("shipment", "Shipment", { shipments[$0.id]?.id.text ?? "" }) { container, html in
                if let shipment = shipments[container.id]?.id.text {
                    html(.a, .href(.shipment(shipment)), text: shipment)
                }
            },
            Column("hospital", "Hospital") {
                shipments[$0.id].flatMap { state.orders[$0.order] }?.hospital ?? ""
            },
            Column("patient", "Patient", { $0.patient?.text ?? "" }) { container, html in
                if let patient = container.patient {
                    html(.a, .href(.patient(patient.text)), text: patient.text)
                }
            },
        ]
    }
}

extension Container {
    /// Whether it is on its way or at a hospital.
    fileprivate var isAway: Bool {
        switch location {
        case .shipped, .received: true
        default: false
        }
    }

    /// The patient it was given to.
    fileprivate var patient: PatientID? {
        if case .administered(let patient) = location { patient } else { nil }
    }

    /// What has left the site is called back first, then what is in stock.
    fileprivate var recallUrgency: Int {
        isAway ? 0 : patient != nil ? 1 : isInStock ? 2 : 3
    }
}
