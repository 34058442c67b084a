/// Table 1 of Zhang & Stacey 2022 (doi:10.1111/cpr.13203) item by item; stage and pairing are
/// our reading, since the printed table lost its alignment.
extension TransferItem {
    static let table = """
        id | stage | contents | kind | item | pairs with | record | evidence
        TT-01 | 1 | Initial due diligence | technology | Product description | Initial due
            diligence | product | approved product definition with MoA, indication, dose, format
        TT-02 | 1 | Initial due diligence | technology | Cell line history and traceability |
            Initial due diligence | cell_line + donor + consent | unbroken derivation and passage
            history back to donor consent
        TT-03 | 1 | Initial due diligence | technology | Development reports | Initial due
            diligence | document | at least one report per process stage, version controlled
        TT-04 | 1 | Initial due diligence | technology | Development data integrity | Initial due
            diligence | data_integrity_assessment | ALCOA+ score per data set with raw data
            located
        TT-05 | 1 | Initial due diligence | purpose | Documented evidence | Initial due diligence
            | stage_gate | due-diligence report signed
        TT-06 | 1 | Risk identification and gap analysis | technology | Raw materials | Risk
            identification and gap analysis | material | risk class and GMP-grade gap for each
        TT-07 | 1 | Risk identification and gap analysis | technology | Cell line identity and
            characterization | Risk identification and gap analysis | cell_line_test | STR,
            karyotype, microbiology, markers present or listed as gap
        TT-08 | 1 | Risk identification and gap analysis | technology | Cell culture and
            differentiation process protocol | Risk identification and gap analysis | process
            (research version) | every step parameterised; unquantified parameters listed
        TT-09 | 1 | Risk identification and gap analysis | technology | Product characterization |
            Risk identification and gap analysis | attribute list | identity, purity, potency
            candidates listed
        TT-10 | 1 | Risk identification and gap analysis | technology | Equipment and facility |
            Risk identification and gap analysis | equipment + room | research-to-GMP equipment
            map
        TT-11 | 1 | Risk identification and gap analysis | technology | Tacit knowledge | Risk
            identification and gap analysis | knowledge_item | hands-on session recorded, operator
            notes, video reference
        TT-12 | 1 | Risk identification and gap analysis | purpose | Technology transfer | Risk
            identification and gap analysis | tt_project | transfer protocol approved by both
            parties
        TT-13 | 1 | Risk identification and gap analysis | purpose | Preparation for CMC
            development strategy | Risk identification and gap analysis | cmc_plan | CMC plan with
            owners and dates
        TT-14 | 2 | Pilot studies | technology | PSC banking, characterization, and release test |
            cGMP compliance; ICH Q5D guideline compliance | bank + bank_test | MCB/WCB made under
            GMP, all matrix tests passed
        TT-15 | 2 | Pilot studies | technology | Material attributes | Risk assessment and test |
            material_attribute | critical material attributes with limits
        TT-16 | 2 | Pilot studies | technology | Process development | Process parameters
            optimised with knowledge and DoE | doe_study + parameter | DoE reports; NOR/PAR per
            critical parameter
        TT-17 | 2 | Analytical methods development | contents | Analytical methods development |
            Cell variability, identity, purity, microbial agents and potency profile | method +
            method_validation | qualified methods for every CQA
        TT-18 | 2 | Analytical methods development | technology | cGMP compliance | PSC banking |
            gmp_certificate | site certificate valid on banking dates
        TT-19 | 2 | Analytical methods development | technology | ICH Q5D guideline compliance |
            PSC banking | bank_test matrix | Q5D matrix complete
        TT-20 | 2 | Analytical methods development | technology | Risk assessment and test |
            Material attributes | risk + result | risk file and incoming test per critical
            material
        TT-21 | 2 | Analytical methods development | technology | Cell culture and formulation
            process parameters optimised from knowledge gained and DoE technology | Process
            development | doe_study | model, factors, responses, chosen setpoints
        TT-22 | 2 | Analytical methods development | technology | Cell variability, identity,
            purity, microbial agents, and potency profile | Analytical methods development | spec
            profile | profile over the pilot batches
        TT-23 | 2 | Pilot studies | purpose | Development of a reliable manufacturing process |
            Stage 2 | process (GMP version) | success rate of engineering runs reported
        TT-24 | 2 | Pilot studies | purpose | Establishment of release criteria | Stage 2 | spec |
            release specification approved with justification
        TT-25 | 3 | Manufacturing site validation | contents | Manufacturing site validation |
            cGMP compliance | site_validation | VMP, room and equipment qualification closed
        TT-26 | 3 | Manufacturing site validation | technology | cGMP compliance | Manufacturing
            site validation | gmp_certificate | valid authorisation
        TT-27 | 3 | Manufacturing site validation | technology | Vendor audit | Material control |
            supplier_audit | audit within interval for critical suppliers
        TT-28 | 3 | Manufacturing site validation | technology | Quality control | Material
            control | result | incoming and release testing active
        TT-29 | 3 | Manufacturing site validation | technology | Batch analysis and in-process
            control | Process validation | batch + ipc | batch analysis table and IPC trend
        TT-30 | 3 | Manufacturing site validation | purpose | Confirmation of process robustness
            and reproducibility | Stage 3 | process_validation | report with capability and
            success rate
        TT-31 | 3 | Manufacturing site validation | purpose | Control strategy and product
            specification | Stage 3 | control_strategy | every CQA has a control
        TT-32 | 3 | Manufacturing site validation | purpose | Support of product expiry date |
            Product stability testing | stability_study | shelf-life claim computed from real-time
            data
        TT-33 | 3 | Material control | contents | Material control | Vendor audit; Quality control
            | material | released-material list complete
        TT-34 | 3 | Material control | technology | Process validation, acceptable range of
            operation | Batch analysis and in-process control | process_validation + parameter |
            validated acceptable range per critical parameter
        TT-35 | 3 | Product stability testing | contents | Product stability testing | Long-term
            and accelerated sample test | stability_study | protocol approved
        TT-36 | 3 | Product stability testing | technology | Long-term and accelerated sample test
            | Product stability testing | stability_point | both condition sets on file
        """
}
