/// The rules on specifications.
extension RuleCatalogue {
    static let specification = """
        id | severity | waivable | confirmed | enforced | in | statement | basis
        spec-four-classes | warning error error error | no | confirmed | definition | any
            | Release specification has identity, purity, potency and safety tests
            | Zhang & Stacey 2022, section 2c; Mebarki et al. 2021, quality control; ICH Q6B; 21 CFR
              610.10-610.14
        spec-safety-trio | warning error error error | no | confirmed | definition | any
            | Sterility (or 2.6.27), mycoplasma and endotoxin in the release set
            | Mebarki et al. 2021, quality control; Ph. Eur. 2.6.1, 2.6.27, 2.6.7, 2.6.14
        spec-viability-morphology | warning warning error error | yes | partly: cited text not read
            | definition | any
            | Viability and morphology tested; viability limit set (70 % is the common floor)
            | Mebarki et al. 2021, quality control; FDA 2008 CMC guidance; published specifications
              PS-1 to PS-5
        spec-dose-viable | warning error error error | no | confirmed | definition | any
            | Viable cell number per container has low and high limit
            | ICH Q6B; published specifications PS-1, PS-3; Zhang & Stacey 2022, section 2
        spec-msc-panel | warning error error error | yes | confirmed | definition | any
            | MSC product: CD105, CD73, CD90 positive and CD45, CD34, CD14 or CD11b, CD79a or CD19,
              HLA-DR negative
            | ISCT 2006; Mebarki et al. 2021, definition, quality control
        spec-msc-limit-values | info info warning warning | yes | confirmed | definition | any
            | Default panel limits 95 % and 2 %; own limits replace them with data
            | PMC7234888 Table 1 (criteria of 2006 with 95 % and 2 %); published specification PS-2
              (80 %); Mebarki et al. 2021, quality control
        spec-psc-residual | warning error error error | yes | partly: cited text not read |
            definition | any
            | PSC-derived product: residual undifferentiated cells tested in every batch
            | published specification PS-6; LIN28A droplet PCR finds 10 in a million; highly
              efficient culture finds 5 in a million; EMA/CAT/571134/2009
        spec-genomic | warning error error error | yes | confirmed | definition | any
            | At least one genomic method with the PDL of sampling
            | Mebarki et al. 2021, quality control; published specifications PS-1 to PS-4
        spec-impurities | info warning error error | yes | confirmed | definition | any
            | Product-related impurities (dead cells, other cell types) and process residues have a
              limit or a washout calculation
            | ICH Q6B; CTD 3.2.S.3.2; Zhang & Stacey 2022, section 2
        spec-limit-justified | info warning error error | no | confirmed | definition | any
            | Each limit has a data-based justification; a society criterion alone is not enough
            | Mebarki et al. 2021, quality control, conclusion; ICH Q6B
        spec-bound-to-authorisation | none error error error | no | confirmed | definition site |
            any
            | Specification version equals the one in the trial or marketing authorisation
            | Mebarki et al. 2021, quality control; Annex 16 1.7.13
        endotoxin-limit-computed | warning error error error | no | confirmed | definition | any
            | Endotoxin limit is not above K/M for the worst-case dose and route
            | Ph. Eur. 2.6.14 / 5.1.10; USP <85>
        sterility-method-suited | warning error error error | yes | confirmed | definition | any
            | Sterility method suits the cells: 2.6.27 only when 2.6.1 is not possible, with
              suitability and antibiotic neutralisation
            | Ph. Eur. 2.6.1, 2.6.27; Annex 1 10.5-10.7; 21 CFR 610.12
        sterility-sample-plan | info warning error error | yes | partly: table unconfirmed |
            definition site | any
            | Sample volume and containers match the pharmacopoeia, taken at start and end and after
              interventions
            | Annex 1 10.6; Ph. Eur. 2.6.27 sample table
        mycoplasma-method | warning error error error | yes | confirmed | definition | any
            | NAT replacing culture detects 10 CFU/mL or less than 100 GC/mL, validated in the
              matrix, cells and supernatant sampled
            | Ph. Eur. 2.6.7 (12.2, from 1 Apr 2026); 21 CFR 610.30 removed 2020
        """
}
