/// A finite field of p^m elements, numbered by their coefficients in base p.
struct FiniteField {
    let order: Int
    private let prime: Int
    private let degree: Int
    private let modulus: [Int]

    /// The field of `order` elements, or nil when it is no power of a prime.
    init?(order: Int) {
        guard order > 1, let prime = (2...order).first(where: { order % $0 == 0 }) else {
            return nil
        }
        var (rest, degree) = (order, 0)
        while rest % prime == 0 {
            rest /= prime
            degree += 1
        }
        guard rest == 1 else { return nil }
        self.order = order
        self.prime = prime
        self.degree = degree
        guard let modulus = FiniteField.irreducible(prime, degree) else { return nil }
        self.modulus = modulus
    }

    func digits(_ element: Int) -> [Int] {
        var rest = element
        return (0..<degree).map { _ in
            defer { rest /= prime }
            return rest % prime
        }
    }

    private func number(_ digits: [Int]) -> Int {
        digits.reversed().reduce(0) { $0 * prime + $1 }
    }

    func difference(_ a: Int, _ b: Int) -> Int {
        number(zip(digits(a), digits(b)).map { ($0 - $1 + prime) % prime })
    }

    func product(_ a: Int, _ b: Int) -> Int {
        let (x, y) = (digits(a), digits(b))
        var raw = [Int](repeating: 0, count: 2 * degree)
        for i in 0..<degree {
            for j in 0..<degree { raw[i + j] = (raw[i + j] + x[i] * y[j]) % prime }
        }
        for place in (degree..<2 * degree).reversed() where raw[place] != 0 {
            let factor = raw[place]
            for i in 0...degree {
                let target = place - degree + i
                raw[target] = (raw[target] + (prime - factor) * modulus[i]) % prime
            }
        }
        return number(Array(raw.prefix(degree)))
    }

    /// 1 for squares, -1 for the others, 0 for 0.
    var characters: [Int] {
        var result = [Int](repeating: -1, count: order)
        result[0] = 0
        for element in 1..<order { result[product(element, element)] = 1 }
        return result
    }

    /// A monic polynomial of the degree without factors, lowest coefficient first.
    private static func irreducible(_ prime: Int, _ degree: Int) -> [Int]? {
        if degree == 1 { return [0, 1] }
        var count = 1
        for _ in 0..<degree { count *= prime }
        func polynomial(_ number: Int, _ size: Int) -> [Int] {
            var rest = number
            return (0..<size).map { _ in
                defer { rest /= prime }
                return rest % prime
            }
        }
        for number in 1..<count {
            let candidate = polynomial(number, degree) + [1]
            var reducible = false
            var divisors = prime
            for size in 1...(degree / 2) {
                for divisor in 0..<divisors {
                    let d = polynomial(divisor, size) + [1]
                    var rest = candidate
                    for place in (size...degree).reversed() where rest[place] != 0 {
                        let factor = rest[place]
                        for i in 0...size {
                            let target = place - size + i
                            rest[target] = (rest[target] + (prime - factor) * d[i]) % prime
                        }
                    }
                    if rest.allSatisfy({ $0 == 0 }) { reducible = true }
                }
                divisors *= prime
            }
            if !reducible { return candidate }
        }
        return nil
    }
}

/// Matrices of +1, -1 (and 0 on the diagonal) with orthogonal columns.
enum HadamardMatrices {
    /// The matrix of quadratic characters of differences (R. E. A. C. Paley 1933).
    private static func paley(_ order: Int) -> [[Int]]? {
        guard let field = FiniteField(order: order) else { return nil }
        let characters = field.characters
        return (0..<order).map { row in
            (0..<order).map { characters[field.difference(row, $0)] }
        }
    }

    /// A conference matrix of the order: C'C = (n - 1) I with zeros on the diagonal, symmetric
    /// for n = 2 (mod 4) and skew for n = 0 (mod 4); nil when no construction here gives one.
    static func conference(_ order: Int) -> [[Int]]? {
        if order == 2 { return [[0, 1], [1, 0]] }
        guard order > 2, order % 2 == 0 else { return nil }
        if let core = paley(order - 1) {
            let sign = order % 4 == 0 ? -1 : 1
            return [[0] + [Int](repeating: 1, count: order - 1)]
                + core.map { [sign] + $0 }
        }
        // A skew conference matrix of half the order doubles.
        guard order % 8 == 0, let half = conference(order / 2) else { return nil }
        let n = order / 2
        var result = [[Int]](repeating: [Int](repeating: 0, count: order), count: order)
        for i in 0..<n {
            for j in 0..<n {
                let unit = i == j ? 1 : 0
                result[i][j] = half[i][j]
                result[i][n + j] = half[i][j] + unit
                result[n + i][j] = half[i][j] - unit
                result[n + i][n + j] = -half[i][j]
            }
        }
        return result
    }

    /// A Hadamard matrix of the order with a first column of +1, or nil.
    static func hadamard(_ order: Int) -> [[Int]]? {
        guard order > 0, order <= 512 else { return nil }
        if order == 1 { return [[1]] }
        if order == 2 { return [[1, 1], [1, -1]] }
        guard order % 4 == 0 else { return nil }
        if order.nonzeroBitCount > 1, FiniteField(order: order - 1) != nil,
            let skew = conference(order)
        {
            return normalised(
                skew.enumerated().map { row, values in
                    values.enumerated().map { $0 == row ? 1 : $1 }
                })
        }
        if order.nonzeroBitCount > 1, order / 2 % 4 == 2, let core = conference(order / 2) {
            // Paley's second construction from a symmetric conference matrix.
            var result: [[Int]] = []
            for (row, values) in core.enumerated() {
                result.append(values.enumerated().flatMap { $0 == row ? [1, -1] : [$1, $1] })
                result.append(values.enumerated().flatMap { $0 == row ? [-1, -1] : [$1, -$1] })
            }
            return normalised(result)
        }
        return hadamard(order / 2).map { half in
            half.map { $0 + $0 } + half.map { $0 + $0.map { -$0 } }
        }
    }

    private static func normalised(_ matrix: [[Int]]) -> [[Int]] {
        matrix.map { row in row.first == -1 ? row.map { -$0 } : row }
    }
}
