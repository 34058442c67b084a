// Made from the comments of the rules: UPDATE_SNAPSHOTS=1 ./dev test Checker
extension RulePageTexts {
    static let donor = #"""
        === cord-transport-limits
        Starting tissue that travels without validated limits.

        ## Why it matters

        The time from birth and the temperature on the way decide how many cells live. A transport
        without limits cannot be accepted or refused on arrival.

        ## Flagged

        ```yaml
        donors:
          transport: { time: 0..48 h }
        ```

        ## Accepted

        ```yaml
        donors:
          transport: { time: 0..48 h, temperature: 2..8 °C, validation: VAL-0031 }
        ```
        === donation-identifier-format
        Donations that are not identified by the European sequence.

        ## Why it matters

        The donation identification sequence names country, establishment and donation uniquely. It
        stays with the tissue and everything made from it.

        ## Flagged

        ```yaml
        donors:
          identifier: other
        ```

        ## Accepted

        ```yaml
        donors:
          identifier: donation identification sequence
        ```
        === donor-consent
        A donor scheme whose consent does not cover the use.

        ## Why it matters

        Consent for a donation does not by itself cover a commercial allogeneic medicine, genomic
        tests or storage for years. A consent that is too narrow makes the bank unusable, and cannot
        be repaired after the fact.

        ## Flagged

        ```yaml
        donors:
          consent:
            scopes: [allogeneic use, medicinal use]
            before-procurement: yes
        ```

        ## Accepted

        ```yaml
        donors:
          consent:
            scopes: [allogeneic use, medicinal use, commercial use, genomic testing]
            before-procurement: yes
        ```
        === donor-eu-panel-complete
        A donor scheme without all the tests that the EU asks for.

        ## Why it matters

        Every donor of tissue and cells is tested for HIV 1 and 2, hepatitis B (surface antigen and
        core antibody), hepatitis C and syphilis. A cord that was processed before a test was found
        missing is lost, and so is everything made from it.

        ## Flagged

        ```yaml
        donors:
          tests: ["anti-HIV-1,2", HBsAg, anti-HCV, syphilis]
        ```

        ## Accepted

        ```yaml
        donors:
          tests: ["anti-HIV-1,2", HBsAg, anti-HBc, anti-HCV, syphilis]
        ```
        === donor-eu-sample-timing
        Donor blood that is drawn outside the window of the EU.

        ## Why it matters

        The sample of a living donor is drawn at donation or within seven days after it. Earlier
        samples are possible only in a regime with repeat testing.

        ## Flagged

        ```yaml
        donors:
          sample: { from: birth mother, timing: -3..7 d }
        ```

        ## Accepted

        ```yaml
        donors:
          sample: { from: birth mother, timing: 0..7 d }
        ```
        === donor-htlv
        A donor scheme that does not decide on HTLV-I.

        ## Why it matters

        Antibody to HTLV-I is tested when donor, partner or parents come from an area where the virus
        is frequent. The scheme has to test every donor or say how those donors are found.

        ## Flagged

        ```yaml
        donors:
          tests: ["anti-HIV-1,2", HBsAg, anti-HBc, anti-HCV, syphilis]
        ```

        ## Accepted

        ```yaml
        donors:
          tests: ["anti-HIV-1,2", HBsAg, anti-HBc, anti-HCV, syphilis]
          high-prevalence-question: yes
        ```
        === donor-lab-authorised
        Donor tests in a laboratory that is not named.

        ## Why it matters

        The tests of donors are done by an authorised laboratory with suitable kits. A result from
        elsewhere does not count.

        ## Flagged

        ```yaml
        donors:
          tests: [HBsAg]
        ```

        ## Accepted

        ```yaml
        donors:
          tests: [HBsAg]
          laboratory: blood service, authorised for donor testing
        ```
        === donor-quarantine-until-eligible
        Tissue that is used before the donor is found eligible.

        ## Why it matters

        Test results come after the tissue. Until the donor is found eligible the tissue waits in
        quarantine, and what is shipped says so on its label.

        ## Flagged

        ```yaml
        donors:
          quarantine-until-eligible: no
        ```

        ## Accepted

        ```yaml
        donors:
          quarantine-until-eligible: yes
        ```
        === donor-repeat-or-nat
        Stored allogeneic tissue without protection against the diagnostic window.

        ## Why it matters

        Antibodies appear weeks after infection. Tissue that is stored gives the chance to close that
        window: by amplification tests for HIV, HBV and HCV on the donation sample, by testing the
        donor again after 180 days, or by a validated inactivation step.

        ## Limits

