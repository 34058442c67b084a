/// A definition with as many steps as one likes, each as full as a real one: about half a kilobyte.
enum LongDefinition {
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
                  kind: harvest
                  instructions: [Rinse., Add enzyme., Pool and count.]
                  room: room
                  equipment: [isolator]
                  state: open
                  roles: [{ role: operator, people: 2 }]
                  materials: [{ material: medium, amount: 250 mL }]
                  parameters:
                    - { name: time in enzyme, target: 6 min, normal: 4..10 min, proven: 3..15 min, criticality: CPP, source: general }
                  controls:
                    - { id: control-\(number), name: viability, assay: viability, limit: "≥ 80 %", action: investigate }

        """
    }
}
