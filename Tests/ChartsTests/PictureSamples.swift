@testable import Charts

/// One picture of each kind, from a site like the one in the examples.
enum PictureSamples {
    static var all: [(name: String, picture: Picture)] {
        [
            ("genealogy", GenealogyChart(genealogy).picture()),
            ("batch-timeline", timeline.picture()),
            ("process-flow", flow.picture()),
            ("control-chart", control.picture()),
            ("growth", growth.picture()),
            ("bank-levels", banks.picture()),
            ("room-plan", rooms.picture()),
            ("range-gauge", gauge.picture()),
        ]
    }

    static var genealogy: Genealogy {
        let vials = (1...12).map {
            Genealogy.Node(
                id: "WCB-01-\($0)", kind: "vial", status: "in store", tone: .good,
                path: PicturePath("/genealogy/WCB-01-\($0)"))
        }
        let nodes =
            [
                Genealogy.Node(id: "DON-7", kind: "donor", status: "eligible", tone: .good),
                Genealogy.Node(
                    id: "UC-7", kind: "umbilical cord", status: "consumed", tone: .inactive),
                Genealogy.Node(id: "MED-44", kind: "medium lot", status: "released", tone: .good),
                Genealogy.Node(
                    id: "MCB-01", kind: "master cell bank", status: "released", tone: .good),
                Genealogy.Node(id: "MCB-01-3", kind: "vial", status: "consumed", tone: .inactive),
                Genealogy.Node(
                    id: "WCB-01", kind: "working cell bank", status: "quarantine", tone: .attention),
            ] + vials + [
                Genealogy.Node(
                    id: "B-2026-001", kind: "batch", status: "in progress", tone: .underway,
                    path: PicturePath("/batches/B-2026-001")),
                Genealogy.Node(id: "DOSE-1", kind: "dose", status: "rejected", tone: .bad),
                Genealogy.Node(id: "DOSE-2", kind: "dose", status: "shipped", tone: .good),
            ]
        let edges =
            [
                ("DON-7", "UC-7"), ("UC-7", "MCB-01"), ("MED-44", "MCB-01"), ("MED-44", "WCB-01"),
                ("MED-44", "B-2026-001"), ("MCB-01", "MCB-01-3"), ("MCB-01-3", "WCB-01"),
                ("B-2026-001", "DOSE-1"), ("B-2026-001", "DOSE-2"), ("WCB-01-4", "B-2026-001"),
            ] + (1...12).map { ("WCB-01", "WCB-01-\($0)") }
        return Genealogy(
            nodes: nodes, edges: edges.map { .init(from: $0.0, to: $0.1) }, focus: "B-2026-001")
    }

    static var box: StorageMap {
        StorageMap(
            title: "LN2-1/A/03",
            positions: (1...25).map { number in
                number % 3 == 0
                    ? .init(name: "\(number)")
                    : .init(
                        name: "\(number)", content: "WCB-26-001-\(number)",
                        status: number == 7 ? "on hold" : "released",
                        tone: number == 7 ? .bad : .good,
                        path: PicturePath("/containers/WCB-26-001-\(number)"))
            }, perRow: 5)
    }

    static var racks: StorageTiles {
        StorageTiles(
            title: "LN2-1", noun: "containers",
            parts: [
                .init(name: "A", counts: [.good: 120], path: PicturePath("/storage?at=LN2-1%2FA")),
                .init(name: "B", counts: [.good: 40, .attention: 20, .bad: 2]),
                .init(name: "C", counts: [:]),
            ])
    }

    static let day: Int64 = 86_400
    static let march: Int64 = 1_772_323_200  // 2026-03-01T00:00:00Z

    static var timeline: BatchTimeline {
        BatchTimeline(
            title: "Batches",
            rows: [
                .init(
                    name: "B-2026-001", path: PicturePath("/batches/B-2026-001"),
                    stretches: [
                        .init(from: march, to: march + 12 * day, label: "expansion", tone: .good),
                        .init(
                            from: march + 12 * day, to: march + 16 * day, label: "testing",
                            tone: .attention),
                    ]),
                .init(
                    name: "B-2026-002",
                    stretches: [
                        .init(from: march + 9 * day, to: nil, label: "expansion", tone: .underway)
                    ]),
            ], now: march + 20 * day)
    }

    static var flow: ProcessFlow {
        ProcessFlow(
            title: "UC-MSC drug substance",
            steps: [
                .init(
                    name: "thaw", detail: "1 vial of the working bank", status: "signed",
                    tone: .good),
                .init(
                    name: "expand to P4", detail: "seed 3000 cells/cm²", status: "signed",
                    tone: .good, isCritical: true),
                .init(
                    name: "change medium", detail: "day 2 and day 4", status: "step open",
                    tone: .underway),
                .init(name: "harvest", detail: "at 80 % confluence", isCritical: true),
                .init(name: "wash", detail: "two volumes"),
                .init(name: "fill and freeze", detail: "5 ml at 2e7 cells/ml", isCritical: true),
            ])
    }

    static var control: ControlChart {
        let values = [84.0, 86, 85, 88, 83, 86, 87, 79, 85, 86, 92, 84]
        return ControlChart(
            title: "Viability at harvest", quantity: "viability, %",
            readings: values.enumerated().map { index, value in
                .init(
                    label: "B-\(index + 1)", value: value,
                    tone: value < 80 ? .bad : value > 90 ? .attention : .good,
                    note: value < 80 ? "below action" : nil)
            },
            limits: [
                .init(.centre, at: 85.4), .init(.alert, at: 82), .init(.alert, at: 90),
                .init(.action, at: 80),
            ])
    }

    static var growth: GrowthChart {
        GrowthChart(
            title: "Growth",
            cultures: [
                .init(
                    name: "B-2026-001",
                    counts: [
                        .init(day: 0, cells: 1e6), .init(day: 4, cells: 9e6),
                        .init(day: 8, cells: 8.5e7), .init(day: 12, cells: 6e8),
                    ]),
                .init(
                    name: "B-2026-002",
                    counts: [
                        .init(day: 0, cells: 1e6), .init(day: 4, cells: 6e6),
                        .init(day: 8, cells: 3e7),
                    ]),
            ])
    }

    static var banks: BankLevels {
        BankLevels(
            title: "Cell banks",
            banks: [
                .init(
                    name: "MCB-01", kind: "master cell bank", laidDown: 100, inStore: 92,
                    reserved: 10, reorderAt: 20),
                .init(
                    name: "WCB-01", kind: "working cell bank", laidDown: 200, inStore: 31,
                    reorderAt: 40, tone: .attention),
            ])
    }

    static var rooms: RoomPlan {
        RoomPlan(
            title: "Rooms",
            rooms: [
                .init(name: "R-101", purpose: "gowning", grade: "D", status: "in use", tone: .good),
                .init(
                    name: "R-102", purpose: "cell culture", grade: "B",
                    status: "action limit exceeded", tone: .bad),
                .init(
                    name: "BSC-1", purpose: "safety cabinet", grade: "A", status: "in use",
                    tone: .good),
                .init(
                    name: "R-201", purpose: "warehouse", grade: nil, status: "in use", tone: .good),
            ])
    }

    static var gauge: RangeGauge {
        RangeGauge(
            value: 3400, normal: .init(low: 2800, high: 3200), proven: .init(low: 2500, high: 3500))
    }
}
