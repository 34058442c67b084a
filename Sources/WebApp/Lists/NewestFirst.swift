import Facility

extension Table {
    /// The values with those of the newest entries first, as most lists show them. Sorted once for
    /// all readers of a table, always by the same entry of a value.
    func newestFirst(_ entry: (Value) -> UInt64) -> [Value] {
        view(NewestFirst<Value>.self) { table in
            NewestFirst(values: table.values.sorted { entry($0) > entry($1) })
        }.values
    }
}

private struct NewestFirst<Value: Sendable>: Sendable {
    let values: [Value]
}
