/// Why a campaign is not simulated: what is wrong, its value, the limit, and the way out.
public struct CampaignRefusal: Error, Hashable, Sendable, CustomStringConvertible {
    /// What kind of fault it is.
    public enum Kind: Hashable, Sendable {
        /// A number that is not one, is negative, or is out of range.
        case badNumber
        /// There is nobody and nothing to do the work, or never enough.
        case noCapacity
        /// Not one dose comes out.
        case zeroYield
        /// There is nothing to make, or nobody who needs it.
        case noDemand
        /// A step comes again after itself.
        case cyclicProcess
        /// Something would be repeated without end.
        case endlessLoop
        /// A step, resource or draw is named that is not there or is there twice.
        case unknownName
        /// More than a run may hold.
        case tooLarge
        /// The definition does not say enough.
        case incomplete
    }

    /// What kind of fault it is.
    public let kind: Kind
    /// What is wrong, with value and limit.
    public let what: String
    /// What can be done.
    public let wayOut: String

    init(_ kind: Kind, _ what: String, wayOut: String) {
        self.kind = kind
        self.what = what
        self.wayOut = wayOut
    }

    /// Both in one line.
    public var description: String { "\(what); \(wayOut)" }
}
