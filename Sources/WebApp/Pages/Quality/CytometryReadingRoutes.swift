import Charts
import Cytometry
import Facility
import HTTPTypes
import Hummingbird
import Ledger
import Operations

/// `/testing/{batch}/{test}/cytometry-reading`: a run of a cytometer is brought, read with the gates
/// and the panel in force and shown, and recorded with its files.
struct CytometryReadingRoutes {
    let reception: Reception
    let desk: UploadDesk
    let gallery: CytometryGallery
    /// The program and version that a report names.
    let software: String

    func add(to group: RouterGroup<SignedInContext>) {
        group.post("testing/{batch}/{test}/cytometry-reading") { try await receive($0, $1) }
        group.get("testing/{batch}/{test}/cytometry-reading") { try await page($0, $1) }
        group.get("testing/{batch}/{test}/cytometry-reading/{picture}") {
            try await picture($0, $1)
        }
    }

    /// What was brought: the files, and the report that was made of them.
    private struct Reading {
        let analysis: CytometryAnalysis
        let version: CytometryAnalysis.Version
        let sample: StoredFile
        let controls: [StoredFile]
        let report: StoredFile

        /// The reading that the address names.
        init(_ request: Request, in state: SiteState) throws {
            guard
                let analysis = request.query("analysis").flatMap({ CytometryAnalysisID($0) })
                    .flatMap({ state.cytometryAnalyses[$0] }), let version = analysis.versions.last,
                let sample = request.query("sample").flatMap(KeptFile.init(text:)),
                let report = request.query("report").flatMap(KeptFile.init(text:))
            else { throw WebFault.notFound("reading of a cytometer's file") }
            self.analysis = analysis
            self.version = version
            self.sample = sample.file
            self.report = report.file
            controls = request.queryPairs.filter { $0.name == "control" }
                .compactMap { KeptFile(text: $0.value)?.file }
        }
    }

    private func receive(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let viewer = try reception.viewer(context)
        let (batch, line) = try viewer.testLine(context)
        guard viewer.may(RecordCytometryResult.self) else {
            throw WebFault.notPermitted("'\(viewer.person.id)' records no results")
        }
        let form = try await SubmittedForm(
            in: request, of: context, filesIn: ["sample", "controls"]
        ) {
            try await reception.keep(
                $0, at: desk, bytesMax: CytometryGallery.sampleBytesMax
            ).file
        }
        let page = Link.testResult(batch: batch.id.text, test: line.standing.test.id)
        guard let text = form["analysis"],
            let analysis = CytometryAnalysisID(text)
                .flatMap({ viewer.state.cytometryAnalyses[$0] }),
            let version = analysis.versions.last,
            let sample = form["sample"].flatMap(KeptFile.init(text:))?.file
        else { return .seeOther(page) }
        let controls = form.all("controls").compactMap { KeptFile(text: $0)?.file }
        let report: PhenotypeReport
        do throws(CytometryGalleryError) {
            report = try await gallery.report(
                on: sample, with: controls, by: version, software: software)
        } catch {
            throw WebFault(
                status: .unprocessableContent, code: "no-reading",
                message: "the file cannot be read with '\(analysis.id)'", details: error.message,
                hint: "bring the sample with the controls that the panel names")
        }
        let kept: StoredFile
        do throws(ContentStoreError) {
            let name = KeptFile.name(of: "\(sample.name).report.json")
            kept = StoredFile(
                name: name,
                digest: try viewer.files.keep(AnalysisRecord.encode(report), name: name).digest)
        } catch {
            throw WebFault.diskFailed
        }
        let items: [(String, String)] =
            [("analysis", text), ("sample", KeptFile(sample).text)]
            + controls.map { ("control", KeptFile($0).text) } + [("report", KeptFile(kept).text)]
        return .seeOther(
            Address(
                .cytometryReading(batch: batch.id.text, test: line.standing.test.id),
                query: items.map { .init(name: $0.0, value: $0.1) }))
    }

