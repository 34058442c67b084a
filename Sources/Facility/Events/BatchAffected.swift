/// An event may have touched a batch: the batch is not released while it is open.
package struct BatchAffected: Fact {
    package static let kind = "deviation.batch-affected/1"
    package var deviation: DeviationID
    package var batch: BatchID

    package func apply(to site: inout SiteState, at stamp: Stamp) {
        site.note(deviation, about: batch.naming(Thing.self))
    }
}
