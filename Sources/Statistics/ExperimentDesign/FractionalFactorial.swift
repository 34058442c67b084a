/// A two-level fractional factorial, described by the words of its factors in the basic ones.
///
/// G. E. P. Box & J. S. Hunter, Technometrics 3 (1961) 311. A factor is a set of basic factors,
/// written as bits; the product of factors is the exclusive or of the sets.
public struct FractionalFactorial: Hashable, Sendable {
    /// Number of basic factors: the design has 2 to this power runs.
    public let basicCount: Int
    /// The set of basic factors of each factor.
    let words: [Int]

    /// Number of factors.
    public var factorCount: Int { words.count }
    /// Number of runs.
    public var runCount: Int { 1 << basicCount }

    /// A design from generators such as `E=ABC`, `F=-BCD` excluded: only principal fractions.
    /// - Throws: for letters that are not basic factors, or two factors with the same word.
    public init(basicFactors: Int, generators: [String]) throws(AnalysisError) {
        guard (2...16).contains(basicFactors) else {
            throw .outOfRange(
                what: "the number of basic factors", value: Double(basicFactors),
                limits: "between 2 and 16")
        }
        var words = (0..<basicFactors).map { 1 << $0 }
        let letters = Factor.letterNames
        for generator in generators {
            let sides = generator.uppercased().filter { !$0.isWhitespace }
                .split(separator: "=", omittingEmptySubsequences: false)
            guard sides.count == 2, let right = sides.last, !right.isEmpty else {
                throw .unknown(
                    what: "generator", name: generator, known: ["of the form E=ABC"])
            }
            var word = 0
            for letter in right {
                guard let place = letters.firstIndex(of: letter), place < basicFactors else {
                    throw .unknown(
                        what: "basic factor", name: String(letter),
                        known: letters.prefix(basicFactors).map { String($0) })
                }
                word ^= 1 << place
            }
            words.append(word)
        }
        try self.init(basicFactors, words)
    }

    init(_ basicCount: Int, _ words: [Int]) throws(AnalysisError) {
        guard Set(words).count == words.count, !words.contains(0) else {
            throw .singular(
                what: "two factors with the same column", remedy: "choose other generators")
        }
        guard words.count <= Factor.letterNames.count else {
            throw .tooMany(
                what: "factors", found: words.count, limit: Factor.letterNames.count)
        }
        self.basicCount = basicCount
        self.words = words
    }

    /// The design in coded runs, in standard order of the basic factors.
    public func design(
        factors given: [Factor]? = nil
    ) throws(AnalysisError) -> ExperimentalDesign {
        let factors: [Factor]
        if let given { factors = given } else { factors = try Factor.letters(words.count) }
        guard factors.count == words.count else {
            throw .unequalLengths("factors", factors.count, "columns", words.count)
        }
        let runs = (0..<runCount).map { run in words.map { level($0, run) } }
        return ExperimentalDesign(
            "2^(\(words.count)-\(words.count - basicCount)) resolution \(roman)", factors, runs)
    }

    /// A product of an even number of low levels is high for words of even length; a single
    /// factor is low where its bit of the run is 0.
    private func level(_ word: Int, _ run: Int) -> Double {
        let lows = (word & ~run).nonzeroBitCount
        return lows % 2 == 0 ? 1 : -1
    }

    /// The generators, `E=ABC` for each factor that is not basic.
    public var generators: [String] {
        let letters = Factor.letterNames
        return words.indices.dropFirst(basicCount).map { index in
            "\(letters[index])="
                + String(
                    (0..<basicCount).filter { words[index] >> $0 & 1 == 1 }
                        .map { letters[$0] })
        }
    }

    /// The number of words of each length in the defining relation, from length 0.
    ///
    /// By the MacWilliams identity, from the distribution of the numbers of high levels over the
    /// runs, so that it costs runs times factors and not 2 to the number of generators.
    public var wordLengthPattern: [Int] {
        FractionalFactorial.pattern(words, basicCount)
    }

    static func pattern(_ words: [Int], _ basicCount: Int) -> [Int] {
        let k = words.count
        let runs = 1 << basicCount
        var distribution = [Int](repeating: 0, count: k + 1)
        for run in 0..<runs {
            var weight = 0
            for word in words { weight += (word & run).nonzeroBitCount & 1 }
            distribution[weight] += 1
        }
        var pattern = [Int](repeating: 0, count: k + 1)
        for j in 0...k where distribution[j] > 0 {
            // Coefficients of (1 - z)^j (1 + z)^(k - j): the Krawtchouk polynomials at j.
            var coefficients = [1]
            for step in 0..<k {
                let sign = step < j ? -1 : 1
                var next = coefficients + [0]
                for index in coefficients.indices { next[index + 1] += sign * coefficients[index] }
                coefficients = next
            }
            for i in 0...k { pattern[i] += distribution[j] * coefficients[i] }
        }
        return pattern.map { $0 / runs }
    }

