import Foundation
import Testing

@testable import Statistics

/// NIST Statistical Reference Datasets, nonlinear regression: from both starting points.
struct NonlinearReferenceTests {
    @Test(arguments: ReferenceCase.names("nist-nonlinear"), ["start1", "start2"])
    func certifiedNonlinearRegression(_ name: String, _ start: String) throws {
        let reference = try ReferenceCase("nist-nonlinear", name)
        let parameters = reference.expected["parameters"].list
        let model = try FormulaModel(
            text: reference.inputs["model"].string ?? "", parameters: parameters.count,
            data: reference.data)
        let solution = LevenbergMarquardt().minimise(
            model, from: reference.inputs[start].numbers)
        #expect(solution.converged)
        for (index, parameter) in parameters.enumerated() {
            expectDigits(
                solution.parameters[index], try #require(parameter["value"].number), 6,
                "\(start) parameter \(index + 1) after \(solution.evaluations) evaluations")
        }
        if name == "Lanczos1" {
            // Residuals at the thirteenth digit of the data are rounding.
            #expect(solution.sumOfSquares < 1e-20)
            return
        }
        let certified = try #require(reference.expected["residual_sum_of_squares"].number)
        expectDigits(solution.sumOfSquares, certified, 6, "residual sum of squares")
        let errors = standardErrors(model, solution)
        for (index, parameter) in parameters.enumerated() {
            expectDigits(
                errors[index], try #require(parameter["sd"].number), 6, "SD \(index + 1)")
        }
    }

    private func standardErrors(
        _ model: FormulaModel, _ solution: LevenbergMarquardt.Solution
    ) -> [Double] {
        var jacobian = Matrix(rows: model.residualCount, columns: model.parameterCount)
        var parameters = solution.parameters
        parameters.withUnsafeMutableBufferPointer { x in
            jacobian.elements.withUnsafeMutableBufferPointer { model.jacobian(at: x, into: $0) }
        }
        let inverse = HouseholderQR(jacobian).inverseCrossProduct()
        let variance =
            solution.sumOfSquares / Double(model.residualCount - model.parameterCount)
        return (0..<model.parameterCount).map { (variance * inverse[$0, $0]).squareRoot() }
    }
}
