import Guidance
import ProductDefinition

/// The names that laboratories use for the tests of donors.
enum DonorTestNames {
    /// The tests of `needed` that the scheme does not list under any of their usual names.
    static func missing(
        _ needed: [DonorTest], from donors: Definition.DonorScheme
    ) -> [DonorTest] {
        let given = Set(donors.tests.flatMap { agents(of: $0.value) })
        return needed.filter { !given.contains(key($0.id)) }
    }

    /// The tests that one name stands for: a combined HIV test answers for both viruses.
    private static func agents(of name: String) -> Set<String> {
        let key = key(name)
        return aliases[key] ?? [key]
    }

    /// Letters and figures only, in lower case: "anti-HIV-1,2" and "Anti HIV 1/2" are one name.
    private static func key(_ name: String) -> String {
        String(name.lowercased().filter { $0.isLetter || $0.isNumber })
    }

    private static let aliases: [String: Set<String>] = {
        var table: [String: Set<String>] = [:]
        func name(_ names: [String], _ tests: Set<String>) {
            for name in names { table[name] = tests }
        }
        let bothHIV: Set = ["antihiv12", "antihiv1", "antihiv2"]
        name(
            ["antihiv12", "antihiv1and2", "antihiv", "hiv12antibody", "hivaganti", "hivcombo"],
            bothHIV)
        name(["antihiv1", "hiv1antibody"], ["antihiv1"])
        name(["antihiv2", "hiv2antibody"], ["antihiv2"])
        name(["hbsag", "hepatitisbsurfaceantigen"], ["hbsag"])
        name(["antihbc", "hbcantibody", "antihbctotal", "hepatitisbcoreantibody"], ["antihbc"])
        name(["antihcv", "hcvantibody", "hepatitiscantibody"], ["antihcv"])
        name(["syphilis", "treponemapallidum", "tpha", "tppa", "syphilisserology"], ["syphilis"])
        name(
            ["antihtlvi", "antihtlv", "antihtlv1", "htlviantibody", "htlv1antibody"], ["antihtlvi"])
        name(
            ["antihtlviii", "antihtlv12", "antihtlv1and2", "htlv12"], ["antihtlvi", "antihtlviii"])
        name(["hivnat", "hiv1nat", "hivpcr", "hivrna", "nathiv"], ["hivnat"])
        name(["hbvnat", "hbvpcr", "hbvdna", "nathbv"], ["hbvnat"])
        name(["hcvnat", "hcvpcr", "hcvrna", "nathcv"], ["hcvnat"])
        name(
            ["hivhbvhcvnat", "nathivhbvhcv", "nathcvhivhbv", "triplexnat"],
            ["hivnat", "hbvnat", "hcvnat"])
        name(["anticmv", "cmvantibody", "cmv"], ["anticmv"])
        return table
    }()
}
