/// The rules on the record of a batch.
extension RuleCatalogue {
    static let batch = """
        id | severity | waivable | confirmed | enforced | in | statement | basis
        pdl-limit-kept | warning error error error | no | confirmed | site | any
            | Batch cumulative doublings stay within the limit
            | Annex 2A 5.31; Mebarki et al. 2021, manufacturing
        growth-kinetics-recorded | warning warning error error | yes | confirmed | site | any
            | PD and DT recorded for each passage and inside range
            | Mebarki et al. 2021, definition, quality control
        culture-context-recorded | warning error error error | no | confirmed | site | any
            | Oxygen, medium lot, vessel and freeze-thaw count recorded per culture step
            | Mebarki et al. 2021, manufacturing
        freeze-thaw-limit | info warning error error | no | confirmed | definition site | any
            | Freeze-thaw cycles in the lineage within the validated number
            | Mebarki et al. 2021, manufacturing; Annex 2A 5.10
        hold-time-kept | warning error error error | no | confirmed | definition site | any
            | Hold and open times stay within validated limits
            | Annex 1 8.18; Zhang & Stacey 2022, section 4
        yield-in-range | info warning error error | no | partly: cited text not read | site | any
            | Yield at each stage inside its range, deviation opened if not
            | PIC/S Part I 4.20 g, 5.44; 21 CFR 211.103; Zhang & Stacey 2022, section 2
        batch-record-complete | warning error error error | no | confirmed | site | any
            | Batch record has the required fields a to i
            | PIC/S Part I 4.20; Annex 16 1.7.11
        batch-version-authorised | none error error error | no | confirmed | definition site | any
            | Executed process version is the authorised one
            | Annex 16 1.7.5; Annex 13 2.1; Mebarki et al. 2021, quality control
        line-clearance | warning error error error | no | confirmed | definition site | any
            | Line clearance recorded before each operation
            | PIC/S Part I 4.18 c, 5.40
        entry-contemporaneous | warning warning error error | yes | partly: threshold is a setting |
            site | any
            | Entries made at the time of action
            | PIC/S Part I 4.8; ALCOA+
        deviation-closed-for-release | none error error error | no | confirmed | site | any
            | No open major or critical deviation at certification
            | Annex 1 3.2; Annex 16 1.7.16
        environment-linked | info error error error | no | confirmed | site | any
            | EM, pressure and particle data of the batch window are linked and reviewed
            | Annex 1 10.10, 9.3; Annex 2A 6.10
        """
}
