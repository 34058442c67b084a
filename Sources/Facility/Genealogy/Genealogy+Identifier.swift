extension Genealogy {
    /// Records that `child` was made from `parent`, once.
    mutating func link<P, C>(_ parent: Identifier<P>, to child: Identifier<C>) {
        link(parent.text, to: child.text)
    }
}
