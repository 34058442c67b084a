/// Module 3 for a cell product. The numbering is that of ICH M4Q; content and phase are our
/// reading.
extension CTDSection {
    static let table = """
        number | title | content | impd | phase1 | pivotal | commercial | fed by
        3.2.S.1.1 | Nomenclature | INN or code, cell type, tissue source | 2.2.1.S.1.1 | required
            | required | required | product
        3.2.S.1.2 | Structure | cellular composition, origin, genetic modification if any | S.1.2
            | required | required | required | product, cell_line
        3.2.S.1.3 | General properties | mechanism of action, biological activity, potency
            rationale | S.1.3 | required | required | required | product.moa, attribute
        3.2.S.2.1 | Manufacturers | procurement, banking, manufacture, testing sites and
            authorisations | S.2.1 | required | required | required | site, authorisation
        3.2.S.2.2 | Description of process and controls | flow chart, steps, parameters, IPC,
            batch definition, pooling, scale, hold times, reprocessing | S.2.2 | required |
            required | required | process, step, parameter, ipc
        3.2.S.2.3 | Control of materials | starting tissue, donor selection and tests, cell banks,
            raw materials, TSE, viral safety | S.2.3 | required | required | required | donor,
            material, bank
        3.2.S.2.4 | Control of critical steps and intermediates | critical steps, acceptance
            limits, intermediate specification and hold | S.2.4 | provisional | required |
            required | step, ipc, intermediate_spec
        3.2.S.2.5 | Process validation and/or evaluation | aseptic validation always; process
            validation batches at MA | S.2.5 | aseptic only | evaluation | required |
            process_validation, aps
        3.2.S.2.6 | Manufacturing process development | history, lots used in nonclinical and
            clinical studies, comparability | S.2.6 | required | required | required |
            process.version, comparability
        3.2.S.3.1 | Elucidation of structure and characteristics | identity, purity, potency,
            genomic stability, tumorigenicity, heterogeneity | S.3.1 | required | required |
            required | characterisation
        3.2.S.3.2 | Impurities | product-related (dead, other cells, residual PSC) and
            process-related (enzymes, serum, beads, DMSO, antibiotics) | S.3.2 | required |
            required | required | impurity
        3.2.S.4.1 | Specification | tests and limits | S.4.1 | provisional | required | required |
            spec
        3.2.S.4.2 | Analytical procedures | method descriptions | S.4.2 | required | required |
            required | method
        3.2.S.4.3 | Validation of analytical procedures | safety methods from first trial, all by
            MA | S.4.3 | suitability; safety tests validated | validated before confirmatory data
            | required | method_validation
        3.2.S.4.4 | Batch analyses | table of batches, use, results | S.4.4 | required | required
            | required | batch, result
        3.2.S.4.5 | Justification of specification | link of limits to data and clinic | S.4.5 |
            short | required | required | spec.justification
        3.2.S.5 | Reference standards or materials | cell reference lot, assay control | S.5 |
            interim | required | required | reference_material
        3.2.S.6 | Container closure system | bags, vials for intermediate | S.6 | required |
            required | required | container
        3.2.S.7 | Stability | bank and intermediate stability | S.7 | available data | required |
            required | stability_study
        3.2.P.1 | Description and composition | cells/mL, viable dose, excipients, container | P.1
            | required | required | required | product, formulation
        3.2.P.2 | Pharmaceutical development | components, formulation, process, container,
            microbiological attributes, compatibility with device or diluent | P.2 | short |
            required | required | development_report
        3.2.P.3.1 | Manufacturers | fill, finish, label, QP release | P.3.1 | required | required
            | required | site
        3.2.P.3.2 | Batch formula | cells and excipients per batch | P.3.2 | required | required |
            required | formulation
        3.2.P.3.3 | Process and controls | formulation, fill, freeze, thaw, wash | P.3.3 |
            required | required | required | process, step
        3.2.P.3.4 | Critical steps and intermediates | hold times, freeze profile | P.3.4 |
            provisional | required | required | step, ipc
        3.2.P.3.5 | Process validation | aseptic filling, cryopreservation, transport | P.3.5 |
            aseptic only | evaluation | required | aps, process_validation
        3.2.P.4 | Control of excipients | cryoprotectant, albumin, human or animal origin (P.4.5),
            novel (P.4.6) | P.4 | required | required | required | excipient
        3.2.P.5 | Control of drug product | specification, methods, validation, batches,
            impurities, justification (P.5.1-P.5.6) | P.5 | required | required | required | spec,
            result
        3.2.P.6 | Reference standards | - | P.6 | if separate | required | required |
            reference_material
        3.2.P.7 | Container closure system | cryobag or vial, integrity at storage temperature,
            extractables | P.7 | required | required | required | container
        3.2.P.8 | Stability | frozen, post-thaw, in-use, transport; shelf-life; commitment | P.8 |
            required | required | required | stability_study
        3.2.A.1 | Facilities and equipment | rooms, flows, multi-product controls | A.1 | short |
            required | required | room, equipment
        3.2.A.2 | Adventitious agents safety evaluation | viral, TSE, microbial risk and tests |
            A.2 | required | required | required | risk, donor_test, bank_test
        3.2.A.3 | Excipients (novel) | - | A.3 | if novel | if novel | if novel | excipient
        3.2.R | Regional information | EU: process validation scheme, device for combined ATMP,
            CEP; US: executed batch records, method validation package, comparability protocol | -
            | if any | required | required | document
        """
}
