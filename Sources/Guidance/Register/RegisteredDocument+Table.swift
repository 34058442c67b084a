extension RegisteredDocument {
    static let table = """
        cited as | title | identifier | version | in force | status | note | confirmed
        Annex 1 | Manufacture of Sterile Medicinal Products | C(2022) 5938 final; PIC/S PE 009-17
            | 22 Aug 2022 | 25 Aug 2023 | current | read in the PIC/S edition; 8.123 applies from
            25 Aug 2024 | partly: the date of 8.123 is unconfirmed
        Annex 2A | Manufacture of Advanced Therapy Medicinal Products for Human Use
            | PIC/S PE 009-17 | 25 Aug 2023 | 25 Aug 2023 | current | the PIC/S text parallel to EU
            GMP Part IV | confirmed
        EU GMP Part IV (2017) | Guidelines on Good Manufacturing Practice specific to Advanced
            Therapy Medicinal Products | C(2017) 7694 final | 22 Nov 2017 | 22 May 2018 | current
            | under revision: concept paper EMA/INS/GMP/48771/2025
            | partly: 11.53-11.54 and the chapter titles read, other numbers through Annex 2A
        Annex 11 | Computerised Systems | SANCO/C8 (2011) | Jan 2011 | 30 Jun 2011 | current
            | revision with Annex 22 and Chapter 4 consulted in 2025 | confirmed
        Annex 13 | Investigational Medicinal Products | PIC/S PE 009-17 | 2022 | - | current | -
            | confirmed
        Annex 15 | Qualification and Validation | PIC/S PE 009-17 | 2015 | Oct 2015 | current
            | holds no clean-room limits: those stand in Annex 1 | confirmed
        Annex 16 | Certification by the Authorised Person and Batch Release | PIC/S PE 009-17
            | 2016 | Apr 2016 | current | - | confirmed
        Annex 19 | Reference and Retention Samples | PIC/S PE 009-17 | - | - | current | -
            | unconfirmed: text not read
        PIC/S Part I | Guide to Good Manufacturing Practice, Part I | PIC/S PE 009-17 | 25 Aug 2023
            | 25 Aug 2023 | current | - | confirmed
        Dir 2004/23/EC | Quality and safety of human tissues and cells | - | 31 Mar 2004
            | 7 Apr 2006 | current | repealed with effect from 7 Aug 2027 | confirmed
        Reg (EU) 2024/1938 | Substances of human origin | OJ L 17.7.2024 | 13 Jun 2024
            | 7 Aug 2027 | current | parts from 7 Aug 2028; donation of starting material for ATMP
            moves to it | confirmed
        Dir 2006/17/EC | Donation, procurement and testing of human tissues and cells | as amended
            by Dir 2012/39/EU | 8 Feb 2006 | - | current | until Reg (EU) 2024/1938 applies
            | confirmed
        Dir 2006/86/EC | Traceability, coding and processing of human tissues and cells | as amended
            by Dir (EU) 2015/565 | 24 Oct 2006 | - | current | Single European Code in Annex VII
            | confirmed
        Reg 1394/2007 | Advanced therapy medicinal products | - | 13 Nov 2007 | 30 Dec 2008
            | current | - | confirmed
        Reg 726/2004 | Centralised authorisation of medicinal products | - | 31 Mar 2004 | - | current
            | article numbers move with the EU pharmaceutical package | confirmed
        Reg 507/2006 | Conditional marketing authorisation | - | 29 Mar 2006 | - | current | -
            | confirmed
        Dir 2001/83/EC Annex I Part IV | Particulars of advanced therapy medicinal products
            | Dir 2009/120/EC | 14 Sep 2009 | 5 Apr 2010 | current | article numbers move with the EU
            pharmaceutical package | confirmed
        EMA/CAT/22473/2025 | Guideline on quality, non-clinical and clinical requirements for
            investigational ATMPs in trials | - | 20 Jan 2025 | 1 Jul 2025 | current | the draft was
            EMA/CAT/852602/2018 | confirmed
        EMEA/CHMP/410869/2006 | Guideline on human cell-based medicinal products | - | 21 May 2008
            | 1 Sep 2008 | current | - | partly: section titles read
        EMA/CAT/571134/2009 | Reflection paper on stem cell-based medicinal products | - | 14 Jan
            2011 | - | current | - | unconfirmed: text not read
        EMEA/149995/2008 | Guideline on safety and efficacy follow-up and risk management of ATMPs
            | - | 2008 | - | current | revision 1 drafted in 2018 | unconfirmed: text not read
        EMA/CAT/CPWP/686637/2011 | Guideline on the risk-based approach according to Annex I Part IV
            | - | 11 Feb 2013 | - | current | - | unconfirmed: text not read
        EMA/CAT/600280/2010 | Reflection paper on classification of ATMPs | rev.1 | 2015 | - | current
            | - | partly: not read in full
        EMA Q&A on out-of-specification batches | Questions and answers on the use of
            out-of-specification batches of authorised cell and tissue ATMPs | - | rev.1, Feb 2026
            | Feb 2026 | current | - | confirmed
        EMA/410/01 rev.3 | Note for guidance on minimising the risk of transmitting animal spongiform
            encephalopathy agents | 2011/C 73/01; Ph. Eur. 5.2.8 | 2011 | 1 Jul 2011 | current | -
            | confirmed
        Ph. Eur. 2.6.1 | Sterility | - | - | - | current | 14 days | partly: through papers
        Ph. Eur. 2.6.27 | Microbiological examination of cell-based preparations | - | - | - | current
            | where 2.6.1 cannot be done | partly: through papers
        Ph. Eur. 2.6.7 | Mycoplasmas | Issue 12.2 | Oct 2025 | 1 Apr 2026 | current | amplification
            on equal footing with culture | confirmed
        Ph. Eur. 2.6.14 | Bacterial endotoxins | - | - | - | current | - | confirmed
        Ph. Eur. 5.2.12 | Raw materials of biological origin for the production of cell-based and
            gene therapy medicinal products | - | 1 Jan 2017 | - | current | informative | confirmed
        USP <85> | Bacterial Endotoxins Test | - | - | - | current | - | confirmed
        USP <1032>-<1034> | Design, validation and analysis of biological assays | - | - | -
            | current | - | unconfirmed: texts not read
        USP <1043> | Ancillary Materials for Cell, Gene and Tissue-Engineered Products | - | - | -
            | current | - | unconfirmed: tier actions not read
        21 CFR 11 | Electronic Records; Electronic Signatures | 21 CFR Part 11 | 1997 | - | current
            | - | confirmed
        21 CFR 11.10 | Controls for closed systems | 21 CFR Part 11 | 1997 | - | current | - | confirmed
        21 CFR 11.50 | Signature manifestations | 21 CFR Part 11 | 1997 | - | current | - | confirmed
        21 CFR 11.200 | Electronic signature components | 21 CFR Part 11 | 1997 | - | current | -
            | confirmed
        21 CFR 1271 | Human cells, tissues, and cellular and tissue-based products | 21 CFR Part 1271
            | - | - | current | - | confirmed
        21 CFR 211 | Current good manufacturing practice for finished pharmaceuticals
            | 21 CFR Part 211 | - | - | current | expected once product is made for phase 2 or 3
            (210.2(c)) | unconfirmed: single clauses not read
        21 CFR 312.23 | Investigational new drug application, content | 21 CFR 312.23 | - | - | current
            | - | partly: through an announcement of 11 Jan 2026
        21 CFR 610 | General biological products standards | 21 CFR Part 610 | - | - | current
            | 610.30 was removed with effect from 21 Sep 2020 (85 FR 51635) | confirmed
        FDA potency draft Dec 2023 | Potency Assurance for Cellular and Gene Therapy Products, draft
            | - | 28 Dec 2023 | - | draft | replaces the guidance of 2011 when final | confirmed
        FDA comparability draft Jul 2023 | Manufacturing Changes and Comparability for Human Cellular
            and Gene Therapy Products, draft | - | Jul 2023 | - | draft | - | confirmed
        FDA 2024 human- and animal-derived materials draft | Considerations for the Use of Human- and
            Animal-Derived Materials in cell and gene therapy, draft | - | Apr 2024 | - | draft | -
            | unconfirmed: text not read
        FDA 2008 CMC guidance | Content and Review of Chemistry, Manufacturing, and Control Information
            for Human Somatic Cell Therapy INDs | - | 2008 | - | current | -
            | partly: through a table of the guidance
        FDA announcement 11 Jan 2026 | Flexible requirements for chemistry, manufacturing and controls
            of cell and gene therapies | - | 11 Jan 2026 | - | current | no fixed three validation
            lots | confirmed
        FDA page on donor tests | Tests for donors of human cells and tissue, web page | - | - | -
            | current | - | confirmed
        FDA briefing on remestemcel-L | Briefing for the Oncologic Drugs Advisory Committee | - | 2020
            | - | current | - | partly: through secondary accounts
        ICH Q1 draft | Stability testing, consolidated | Step 2 | 11 Apr 2025 | - | draft | to
            replace Q1A to Q1F and Q5C | confirmed
        ICH Q1E | Evaluation of stability data | - | 2003 | - | current | until the consolidated Q1
            is final | unconfirmed: text not read
        ICH Q2(R2) | Validation of analytical procedures | - | 1 Nov 2023 | - | current | - | confirmed
        ICH Q14 | Analytical procedure development | - | 1 Nov 2023 | - | current | - | confirmed
        ICH Q5A(R2) | Viral safety evaluation of biotechnology products | - | 1 Nov 2023 | - | current
            | by analogy for primary cells | partly: table and scope not read
        ICH Q5C | Stability of biotechnological products | - | 1995 | - | current | until the
            consolidated Q1 is final | unconfirmed: text not read
        ICH Q5D | Cell substrates used for production | CPMP/ICH/294/95 | 16 Jul 1997 | - | current | -
            | partly: clause titles read
        ICH Q5E | Comparability of biotechnological products | - | 2004 | - | current | -
            | unconfirmed: text not read
        ICH Q6B | Specifications for biotechnological products | - | 1999 | - | current | -
            | unconfirmed: text not read
        ICH Q8(R2) | Pharmaceutical development | - | 2009 | - | current | - | partly: definitions
            read
        ICH Q9(R1) | Quality risk management | - | 2023 | - | current | - | unconfirmed: text not
            read
        ICH Q10 | Pharmaceutical quality system | - | 2008 | - | current | - | unconfirmed: text not
            read
        ICH Q11 | Development and manufacture of drug substances | - | 2012 | - | current | -
            | unconfirmed: text not read
        ICH Q12 | Lifecycle management | - | 2019 | - | current | - | unconfirmed: text not read
        CTD 3.2 | Common Technical Document, Module 3 | ICH M4Q(R1) | 2002 | - | current | M4Q(R2)
            changes the structure later | unconfirmed: content general knowledge
        ISO 14644-1 | Cleanrooms, classification of air cleanliness | - | 2015 | - | current | no
            5 um figure for class 5 since 2015 | confirmed
        ISCBI 2015 | Points to consider in the development of seed stocks of pluripotent stem cells
            for clinical applications | Regen Med 2015 10(2 Suppl) 1-44 | 2015 | - | current | -
            | partly: scope read, tables not seen
        ISSCR standards | Standards for Human Stem Cell Use in Research | - | 2023 | - | current | -
            | unconfirmed: text not read
        ISCT 2006 | Minimal criteria for defining multipotent mesenchymal stromal cells
            | Cytotherapy 2006 8 315 | 2006 | - | current | recommendation, not a release
            specification | partly: through papers
        ISCT 2013 | Immunological characterization of multipotent mesenchymal stromal cells
            (Krampera) | Cytotherapy 2013 15 1054 | 2013 | - | current | - | partly: title and through
            a review
        ALCOA+ | Principles of data integrity | PIC/S PI 041; MHRA 2018; FDA 2018 | - | - | current
            | - | unconfirmed: texts not read
        Zhang & Stacey 2022 | review of the way of pluripotent stem cell protocols into GMP
            | doi:10.1111/cpr.13203 | 2022 | - | literature | Cell Prolif 55 e13203 | confirmed
        Mebarki et al. 2021 | review of umbilical cord MSC as advanced therapy medicines
            | doi:10.1186/s13287-021-02222-y | 2021 | - | literature | Stem Cell Res Ther 12 152
            | confirmed
        PMC7234888 | Table of the criteria of 2006 with limits of 95 % and 2 % | PMC7234888 | - | -
            | literature | - | confirmed
        CiRA iPSC stock tests | Release and reference tests of the CiRA iPSC stock | PMC6717959 | - | -
            | literature | - | confirmed
        Front Cell Dev Biol 2025 | Genomic aberrations in pluripotent lines | 1599923 | 2025 | -
            | literature | - | confirmed
        J Transl Med 2025 | DMSO in cell therapy | 23 932 | 2025 | - | literature | - | confirmed
        published specification | Published specification of a cell product, see the table of
            published specifications | - | - | - | literature | - | confirmed
        published specifications | Published specifications of cell products, see the table of
            published specifications | - | - | - | literature | - | confirmed
        LIN28A droplet PCR | Detection of residual pluripotent cells by LIN28A droplet PCR | - | - | -
            | literature | - | confirmed
        highly efficient culture | Detection of residual pluripotent cells by culture | - | - | -
            | literature | - | confirmed
        """
}
