import Documents
import Facility
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Operations
import Testing

@testable import WebApp

/// Pages of the sample site, read as the people who work with them.
@Suite struct PageTests {
    @Test func everyPageAnswersEveryRole() async throws {
        try await withSampleSite { browser, site, _ in
            let state = site.state
            var paths = [
                "/", "/batches", "/banks", "/testing", "/orders", "/patients", "/donors",
                "/materials", "/definitions", "/events", "/people", "/audit", "/ledger",
                "/commands", "/search?q=a", "/audit?q=thaw&person=operator-1",
                "/due", "/trends", "/methods", "/methods/viability", "/rejections", "/storage",
                "/samples", "/environment", "/rooms", "/equipment",
                "/simulations", "/shipments", "/studies", "/organisations", "/tokens", "/files",
                "/training", "/rules", "/quality-reviews", "/obligations", "/self-inspections",
                "/meetings", "/system-checks",
                "/quality-reviews/UCMSC-IV.2026-01-01.2026-07-10",
                "/rules/aps-coverage", "/environment/trends/ROOM-102/active-air",
                "/definitions/UCMSC-0.4.0/text", "/definitions/UCMSC-0.4.0/changes",
                "/definitions/UCMSC-0.4.0/text?file=process.yaml",
                "/batches?q=certified&sort=opened&order=descending&page=2",
            ]
            paths += state.things.keys.map { Link(to: $0, in: state).path }
            paths += state.genealogy.nodesForTest(state).map { Link.genealogy(node: $0).path }
            paths += TestTrend.all(in: state).map(\.link.path)
            paths += Set(state.containers.values.filter(\.isInStock).map(\.place)).map {
                StoragePlace($0).address.text
            }
            for batch in state.batches.values {
                paths.append(Link.batchReview(batch.id.text).path)
                paths += TestLine.all(of: batch, in: state).map {
                    Link.testResult(batch: batch.id.text, test: $0.standing.test.id).path
                }
                for step in try state.stage(of: batch).steps {
                    paths.append(Link.batchStep(batch: batch.id.text, step: step.id).path)
                }
            }
            paths += CommandCatalogue.all.map { Link.command($0.name).path }
            for (person, paths) in [
                ("operator-1", paths),
                // What others see otherwise: the pages with their decisions.
                (
                    "reviewer",
                    paths.filter { $0.hasPrefix("/batches/") || $0.hasPrefix("/events/") }
                ),
                ("qp", paths.filter { $0.hasSuffix("/review") }),
                ("admin", ["/", "/tokens", "/people"]),
            ] {
                let reader = try await browser.signedIn(person)
                for path in paths {
                    let answer = try await reader.get(path)
                    #expect(answer.status == .ok, "\(path) for \(person): \(answer.status)")
                    try Self.expectSound(answer, at: path)
                }
            }
        }
    }

