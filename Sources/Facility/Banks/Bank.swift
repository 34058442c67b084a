/// A cell bank: vials filled together from one homogeneous suspension.
package struct Bank: Sendable {
    package var id: BankID
    /// The bank's id in the definition, such as `MCS`.
    package var kind: String
    /// The batch that filled it.
    package var batch: BatchID
    package var master: MasterRecordID
    package var vials: [ContainerID]
    package var status: DispositionStatus
    package var filled: Stamp
    package var disposed: Stamp?
}

extension SiteState {
    /// The vials of a bank that are still at the site.
    package func stock(of bank: Bank) -> [ContainerID] {
        bank.vials.filter { containers[$0]?.isInStock == true }
    }

    /// What the definition says of a bank.
    package func definition(of bank: Bank) -> MasterBank? {
        masters[bank.master]?.bank(bank.kind)
    }
}
