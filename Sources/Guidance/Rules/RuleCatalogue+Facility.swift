/// The rules on rooms, equipment and their monitoring.
extension RuleCatalogue {
    static let facility = """
        id | severity | waivable | confirmed | enforced | in | statement | basis
        ccs-present | info warning error error | no | confirmed | definition | any
            | Contamination control strategy covers the 16 listed elements and is reviewed
            | Annex 1 2.5-2.6; Annex 2A 3.4
        room-class-limits | info error error error | no | confirmed | site | any
            | Room classification results within Table 1 in both states
            | Annex 1 4.27 Table 1, 4.29; ISO 14644-1; Zhang & Stacey 2022, section 4
        room-requalification | info error error error | no | confirmed | definition site | any
            | A/B requalified within 6 months, C/D within 12
            | Annex 1 4.32
        limit-set-version | warning warning error error | no | confirmed | definition | any
            | Each limit carries the document version it comes from
            | Annex 1 4.27 (2022) against the 2008 values; Zhang & Stacey 2022, section 4
        em-particles | info error error error | no | confirmed | definition site | any
            | Grade A monitored continuously, 0.5 and 5 um, at 28 L/min or more, for the whole
              critical time; results within Table 5
            | Annex 1 9.15-9.17 Table 5; Zhang & Stacey 2022, section 4
        em-viable | info error error error | no | confirmed | definition site | any
            | Viable results within Table 6
            | Annex 1 9.30 Table 6; Zhang & Stacey 2022, section 4
        em-grade-a-growth | warning error error error | no | confirmed | site | any
            | Any growth in Grade A opens an investigation and is assessed for each batch
            | Annex 1 9.30 Table 6 note c, 9.13
        em-species | info error error error | no | confirmed | site | any
            | Isolates from A and B identified to species
            | Annex 1 9.31
        em-trend | info warning error error | yes | confirmed | site | any
            | Alert trends detected: consecutive alerts, rising excursions, flora change
            | Annex 1 9.10-9.11
        settle-plate-time | info error error error | no | confirmed | definition site | any
            | Settle plate exposed at most 4 h, changed to cover the operation
            | Annex 1 9.30 Table 6 note a
        pressure-cascade | info error error error | yes | confirmed | definition site | any
            | Adjacent rooms of different grade differ by at least 10 Pa, logged with alarm
            | Annex 1 4.14, 4.16
        airflow-studied | info warning error error | yes | confirmed | definition | any
            | Airflow visualisation at rest and in operation on file for A and its background
            | Annex 1 4.15
        isolator-background | info error error error | yes | confirmed | definition | any
            | Open isolator in at least C, closed in at least D, RABS in B
            | Annex 1 4.20
        glove-integrity | info error error error | no | confirmed | definition site | any
            | Isolator gloves tested at start and end of batch or session and pass
            | Annex 1 4.21
        segregation-concurrent | warning error error error | yes | confirmed | definition | any
            | Two batches or donors in one room at once only with closed systems or separation
              evidence
            | Annex 2A 3.2, 5.3, 5.18
        equipment-in-date | warning error error error | no | partly: cited text not read | site |
            any
            | Equipment qualified and calibrated on the day of use
            | Annex 15 3-4; 21 CFR 211.68; Zhang & Stacey 2022, Table 1
        """
}