    /// What must hold of every page: no inline script or style, one heading, one main part, ids
    /// once, every input with a label.
    static func expectSound(_ answer: Browser.Answer, at path: String) throws {
        let text = answer.text
        #expect(!text.contains(" style="), "\(path) has a style attribute")
        #expect(!text.contains("<style"), "\(path) has a style element")
        #expect(!text.contains("javascript:"), "\(path) has a script address")
        let scripts = text.ranges(of: "<script").count
        #expect(scripts == 1 && text.contains("<script src=\"/assets/"), "\(path): \(scripts)")
        #expect(text.ranges(of: "<h1").count <= 2 && text.contains("<h1"), "\(path) has no h1")
        #expect(text.ranges(of: "<main").count == 1, "\(path)")
        let ids = text.matches(of: /\ id="([^"]*)"/).map { String($0.1) }
        let twice = Dictionary(grouping: ids, by: { $0 }).filter { $0.value.count > 1 }.keys
        #expect(twice.isEmpty, "\(path) has twice: \(twice.sorted())")
        let labels = Set(text.matches(of: /<label[^>]* for="([^"]*)"/).map { String($0.1) })
        for input in text.matches(of: /<(?:input|select|textarea)([^>]*)>/) {
            let attributes = String(input.1)
            guard !attributes.contains("type=\"hidden\""), !attributes.contains("type=\"checkbox\"")
            else { continue }
            let id = attributes.firstMatch(of: /id="([^"]*)"/).map { String($0.1) } ?? ""
            #expect(labels.contains(id), "\(path): no label for '\(id)'")
        }
    }

    @Test func listsAnswerAsCSV() async throws {
        try await withSampleSite { browser, site, _ in
            let reader = try await browser.signedIn("inspector")
            let answer = try await reader.get("/materials?format=csv")
            #expect(answer.headers[.contentType] == "text/csv; charset=utf-8")
            #expect(answer.text.hasPrefix("lot,status,material,"))
            #expect(answer.text.split(separator: "\r\n").count == site.state.lots.count + 1)
        }
    }

    /// The lists inside pages too: the vials of a bank, the uses of a lot, the results of a batch.
    @Test func listsInsidePagesAnswerAsCSV() async throws {
        try await withSampleSite { browser, site, _ in
            let reader = try await browser.signedIn("inspector")
            let state = site.state
            let order = try #require(state.orders.inOrder.first)
            let shipment = try #require(order.shipments.first)
            for (path, head) in [
                ("/banks/MCS-26-01", "container,status,place,cells,expires"),
                ("/materials/RM-26-001", "batch,step,quantity,when"),
                ("/orders/\(order.id)", "shipment,status,shipper,containers"),
                ("/shipments/\(shipment)", "container,status,place,cells,expires"),
                ("/patients/\(order.patient)", "container,batch,instant,person"),
                ("/donors/D-0007", "container,status,place,cells,expires"),
                ("/batches/B-26-003", "attribute,limit,result,verdict,reference,entry"),
                ("/genealogy/D-0007", "container,status,kind,place,shipment,hospital,patient"),
            ] {
                let page = try await reader.get(path)
                #expect(page.text.contains("format=csv"), "\(path) offers no file")
                let file = try await reader.get("\(path)?format=csv")
                #expect(file.headers[.contentType] == "text/csv; charset=utf-8", "\(path)")
                let lines = file.text.split(separator: "\r\n")
                #expect(lines.first.map(String.init) == head, "\(path)")
                #expect(lines.count > 1, "\(path) is empty")
            }
        }
    }

    /// What was recorded after a plate was taken late is found from the batch as from the plate.
    @Test func aPlateTakenJustAfterTheWorkStandsInTheReviewOfItsBatch() async throws {
        try await withSampleSite { browser, site, _ in
            let reader = try await browser.signedIn("reviewer")
            let state = site.state
            for sample in state.environmentSamples.values {
                let page = try await reader.get(Link.environmentSample(sample.id.text).path)
                for batch in state.batches(at: sample.place, on: sample.taken.happened) {
                    #expect(page.text.contains(batch.text), "\(sample.id) without \(batch)")
                    let review = try await reader.get(Link.batchReview(batch.text).path)
                    #expect(review.text.contains(sample.id.text), "\(batch) without \(sample.id)")
                }
            }
        }
    }

    @Test func aQualityReviewIsDrawnUpApprovedAndPrinted() async throws {
        try await withSampleSite { browser, site, _ in
            let reader = try await browser.signedIn("reviewer")
            let path = "/quality-reviews/UCMSC-IV.2026-01-01.2026-07-10"
            let asked = try await reader.get(
                "/quality-reviews?product=UCMSC-IV&from=2026-01-01&to=2026-07-10")
            #expect(asked.status == .seeOther)
            #expect(asked.headers[.location] == path)
            let page = try await reader.get(path)
            #expect(page.status == .ok)
            try Self.expectSound(page, at: path)
            #expect(page.text.contains("xii. contracts and agreements"))
            let done = try await reader.post(
                "/commands/quality-review.approve",
                [
                    ("product", "UCMSC-IV"), ("from", "2026-01-01"), ("to", "2026-07-10"),
                    ("conclusion", "in control"),
                    (SubmittedForm.passwordField, SampleSite.password),
                    ("return-to", path),
                ], from: page)
            #expect(done.status == .seeOther)
            let approved = try await reader.get(path)
            #expect(approved.text.contains("in control"))
            #expect(!approved.text.contains("Sign and approve"))
            let list = try await reader.get("/quality-reviews?format=csv")
            #expect(list.text.contains("UCMSC-IV.2026-01-01.2026-07-10"))
            let paper = try await reader.get(
                "/papers/UCMSC-IV.2026-01-01.2026-07-10/quality-review?format=text")
            #expect(paper.text.contains("Conclusion") && paper.text.contains("in control"))
            for wrong in [
                "/quality-reviews/x", "/quality-reviews/NONE.2026-01-01.2026-02-01",
                "/papers/x/quality-review?format=text",
            ] {
                #expect(try await reader.get(wrong).status == .notFound, "\(wrong)")
            }
        }
    }

    @Test func anUnknownThingIsANotFoundPageThatOffersTheNearest() async throws {
        try await withSampleSite { browser, site, _ in
            let reader = try await browser.signedIn("inspector")
            let batch = try #require(site.state.batches.inOrder.first?.id).text
            let answer = try await reader.get("/batches/\(batch)x")
            #expect(answer.status == .notFound)
            #expect(answer.text.contains("did you mean"))
            for path in ["/batches/%3Cscript%3E", "/nowhere", "/commands/batch.ope", "/audit/x"] {
                let answer = try await reader.get(path)
                #expect(answer.status == .notFound, "\(path)")
                #expect(!answer.text.contains("<script>"))
            }
        }
    }

    @Test func theCertificateIsReadVerifiedAndDownloaded() async throws {
        try await withSampleSite { browser, site, _ in
            let reader = try await browser.signedIn("qp")
            let batch = try #require(site.state.batches.values.first { $0.status == .certified }).id
            let page = try await reader.get("/batches/\(batch)/certificate/verification")
            #expect(page.text.contains("The certificate is valid."))
            let file = try await reader.get("/batches/\(batch)/certificate/file")
            #expect(
                file.headers[.contentDisposition]
                    == "attachment; filename=\"\(batch)-certificate.json\"")
            #expect(file.text.contains("seedlot.batch-certificate/"))
        }
    }

    @Test func theLedgerIsVerifiedFromThePage() async throws {
        try await withSampleSite { browser, _, _ in
            let reader = try await browser.signedIn("inspector")
            let page = try await reader.get("/ledger")
            let answer = try await reader.post("/ledger/verification", [], from: page)
            #expect(answer.text.contains("The ledger is intact."))
        }
    }

    @Test func theGenealogyIsAPictureWithLinks() async throws {
        try await withSampleSite { browser, site, _ in
            let reader = try await browser.signedIn("inspector")
            let donor = try #require(site.state.donors.inOrder.first?.id).text
            let page = try await reader.get("/genealogy/\(donor)")
            #expect(page.text.contains("<svg"))
            #expect(page.text.contains("href=\"/genealogy/"))
            let file = try await reader.get("/genealogy/\(donor)?format=svg")
            #expect(file.headers[.contentType] == "image/svg+xml")
        }
    }
}

extension Facility.Genealogy {
    /// Some things that have a genealogy.
    fileprivate func nodesForTest(_ state: SiteState) -> [String] {
        Array(state.things.keys.filter { !parents(of: $0).isEmpty }.sorted().prefix(40))
    }
}
