import Foundation

extension LevenbergMarquardt {
    /// The memory of one search, taken once and given back at its end.
    struct Workspace {
        let n: Int
        let m: Int
        private let base: UnsafeMutableBufferPointer<Double>
        private let pivots: UnsafeMutableBufferPointer<Int>
        let x, trial, p, scale, columnLength: UnsafeMutableBufferPointer<Double>
        let f, trialResiduals, jacobian: UnsafeMutableBufferPointer<Double>
        private let qtf, diagonal, remaining, rotated, work, s: UnsafeMutableBufferPointer<Double>
        private let sDiagonal: UnsafeMutableBufferPointer<Double>

        init(parameters n: Int, residuals m: Int) {
            self.n = n
            self.m = m
            let memory = UnsafeMutableBufferPointer<Double>.allocate(
                capacity: 11 * n + n * n + 3 * m + m * n)
            memory.initialize(repeating: 0)
            base = memory
            pivots = .allocate(capacity: n)
            pivots.initialize(repeating: 0)
            var next = 0
            func take(_ count: Int) -> UnsafeMutableBufferPointer<Double> {
                defer { next += count }
                return UnsafeMutableBufferPointer(rebasing: memory[next..<next + count])
            }
            x = take(n)
            trial = take(n)
            p = take(n)
            scale = take(n)
            columnLength = take(n)
            diagonal = take(n)
            remaining = take(n)
            rotated = take(n)
            work = take(n)
            sDiagonal = take(n)
            s = take(n * n)
            f = take(m)
            trialResiduals = take(m)
            qtf = take(m)
            jacobian = take(m * n)
        }

        func deallocate() {
            base.deallocate()
            pivots.deallocate()
        }

        /// QR of the Jacobian with column pivoting, in place, and Q'f.
        func factorise() {
            let a = jacobian
            for j in 0..<n {
                var squares = 0.0
                for i in 0..<m { squares += a[j * m + i] * a[j * m + i] }
                columnLength[j] = squares.squareRoot()
                remaining[j] = columnLength[j]
                pivots[j] = j
            }
            for i in 0..<m { qtf[i] = f[i] }
            for j in 0..<n {
                var best = j
                for k in j..<n where remaining[k] > remaining[best] { best = k }
                if best != j {
                    for i in 0..<m { swapElements(a, j * m + i, best * m + i) }
                    remaining[best] = remaining[j]
                    let pivot = pivots[j]
                    pivots[j] = pivots[best]
                    pivots[best] = pivot
                }
                let start = j * m
                var squares = 0.0
                for i in j..<m { squares += a[start + i] * a[start + i] }
                var norm = squares.squareRoot()
                if norm == 0 {
                    diagonal[j] = 0
                    continue
                }
                if a[start + j] < 0 { norm = -norm }
                for i in j..<m { a[start + i] /= norm }
                a[start + j] += 1
                let head = a[start + j]
                for k in (j + 1)..<max(j + 1, n) {
                    var sum = 0.0
                    for i in j..<m { sum += a[start + i] * a[k * m + i] }
                    sum /= head
                    for i in j..<m { a[k * m + i] -= sum * a[start + i] }
                    var left = 0.0
                    for i in (j + 1)..<max(j + 1, m) { left += a[k * m + i] * a[k * m + i] }
                    remaining[k] = left.squareRoot()
                }
                var sum = 0.0
                for i in j..<m { sum += a[start + i] * qtf[i] }
                sum /= head
                for i in j..<m { qtf[i] -= sum * a[start + i] }
                diagonal[j] = -norm
                a[start + j] = -norm
            }
        }

        /// The largest cosine between f and a column of J.
        func gradientCosine(_ norm: Double) -> Double {
            var largest = 0.0
            for j in 0..<n where columnLength[pivots[j]] > 0 {
                var sum = 0.0
                for i in 0...j { sum += jacobian[j * m + i] * qtf[i] }
                largest = max(largest, abs(sum / norm / columnLength[pivots[j]]))
            }
            return largest
        }

        /// |J p|, from the factors.
        func linearDecrease() -> Double {
            var squares = 0.0
            for j in 0..<n { work[j] = 0 }
            for j in 0..<n {
                let value = p[pivots[j]]
                for i in 0...j { work[i] += jacobian[j * m + i] * value }
            }
            for j in 0..<n { squares += work[j] * work[j] }
            return squares.squareRoot()
        }

