import Charts
import Facility
import Foundation
import HTTPTypes
import Ledger
import Operations
import Testing

@testable import WebApp

/// The freezer map: one level at a time, however much is in store.
@Suite struct StorageTests {
    /// Positions of the store: more where SEEDLOT_CASES asks for it.
    private static let positions = max(
        1200, ProcessInfo.processInfo.environment["SEEDLOT_CASES"].flatMap { Int($0) } ?? 0)

    /// The sample site with a bank of so many vials, a hundred in a box, ten boxes in a rack.
    private static func store(_ count: Int) async throws -> SiteState {
        let (site, _) = try await SampleSite.played()
        defer { try? FileManager.default.removeItem(at: site.folder.url) }
        var state = site.state
        let stamp = Stamp(
            person: PersonID("operator-1")!, happened: site.now, recorded: site.now,
            entry: state.entryCount)
        let ids = (0..<count).map { "BIG-\($0)" }
        for start in stride(from: 0, to: count, by: 500) {
            let part = ids[start..<min(start + 500, count)]
            let filled: JSONValue = [
                "bank": "BIG", "kind": "wcs", "batch": "B-26-003", "step": "fill",
                "containers": .array(part.map { .string($0) }), "cells": "1e6 cells",
                "place": "LN2-9",
            ]
            state.apply(try filled.decoded(as: BankFilled.self), at: stamp)
        }
        for (number, id) in ids.enumerated() {
            let (rack, box) = (number / 1000, number / 100 % 10)
            let moved: JSONValue = [
                "container": .string(id),
                "position": .string("LN2-9/R\(rack)/B\(box)/\(number % 100 + 1)"),
            ]
            state.apply(try moved.decoded(as: ContainerMoved.self), at: stamp)
        }
        return state
    }

    @Test func aStoreIsReadFromTheUnitDownToThePosition() async throws {
        let count = Self.positions
        let state = try await Self.store(count)
        let clock = ContinuousClock()
        var whole: StorageLevel?
        let time = clock.measure { whole = StorageLevel(at: StoragePlace(""), in: state) }
        #expect(try #require(whole).count >= count)
        #expect(try #require(whole).parts.contains { $0.name == "LN2-9" })
        let unit = StorageLevel(at: StoragePlace("LN2-9"), in: state)
        #expect(unit.count == count && unit.parts.count == (count + 999) / 1000)
        #expect(unit.parts.first?.name == "R0" && unit.box() == nil)
        // Racks stand in the order of their numbers, R2 before R10.
        #expect(unit.parts.map(\.name) == unit.parts.indices.map { "R\($0)" })
        let box = StorageLevel(at: StoragePlace("LN2-9/R0/B3"), in: state)
        #expect(box.count == 100 && box.parts.isEmpty)
        let picture = try #require(box.box())
        #expect(picture.summary.hasPrefix("100 positions, 100 taken, 0 free."))
        // A place whose name only begins alike is another place.
        #expect(StorageLevel(at: StoragePlace("LN2-9/R"), in: state).count == 0)
        #expect(StorageLevel(at: StoragePlace("LN2"), in: state).count == 0)
        if count >= 10_000 { print("\(count) positions: the whole store in \(time)") }
    }

    @Test func aBoxShowsWhatIsFree() async throws {
        let state = try await Self.store(107)
        let box = StorageLevel(at: StoragePlace("LN2-9/R0/B1"), in: state)
        let picture = try #require(box.box())
        // Seven of the smallest box sold that has a seventh position.
        #expect(picture.summary.hasPrefix("25 positions, 7 taken, 18 free."))
        #expect(box.containers.map(\.id.text) == (100..<107).map { "BIG-\($0)" })
    }

    @Test func aVialIsFoundInTheStore() async throws {
        try await withSampleSite { browser, site, _ in
            let reader = try await browser.signedIn("operator-1")
            let vial = try #require(
                site.state.containers.inOrder.first { $0.isInStock && $0.hasPosition }
                    ?? site.state.containers.inOrder.first { $0.isInStock })
            let found = try await reader.get("/storage?q=\(vial.id)")
            #expect(found.status == .seeOther)
            let page = try await reader.get(try #require(found.headers[.location]))
            #expect(page.status == .ok && page.text.contains(vial.id.text))
            // A part of a number lists what holds it, over all units.
            let listed = try await reader.get("/storage?q=\(vial.id.text.prefix(4))")
            #expect(listed.status == .ok && listed.text.contains(vial.id.text))
            let none = try await reader.get("/storage?q=NO-SUCH-VIAL")
            #expect(none.status == .ok && none.text.contains("No containers hold"))
        }
    }

    @Test func thePositionThatIsLookedForIsMarked() async throws {
        let state = try await Self.store(10)
        let box = StorageLevel(at: StoragePlace("LN2-9/R0/B0"), in: state)
        let picture = try #require(box.box(marking: "BIG-4"))
        #expect(picture.summary.contains("position 5, the one looked for: BIG-4"))
    }
}
