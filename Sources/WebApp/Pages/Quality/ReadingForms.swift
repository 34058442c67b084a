import Facility
import Statistics

/// Where an analyst brings what an instrument gave for a test: a plate to work out a relative potency
/// from, a run of a cytometer to read with the gates in force.
struct ReadingForms: Component {
    let line: TestLine
    let viewer: Viewer

    func write(into html: inout HTML) {
        let (batch, test) = (line.batch.text, line.standing.test.id)
        if line.standing.test.category == "potency", viewer.entering(line) != nil {
            html.panel("Read a plate") { html in
                html(
                    .p, .class("help"),
                    text: "The curves and the potency are shown before anything is recorded.")
                html.add(
                    Form(
                        to: .plate(batch: batch, test: test), pass: viewer.pass,
                        button: "Work out the potency", fields: Self.plateFields))
            }
        }
        let analyses = viewer.state.cytometryAnalyses.inOrder
        guard !analyses.isEmpty, viewer.may(RecordCytometryResult.self) else { return }
        html.panel("Read a cytometer's file") { html in
            html(
                .p, .class("help"),
                text: "It is read with the gates and the panel in force, and shown before anything "
                    + "is recorded.")
            html.add(
                Form(
                    to: .cytometryReading(batch: batch, test: test), pass: viewer.pass,
                    button: "Read the file",
                    fields: [
                        Field(
                            name: "analysis", label: "Analysis",
                            input: .choice(analyses.map { Field.Choice($0.id.text) }),
                            value: analyses.count == 1 ? analyses[0].id.text : "",
                            isRequired: true),
                        Field(
                            name: "sample", label: "Sample", input: .files([], several: false),
                            help: "the cytometer's own file, FCS", isRequired: true),
                        Field(
                            name: "controls", label: "Controls", input: .files([], several: true),
                            help: "the files that the panel names"),
                    ]))
        }
    }

    private static var plateFields: [Field] {
        [
            Field(
                name: "data", label: "Readings", input: .files([], several: false),
                help: "CSV with the columns preparation, dose and response; or the plate as the "
                    + "reader wrote it, with its layout below", isRequired: true),
            Field(
                name: "layout", label: "Layout of the plate", input: .files([], several: false),
                help: "CSV with the columns wells, preparation and dose"),
            Field(
                name: "model", label: "Model",
                input: .choice(
                    PotencyRequest.Model.allCases.map { Field.Choice($0.rawValue, $0.title) }),
                value: PotencyRequest.Model.fourParameter.rawValue, isRequired: true),
            Field(
                name: "standard", label: "Standard",
                help: "its name in the file; the first preparation when left out"),
        ]
    }
}

extension PotencyRequest.Model {
    fileprivate var title: String {
        switch self {
        case .parallelLine: "parallel lines"
        case .slopeRatio: "slope ratio"
        case .fourParameter: "four-parameter curves"
        case .fiveParameter: "five-parameter curves"
        case .probit: "probit"
        case .logit: "logit"
        }
    }
}
