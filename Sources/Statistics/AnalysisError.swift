/// Why an analysis could not be carried out on the values it was given.
///
/// This is about input. A sound analysis that cannot support a conclusion is not an error: it
/// returns its result with an ``Inconclusive`` in the place of the number.
public enum AnalysisError: Error, Hashable, Sendable {
    /// There are fewer of `what` than the method needs.
    case tooFew(what: String, found: Int, needed: Int)
    /// There are more of `what` than the limit of the method.
    case tooMany(what: String, found: Int, limit: Int)
    /// A value is not a finite number; `position` counts from 1.
    case notFinite(what: String, position: Int)
    /// A value lies outside what the method accepts.
    case outOfRange(what: String, value: Double, limits: String)
    /// All values of `what` are the same, so that nothing can be estimated from them.
    case constant(what: String)
    /// The model has terms that the data cannot tell apart.
    case singular(what: String, remedy: String)
    /// Two columns that belong together differ in length.
    case unequalLengths(String, Int, String, Int)
    /// A name is not among those known.
    case unknown(what: String, name: String, known: [String])
    /// Something occurs twice that must occur once.
    case duplicate(what: String, name: String)
    /// An iteration did not settle.
    case notConverged(what: String)
    /// A table of measurements could not be read; `line` counts from 1.
    case unreadable(line: Int, reason: String, remedy: String)

    /// A table has no column of any of the names.
    case missingColumn(names: [String], found: [String])

    /// A stable name of the kind of error, for programs.
    public var code: String {
        switch self {
        case .tooFew: "too-few"
        case .tooMany: "too-many"
        case .notFinite: "not-finite"
        case .outOfRange: "out-of-range"
        case .constant: "constant-values"
        case .singular: "singular"
        case .unequalLengths: "unequal-lengths"
        case .unknown: "unknown-name"
        case .duplicate: "duplicate"
        case .notConverged: "not-converged"
        case .unreadable: "unreadable-table"
        case .missingColumn: "missing-column"
        }
    }

    /// What to do about it.
    public var remedy: String {
        switch self {
        case .tooFew(let what, _, let needed): "provide at least \(needed) \(what)"
        case .tooMany(_, _, let limit): "split the analysis so that each has at most \(limit)"
        case .notFinite: "remove the row or correct the value"
        case .outOfRange(let what, _, let limits): "give \(what) \(limits)"
        case .constant: "check that they were recorded and not filled in"
        case .singular(_, let remedy): remedy
        case .unequalLengths: "give one value of each for every observation"
        case .unknown(let what, _, let known): "\(what) can be \(known.joined(separator: ", "))"
        case .duplicate: "keep one of them"
        case .notConverged: "check the data for outliers, or fit a model with fewer parameters"
        case .unreadable(_, _, let remedy): remedy
        case .missingColumn(let names, _):
            "name the column \(names.map { "'\($0)'" }.joined(separator: " or "))"
        }
    }
}

extension AnalysisError: CustomStringConvertible {
    /// The sentence a person reads.
    public var description: String {
        switch self {
        case .tooFew(let what, let found, let needed):
            "\(found) \(what) given, at least \(needed) needed"
        case .tooMany(let what, let found, let limit):
            "\(found) \(what) given, at most \(limit) handled"
        case .notFinite(let what, let position):
            "\(what) number \(position) is not a finite number"
        case .outOfRange(let what, let value, let limits):
            "\(what) is \(value), it must be \(limits)"
        case .constant(let what):
            "all values of \(what) are the same"
        case .singular(let what, _):
            "\(what) cannot be estimated from these data"
        case .unequalLengths(let first, let firstCount, let second, let secondCount):
            "\(firstCount) values of \(first) but \(secondCount) of \(second)"
        case .unknown(let what, let name, _):
            "\(what) '\(name)' is not known"
        case .duplicate(let what, let name):
            "\(what) '\(name)' occurs more than once"
        case .notConverged(let what):
            "\(what) did not converge"
        case .unreadable(let line, let reason, _):
            "line \(line): \(reason)"
        case .missingColumn(let names, let found):
            "there is no column '\(names.first ?? "")'; the table has"
                + " \(found.prefix(12).map { "'\($0)'" }.joined(separator: ", "))"
        }
    }
}
