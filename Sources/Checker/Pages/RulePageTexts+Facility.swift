// Made from the comments of the rules: UPDATE_SNAPSHOTS=1 ./dev test Checker
extension RulePageTexts {
    static let facility = #"""
        === airflow-studied
        A grade A zone without airflow visualisation.

        ## Why it matters

        Smoke shows what numbers hide: whether the air sweeps over the product or over the operator
        first. The study is done at rest and in operation, and recorded.

        ## Flagged

        ```yaml
        facility:
          rooms: [{ id: fill, name: filling, grade: B }]
          equipment: [{ id: bsc, kind: biosafety cabinet, grade: A, room: fill }]
        process:
          stages:
            - id: a
              name: expansion
              phase: expansion
              operations: [{ id: harvest, kind: harvest, equipment: [bsc] }]
        ```

        ## Accepted

        ```yaml
        facility:
          rooms: [{ id: fill, name: filling, grade: B, airflow-study: AV-0007 }]
          equipment: [{ id: bsc, kind: biosafety cabinet, grade: A, room: fill }]
        process:
          stages:
            - id: a
              name: expansion
              phase: expansion
              operations: [{ id: harvest, kind: harvest, equipment: [bsc] }]
        ```
        === ccs-present
        A facility without a contamination control strategy.

        ## Why it matters

        Annex 1 asks for one document that shows how the measures against contamination work together,
        over sixteen elements, and that is kept under review.

        ## Flagged

        ```yaml
        facility:
          contamination-control:
            document: CCS-001
            elements: [design, personnel, monitoring]
            review-due: 2027-01-01
        ```

        ## Accepted

        ```yaml
        facility:
          contamination-control:
            document: CCS-001
            elements:
              - design
              - premises and equipment
              - personnel
              - utilities
              - raw materials
              - containers and closures
              - vendors
              - outsourcing
              - process risk
              - process validation
              - sterilisation validation
              - maintenance
              - cleaning
              - monitoring
              - prevention
              - improvement
            review-due: 2027-01-01
        ```
        === em-particles
        A particle monitoring plan for grade A with gaps.

        ## Why it matters

        In grade A particles of 0.5 and 5 µm are counted without interruption for the whole critical
        time, at 28 litres per minute or more. Limits are those of Table 5.

        ## What counts

        Every cabinet, isolator or hood of grade A that an operation uses.

        ## Flagged

        ```yaml
        facility:
          equipment: [{ id: bsc, kind: biosafety cabinet, grade: A }]
          monitoring:
            - what: particles 0.5 µm
              equipment: bsc
              continuous: yes
              flow: 28.3 L/min
              action: "<= 3520 /m3"
        process:
          stages:
            - id: a
              name: expansion
              phase: expansion
              operations: [{ id: harvest, kind: harvest, equipment: [bsc] }]
        ```

        ## Accepted

        ```yaml
        facility:
          equipment: [{ id: bsc, kind: biosafety cabinet, grade: A }]
          monitoring:
            - what: particles 0.5 µm
              equipment: bsc
              continuous: yes
              flow: 28.3 L/min
              action: "<= 3520 /m3"
            - what: particles 5 µm
              equipment: bsc
              continuous: yes
              flow: 28.3 L/min
              action: "<= 29 /m3"
        process:
          stages:
            - id: a
              name: expansion
              phase: expansion
              operations: [{ id: harvest, kind: harvest, equipment: [bsc] }]
        ```
        === em-viable
        A limit for viable particles above that of the grade.

        ## Why it matters

        Action limits of the site may be tighter than those of Table 6 and not wider.

        ## Flagged

        ```yaml
        facility:
          rooms: [{ id: fill, name: filling, grade: B }]
          monitoring: [{ what: active air, room: fill, action: "<= 20 CFU/m3" }]
        ```

        ## Accepted

        ```yaml
        facility:
          rooms: [{ id: fill, name: filling, grade: B }]
          monitoring: [{ what: active air, room: fill, action: "<= 10 CFU/m3" }]
        ```
        === glove-integrity
        Isolator gloves that are not tested at start and end.

        ## Why it matters

