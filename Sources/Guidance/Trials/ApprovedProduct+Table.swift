/// Products, prices and approvals named by Zhang & Stacey 2022 and Mebarki et al. 2021, and
/// four approvals after them.
extension ApprovedProduct {
    static let table = """
        product | active | company | cells | donor | indication | event | where | year |
            identifier | price | currency | price basis | source | section | since | confirmed
        Prochymal | remestemcel-L | Osiris Therapeutics | culture-expanded adult (bone-marrow) MSC
            | allogeneic | acute GVHD | authorisation under conditions, more data requested; not
            marketed | Canada | 2012 | - | - | - | - | Mebarki et al. 2021 | Introduction;
            Conclusion | product line continued by Mesoblast as Ryoncil | unconfirmed
        Prochymal | remestemcel-L | Osiris Therapeutics | bone-marrow MSC | allogeneic | GVHD |
            approved | New Zealand | - | - | - | - | - | Mebarki et al. 2021 | Conclusion | - |
            unconfirmed
        Temcell | Osiris technology | JCR Pharmaceuticals | MSC | allogeneic | acute GVHD |
            marketing and reimbursement approval | Japan | 2015 | - | 104000 | USD | maximum
            reimbursed price per treatment | Mebarki et al. 2021 | Introduction; MSC-based ATMPs
            cost | - | unconfirmed
        Obnitix | BM-MSC | Medac | bone-marrow MSC | allogeneic | GVHD | orphan designation | EU |
            2018 | EU/3/18/2044 | - | - | - | Mebarki et al. 2021 | Introduction | - | unconfirmed
        Alofisel | darvadstrocel | Takeda Pharma | adipose-tissue MSC | allogeneic | complex anal
            fistula in adults with Crohn's disease | marketing authorisation (first MSC ATMP in
            EU) | EU | 2018 | EMEA/H/C/004258 | 54000 | EUR | per treatment, France | Mebarki et
            al. 2021 | Introduction; MSC-based ATMPs cost; Conclusion | MA granted 23 Mar 2018;
            withdrawn by the Commission 13 Dec 2024 at the holder's request after ADMIRE-CD II
            failed its endpoints (568 patients) | confirmed
        Stempeucel | - | Stempeutics | bone-marrow MSC | allogeneic | critical limb ischaemia |
            described as going to be approved | India | - | - | - | - | - | Mebarki et al. 2021 |
            Conclusion | - | unconfirmed
        Neuronata-R | - | - | bone-marrow MSC | autologous | amyotrophic lateral sclerosis |
            authorised | South Korea | - | - | - | - | - | Mebarki et al. 2021 | Conclusion | - |
            unconfirmed
        Cellgram | - | - | bone-marrow MSC | autologous | acute myocardial infarction | authorised
            | South Korea | - | - | - | - | - | Mebarki et al. 2021 | Conclusion | - | unconfirmed
        Cupistem | - | - | adipose-tissue MSC | autologous | Crohn's fistula | approved | South
            Korea | - | - | - | - | - | Mebarki et al. 2021 | Conclusion | - | unconfirmed
        Cartistem | - | - | UC-MSC in the source (umbilical-cord-blood MSC, unconfirmed) |
            allogeneic | knee cartilage defects, degenerative or repetitive traumatic
            osteoarthritis | approved | South Korea | - | - | - | - | - | Mebarki et al. 2021 |
            Conclusion | - | unconfirmed
        Kymriah | CAR-T gene therapy | - | T cells | autologous | - | price example | EU | - | - |
            350000 | EUR | per patient, approximate | Mebarki et al. 2021 | MSC-based ATMPs cost |
            - | unconfirmed
        Yescarta | CAR-T gene therapy | - | T cells | autologous | - | price example | EU | - | -
            | 350000 | EUR | per patient, approximate | Mebarki et al. 2021 | MSC-based ATMPs cost
            | - | unconfirmed
        Luxturna | gene therapy | - | in vivo | - | inherited retinal dystrophy | price example |
            EU | - | - | 800000 | EUR | per treatment, approximate | Mebarki et al. 2021 |
            MSC-based ATMPs cost | - | unconfirmed
        Zolgensma | gene therapy | - | in vivo | - | spinal muscular atrophy | authorised in
            Europe; most expensive at the time | EU | 2020 | - | 1900000 | EUR | per patient |
            Mebarki et al. 2021 | MSC-based ATMPs cost | - | unconfirmed
        MSC-based medicine (estimate) | allogeneic MSC | - | MSC | allogeneic | - | manufacturing
            cost estimate 15 000-30 000 EUR | - | - | - | 15000 | EUR | low end per patient; high
            end 30000 | Mebarki et al. 2021 | MSC-based ATMPs cost | agrees with the authors' own
            estimate for NCT04333368 | unconfirmed
        VX-880 | stem-cell-derived islet cells | Vertex | hPSC | allogeneic | type 1 diabetes |
            IND and Fast Track | USA (FDA) | 2021 | - | - | - | - | Zhang & Stacey 2022 | 1
            Introduction | - | unconfirmed
        MSK-DA01 / DA01 | midbrain dopamine progenitor | BlueRock Therapeutics | hESC | allogeneic
            | Parkinson's disease | IND, Fast Track, phase I | USA (FDA) | 2021 | - | - | - | - |
            Zhang & Stacey 2022 | 1 Introduction; 5 Potency and viability | - | unconfirmed
        M021001 / M-021001 | hPSC-derived cells | Zephyrm Biotechnologies | hESC-derived M cells
            (ref 4: immunity-and-matrix-regulatory cells) | allogeneic | meniscus injury | IND |
            China (NMPA) | 2021 | - | - | - | - | Zhang & Stacey 2022 | 1 Introduction | - |
            unconfirmed
        Remestemcel-L | remestemcel-L | Mesoblast | bone-marrow MSC | allogeneic | paediatric
            steroid-refractory aGVHD | FDA briefing: TNFR1 potency not shown to relate to clinical
            effectiveness | USA (FDA) | 2020 | - | - | - | - | Zhang & Stacey 2022 | 5 Potency and
            viability | approved as Ryoncil 18 Dec 2024 | confirmed
        Ryoncil | remestemcel-L-rknd | Mesoblast | bone-marrow MSC | allogeneic | SR-aGVHD, 2
            months and older | BLA approval, first FDA-approved MSC therapy | USA (FDA) | 2024 | -
            | - | - | - | later than both reviews | - | approved 18 Dec 2024 | confirmed
        Amimestrocel (Ruibosheng) | hUC-MSC PLEB001 | Platinum Life | umbilical-cord MSC |
            allogeneic | steroid-refractory aGVHD with gut involvement, 14 years and older |
            conditional approval | China (NMPA) | 2025 | - | - | - | - | later than both reviews |
            - | 2 Jan 2025: overtakes the statement of Mebarki et al. 2021 that no UC-MSC medicine
            is authorised for immune disease | confirmed
        Amchepry | raguneprocel | Sumitomo Pharma / RACTHERA | iPSC dopaminergic progenitor |
            allogeneic | Parkinson's disease | conditional, time-limited approval (7 years, 35
            patients) | Japan (MHLW) | 2026 | - | - | - | - | later than both reviews | - | 6 Mar
            2026: first iPSC-derived medicines | confirmed
        ReHeart | iPSC cardiomyocyte sheet | Cuorips | iPSC cardiomyocyte | allogeneic | ischaemic
            cardiomyopathy | conditional, time-limited approval (7 years, 75 patients) | Japan
            (MHLW) | 2026 | - | - | - | - | later than both reviews | - | 6 Mar 2026 | confirmed
        """
}
