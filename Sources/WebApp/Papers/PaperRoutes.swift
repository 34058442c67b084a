import Documents
import Facility
import HTTPTypes
import Hummingbird
import Operations

/// `/papers/{thing}`: the papers there are of a thing, and `/papers/{thing}/{paper}`: one of them
/// as a file, in the form that `?format=` names.
struct PaperRoutes {
    let reception: Reception
    private let queue = ConversionQueue()

    init(reception: Reception) { self.reception = reception }

    func add(to group: RouterGroup<SignedInContext>) {
        group.get("papers/{thing}") { try await page($0, $1) }
        group.get("papers/{thing}/labels") { try await labels($0, $1) }
        for paper in SitePaper.allCases {
            group.get("papers/{thing}/\(paper.rawValue)") { try await file(paper, $0, $1) }
        }
    }

    private func page(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let viewer = try await reception.viewer(context, asking: request)
        let id = try context.parameters.require("thing")
        guard let thing = viewer.state.things[id] else {
            throw WebFault.notFound("thing '\(id.prefix(80))'")
        }
        let batch = BatchID(id).flatMap { viewer.state.batches[$0] }
        return reception.page("Papers of \(id)", in: nil, for: viewer) { html in
            html.add(
                PageHead(
                    "Papers of \(id)", kind: thing.title,
                    under: "The same record gives the same file, as often as it is asked for.",
                    actions: [("Its page", Address(Link(to: id, in: viewer.state)))]))
            for paper in SitePaper.of(thing, batch) {
                html.panel(paper.title) { html in
                    Self.links(paper.addresses(of: id), &html)
                }
            }
            if let issues = batch?.labels?.issues {
                for number in issues.indices.map({ $0 + 1 }).reversed() {
                    Self.labels(of: id, issues[number - 1], number, &html)
                }
            }
        }
    }

    private static func labels(
        of id: String, _ issue: LabelIssue, _ number: Int, _ html: inout HTML
    ) {
        html.panel("Labels, issue \(number)") { html in
            html(
                .p, .class("help"),
                text: "\(issue.count) labels"
                    + (issue.reprint.map { ", printed again: \($0.reason)" } ?? ""))
            for form in LabelForm.allCases {
                let links: [(title: String, address: Address)] = LabelFormat.allCases.map {
                    format in
                    (
                        "\(form.rawValue), \(format.rawValue.uppercased())",
                        Address(
                            .paper(of: id, "labels"),
                            query: [
                                .init(name: "format", value: format.rawValue),
                                .init(name: "label", value: form.rawValue),
                                .init(name: "issue", value: "\(number)"),
                            ])
                    )
                }
                Self.links(links, &html)
            }
        }
    }

    private static func links(_ links: [(title: String, address: Address)], _ html: inout HTML) {
        html(.p) { html in
            for (place, link) in links.enumerated() {
                if place > 0 { html.text(" · ") }
                html(.a, .href(link.address), text: link.title)
            }
        }
    }

    private func file(
        _ kind: SitePaper, _ request: Request, _ context: SignedInContext
    ) async throws -> Response {
        let viewer = try await reception.viewer(context, asking: request)
        let id = try context.parameters.require("thing")
        let form = try choice(PaperForm.self, request.query("format") ?? "pdf")
        let profile = reception.site.folder.profile
        do throws(PaperError) {
            let paper = try await kind.make(
                of: id, state: viewer.state, origin: profile.origin, publicKey: profile.verifier,
                storage: reception.site.storage, by: Converter())
            let bytes = try await converted { () throws(ConversionError) in
                try paper.bytes(as: form, by: Converter())
            }
            return .file(bytes, named: paper.fileName(as: form), type: form.mediaType)
        } catch {
            throw error.fault
        }
    }

    private func labels(_ request: Request, _ context: SignedInContext) async throws -> Response {
        let viewer = try await reception.viewer(context, asking: request)
        let text = try context.parameters.require("thing")
        let batch = try viewer.found("batch", text, BatchID.init) { id throws(Rejection) in
            try viewer.state.batch(id)
        }
        let format = try choice(LabelFormat.self, request.query("format") ?? "pdf")
        let label = try choice(LabelForm.self, request.query("label") ?? LabelForm.vial.rawValue)
        let issue = request.query("issue").flatMap { Int($0) }
        do throws(PaperError) {
            let sheet: LabelSheet
            do throws(Rejection) {
                sheet = try LabelSheet(label, of: batch, issue: issue, in: viewer.state)
            } catch {
                throw PaperError.rejected(error)
            }
            let bytes = try await converted { () throws(ConversionError) in
                try sheet.bytes(as: format, by: Converter())
            }
            return .file(
                bytes, named: "labels-\(batch.id)-\(label.rawValue).\(format.fileExtension)",
                type: format.mediaType)
        } catch {
            throw error.fault
        }
    }

    private func converted(
        _ conversion: @escaping @Sendable () throws(ConversionError) -> [UInt8]
    ) async throws(PaperError) -> [UInt8] {
        do throws(ConversionError) {
            return try await queue.run { Result(catching: conversion) }
        } catch {
            throw .conversion(error)
        }
    }

    private func choice<Choice: RawRepresentable<String> & CaseIterable>(
        _: Choice.Type, _ text: String
    ) throws -> Choice {
        if let choice = Choice(rawValue: text) { return choice }
        throw WebFault(
            status: .badRequest, code: "unknown-form", message: "there is no '\(text.prefix(40))'",
            hint: "one of " + Choice.allCases.map(\.rawValue).joined(separator: ", "))
    }
}

extension SitePaper {
    /// The papers there are of a thing.
    fileprivate static func of(_ thing: Thing, _ batch: Batch?) -> [SitePaper] {
        switch thing {
        case .batch:
            var papers: [SitePaper] = [.batchRecord, .certificateOfAnalysis]
            if batch?.status == .certified { papers.append(.batchCertificate) }
            if batch?.labels != nil { papers.append(.labelRecord) }
            return papers + [.traceReport]
        case .deviation: return [.deviationReport]
        default: return [.traceReport]
        }
    }

    /// This paper of `id` in every form there is, by the name of the form.
    func addresses(of id: String) -> [(title: String, address: Address)] {
        PaperForm.allCases.map { form in
            (
                form.rawValue.uppercased(),
                Address(
                    .paper(of: id, rawValue), query: [.init(name: "format", value: form.rawValue)])
            )
        }
    }
}

extension PaperError {
    /// What the browser is told.
    fileprivate var fault: WebFault {
        let status: HTTPResponse.Status =
            switch self {
            case .noIdentifier, .noPeriod, .rejected, .certificate(.notCertified),
                .certificate(.rejected):
                .notFound
            case .certificate, .unreadable, .conversion: .serviceUnavailable
            }
        return WebFault(status: status, code: code, message: message, hint: help)
    }
}