        A definition has no place for an inactivation step that would replace both; a scheme that
        rests on one is reported all the same. The interval of 180 days was not read in the text of
        the directive.

        ## Flagged

        ```yaml
        donors:
          tests: ["anti-HIV-1,2", HBsAg, anti-HBc, anti-HCV, syphilis, HIV NAT]
        ```

        ## Accepted

        ```yaml
        donors:
          tests: ["anti-HIV-1,2", HBsAg, anti-HBc, anti-HCV, syphilis, HIV NAT, HBV NAT, HCV NAT]
        ```
        === donor-share-alert
        No limit for the share of doses from one donor.

        ## Why it matters

        A cord can give thousands of doses. What is wrong with its donor is then wrong with all of
        them; a limit for the share of one donor bounds the harm.

        ## Flagged

        ```yaml
        product:
          origin: allogeneic
        donors:
          pooled: no
        ```

        ## Accepted

        ```yaml
        product:
          origin: allogeneic
        donors:
          pooled: no
          maximum-share: 20 %
        ```
        === donor-us-birth-mother
        A scheme for newborn donors that does not test the birth mother.

        ## Why it matters

        For a donor of one month or less, 21 CFR 1271.80(a) asks for a specimen of the birth mother.
        Blood of the newborn carries the mother's antibodies, and too little of it can be drawn.

        ## Flagged

        ```yaml
        product:
          cell-source: umbilical cord
        donors:
          sample: { from: donor, timing: 0..7 d }
        ```

        ## Accepted

        ```yaml
        product:
          cell-source: umbilical cord
        donors:
          sample: { from: birth mother, timing: 0..7 d }
        ```
        === donor-us-panel
        A donor scheme for the United States without all the tests that are asked there.

        ## Why it matters

        The list of 21 CFR 1271.85 is longer than that of the EU: it asks for amplification tests for
        HIV-1 and HCV, and for HTLV and CMV when the tissue is rich in viable leukocytes. Whether cord
        tissue is, is a decision the sponsor has to record.

        ## Flagged

        ```yaml
        donors:
          tests: ["anti-HIV-1,2", HBsAg, anti-HBc, anti-HCV, syphilis]
          leukocyte-rich: no
        ```

        ## Accepted

        ```yaml
        donors:
          tests: ["anti-HIV-1,2", HBsAg, anti-HBc, anti-HCV, syphilis, HIV NAT, HCV NAT]
          leukocyte-rich: no
        ```
        === donor-us-timing
        Donor blood that is drawn outside the window of the United States.

        ## Why it matters

        The specimen is taken within seven days before or after recovery of the tissue.

        ## Flagged

        ```yaml
        donors:
          sample: { from: birth mother, timing: 0..14 d }
        ```

        ## Accepted

        ```yaml
        donors:
          sample: { from: birth mother, timing: -7..7 d }
        ```
        === procurement-agreement
        A donor scheme without an agreement with the tissue establishment.

        ## Why it matters

        The manufacturer has to learn the donor's test results, be able to trace the tissue, and be
        told when something about the donor comes to light years later. Only a written agreement makes
        sure of that.

        ## Flagged

        ```yaml
        donors:
          procurement:
            - { site: Maternity North, agreement: QA-12, covers: [test results, traceability] }
        ```

        ## Accepted

        ```yaml
        donors:
          procurement:
            - site: Maternity North
              agreement: QA-12
              covers: [test results, traceability, donor follow-up, transport]
        ```
        === procurement-site-authorised
        A place of procurement without a valid authorisation.

        ## Why it matters

        Maternity and tissue establishment are authorised by the Member State for what they do, on the
        day they do it.

        ## Flagged

        ```yaml
        donors:
          procurement:
            - { site: Maternity North, authorisation: TE-0117, valid-until: 2025-12-31 }
        ```

        ## Accepted

        ```yaml
        donors:
          procurement:
            - { site: Maternity North, authorisation: TE-0117, valid-until: 2029-12-31 }
        ```
        === soho-rule-set-date
        A donor scheme that ends with Directive 2004/23/EC.

        ## Why it matters

        Regulation (EU) 2024/1938 replaces the directive on 7 August 2027. Donations from that day
        follow other rules, and cell stocks outlast the change.

        ## Limits

        The regulation applies to donations from 7 August 2027. A scheme that names only the directive
        is reported already before that day, since a cell stock outlives it.

        ## Flagged

        ```yaml
        donors:
          regime: Directive 2004/23/EC
        ```

        ## Accepted

        ```yaml
        donors:
          regime: Directive 2004/23/EC until 2027-08-07, then Regulation (EU) 2024/1938
        ```
        """#
}
