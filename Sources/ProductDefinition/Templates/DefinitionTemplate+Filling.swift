extension DefinitionTemplate {
    /// The last two stages, alike in every template: wash, fill, freeze, test, certify.
    static let filling = """
            - id: filling
              name: pooled cells to frozen vials
              phase: formulation and storage
              from: expansion
              to: vial
              operations:
                - id: formulate
                  kind: formulate
                  room: processing
                  local-grade: A
                  equipment: [isolator, centrifuge]
                  state: open
                  roles: [{ role: operator, people: 2 }]
                  second-check: yes
                  duration: 2 h
                  materials: [{ material: sodium-chloride, amount: 2000 mL }, { material: albumin, amount: 100 mL }, { material: aseptic-kit, amount: 2 kits }]
                  parameters:
                    - { name: washes, target: 2 cycles, normal: 2..3 cycles, proven: 2..4 cycles, criticality: KPP, method: count, affects: [cqa-purity], source: general }
                  controls:
                    - { id: ipc-count, name: viable cells after washing, assay: count, attribute: cqa-dose, limit: report, action: adjust, source: general }
                - id: fill
                  kind: fill
                  room: processing
                  local-grade: A
                  equipment: [isolator]
                  state: open
                  roles: [{ role: operator, people: 2 }]
                  second-check: yes
                  line-clearance: yes
                  duration: 2 h
                  materials: [{ material: vial, amount: 45 items }, { material: freezing-solution, amount: 110 mL }, { material: aseptic-kit, amount: 2 kits }]
                  parameters:
                    - { name: fill volume, kind: measured, target: 5 mL, normal: 4.9..5.2 mL, proven: 4.75..5.5 mL, criticality: CPP, method: weighing, affects: [cqa-dose], source: general }
                    - { name: time in DMSO before freezing, kind: measured, target: 30 min, normal: 0..45 min, proven: 0..60 min, criticality: CPP, method: timer, affects: [cqa-viability], source: general }
                  samples:
                    - { name: vials for release, amount: 10 vials, assays: [sterility, mycoplasma, endotoxin], point: end }
                  outputs: [{ name: vial of product, kind: drug product, container: vial, count: 35, content: 50e6 cells }]
                - id: freeze
                  kind: freeze
                  room: processing
                  equipment: [rate-freezer, tank]
                  state: closed
                  roles: [{ role: operator }]
                  duration: 3 h
                  parameters:
                    - { name: cooling rate, kind: measured, target: -1 °C/min, normal: -1.2..-0.8 °C/min, proven: -2..-0.5 °C/min, criticality: CPP, method: probe of the freezer, affects: [cqa-viability], source: general }
                  controls:
                    - { id: ipc-freeze, name: freezing curve, attribute: cqa-viability, limit: within the template of the programme, action: investigate, source: general }
            - id: certification
              name: test and release
              phase: release
              from: filling
              to: vial
              operations:
                - { id: test, kind: test, room: laboratory, roles: [{ role: analyst }], duration: 28 d, specification: spec-product }
                - { id: release, kind: release, roles: [{ role: quality-assurance }, { role: qualified-person }], duration: 5 d }

        """
}
