/// The points of PIC/S PE 009-17 Annex 16, 1.7.1 to 1.7.21, each as a check of a record.
extension QPCertificationPoint {
    static let table = """
        clause | point | record | passes when
        1.7.1 | manufacture and testing under GMP | site.gmp_certificate | every site valid on
            each step date
        1.7.2 | whole supply chain documented, ideally a diagram | supply_chain | graph connects
            every starting and critical material to the batch
        1.7.3 | audits of manufacturing, testing and active-substance sites done and available |
            audit | last audit within interval
        1.7.4 | sites match the authorisation | authorisation.sites | batch sites subset of
            authorised sites
        1.7.5 | activities match the authorisation | process.version | executed version =
            authorised version
        1.7.6 | source and specification of materials match | material_lot | supplier and
            specification authorised
        1.7.7-1.7.8 | active substance GMP and GDP | active_substance | evidence present
        1.7.9 | excipients under suitable GMP | excipient.risk_assessment | present
        1.7.10 | TSE status | material.tse | compliant for each animal-derived material
        1.7.11 | records complete and endorsed; IPC done | batch_record | no open step, all signed
        1.7.12 | processes remain validated; staff trained | validation, training | valid on
            execution date
        1.7.13 | QC data meet finished-product specification | result | all release results pass
        1.7.14 | commitments addressed; stability supports | commitment, stability_study | no
            overdue commitment, no open stability OOS
        1.7.15 | impact of changes evaluated | change | none open that touches the batch
        1.7.16 | investigations (OOS, OOT) complete enough | investigation | closed or justified
        1.7.17 | no ongoing complaint, investigation or recall affecting the batch | complaint,
            recall | none
        1.7.18 | technical agreements in place | agreement | valid for each party
        1.7.19 | self-inspection current | self_inspection | within plan
        1.7.20 | distribution and shipment arranged | shipment_plan | approved
        1.7.21 | safety features where required | label | present or not required
        """
}
