extension Quantity {
    /// The same amount in `target`.
    ///
    /// Exact wherever the quotient of the two units ends within 20 digits; otherwise rounded there,
    /// half to even (`1 min` is `0.016666666666666666667 h`).
    /// - Throws: `incompatible` when the units measure different things.
    public func converted(to target: Unit) throws(QuantityError) -> Quantity {
        if unit.scale == target.scale, unit.isCelsius == target.isCelsius,
            unit.dimension == target.dimension
        {
            return Quantity(value, target)
        }
        guard unit.dimension == target.dimension else {
            throw .incompatible(description, target.description)
        }
        guard let ratio = unit.scale.multiplied(by: target.scale.inverse) else {
            throw .unitTooLarge("\(unit) and \(target)")
        }
        return Quantity(
            try decimal { () throws(DecimalError) in
                var number = unit.isCelsius ? try value + celsiusZero : value
                number = try number * ExactDecimal(Int(ratio.numerator))
                if ratio.denominator != 1 {
                    number = try number.divided(by: ExactDecimal(Int(ratio.denominator)))
                }
                number = try ExactDecimal(
                    significand: number.significand, exponent: number.exponent + ratio.exponent)
                return (target.isCelsius ? try number - celsiusZero : number).plainWhereShort
            }, target)
    }

    /// The number of this amount in `target`, for numerics.
    /// - Throws: `incompatible` when the units measure different things.
    public func doubleValue(in target: Unit) throws(QuantityError) -> Double {
        try converted(to: target).value.doubleValue
    }

    /// The sum, in this quantity's unit. To a temperature in °C only a difference in K is added.
    /// - Throws: `incompatible`, or `absoluteTemperature` for the sum of two Celsius temperatures.
    public func adding(_ other: Quantity) throws(QuantityError) -> Quantity {
        guard !other.unit.isCelsius else { throw .absoluteTemperature(other.description) }
        let step = try other.converted(to: unit.isCelsius ? .kelvin : unit)
        return Quantity(try decimal { () throws(DecimalError) in try value + step.value }, unit)
    }

    /// The difference, in this quantity's unit; in K between two temperatures in °C.
    /// - Throws: `incompatible` when the units measure different things.
    public func subtracting(_ other: Quantity) throws(QuantityError) -> Quantity {
        if unit.isCelsius, other.unit.isCelsius {
            return Quantity(
                try decimal { () throws(DecimalError) in try value - other.value }, .kelvin)
        }
        guard !other.unit.isCelsius else { throw .absoluteTemperature(other.description) }
        let step = try other.converted(to: unit.isCelsius ? .kelvin : unit)
        return Quantity(try decimal { () throws(DecimalError) in try value - step.value }, unit)
    }

    /// The product. Percentages and other ratios are applied: 80 % of 1000 cells are 800 cells.
    /// - Throws: `absoluteTemperature`, `unitTooLarge` or `number`.
    public func multiplied(by other: Quantity) throws(QuantityError) -> Quantity {
        let (left, right) = (try plainRatio, try other.plainRatio)
        let unit = try left.unit.multiplied(by: right.unit)
        return Quantity(
            try decimal { () throws(DecimalError) in
                (try left.value * right.value).plainWhereShort
            }, unit)
    }

    /// The quotient, rounded to 20 digits where it does not end.
    /// - Throws: `absoluteTemperature`, `unitTooLarge`, or `number` for a quotient by zero.
    public func divided(by other: Quantity) throws(QuantityError) -> Quantity {
        let (left, right) = (try plainRatio, try other.plainRatio)
        let unit = try left.unit.divided(by: right.unit)
        return Quantity(
            try decimal { () throws(DecimalError) in
                (try left.value.divided(by: right.value)).plainWhereShort
            }, unit)
    }

    /// Negative, zero or positive as this is less than, the same as or more than `other`; exact,
    /// whatever the units.
    /// - Throws: `incompatible` when the units measure different things.
    public func compare(with other: Quantity) throws(QuantityError) -> Int {
        guard unit.dimension == other.unit.dimension else {
            throw .incompatible(description, other.description)
        }
        if unit == other.unit {
            return value == other.value ? 0 : (value < other.value ? -1 : 1)
        }
        let (left, right) = try decimals { () throws(DecimalError) in
            (
                unit.isCelsius ? try value + celsiusZero : value,
                other.unit.isCelsius ? try other.value + celsiusZero : other.value
            )
        }
        return LongProduct.order(
            (left, unit.scale), (right, other.unit.scale))
    }

    /// Whether this is less than `other`.
    /// - Throws: `incompatible` when the units measure different things.
    public func isLess(than other: Quantity) throws(QuantityError) -> Bool {
        try compare(with: other) < 0
    }

    /// Whether this is the same amount as `other`, in whatever units.
    /// - Throws: `incompatible` when the units measure different things.
    public func isSameAmount(as other: Quantity) throws(QuantityError) -> Bool {
        try compare(with: other) == 0
    }

    /// A percentage as a plain number; anything else as it is.
    private var plainRatio: Quantity {
        get throws(QuantityError) {
            unit.isRatio && unit.scale != .one ? try converted(to: .one) : self
        }
    }
}

private let celsiusZero = ExactDecimal(unchecked: 27315, exponent: -2)

private func decimal(
    _ body: () throws(DecimalError) -> ExactDecimal
) throws(QuantityError) -> ExactDecimal {
    do { return try body() } catch { throw .number(error) }
}

private func decimals(
    _ body: () throws(DecimalError) -> (ExactDecimal, ExactDecimal)
) throws(QuantityError) -> (ExactDecimal, ExactDecimal) {
    do { return try body() } catch { throw .number(error) }
}
