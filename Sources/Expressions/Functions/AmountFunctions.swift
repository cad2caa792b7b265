extension StandardFunctions {
    /// Sums, the least and the greatest, and rounding, over numbers, amounts of money, dates and times.
    static let amountFunctions: [StandardFunction] = [
        StandardFunction(
            summed.flatMap {
                [FunctionDeclaration("sum", [.list($0)], $0), FunctionDeclaration("sum", [.list($0), $0], $0)]
            }
        ) { (run: inout Evaluation, arguments: [Value]) throws(EvaluationError) -> Value in
            guard case .list(let elements) = arguments[0] else { throw .type("`sum` adds the elements of a list.") }
            return try run.sum(of: elements, from: arguments.count > 1 ? arguments[1] : nil)
        },
        extreme("min", .less),
        extreme("max", .greater),
        StandardFunction([
            FunctionDeclaration("round", [.double], .int), FunctionDeclaration("round", [.double, .int], .double),
            FunctionDeclaration("round", [.money], .money), FunctionDeclaration("round", [.money, .int], .money),
        ]) { (_: inout Evaluation, arguments: [Value]) throws(EvaluationError) -> Value in
            let places = try places(arguments)
            switch arguments[0] {
            case .double(let number) where arguments.count == 1:
                let rounded = number.rounded()
                guard rounded > -0x1p63, rounded < 0x1p63 else { throw .overflow("The number becomes too large.") }
                return .int(Int64(rounded))
            case .double(let number): return .double(number.rounded(toPlaces: places))
            case .money(let amount):
                guard let rounded = amount.rounded(toPlaces: places) else {
                    throw .overflow("The amount becomes too large.")
                }
                return .money(rounded)
            default: throw .type("`round` is for numbers and amounts of money.")
            }
        },
    ]

    /// What can be added up.
    private static let summed: [ExpressionType] = [
        .int, .uint, .double, .money, .duration, .span(.civil), .span(.elapsed),
    ]

    /// What has an order.
    static let ordered: [ExpressionType] =
        summed + [.string, .date, .timestamp, .timeOfDay]

    /// What the checker adds to `sum(list)`, so that the sum of no numbers is zero. Nil for money, which has no zero
    /// without a currency, and for what is known only at run time.
    static func zero(of type: ExpressionType) -> Value? {
        switch type {
        case .int: .int(0)
        case .uint: .uint(0)
        case .double: .double(0)
        case .duration: .duration(.zero)
        case .span(.civil): .span(Span(amount: 0, unit: .days))
        case .span(.elapsed): .span(Span(amount: 0, unit: .minutes))
        default: nil
        }
    }

    private static func extreme(_ name: String, _ sought: Evaluation.Order) -> StandardFunction {
        StandardFunction(
            ordered.flatMap {
                [FunctionDeclaration(name, [.list($0)], $0), FunctionDeclaration(name, [$0, $0], $0)]
            }
        ) { (run: inout Evaluation, arguments: [Value]) throws(EvaluationError) -> Value in
            var elements = arguments
            if arguments.count == 1 {
                guard case .list(let listed) = arguments[0] else { throw .type("`\(name)` looks into a list.") }
                elements = listed
            }
            guard var best = elements.first else {
                throw EvaluationError(code: "evaluation.empty", message: "`\(name)` of an empty list is nothing.")
            }
            for element in elements.dropFirst() {
                try run.charge(1)
                if try run.order(element, best) == sought { best = element }
            }
            return best
        }
    }

    private static func places(_ arguments: [Value]) throws(EvaluationError) -> Int {
        guard arguments.count > 1 else { return 0 }
        guard case .int(let places) = arguments[1] else { throw .type("Decimals are counted in whole numbers.") }
        guard (0...15).contains(places) else {
            throw EvaluationError(code: "evaluation.range", message: "A number is rounded to 0 to 15 decimals.")
        }
        return Int(places)
    }
}

extension Evaluation {
    /// The elements added up in order, and what stands first before them. Without it an empty list has no sum.
    fileprivate mutating func sum(of elements: [Value], from first: Value?) throws(EvaluationError) -> Value {
        var total = first
        for element in elements {
            try charge(1)
            switch total {
            case nil: total = element
            // Nothing of one unit may stand before any other.
            case .span(let span)? where span.amount == 0: total = element
            case let sum?: total = try binary(.add, sum, element)
            }
        }
        guard let total else {
            throw EvaluationError(
                code: "evaluation.empty",
                message: "The sum of no amounts has no currency; write `sum(list, money(\"0 EUR\"))`.")
        }
        return total
    }
}

extension Double {
    /// Rounded half away from zero, as it is written in decimals: 1.005 to two places is 1.01.
    func rounded(toPlaces places: Int) -> Double {
        guard let decimal = Decimal(self), decimal.exponent < -places else { return self }
        guard let units = decimal.times(1, shiftedBy: places),
            let rounded = Double("\(units)e-\(places)")
        else { return self }
        return rounded
    }
}
