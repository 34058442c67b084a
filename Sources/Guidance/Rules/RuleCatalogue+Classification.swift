/// The rules on what the product is: class, description, hazards.
extension RuleCatalogue {
    static let classification = """
        id | severity | waivable | confirmed | enforced | in | statement | basis
        class-set | warning error error error | no | confirmed | definition | EU
            | Product has one ATMP class outcome with its reasoning
            | Reg 1394/2007 Art. 2; Dir 2001/83/EC Annex I Part IV 2; Mebarki et al. 2021, abstract,
              regulatory, regulatory
        class-substantial-manipulation | warning error error error | no | confirmed | definition |
            EU
            | Declared substantial manipulation agrees with the operations in the process
            | Reg 1394/2007 Annex I and Art. 2(1)(c); Mebarki et al. 2021, regulatory
        class-same-essential-function | warning error error error | no | confirmed | definition | EU
            | Cells neither substantially manipulated nor used for a different essential function
              are not an ATMP, and the reverse
            | Reg 1394/2007 Art. 2(1)(c); Dir 2001/83/EC Annex I Part IV 2.2; Mebarki et al. 2021,
              regulatory
        class-ct-or-te | info warning error error | no | partly: Art. 2(4) unconfirmed | definition
            | EU
            | Intended action decides somatic cell therapy or tissue engineered; when both apply the
              product is tissue engineered
            | Reg 1394/2007 Art. 2(1)(b), 2(4); Dir 2001/83/EC Annex I Part IV 2.2; Mebarki et al.
              2021, regulatory
        class-gene-precedence | warning error error error | no | partly: Art. 2(5) unconfirmed |
            definition | EU
            | A product that also meets the gene therapy definition is a gene therapy
            | Dir 2001/83/EC Annex I Part IV 2.1; Reg 1394/2007 Art. 2(5); Mebarki et al. 2021,
              regulatory
        class-combined-device | warning error error error | no | confirmed | definition | EU
            | An integral device with viable cells makes a combined ATMP with device evidence
            | Reg 1394/2007 Art. 2(1)(d), 6, 7; Annex 2A B3.3; Mebarki et al. 2021, regulatory
        """

    static let product = """
        id | severity | waivable | confirmed | enforced | in | statement | basis
        moa-recorded | warning error error error | no | confirmed | definition | any
            | Mode of action is described with graded evidence before potency work is approved
            | Zhang & Stacey 2022, section 5; Mebarki et al. 2021, mode of action; FDA potency draft
              Dec 2023; ICH Q6B
        dose-defined | warning error error error | no | confirmed | definition | any
            | Dose value, unit and basis are defined, with minimum and maximum
            | Zhang & Stacey 2022, section 2; Mebarki et al. 2021, clinical applications; ICH Q6B;
              CTD 3.2.P.1
        indication-route-defined | info warning error error | no | confirmed | definition | any
            | Indication and route are defined and carried by the potency and hazard records
            | Mebarki et al. 2021, quality control, clinical applications
        origin-set | error error error error | no | confirmed | definition | any
            | Allogeneic, autologous or donor-matched is set and drives batch and label rules
            | Annex 2A 4.2, 5.5; Mebarki et al. 2021, regulatory
        qtpp-cqa-list | warning warning error error | yes | confirmed | definition | any
            | A quality target product profile exists and each CQA traces to it
            | ICH Q8(R2) 2.1-2.2; Annex 2A 5.23(b); Zhang & Stacey 2022, section 2, Table 1
        """

    static let risk = """
        id | severity | waivable | confirmed | enforced | in | statement | basis
        hazards-complete | warning error error error | no | confirmed | definition | any
            | Risk file holds the known hazards of cell medicines, each with a control
            | Mebarki et al. 2021, clinical applications; EMEA/CHMP/410869/2006 4.1;
              EMA/CAT/571134/2009
        waiver-needs-risk-assessment | error error error error | no | partly: cited text not read |
            definition site | any
            | A waived rule cites an approved, in-date risk assessment
            | Dir 2001/83/EC Annex I Part IV; EMA/CAT/CPWP/686637/2011; EU GMP Part IV (2017) 2;
              Mebarki et al. 2021, regulatory
        """
}
