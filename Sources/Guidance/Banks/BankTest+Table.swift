extension BankTest {
    static let table = """
        id | test | category | MSC master | MSC working | PSC master | PSC working | end | basis
            | confirmed
        str | STR profile against donor or parent line | identity | x | x | x | x | x
            | ICH Q5D 2.3.1; ISCBI 2015; CiRA iPSC stock tests, PMC6717959 Table 2 | confirmed
        species | species and cross-contamination | identity | x | - | x | - | -
            | ICH Q5D 2.3.1; ICH Q5D 2.3.2 | partly: clause titles read
        hla | HLA type | identity | optional | - | optional | - | -
            | CiRA iPSC stock tests, PMC6717959 Table 2 | confirmed
        morphology | morphology | identity | x | x | x | x | x
            | CiRA iPSC stock tests, PMC6717959 Table 2; Mebarki et al. 2021, quality control
            | confirmed
        viability | viability and recovery after thaw | quality | x | x | x | x | x
            | ICH Q5D 2.2.2; ICH Q5D 2.3.3; CiRA iPSC stock tests, PMC6717959 Table 2 | confirmed
        doubling-time | doubling time over three passages after thaw | quality | x | x | x | x | -
            | CiRA iPSC stock tests, PMC6717959 Table 2 | confirmed
        sterility | sterility, bacteria and fungi | safety | x | x | x | x | x
            | ICH Q5D 2.3.2; CiRA iPSC stock tests, PMC6717959 Table 2 | confirmed
        mycoplasma | mycoplasma | safety | x | x | x | x | x
            | ICH Q5D 2.3.2; Ph. Eur. 2.6.7 | confirmed
        endotoxin | endotoxin | safety | - | - | x | - | x
            | CiRA iPSC stock tests, PMC6717959 Table 2 | confirmed
        human-viruses | human viruses: HIV-1/2, HTLV-1/2, HBV, HCV, CMV, EBV, B19, HHV-6/7/8
            | safety | x | - | x | - | - | ICH Q5A(R2); FDA draft on allogeneic cells, Apr 2024
            | unconfirmed: by analogy, the list is general knowledge
        adventitious-in-vitro | adventitious virus in vitro, three indicator cell lines | safety | x
            | - | x | - | x | ICH Q5A(R2) Table 1 | unconfirmed: table not read
        adventitious-in-vivo | adventitious virus in vivo, or sequencing in its place | safety
            | risk | - | x | - | risk | ICH Q5A(R2) | unconfirmed: table not read
        retrovirus | retrovirus: electron microscopy, reverse transcriptase | safety | risk | - | x
            | - | x | ICH Q5A(R2) Table 1 | unconfirmed: table not read
        bovine-porcine-viruses | bovine and porcine viruses | safety | if exposed | -
            | if exposed | - | - | 9 CFR 113; Ph. Eur. 5.2.12 | unconfirmed: texts not read
        karyotype | karyotype by G-banding, at least 20 metaphases | genomic | x | x | x | x | x
            | ICH Q5D 2.3.4; published specifications PS-1 to PS-4
            | partly: the number of metaphases is unconfirmed
        cnv-array | copy number by SNP or CGH array | genomic | risk | - | x | x | x
            | ISCBI 2015; Mebarki et al. 2021, quality control | confirmed
        recurrent-loci | targeted assay of 20q11.21, 1q, 12p, 17q | genomic | - | - | x | x | x
            | ISCBI 2015; ISSCR standards; Front Cell Dev Biol 2025, 1599923
            | partly: that 20q11.21 is common is read
        cancer-genes | genome or exome against lists of cancer genes | genomic | - | - | x | -
            | optional | CiRA iPSC stock tests, PMC6717959 Table 2; published specification PS-6
            | confirmed
        undifferentiated-markers | markers of the undifferentiated state: OCT4, TRA-1-60, SSEA-4
            | identity | - | - | x | x | - | CiRA iPSC stock tests, PMC6717959 Table 2 | confirmed
        trilineage | differentiation into three germ layers | potency | - | - | x | - | -
            | ISCBI 2015 | confirmed
        residual-vector | residual reprogramming vector | safety | - | - | x (iPSC) | -
            | if not cleared | CiRA iPSC stock tests, PMC6717959 Table 2; published specification
            PS-6 | confirmed
        isct-panel | MSC panel of the ISCT | identity | x | x | - | - | x
            | ISCT 2006; PMC7234888 Table 1 | confirmed
        mesodermal-differentiation | differentiation into bone, fat and cartilage | identity | x
            | - | - | - | - | ISCT 2006 | confirmed
        senescence | senescence, telomeres or hTERT | safety | risk | - | - | - | risk
            | EMA/CAT/571134/2009 | unconfirmed: text not read
        tumorigenicity | tumorigenicity in vivo | safety | risk | - | risk | - | once
            | ICH Q5D 2.3.4; EMA/CAT/571134/2009 | partly: clause titles read
        residual-psc | residual undifferentiated cells | purity | - | - | - | - | x
            | published specification PS-6 | confirmed
        """
}
