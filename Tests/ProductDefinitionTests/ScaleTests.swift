import Diagnostics
import Foundation
import ProductDefinition
import Testing

/// A long definition is read like a short one, in time that grows with its length.
///
/// `SEEDLOT_STEPS=20000 swift test -c release --filter ScaleTests` prints seconds and peak memory
/// for a definition of that many steps, about 15 MB for 20,000.
@Suite struct ScaleTests {
    @Test func aLongDefinitionIsReadWhole() throws {
        let steps = ProcessInfo.processInfo.environment["SEEDLOT_STEPS"].flatMap { Int($0) } ?? 400
        let text = LongDefinition.text(steps: steps)
        let clock = ContinuousClock()
        var read: (definition: Definition?, findings: [Finding]) = (nil, [])
        let time = clock.measure {
            read = DefinitionReader.read([SourceFile(name: "long.yaml", text: text)])
        }
        #expect(read.findings.isEmpty, "\(TextRenderer(sources: []).render(read.findings))")
        let definition = try #require(read.definition)
        #expect(definition.process?.stages.flatMap(\.operations).count == steps)
        #expect(definition.operation(id: "step-\(steps - 1)")?.parameters.count == 4)
        if steps > 400 {
            let memory = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)
                .split(separator: "\n").first { $0.hasPrefix("VmHWM") }
            print("\(steps) steps, \(text.utf8.count) bytes: \(time), \(memory ?? "")")
        }
    }

    @Test func aChainOfStagesIsWalkedWithoutRecursion() throws {
        // Each stage starts from the one before it: the search for cycles follows the whole chain.
        var text = "product: { id: X, name: x, version: '1', phase: phase1 }\nprocess:\n  stages:\n"
        let count = 3000
        for number in 0..<count {
            text += "    - { id: s\(number), name: s, phase: expansion"
            if number < count - 1 { text += ", from: s\(number + 1)" }
            text += " }\n"
        }
        let (definition, findings) = DefinitionReader.read([SourceFile(name: "a", text: text)])
        #expect(findings.isEmpty)
        #expect(definition?.process?.stages.count == count)
    }
}

/// A definition with as many steps as one likes, each as full as a real one.
private enum LongDefinition {
    static func text(steps: Int) -> String {
        var text = """
            product: { id: LONG, name: a long process, version: 0.1.0, phase: phase1 }
            sources:
              - { id: general, cite: general knowledge, status: unconfirmed }
            materials:
              - { id: medium, name: medium, role: raw material, sterile: yes }
              - { id: kit, name: aseptic kit, role: consumable, sterile: yes }
            facility:
              rooms: [{ id: room, name: processing, grade: C }]
              equipment: [{ id: isolator, kind: closed isolator, room: room, grade: A }]
              roles: [{ id: operator, people: 2 }]
            assays:
              - { id: viability, name: viability, measures: viability }
            process:
              stages:

            """
        for number in 0..<steps {
            if number % 10 == 0 {
                text += """
                        - id: stage-\(number / 10)
                          name: stage \(number / 10)
                          phase: expansion
                          operations:

                    """
            }
            text += step(number)
        }
        return text
    }

    private static func step(_ number: Int) -> String {
        """
                - id: step-\(number)
                  name: step \(number)
                  kind: harvest
                  instructions: [Rinse., Add enzyme., Pool and count.]
                  room: room
                  local-grade: A
                  equipment: [isolator]
                  state: open
                  roles: [{ role: operator, people: 2 }]
                  second-check: yes
                  duration: { value: 3 h, log-spread: 0.15, source: general }
                  materials:
                    - { material: medium, amount: 250 mL }
                    - { material: kit, amount: 2 kits }
                  parameters:
                    - { name: seeding density, target: 3000 cells/cm2, normal: 2500..3500 cells/cm2, proven: 2000..5000 cells/cm2, criticality: CPP, source: general }
                    - { name: time in enzyme, target: 6 min, normal: 4..10 min, proven: 3..15 min, criticality: CPP, source: general }
                    - { name: temperature, target: 37 °C, normal: 36.5..37.5 °C, proven: 36..38 °C, criticality: KPP, source: general }
                    - { name: carbon dioxide, target: 5 %, normal: 4.5..5.5 %, proven: 4..7 %, criticality: KPP, source: general }
                  controls:
                    - { id: control-\(number), name: viability, assay: viability, limit: "≥ 80 %", action: investigate }

        """
    }
}
