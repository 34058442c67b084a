/// The rules on stability, storage and transport.
extension RuleCatalogue {
    static let stability = """
        id | severity | waivable | confirmed | enforced | in | statement | basis
        stability-batches | info info warning error | yes | partly: cited text not read | definition
            | any
            | At least three batches, real time at label condition
            | ICH Q5C; ICH Q1E; ICH Q1 draft Apr 2025; Zhang & Stacey 2022, Table 1
        stability-potency-included | info warning error error | yes | partly: cited text not read |
            definition | any
            | Stability protocol measures potency and viability after thaw
            | ICH Q5C; Zhang & Stacey 2022, section 3
        shelf-life-computed | info warning error error | yes | partly: cited text not read |
            definition site | any
            | Shelf life is not longer than the data allow
            | ICH Q1E; ICH Q5C; Zhang & Stacey 2022, Table 1
        in-use-time | none error error error | no | confirmed | definition site | any
            | Post-thaw or fresh use period supported and printed
            | Annex 2A 6.9; CTD 3.2.P.8
        cryoprotectant-dose | info warning error error | yes | confirmed | definition | any
            | DMSO per dose under the set limit (1 g/kg is the usual ceiling)
            | J Transl Med 2025 23:932; Zhang & Stacey 2022, section 3
        """

    static let storage = """
        id | severity | waivable | confirmed | enforced | in | statement | basis
        storage-temperature-kept | warning error error error | no | confirmed | site | any
            | Storage log without unhandled excursion
            | Annex 2A 5.36, 5.10
        reference-retention | none info error error | yes | confirmed | definition site | any
            | Reference sample two full tests; retention sample one year after expiry, exceptions
              justified
            | Annex 2A 6.5-6.8; Annex 19
        """

    static let transport = """
        id | severity | waivable | confirmed | enforced | in | statement | basis
        transport-qualified | info error error error | yes | confirmed | definition site | any
            | Route qualified incl. season; shipment logged within limits
            | Annex 15 6.1-6.4; Annex 16 1.7.20
        """
}
