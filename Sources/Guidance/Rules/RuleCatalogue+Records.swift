/// The rules on electronic records, retention, review and the dossier.
extension RuleCatalogue {
    static let dataIntegrity = """
        id | severity | waivable | confirmed | enforced | in | statement | basis
        audit-trail | error error error error | no | confirmed | site | any
            | GMP entries have who, when, old and new value and reason; not editable
            | Annex 11 9, 12.4; 21 CFR 11.10(e)
        signature-components | error error error error | no | confirmed | site | any
            | Signature uses two components; repeat in one session uses at least one; new session
              needs all
            | 21 CFR 11.200(a); Annex 11 14
        signature-manifest | error error error error | no | partly: cited text not read | site | any
            | Signed record shows printed name, date and time, meaning, linked permanently
            | 21 CFR 11.50, 11.70; Annex 11 14
        access-authority | error error error error | no | confirmed | site | any
            | Unique accounts; access rights recorded and limited to role
            | 21 CFR 11.10(d),(g), 11.100, 11.300; Annex 11 12
        sequence-enforced | error error error error | no | confirmed | site | any
            | Steps cannot be done out of the permitted order
            | 21 CFR 11.10(f)
        critical-entry-checked | warning warning error error | no | confirmed | definition site |
            any
            | Manually entered critical data have a second check
            | Annex 11 6
        backup-restore-tested | warning warning error error | no | partly: threshold is a setting |
            site | any
            | Backups made and restore tested
            | Annex 11 7.2
        system-validated | info warning error error | no | confirmed | site | any
            | System validated for its use with requirement-to-test trace
            | Annex 11 4; 21 CFR 11.10(a); Annex 2A 3.19
        """

    static let records = """
        id | severity | waivable | confirmed | enforced | in | statement | basis
        retention-traceability | warning error error error | no | confirmed | site | any
            | Traceability data kept 30 years after expiry
            | Reg 1394/2007 Art. 15; Annex 2A 4.7; 21 CFR 1271.270(d)
        retention-batch | warning error error error | no | confirmed | site | any
            | Batch records: one year after expiry or five years after certification, whichever is
              longer; trial batches five years after last trial
            | PIC/S Part I 4.11; EU GMP Part IV (2017) 6.5
        """

    static let lifecycle = """
        id | severity | waivable | confirmed | enforced | in | statement | basis
        product-quality-review | none none info error | yes | confirmed | site | any
            | Yearly quality review covers the twelve topics
            | PIC/S Part I 1.10
        obligation-due | none none info error | no | confirmed | site | EU
            | Conditional approval obligations and renewals are not overdue
            | Reg 507/2006; Reg 726/2004 Art. 14-a; Mebarki et al. 2021, conclusion
        """

    static let dossier = """
        id | severity | waivable | confirmed | enforced | in | statement | basis
        ctd-section-filled | info error error error | yes | partly: cited text not read | site | any
            | Each CTD section required for the phase has content built from approved records
            | CTD 3.2.S-3.2.R; EMA/CAT/22473/2025; 21 CFR 312.23(a)(7)
        """
}
