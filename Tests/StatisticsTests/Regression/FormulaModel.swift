import Foundation

@testable import Statistics

/// A model written as in the NIST files, `y = b1*(1-exp[-b2*x]) + e`, with exact derivatives by
/// forward differentiation of the parsed formula.
struct FormulaModel: LeastSquaresProblem {
    let parameterCount: Int
    let residualCount: Int
    private let formula: Formula
    private let response: [Double]
    private let variables: [[String: Double]]

    /// - Parameter text: the formula, which may be preceded by a description.
    init(text: String, parameters: Int, data: Node) throws {
        let names = data.keys.filter { $0 != "y" }
        let columns = names.map { data[$0].numbers }
        let y = data["y"].numbers
        variables = y.indices.map { row in
            Dictionary(uniqueKeysWithValues: zip(names, columns.map { $0[row] }))
        }
        let logarithmic = text.contains("log[y]")
        response = logarithmic ? y.map { log($0) } : y
        guard
            let equation = text.range(of: logarithmic ? "log[y]" : "y ", options: .backwards)
                ?? text.range(of: "y=", options: .backwards),
            let equals = text[equation.lowerBound...].firstIndex(of: "=")
        else { throw Unparsed(text) }
        var right = String(text[text.index(after: equals)...])
            .trimmingCharacters(in: .whitespacesAndNewlines)
        guard right.hasSuffix("e") else { throw Unparsed(right) }
        right = String(right.dropLast()).trimmingCharacters(in: .whitespaces)
        guard right.hasSuffix("+") else { throw Unparsed(right) }
        var parser = FormulaParser(String(right.dropLast()))
        formula = try parser.parse()
        parameterCount = parameters
        residualCount = y.count
    }

    func residuals(
        at parameters: UnsafeMutableBufferPointer<Double>,
        into residuals: UnsafeMutableBufferPointer<Double>
    ) {
        let values = Array(parameters)
        for row in 0..<residualCount {
            residuals[row] = formula.value(values, variables[row]).value - response[row]
        }
    }

    func jacobian(
        at parameters: UnsafeMutableBufferPointer<Double>,
        into jacobian: UnsafeMutableBufferPointer<Double>
    ) {
        let values = Array(parameters)
        for row in 0..<residualCount {
            let gradient = formula.value(values, variables[row]).gradient
            for column in 0..<parameterCount {
                jacobian[column * residualCount + row] = gradient[column]
            }
        }
    }
}

struct Unparsed: Error {
    let text: String
    init(_ text: String) { self.text = text }
}

struct Dual {
    var value: Double
    var gradient: [Double]

    func map(_ value: Double, _ slope: Double) -> Dual {
        Dual(value: value, gradient: gradient.map { $0 * slope })
    }
    func with(_ other: Dual, _ value: Double, _ a: Double, _ b: Double) -> Dual {
        Dual(value: value, gradient: zip(gradient, other.gradient).map { a * $0 + b * $1 })
    }
}

indirect enum Formula {
    case constant(Double)
    case parameter(Int)
    case variable(String)
    case function(String, Formula)
    case binary(Character, Formula, Formula)
    case power(Formula, Formula)

    func value(_ parameters: [Double], _ variables: [String: Double]) -> Dual {
        let zero = [Double](repeating: 0, count: parameters.count)
        switch self {
        case .constant(let value): return Dual(value: value, gradient: zero)
        case .variable(let name): return Dual(value: variables[name] ?? .nan, gradient: zero)
        case .parameter(let index):
            var gradient = zero
            gradient[index] = 1
            return Dual(value: parameters[index], gradient: gradient)
        case .function(let name, let argument):
            let x = argument.value(parameters, variables)
            switch name {
            case "exp": return x.map(exp(x.value), exp(x.value))
            case "log": return x.map(log(x.value), 1 / x.value)
            case "cos": return x.map(cos(x.value), -sin(x.value))
            case "sin": return x.map(sin(x.value), cos(x.value))
            case "arctan", "atan": return x.map(atan(x.value), 1 / (1 + x.value * x.value))
            default: return x.map(.nan, .nan)
            }
        case .binary(let sign, let left, let right):
            let a = left.value(parameters, variables)
            let b = right.value(parameters, variables)
            switch sign {
            case "+": return a.with(b, a.value + b.value, 1, 1)
            case "-": return a.with(b, a.value - b.value, 1, -1)
            case "*": return a.with(b, a.value * b.value, b.value, a.value)
            default:
                return a.with(
                    b, a.value / b.value, 1 / b.value, -a.value / (b.value * b.value))
            }
        case .power(let base, let exponent):
            let a = base.value(parameters, variables)
            let b = exponent.value(parameters, variables)
            let value = pow(a.value, b.value)
            if case .constant(let n) = exponent { return a.map(value, n * pow(a.value, n - 1)) }
            let inner = a.value == 0 ? 0 : b.value * pow(a.value, b.value - 1)
            return a.with(b, value, inner, a.value > 0 ? value * log(a.value) : 0)
        }
    }
}

/// Reads sums, products, powers (`**`), functions and both kinds of brackets.
struct FormulaParser {
    private var text: [Character]
    private var place = 0

    init(_ text: String) {
        self.text = text.filter { !$0.isWhitespace }
            .map { $0 == "[" ? "(" : $0 == "]" ? ")" : $0 }
    }

    mutating func parse() throws -> Formula {
        let result = try sum()
        guard place == text.count else { throw Unparsed(String(text[place...])) }
        return result
    }

    private var next: Character? { place < text.count ? text[place] : nil }

    private mutating func sum() throws -> Formula {
        var left: Formula
        if next == "-" {
            place += 1
            left = .binary("-", .constant(0), try product())
        } else {
            left = try product()
        }
        while let sign = next, sign == "+" || sign == "-" {
            place += 1
            left = .binary(sign, left, try product())
        }
        return left
    }

    private mutating func product() throws -> Formula {
        var left = try power()
        while let sign = next, sign == "*" || sign == "/" {
            place += 1
            left = .binary(sign, left, try power())
        }
        return left
    }

    private mutating func power() throws -> Formula {
        let base = try atom()
        guard next == "*", place + 1 < text.count, text[place + 1] == "*" else { return base }
        place += 2
        if next == "-" {
            place += 1
            if case .constant(let value) = try power() { return .power(base, .constant(-value)) }
            throw Unparsed("power")
        }
        let exponent = try power()
        if case .binary("-", .constant(0), .constant(let value)) = exponent {
            return .power(base, .constant(-value))
        }
        return .power(base, exponent)
    }

    private mutating func atom() throws -> Formula {
        guard let first = next else { throw Unparsed("end") }
        if first == "(" {
            place += 1
            let inner = try sum()
            guard next == ")" else { throw Unparsed("missing bracket") }
            place += 1
            return inner
        }
        if first.isNumber || first == "." {
            var digits = ""
            while let character = next, character.isNumber || character == "." {
                digits.append(character)
                place += 1
            }
            guard let value = Double(digits) else { throw Unparsed(digits) }
            return .constant(value)
        }
        var name = ""
        while let character = next, character.isLetter || character.isNumber {
            name.append(character)
            place += 1
        }
        if next == "(" {
            place += 1
            let inner = try sum()
            guard next == ")" else { throw Unparsed("missing bracket") }
            place += 1
            return .function(name, inner)
        }
        if name == "pi" { return .constant(.pi) }
        if name.hasPrefix("b"), let number = Int(name.dropFirst()) { return .parameter(number - 1) }
        guard name.hasPrefix("x") else { throw Unparsed(name) }
        return .variable(name)
    }
}