    /// The length of the shortest word; nil for a full factorial.
    public var resolution: Int? {
        let pattern = wordLengthPattern
        return pattern.indices.dropFirst().first { pattern[$0] > 0 }
    }

    private var roman: String {
        let names = ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X"]
        guard let resolution else { return "full" }
        return names.indices.contains(resolution) ? names[resolution] : "\(resolution)"
    }

    /// Two-factor interactions aliased with no main effect and no other two-factor interaction.
    public var clearInteractions: [String] {
        var count: [Int: Int] = [:]
        for word in words { count[word, default: 0] += 1 }
        var pairs: [(String, Int)] = []
        for i in words.indices {
            for j in words.indices where j > i {
                let word = words[i] ^ words[j]
                count[word, default: 0] += 1
                pairs.append(("\(Factor.letterNames[i])\(Factor.letterNames[j])", word))
            }
        }
        return pairs.filter { count[$0.1] == 1 && $0.1 != 0 }.map(\.0)
    }

    /// The groups of effects that cannot be told apart, up to an order of interaction: each
    /// group from the lowest order on, `A=BCE=DEF`.
    public func aliases(upTo order: Int = 3) -> [String] {
        var groups: [Int: [String]] = [:]
        let letters = Factor.letterNames
        func visit(_ first: Int, _ name: String, _ word: Int, _ left: Int) {
            if !name.isEmpty { groups[word, default: []].append(name) }
            guard left > 0 else { return }
            for index in first..<max(first, words.count) {
                visit(index + 1, name + String(letters[index]), word ^ words[index], left - 1)
            }
        }
        visit(0, "", 0, min(order, words.count))
        return groups.filter { $0.key != 0 && $0.value.count > 1 }
            .map { $0.value.sorted { ($0.count, $0) < ($1.count, $1) } }
            .sorted { ($0[0].count, $0[0]) < ($1[0].count, $1[0]) }
            .map { $0.joined(separator: "=") }
    }

    /// The design of least aberration found for so many factors in so many runs: the fewest
    /// short words, shortest first (A. Fries & W. G. Hunter, Technometrics 22 (1980) 601).
    ///
    /// Columns are exchanged from several seeded starts until nothing improves; for 16 and 32
    /// runs this finds the designs of the published catalogue.
    public static func minimumAberration(
        factors: Int, runs: Int, starts: Int = 40
    ) throws(AnalysisError) -> FractionalFactorial {
        guard runs >= 4, runs <= 512, runs.nonzeroBitCount == 1 else {
            throw .outOfRange(
                what: "the number of runs", value: Double(runs),
                limits: "a power of 2 between 4 and 512")
        }
        let basic = runs.trailingZeroBitCount
        guard factors < runs, factors >= basic else {
            throw .outOfRange(
                what: "the number of factors", value: Double(factors),
                limits: "between \(basic) and \(runs - 1) in \(runs) runs")
        }
        let base = (0..<basic).map { 1 << $0 }
        let others = (1..<runs).filter { $0.nonzeroBitCount > 1 }
        let added = factors - basic
        guard added > 0 else { return try FractionalFactorial(basic, base) }
        var generator = RandomSource(seed: 1)
        var best: (pattern: [Int], words: [Int])?
        // Words of odd length alone give no word of odd length in the defining relation, and so
        // resolution IV where there is room for them: every other start stays among them.
        let odd = others.filter { $0.nonzeroBitCount % 2 == 1 }
        for start in 0..<max(2, starts) {
            let others = start % 2 == 0 && odd.count >= added ? odd : others
            var pool = others
            for place in pool.indices.dropFirst().reversed() {
                pool.swapAt(place, generator.integer(below: place + 1))
            }
            var chosen = Array(pool.prefix(added))
            var pattern = pattern(base + chosen, basic)
            var improved = true
            while improved {
                improved = false
                for place in chosen.indices {
                    for candidate in others where !chosen.contains(candidate) {
                        var trial = chosen
                        trial[place] = candidate
                        let next = FractionalFactorial.pattern(base + trial, basic)
                        if next.lexicographicallyPrecedes(pattern) {
                            chosen = trial
                            pattern = next
                            improved = true
                        }
                    }
                }
            }
            if best == nil || pattern.lexicographicallyPrecedes(best?.pattern ?? []) {
                best = (pattern, base + chosen.sorted())
            }
        }
        return try FractionalFactorial(basic, best?.words ?? base)
    }
}
