/// The tests and limits of seven published specifications, line by line as their tables print
/// them.
extension PublishedSpecification {
    static let itemTable = """
        specification | attribute | category | method | comparison | limit | unit | stage | note
        PS-1 | donor serology | safety | HBsAg, HIV I/II, TPHA, Chagas, anti-HBc, HCV, HTLV I/II,
            NAT HCV-HIV-HBV | = | negative | - | donor | -
        PS-1 | dose | quantity | count | >= | 25000000 | viable cells/cryotube | release | +/- 20
            %
        PS-1 | viability | viability | count | >= | 70 | % | release | -
        PS-1 | karyotype | genomic | karyotype | = | no chromosomal abnormality | - | release | -
        PS-1 | CD105+/CD45- | identity | flow | >= | 95 | % | release | -
        PS-1 | CD73+/CD31- | identity | flow | >= | 95 | % | release | -
        PS-1 | CD90+ | identity | flow | >= | 95 | % | release | -
        PS-1 | HLA-DR | purity | flow | report | - | % | release | informative only
        PS-1 | mycoplasma | safety | - | = | negative | - | release | -
        PS-1 | endotoxin | safety | - | <= | 1 | EU/mL | release | -
        PS-1 | sterility | safety | - | = | sterile | - | release | -
        PS-1 | adventitious virus | safety | - | = | negative | - | release | -
        PS-1 | inhibition of PBMC proliferation | potency | co-culture | > | 30 | % | release | -
        PS-2 | appearance | quality | visual | = | off-white opaque homogeneous, no clumps | - |
            release | -
        PS-2 | CD73 | identity | flow | >= | 80 | % | release | -
        PS-2 | CD90 | identity | flow | >= | 80 | % | release | -
        PS-2 | CD105 | identity | flow | >= | 80 | % | release | -
        PS-2 | CD45 | purity | flow | <= | 2 | % | release | -
        PS-2 | CD34 | purity | flow | <= | 2 | % | release | -
        PS-2 | CD11b | purity | flow | <= | 2 | % | release | -
        PS-2 | CD19 | purity | flow | <= | 2 | % | release | -
        PS-2 | HLA-DR | purity | flow | <= | 2 | % | release | -
        PS-2 | viability | viability | flow | >= | 80 | % | release | -
        PS-2 | inhibition of PHA-induced PBMC proliferation | potency | co-culture | >= | 20 | % |
            release | -
        PS-2 | endotoxin | safety | USP <85> | < | 12.5 | EU/mL | release | -
        PS-2 | mycoplasma | safety | luminescence | = | absent | - | release | -
        PS-2 | sterility | safety | USP <71> | = | no growth | - | release | -
        PS-2 | karyotype | genomic | karyotype | = | no alteration | - | release | -
        PS-3 | visual | quality | visual | = | no visible particle | - | infusion | -
        PS-3 | morphology | identity | microscopy | = | fibroblastic | - | frozen | -
        PS-3 | viability | viability | - | >= | 90 | % | frozen | -
        PS-3 | viability | viability | - | >= | 85 | % | infusion | -
        PS-3 | cell count | quantity | - | between | 4.5e7-6.0e7 | cells | frozen | -
        PS-3 | sterility | safety | - | = | negative | - | both | -
        PS-3 | mycoplasma | safety | - | = | negative | - | both | -
        PS-3 | endotoxin | safety | - | < | 0.5 | EU/mL | both | -
        PS-3 | CD73 | identity | flow | >= | 95 | % | frozen | -
        PS-3 | CD90 | identity | flow | >= | 95 | % | frozen | -
        PS-3 | CD105 | identity | flow | >= | 95 | % | frozen | -
        PS-3 | CD29 | identity | flow | >= | 95 | % | frozen | -
        PS-3 | CD34 | purity | flow | <= | 2 | % | frozen | -
        PS-3 | CD45 | purity | flow | <= | 2 | % | frozen | -
        PS-3 | CD79a | purity | flow | <= | 2 | % | frozen | -
        PS-3 | CD14 | purity | flow | <= | 2 | % | frozen | -
        PS-3 | HLA-DR | purity | flow | <= | 2 | % | frozen | -
        PS-4 | CD73 | identity | flow | > | 95 | % | release | -
        PS-4 | CD90 | identity | flow | > | 95 | % | release | -
        PS-4 | CD105 | identity | flow | > | 95 | % | release | -
        PS-4 | CD11b, CD19, CD34, CD45, HLA-DR | purity | flow | < | 2 | % | release | as one
            group
        PS-4 | viability | viability | trypan blue | > | 80 | % | release | -
        PS-4 | karyotype | genomic | karyotype | = | normal | - | release | named in the text
            under the table
        PS-4 | microorganism | safety | BacT/Alert 3D | = | negative | - | release | -
        PS-4 | mycoplasma | safety | MycoAlert plus | = | negative | - | release | -
        PS-4 | endotoxin | safety | Endosafe-PTS | <= | 5 | EU/kg | release | -
        PS-4 | immunoregulation | potency | flow | report | - | - | characterisation | measured,
            not a release criterion
        PS-5 | sterility | safety | BacT/ALERT, Gram stain | = | no growth at 7 days | - | release
            | 225 of 225 pass
        PS-5 | endotoxin | safety | gel clot | < | 0.5 | EU/mL | release | 225 of 225 pass
        PS-5 | mycoplasma | safety | PCR | = | negative | - | release | 225 of 225 pass
        PS-5 | viability | viability | trypan blue | >= | 85 | % | release | 225 of 225 pass
        PS-5 | residual BSA | purity | ELISA | = | not detected | - | release | 225 of 225 pass
        PS-6 | TRA-1-60 (day 12) | purity | flow | < | 1 | % | pre-sort IPC | 0.0 % (n=24)
        PS-6 | CORIN | identity | flow | > | 10 | % | pre-sort IPC | 31.35 +/- 12.72 %
        PS-6 | CORIN | identity | flow | > | 90 | % | post-sort IPC | 93.15 +/- 2.13 %
        PS-6 | morphology | quality | microscopy | = | sphere shaped, no foreign body | - | final
            product | complied
        PS-6 | viability | viability | flow count | > | 90 | % | final product | 97.48 +/- 1.61 %
        PS-6 | FOXA2/TUJ1 | identity | flow | > | 80 | % | final product | 92.29 +/- 3.96 %
        PS-6 | POU5F1 and LIN28 transcripts | purity | qPCR | < | 1 | % of undifferentiated cells
            | final product | 0.08 +/- 0.15 and 0.14 +/- 0.13 %
        PS-6 | OCT3/4 / TRA-2-49/6E | purity | flow | < | 0.1 | % | final product | <0.1 %
        PS-6 | SOX1/PAX6 | purity | flow | < | 0.1 | % | final product | <0.1 %
        PS-6 | sterility | safety | JP17 membrane filtration | = | negative | - | final product |
            negative
        PS-6 | mycoplasma | safety | JP17 PCR | = | negative | - | final product | negative
        PS-6 | endotoxin | safety | JP17 LAL turbidimetry | <= | 1 | EU/mL | final product | not
            analysed
        PS-6 | residual plasmid | safety | qPCR | = | not detected | - | final product | not
            detected (n=6)
        PS-6 | CNV against three cancer gene lists | genomic | SNP array, WGS | = | no abnormality
            vs undifferentiated iPSC | - | final product | none (n=6); SNV/indel by WGS and WES
            also listed, criteria not seen
        PS-7 | morphology | identity | microscopy | = | ES-like | - | release | -
        PS-7 | HLA | identity | PCR-SBT | = | match with origin | - | release | -
        PS-7 | STR | identity | PCR, capillary electrophoresis | = | match with origin | - |
            release | -
        PS-7 | bacteriology | safety | BacT/ALERT | = | negative | - | release | -
        PS-7 | viral testing | safety | PCR | = | negative | - | release | -
        PS-7 | endotoxin | safety | kinetic turbidimetric | <= | 5 | EU/mL | release | -
        PS-7 | mycoplasma | safety | PCR | = | negative | - | release | -
        PS-7 | pluripotency markers | identity | flow, microarray | report | - | - | reference | -
        PS-7 | SNV/indel, CNV | genomic | WGS/WES, SNP array | report | - | - | reference | -
        PS-7 | karyotype | genomic | G-banding | report | - | - | reference | -
        PS-7 | residual vector | safety | qPCR | report | - | - | reference | -
        PS-7 | cell number and viability after thaw; doubling time over 3 passages | quantity |
            count | report | - | - | reference | -
        """
}
