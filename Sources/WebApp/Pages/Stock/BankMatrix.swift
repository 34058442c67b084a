import Charts
import Facility
import Guidance

/// A bank against the test matrix: what is open, what was found, and what it does not need.
struct BankMatrix {
    let bank: Bank
    let viewer: Viewer

    func write(into html: inout HTML) {
        let standings = viewer.state.testMatrix(of: bank)
        guard !standings.isEmpty else { return }
        let needed = standings.filter { $0.answer != .notNeeded }
        html.panel("Test matrix") { html in
            html.add(
                RowsTable(
                    of: "tests", needed, columns: columns + [entering],
                    nothing: "The definition asks for no test of the matrix.",
                    tone: { $0.answer == .fails ? .bad : $0.answer == .open ? .attention : nil }))
            let others = standings.filter { $0.answer == .notNeeded }
            guard !others.isEmpty else { return }
            html(.details) { html in
                html(.summary, text: "\(others.count) tests it does not need")
                html.add(RowsTable(of: "tests not needed", others, columns: columns))
            }
        }
    }

    private var columns: [Column<BankTestStanding>] {
        [
            Column("test", "Test", { $0.test.title }),
            .status("answer", "Answer") { ($0.answer.rawValue, $0.answer.tone) },
            Column("category", "Tells of", { $0.test.category.rawValue }),
            Column("evidence", "Evidence", { $0.evidence }).roomy,
        ]
    }

    private var entering: Column<BankTestStanding> {
        let mayEnter = viewer.may(RecordBankTest.self)
        return Column("enter", "") {
            mayEnter && $0.answer == .open ? "Enter" : ""
        } cell: {
            standing, html in
            guard mayEnter, standing.answer == .open else { return }
            for action in viewer.actions(
                [RecordBankTest.self], ["bank": bank.id.text, "test": standing.test.id],
                returnTo: .bank(bank.id.text))
            {
                html(
                    .a, .href(action.address), .label("Enter \(standing.test.title)"),
                    text: "Enter")
            }
        }
    }
}

extension BankTestStanding.Answer {
    var tone: Tone {
        switch self {
        case .passes: .good
        case .fails: .bad
        case .open: .attention
        case .notNeeded: .inactive
        }
    }
}
