extension ExperimentalDesign {
    /// A two-level design of Plackett & Burman (1946, doi:10.1093/biomet/33.4.305) in `runs`
    /// runs, a multiple of 4, for up to `runs` - 1 factors.
    public static func plackettBurman(
        _ factors: [Factor], runs: Int
    ) throws(AnalysisError) -> ExperimentalDesign {
        guard runs >= 4, runs % 4 == 0, let matrix = HadamardMatrices.hadamard(runs) else {
            throw .outOfRange(
                what: "the number of runs", value: Double(runs),
                limits: "a multiple of 4 for which a Hadamard matrix is known here")
        }
        guard factors.count < runs else {
            throw .tooMany(what: "factors", found: factors.count, limit: runs - 1)
        }
        let rows = matrix.map { row in row.dropFirst().prefix(factors.count).map { Double($0) } }
        return ExperimentalDesign("Plackett-Burman \(runs)", factors, rows)
    }

    /// A definitive screening design (B. Jones & C. J. Nachtsheim, J. Quality Technology 43
    /// (2011) 1; conference matrices: L. Xiao, D. K. J. Lin & F. Bai, ibid. 44 (2012) 2): each
    /// row of a conference matrix and its mirror image, and a run at the centre. Factors for
    /// which no matrix exists take the next larger one and drop columns, which leaves fake
    /// factors to estimate the error from.
    public static func definitiveScreening(
        _ factors: [Factor], fakeFactors: Int = 0, centrePoints: Int = 1
    ) throws(AnalysisError) -> ExperimentalDesign {
        guard factors.count >= 3 else {
            throw .tooFew(what: "factors", found: factors.count, needed: 3)
        }
        var order = factors.count + max(0, fakeFactors)
        order += order % 2
        while order <= 64 {
            if let matrix = HadamardMatrices.conference(order) {
                var runs: [[Double]] = []
                for row in matrix {
                    let values = row.prefix(factors.count).map { Double($0) }
                    runs.append(values)
                    runs.append(values.map { $0 == 0 ? 0 : -$0 })
                }
                runs += centres(centrePoints, factors.count)
                return ExperimentalDesign("definitive screening", factors, runs)
            }
            order += 2
        }
        throw .tooMany(what: "factors", found: factors.count, limit: 60)
    }

    /// The distinct absolute correlations of main effects with two-factor interactions of other
    /// factors: the partial aliasing to report with a screening design.
    public var partialAliases: [Double] {
        var found: Set<Int> = []
        let k = factors.count
        for i in 0..<k {
            for j in 0..<k where j != i {
                for l in (j + 1)..<max(j + 1, k) where l != i {
                    var product = 0.0
                    var (a, b) = (0.0, 0.0)
                    for run in runs {
                        let interaction = run[j] * run[l]
                        product += run[i] * interaction
                        a += run[i] * run[i]
                        b += interaction * interaction
                    }
                    guard a > 0, b > 0 else { continue }
                    found.insert(Int((1e6 * abs(product) / (a * b).squareRoot()).rounded()))
                }
            }
        }
        return found.sorted().map { Double($0) / 1e6 }
    }
}