        /// Finds the damping whose step has the scaled length `radius` within a tenth, writes
        /// the step into `p` and returns the damping; 0 when the Gauss-Newton step is short
        /// enough.
        func step(radius: Double, damping start: Double) -> Double {
            let a = jacobian
            var rank = n
            for j in 0..<n {
                work[j] = qtf[j]
                if a[j * m + j] == 0 && rank == n { rank = j }
                if rank < n { work[j] = 0 }
            }
            for j in (0..<rank).reversed() {
                work[j] /= a[j * m + j]
                let value = work[j]
                for i in 0..<j { work[i] -= a[j * m + i] * value }
            }
            for j in 0..<n { p[pivots[j]] = work[j] }
            var scaledLength = lengthOfScaledStep()
            var excess = scaledLength - radius
            if excess <= 0.1 * radius {
                negateStep()
                return 0
            }
            var lower = 0.0
            if rank == n {
                for j in 0..<n {
                    let l = pivots[j]
                    work[j] = scale[l] * (scale[l] * p[l] / scaledLength)
                }
                lower = excess / radius / solvedTransposedSquare(a, m, useS: false)
            }
            var gradient = 0.0
            for j in 0..<n {
                var sum = 0.0
                for i in 0...j { sum += a[j * m + i] * qtf[i] }
                let value = sum / scale[pivots[j]]
                gradient += value * value
            }
            gradient = gradient.squareRoot()
            var upper = gradient / radius
            if upper == 0 { upper = .leastNormalMagnitude / min(radius, 0.1) }
            var damping = min(max(start, lower), upper)
            if damping == 0 { damping = gradient / scaledLength }
            for iteration in 1...10 {
                if damping == 0 { damping = max(.leastNormalMagnitude, 0.001 * upper) }
                solveDamped(damping.squareRoot())
                scaledLength = lengthOfScaledStep()
                let previous = excess
                excess = scaledLength - radius
                if abs(excess) <= 0.1 * radius
                    || (lower == 0 && excess <= previous && previous < 0) || iteration == 10
                {
                    break
                }
                for j in 0..<n {
                    let l = pivots[j]
                    work[j] = scale[l] * (scale[l] * p[l] / scaledLength)
                }
                let correction = excess / radius / solvedTransposedSquare(s, n, useS: true)
                if excess > 0 { lower = max(lower, damping) }
                if excess < 0 { upper = min(upper, damping) }
                damping = max(lower, damping + correction)
            }
            negateStep()
            return damping
        }

        private func negateStep() {
            for j in 0..<n { p[j] = -p[j] }
        }

        private func lengthOfScaledStep() -> Double {
            var squares = 0.0
            for j in 0..<n { squares += (scale[j] * p[j]) * (scale[j] * p[j]) }
            return squares.squareRoot()
        }

        /// |U'^-1 work|^2 for the upper triangle U in `t`.
        private func solvedTransposedSquare(
            _ t: UnsafeMutableBufferPointer<Double>, _ stride: Int, useS: Bool
        ) -> Double {
            var squares = 0.0
            for j in 0..<n {
                var sum = work[j]
                for i in 0..<j { sum -= t[j * stride + i] * work[i] }
                work[j] = sum / (useS ? sDiagonal[j] : t[j * stride + j])
                squares += work[j] * work[j]
            }
            return squares
        }

        /// The step of [R; sqrt(damping) D] p = [Q'f; 0] by Givens rotations; the rotated
        /// triangle stays in `s`.
        private func solveDamped(_ root: Double) {
            for j in 0..<n {
                for i in 0...j { s[j * n + i] = jacobian[j * m + i] }
                work[j] = qtf[j]
            }
            for j in 0..<n {
                let weight = root * scale[pivots[j]]
                for k in j..<n { rotated[k] = 0 }
                rotated[j] = weight
                var carried = 0.0
                if weight != 0 {
                    for k in j..<n where rotated[k] != 0 {
                        let head = s[k * n + k]
                        let hypotenuse = (head * head + rotated[k] * rotated[k]).squareRoot()
                        let (cosine, sine) = (head / hypotenuse, rotated[k] / hypotenuse)
                        s[k * n + k] = hypotenuse
                        let value = cosine * work[k] + sine * carried
                        carried = -sine * work[k] + cosine * carried
                        work[k] = value
                        for i in (k + 1)..<max(k + 1, n) {
                            let element = s[i * n + k]
                            s[i * n + k] = cosine * element + sine * rotated[i]
                            rotated[i] = -sine * element + cosine * rotated[i]
                        }
                    }
                }
            }
            var singular = n
            for j in 0..<n {
                sDiagonal[j] = s[j * n + j]
                if sDiagonal[j] == 0 && singular == n { singular = j }
                if singular < n { work[j] = 0 }
            }
            for j in (0..<singular).reversed() {
                var sum = work[j]
                for i in (j + 1)..<max(j + 1, singular) { sum -= s[i * n + j] * work[i] }
                work[j] = sum / sDiagonal[j]
            }
            for j in 0..<n { p[pivots[j]] = work[j] }
        }

        private func swapElements(
            _ a: UnsafeMutableBufferPointer<Double>, _ i: Int, _ k: Int
        ) {
            let value = a[i]
            a[i] = a[k]
            a[k] = value
        }
    }
}