        Gloves are the thinnest wall of an isolator. They are tested at the start and the end of each
        batch or session.

        ## Flagged

        ```yaml
        facility:
          equipment: [{ id: iso, kind: closed isolator, grade: A, glove-test: once a week }]
        ```

        ## Accepted

        ```yaml
        facility:
          equipment:
            - id: iso
              kind: closed isolator
              grade: A
              glove-test: at the start and the end of each batch
        ```
        === isolator-background
        An isolator or RABS in a background below its own.

        ## Why it matters

        An open isolator stands in grade C or better, a closed one in D or better, a RABS in B.

        ## Flagged

        ```yaml
        facility:
          rooms: [{ id: lab, name: laboratory, grade: D }]
          equipment: [{ id: iso, kind: open isolator, grade: A, room: lab }]
        ```

        ## Accepted

        ```yaml
        facility:
          rooms: [{ id: lab, name: laboratory, grade: D }]
          equipment: [{ id: iso, kind: closed isolator, grade: A, room: lab }]
        ```
        === limit-set-version
        A limit that does not say which text it comes from, or comes from a superseded one.

        ## Why it matters

        The limits of Annex 1 changed between 2008 and 2022. A limit without its source cannot be
        checked, and an old one lets through what the new one would not.

        ## Flagged

        ```yaml
        facility:
          rooms: [{ id: fill, name: filling, grade: B, edition: EU GMP Annex 1 (2008) }]
        ```

        ## Accepted

        ```yaml
        facility:
          rooms: [{ id: fill, name: filling, grade: B, edition: EU GMP Annex 1 (2022) }]
        ```
        === pressure-cascade
        Rooms of different grade with too small a pressure step.

        ## Why it matters

        Ten pascal between adjacent rooms of different grade keep the air flowing from clean to less
        clean. It is a guidance value; another one is justified.

        ## Flagged

        ```yaml
        facility:
          rooms:
            - { id: fill, name: filling, grade: B, pressure: 30 Pa, next-to: [lock] }
            - { id: lock, name: air lock, grade: C, pressure: 24 Pa }
        ```

        ## Accepted

        ```yaml
        facility:
          rooms:
            - { id: fill, name: filling, grade: B, pressure: 30 Pa, next-to: [lock] }
            - { id: lock, name: air lock, grade: C, pressure: 15 Pa }
        ```
        === room-requalification
        Rooms that are requalified too seldom.

        ## Why it matters

        Grade A and B are requalified within six months, C and D within twelve.

        ## Flagged

        ```yaml
        facility:
          rooms: [{ id: fill, name: filling, grade: B, requalification: 12 months }]
        ```

        ## Accepted

        ```yaml
        facility:
          rooms: [{ id: fill, name: filling, grade: B, requalification: 6 months }]
        ```
        === segregation-concurrent
        Open steps of several batches in one room without separation.

        ## Why it matters

        Two open products in one room can be mixed up or contaminate one another. Several closed
        isolators may share a room with mitigation; several open cabinets only with proof of
        separation. Material of infected donors is never alongside.

        ## Flagged

        ```yaml
        facility:
          rooms: [{ id: fill, name: filling, grade: B }]
        process:
          stages:
            - id: a
              name: expansion
              phase: expansion
              operations: [{ id: harvest, kind: harvest, state: open, room: fill }]
        ```

        ## Accepted

        ```yaml
        facility:
          rooms: [{ id: fill, name: filling, grade: B }]
          segregation: one batch at a time in a room, with clearance between
        process:
          stages:
            - id: a
              name: expansion
              phase: expansion
              operations: [{ id: harvest, kind: harvest, state: open, room: fill }]
        ```
        === settle-plate-time
        Settle plates that stay open longer than four hours.

        ## Why it matters

        Agar dries, and a dry plate grows nothing. Plates are changed every four hours at most and
        cover the whole operation.

        ## Flagged

        ```yaml
        facility:
          monitoring: [{ what: settle plates, exposure: 8 h }]
        ```

        ## Accepted

        ```yaml
        facility:
          monitoring: [{ what: settle plates, exposure: 4 h }]
        ```
        """#
}
