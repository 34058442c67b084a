/// `count` and what is counted, whose plural is `things`: "1 batch", "3 batches", "no batches" is
/// left to whoever has more to say than a number.
///
/// The nouns are those of our own lists; the rules are those that they follow.
func counted(_ count: Int, _ things: String) -> String {
    guard count == 1 else { return "\(count) \(things)" }
    let words = things.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: false)
    // Of "samples beyond their limits" the first word is counted, of "open events" the last.
    if words.count == 2, let first = words.first, let rest = words.last,
        rest.hasPrefix("of ") || rest.hasPrefix("beyond ")
    {
        return "1 \(singular(of: String(first))) \(rest)"
    }
    return "1 \(singular(of: things))"
}

private func singular(of things: String) -> String {
    if things.hasSuffix("people") { return things.dropLast("people".count) + "person" }
    if things.hasSuffix("ies") { return things.dropLast(3) + "y" }
    if things.hasSuffix("ches") || things.hasSuffix("xes") { return String(things.dropLast(2)) }
    return things.hasSuffix("s") ? String(things.dropLast()) : things
}
