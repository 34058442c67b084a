import Facility
import HTTPTypes
import Operations
import Quantities
import Testing

@testable import WebApp

/// A step as an operator does it.
@Suite struct StepTests {
    private static let step = "/batches/B-26-004/steps/p4"

    @Test func recordsWhatIsRightAndSaysWhatIsWrong() async throws {
        try await withSampleSite { browser, site, _ in
            let reader = try await browser.signedIn("operator-1")
            let page = try await reader.get(Self.step)
            let fields = page.text.matches(of: /name="(parameter-[^"]*)"/).map { String($0.1) }
            let (first, second) = (try #require(fields.first), try #require(fields.last))
            let answer = try await reader.post(
                Self.step, [(first, "5"), (second, "much")], from: page)
            #expect(answer.status == .unprocessableContent)
            #expect(answer.text.contains("value=\"much\""))
            #expect(answer.text.contains("class=\"problem\""))
            let record = try #require(site.state.batches[BatchID("B-26-004")!]?.steps["p4"])
            let entered = try #require(record.values[String(first.dropFirst("parameter-".count))])
            #expect(entered.count == 1)
            #expect(record.values[String(second.dropFirst("parameter-".count))] == nil)
            // What was recorded is no field any more.
            #expect(!answer.text.contains("name=\"\(first)\""))
        }
    }

    @Test func aBareNumberGetsTheUnitOfItsParameterAndACommaIsRefused() async throws {
        try await withSampleSite { _, site, _ in
            let parameters = site.state.masters.inOrder.flatMap(\.stages).flatMap(\.steps)
                .flatMap(\.parameters)
            let parameter = try #require(parameters.first { $0.unit == "cells/cm2" })
            #expect(parameter.withUnit("3000") == "3000 cells/cm2")
            #expect(parameter.withUnit("3e3 cells/cm2") == "3e3 cells/cm2")
            #expect(parameter.withUnit("3,000") == "3,000")
            #expect((try? Quantity(parameter.withUnit("3,000"))) == nil)
        }
    }

    @Test func theSecondPersonSignsOnTheScreenOfTheFirst() async throws {
        try await withSampleSite { browser, site, _ in
            let reader = try await browser.signedIn("operator-1")
            let page = try await reader.get("/")
            let fields = [
                ("deviation", "DEV-0003"), ("rootCause", "a worn hinge"), ("impact", "none"),
                ("disposition", "acceptable"), (CommandForm.signerField, "reviewer"),
            ]
            let wrong = try await reader.post(
                "/commands/deviation.close",
                fields + [(SubmittedForm.passwordField, "guess")], from: page)
            #expect(wrong.status == .forbidden)
            #expect(!wrong.text.contains("value=\"guess\""))
            let right = try await reader.post(
                "/commands/deviation.close",
                fields + [(SubmittedForm.passwordField, SampleSite.password)], from: page)
            #expect(right.status == .seeOther)
            let closure = try #require(site.state.deviations[DeviationID("DEV-0003")!]?.closure)
            #expect(closure.stamp.person.text == "reviewer")
        }
    }

    @Test func aNameWithoutAPasswordSignsNothing() async throws {
        try await withSampleSite { browser, site, _ in
            let reader = try await browser.signedIn("operator-1")
            let page = try await reader.get("/")
            let before = site.state.entryCount
            // A command without a signature is always given by the one who is signed in.
            let answer = try await reader.post(
                "/commands/people.enrol",
                [
                    ("person", "mallory"), ("printedName", "M"), ("roles", "qualified-person"),
                    (CommandForm.signerField, "admin"), (CommandForm.newPasswordField, "x"),
                ], from: page)
            #expect(answer.status == .forbidden)
            #expect(site.state.entryCount == before)
        }
    }

    @Test func theBatchIsShownAsItStoodWhenItWasSigned() async throws {
        try await withSampleSite { browser, site, _ in
            let reader = try await browser.signedIn("reviewer")
            let batch = try #require(site.state.batches[BatchID("B-26-003")!])
            let completed = try #require(batch.completed)
            let past = try await reader.get("/batches/B-26-003?as-of=\(completed.entry + 1)")
            #expect(past.status == .ok)
            #expect(past.text.contains("The past: the site as it stood before entry"))
            #expect(past.text.contains("<span>completed</span>"))
            #expect(!past.text.contains("data-live"))
            #expect(!past.text.contains("action=\"/commands/"))
            let before = try await reader.get("/batches/B-26-003?as-of=3")
            #expect(before.status == .notFound)
            #expect(try await reader.get("/batches/B-26-003?as-of=x").status == .notFound)
        }
    }
}
