import HashTreeCollections

/// Things by their identifiers, as a persistent collection.
///
/// A copy costs nothing and shares its structure with the original (compressed hash-array mapped
/// prefix trees: M. J. Steindorfer and J. J. Vinju, OOPSLA 2015, doi:10.1145/2814270.2814312), so
/// every reader can hold the whole site as it stood.
package struct Table<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    private var tree: TreeDictionary<Key, Value>
    /// What was worked out from the table as it stands; another one after each change.
    private var views = DerivedViews()

    /// An empty table.
    package init() { tree = [:] }

    package var count: Int { tree.count }
    package var isEmpty: Bool { tree.isEmpty }

    /// The value of `key`, changed in place.
    package subscript(key: Key) -> Value? {
        get { tree[key] }
        _modify {
            willChange()
            yield &tree[key]
        }
    }

    /// The value of `key`, or `initial` when there is none yet.
    package subscript(key: Key, default initial: @autoclosure () -> Value) -> Value {
        get { tree[key] ?? initial() }
        _modify {
            willChange()
            yield &tree[key, default: initial()]
        }
    }

    /// Leaves the views to the copies that still stand as the table did.
    private mutating func willChange() {
        if !isKnownUniquelyReferenced(&views) || !views.isEmpty { views = DerivedViews() }
    }

    /// The keys, in no order a person would know.
    package var keys: some Sequence<Key> { tree.keys }

    /// The values, in no order a person would know.
    package var values: some Sequence<Value> { tree.values }

    /// A view of the table: worked out by `make` when it is first asked for, and kept with the
    /// table until it changes. Copies of the table share it.
    ///
    /// What `make` gives follows from the table alone, and each view has a type of its own.
    package func view<View: Sendable>(_ type: View.Type, make: (Self) -> View) -> View {
        views.view(type) { make(self) }
    }
}

extension Table where Key: Comparable {
    /// The values in the order of their keys: for lists that people read. Sorted once, however
    /// often the list is read.
    package var inOrder: [Value] {
        view(InOrder.self) { table in
            InOrder(values: table.tree.sorted { $0.key < $1.key }.map(\.value))
        }.values
    }

    private struct InOrder: Sendable {
        let values: [Value]
    }
}

extension Table: Codable where Key: Codable & Comparable, Value: Codable {
    /// Keys and values by turns, in the order of the keys: equal tables have equal forms.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.unkeyedContainer()
        for (key, value) in tree.sorted(by: { $0.key < $1.key }) {
            try container.encode(key)
            try container.encode(value)
        }
    }

    package init(from decoder: any Decoder) throws {
        self.init()
        var container = try decoder.unkeyedContainer()
        while !container.isAtEnd {
            let key = try container.decode(Key.self)
            tree[key] = try container.decode(Value.self)
        }
    }
}