    private func page(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let viewer = try reception.viewer(context)
        let (batch, line) = try viewer.testLine(context)
        let reading = try Reading(request, in: viewer.state)
        guard let bytes = try? viewer.files.bytes(of: reading.report.digest),
            let report = AnalysisRecord.decode(bytes)
        else { throw WebFault.notFound("report '\(reading.report.name)'") }
        let (id, test) = (batch.id.text, line.standing.test)
        let query = request.queryOfPage
        let drawn = await pictures(of: reading)
        return reception.page(
            "Cytometry for \(test.attribute)", in: .testing,
            trail: line.trail, for: viewer
        ) { html in
            html.add(
                PageHead(
                    reading.sample.name, kind: "Cytometry, \(test.attribute) of batch \(id)",
                    status: Badge(report.verdict.rawValue, report.verdict.tone),
                    under: "read with \(reading.analysis.id), version "
                        + "\(reading.analysis.versions.count); nothing is recorded yet",
                    actions: [
                        ("Bring another file", Address(.testResult(batch: id, test: test.id)))
                    ]))
            html.panel("Record") { html in
                html.add(form(reading, report, line, query, viewer))
            }
            html.panel("Reading") { $0.add(PhenotypeTables(report: report)) }
            html.panel("Pictures") { html in
                switch drawn {
                case .success(let pictures):
                    html(.div, .class("gallery")) { html in
                        for (place, picture) in pictures.enumerated() {
                            html(
                                .img,
                                .source(
                                    Address(
                                        .cytometryReadingPicture(
                                            batch: id, test: test.id, picture: place), query: query)
                                ), .alternative(picture.title), .pixelWidth(444))
                        }
                    }
                case .failure(let error):
                    html(.p, .class("help"), text: "They cannot be drawn: \(error.message).")
                }
            }
        }
    }

    private func form(
        _ reading: Reading, _ report: PhenotypeReport, _ line: TestLine,
        _ query: [Address.QueryItem], _ viewer: Viewer
    ) -> CommandForm {
        var form = CommandForm(type: RecordCytometryResult.self, viewer: viewer)
        let controls = reading.controls.map { KeptFile($0).text }.joined(separator: ",")
        form.fixed = [
            "analysis": reading.analysis.id.text, "batch": line.batch.text,
            "test": line.standing.test.id, "sample": KeptFile(reading.sample).text,
            "controls": "[\(controls)]", "gates": reading.version.gates.digest.hex,
            "panel": reading.version.panel.digest.hex, "report": KeptFile(reading.report).text,
            "software": report.software, "verdict": CytometryVerdict(report.verdict).rawValue,
        ]
        form.returnTo = Address(.testResult(batch: line.batch.text, test: line.standing.test.id))
        form.standsOn = Address(
            .cytometryReading(batch: line.batch.text, test: line.standing.test.id), query: query)
        form.button = "Record the reading with its files"
        return form
    }

    private func pictures(
        of reading: Reading
    ) async -> Result<[ReportPictures.Picture], CytometryGalleryError> {
        do throws(CytometryGalleryError) {
            return .success(
                try await gallery.pictures(
                    of: reading.sample, with: reading.controls, by: reading.version,
                    key: reading.report.digest))
        } catch {
            return .failure(error)
        }
    }

    private func picture(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let viewer = try reception.viewer(context)
        let place = Int(try context.parameters.require("picture")) ?? -1
        switch await pictures(of: try Reading(request, in: viewer.state)) {
        case .success(let pictures) where pictures.indices.contains(place):
            return .bytes(Array(pictures[place].svg.utf8), type: "image/svg+xml")
        case .success: throw WebFault.notFound("picture '\(place)'")
        case .failure(let error):
            throw WebFault(
                status: .serviceUnavailable, code: "no-picture", message: error.message)
        }
    }
}

extension CytometryVerdict {
    /// The verdict of a report, as it is recorded.
    init(_ verdict: Cytometry.Verdict) {
        switch verdict {
        case .pass: self = .pass
        case .fail: self = .fail
        case .informative: self = .informative
        case .notMeasured: self = .notMeasured
        }
    }
}
