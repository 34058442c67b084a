/// Where the seven published specifications stand.
extension PublishedSpecification {
    static let sourceTable = """
        id | product | source | batches
        PS-1 | WJ-MSC clinical grade | PMC7163319 Table 1 (EBioMedicine 2020;54:102729) | -
        PS-2 | WJ-MSC MSCTC-0010 | PMC9289888 Table 1 (Stem Cell Rev Rep 2020;16:979) | -
        PS-3 | hUC-MSC | World J Clin Cases 2023;11:5083 Table 1 | -
        PS-4 | UC-MSC trial product | BMJ Open protocol Table 3 (figure 208212) | -
        PS-5 | HUCMSC | Stem Cell Res Ther 2020 s13287-020-01696-6 Table 4 | 225
        PS-6 | iPSC dopaminergic progenitor | Nat Commun 2020 s41467-020-17165-w Table 1 | 25
        PS-7 | iPSC stock (CiRA) | PMC6717959 Table 2 | -
        """
}
