import Charts
import Facility
import Hummingbird
import Ledger
import Operations
import Quantities
import Statistics

/// `/testing/{batch}/{test}/plate`: the readings of a plate are brought, worked out and shown, and the
/// potency is recorded with the file it was read off.
struct PlateRoutes {
    let reception: Reception
    let desk: UploadDesk
    /// Where curves are fitted: a core for a moment each.
    private let work = WorkDesk(
        named: "seedlot.plates", width: 1, lineMax: 20, whenFull: .tooManyAnalyses)

    init(reception: Reception, desk: UploadDesk) {
        self.reception = reception
        self.desk = desk
    }

    func add(to group: RouterGroup<SignedInContext>) {
        group.post("testing/{batch}/{test}/plate") { try await receive($0, $1) }
        group.get("testing/{batch}/{test}/plate") { try await page($0, $1) }
    }

    private func receive(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let viewer = try reception.viewer(context)
        let (batch, line) = try viewer.testLine(context)
        guard viewer.may(RecordResult.self) else {
            throw WebFault.notPermitted("'\(viewer.person.id)' records no results")
        }
        let form = try await SubmittedForm(in: request, of: context, filesIn: ["data", "layout"]) {
            try await reception.keep($0, at: desk, bytesMax: PlateReading.bytesMax).file
        }
        var address = Address(.plate(batch: batch.id.text, test: line.standing.test.id))
        for name in ["data", "layout", "model", "standard"] {
            if let value = form[name] { address = address.adding(name, value) }
        }
        return .seeOther(address)
    }

    private func page(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let viewer = try reception.viewer(context)
        let (batch, line) = try viewer.testLine(context)
        let (id, test) = (batch.id.text, line.standing.test)
        let data = request.query("data").flatMap(KeptFile.init(text:))?.file
        let layout = request.query("layout").flatMap(KeptFile.init(text:))?.file
        guard let data else {
            // Nobody chose a file: the form stands on the page of the test.
            return .seeOther(.testResult(batch: id, test: test.id))
        }
        let unit = Self.unit(of: test)
        var asked = PotencyRequest()
        asked.model = request.query("model").flatMap { .init(rawValue: $0) } ?? asked.model
        asked.standard = request.query("standard")
        asked.multiplier = unit == "%" ? 100 : 1
        let store = viewer.files
        let outcome = try await work.run { [asked] in
            Result { () throws(AnalysisError) in
                try PlateReading(
                    Self.bytes(of: data, in: store), named: data.name,
                    layout: try layout.map { file throws(AnalysisError) in
                        try Self.bytes(of: file, in: store)
                    }, asked)
            }
        }
        return reception.page(
            "Plate for \(test.attribute)", in: .testing,
            trail: line.trail, for: viewer
        ) { html in
            html.add(
                PageHead(
                    "Plate \(data.name)", kind: "\(test.attribute) of batch \(id)",
                    under: "limit \(test.criterion); nothing is recorded yet",
                    actions: [
                        ("Bring another file", Address(.testResult(batch: id, test: test.id)))
                    ]))
            switch outcome {
            case .failure(let error):
                html.add(
                    Notice(.bad, "The file cannot be worked out: \(error).", detail: error.remedy))
            case .success(let reading):
                record(
                    reading, [data, layout].compactMap { $0 }, line, unit, request, viewer, &html)
                html.add(AnalysisSection(report: reading.report))
            }
        }
    }

    /// The form that records the potency of one preparation, where the assay is valid.
    private func record(
        _ reading: PlateReading, _ files: [StoredFile], _ line: TestLine, _ unit: String,
        _ request: Request, _ viewer: Viewer, _ html: inout HTML
    ) {
        html.panel("Record") { html in
            guard reading.report.isClean, let first = reading.potencies.first else {
                html(
                    .p, .class("help"),
                    text:
                        "No potency can be recorded from it: what stands against it is said below.")
                return
            }
            guard viewer.entering(line) != nil else {
                html(.p, .class("help"), text: "The test has a result, or you record none.")
                return
            }
            let wanted = request.query("preparation") ?? first.preparation
            let chosen = reading.potencies.first { $0.preparation == wanted } ?? first
            let here = Address(
                .plate(batch: line.batch.text, test: line.standing.test.id),
                query: request.queryOfPage)
            if reading.potencies.count > 1 {
                html(.p, .class("chips")) { html in
                    html.text("Of the preparation ")
                    for potency in reading.potencies {
                        html(
                            .a, .href(here.adding("preparation", potency.preparation)),
                            .when(potency.preparation == chosen.preparation, .currentPage),
                            text: potency.preparation)
                        html.text(" ")
                    }
                }
            }
            var form = CommandForm(type: RecordResult.self, viewer: viewer)
            let names = files.map { KeptFile($0).text }.joined(separator: ",")
            form.fixed = [
                "batch": line.batch.text, "test": line.standing.test.id, "raw": "[\(names)]",
            ]
            form.values["observation"] = ["\(PlateReading.printed(chosen.value)) \(unit)"]
            form.returnTo = Address(
                .testResult(batch: line.batch.text, test: line.standing.test.id))
            form.standsOn = here
            form.button = "Record the potency of \(chosen.preparation)"
            html.add(form)
        }
    }

    /// The unit in which the limit of a test is written; a bare ratio where it has none.
    private static func unit(of test: MasterTest) -> String {
        guard case .within(let range) = test.criterion else { return "" }
        return range.unit.description
    }

    private static func bytes(
        of file: StoredFile, in store: ContentStore
    ) throws(AnalysisError) -> [UInt8] {
        do throws(ContentStoreError) {
            let size = try store.reference(to: file.digest, name: file.name).size
            guard size <= UInt64(PlateReading.bytesMax) else {
                throw ContentStoreError.tooLarge(
                    name: file.name, bytes: Int(clamping: size), limit: PlateReading.bytesMax)
            }
            return try store.bytes(of: file.digest)
        } catch {
            throw .unreadable(line: 1, reason: "\(error)", remedy: "bring the file again")
        }
    }
}

extension WebFault {
    static let tooManyAnalyses = WebFault(
        status: .serviceUnavailable, code: "too-many-analyses",
        message: "too many plates wait to be worked out",
        hint: "nothing was recorded; try again in a few seconds", retryAfter: 5)
}
