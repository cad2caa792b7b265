/// The signatures of operators.
enum Operators {
    static let table: [BinaryOperator: [FunctionDeclaration]] = [
        .add: [
            pair(.int, .int, .int), pair(.uint, .uint, .uint), pair(.double, .double, .double),
            pair(.string, .string, .string), pair(.bytes, .bytes, .bytes), pair(list, list, list),
            pair(.timestamp, .duration, .timestamp), pair(.duration, .timestamp, .timestamp),
            pair(.duration, .duration, .duration), pair(.money, .money, .money),
        ] + spans + movements,
        .subtract: [
            pair(.int, .int, .int), pair(.uint, .uint, .uint), pair(.double, .double, .double),
            pair(.timestamp, .timestamp, .duration), pair(.timestamp, .duration, .timestamp),
            pair(.duration, .duration, .duration), pair(.date, .date, .span(.civil)), pair(.money, .money, .money),
        ] + spans + movements,
        .multiply: [
            pair(.int, .int, .int), pair(.uint, .uint, .uint), pair(.double, .double, .double),
            pair(.money, .int, .money), pair(.int, .money, .money), pair(.money, .double, .money),
            pair(.double, .money, .money), pair(.span(.civil), .int, .span(.civil)),
            pair(.int, .span(.civil), .span(.civil)), pair(.span(.elapsed), .int, .span(.elapsed)),
            pair(.int, .span(.elapsed), .span(.elapsed)),
        ],
        .divide: [
            pair(.int, .int, .int), pair(.uint, .uint, .uint), pair(.double, .double, .double),
            pair(.money, .int, .money),
        ],
        .remainder: [pair(.int, .int, .int), pair(.uint, .uint, .uint)],
        .less: order, .lessOrEqual: order, .greater: order, .greaterOrEqual: order,
        .at: [pair(.date, .timeOfDay, .timestamp), pair(.timestamp, .timeOfDay, .timestamp)],
    ]

    static let negation: [FunctionDeclaration] = [.int, .double, .duration, .money, .span(.civil), .span(.elapsed)].map
    {
        FunctionDeclaration("-", [$0], $0)
    }

    private static let list = ExpressionType.list(.parameter("A"))

    private static let spans: [FunctionDeclaration] = [
        pair(.span(.civil), .span(.civil), .span(.civil)), pair(.span(.elapsed), .span(.elapsed), .span(.elapsed)),
    ]

    private static let movements: [FunctionDeclaration] = [
        pair(.date, .span(.civil), .date), pair(.timestamp, .span(.civil), .timestamp),
        pair(.timestamp, .span(.elapsed), .timestamp),
    ]

    private static let order: [FunctionDeclaration] =
        [
            .bool, .int, .uint, .double, .string, .bytes, .timestamp, .duration, .date, .timeOfDay, .money,
            .span(.civil),
            .span(.elapsed),
        ].map { (type: ExpressionType) in pair(type, type, .bool) } + [
            pair(.duration, .span(.elapsed), .bool), pair(.span(.elapsed), .duration, .bool),
        ]

    private static func pair(
        _ left: ExpressionType, _ right: ExpressionType, _ result: ExpressionType
    ) -> FunctionDeclaration {
        FunctionDeclaration("", [left, right], result)
    }

    /// What to write instead, for pairs that people try.
    static func hint(_ symbol: BinaryOperator, _ left: ExpressionType, _ right: ExpressionType) -> String? {
        switch (symbol, left, right) {
        case (.add, .date, .span(.elapsed)), (.subtract, .date, .span(.elapsed)):
            "Hours and minutes move a moment, not a date: write `… at 09:00 \(symbol.rawValue) …`."
        case (.add, .date, .int), (.subtract, .date, .int), (.add, .timestamp, .int), (.subtract, .timestamp, .int):
            "Say what is counted, as in `3 days`."
        case (.add, .span, .date), (.add, .span, .timestamp): "The span of time stands second."
        case (.subtract, .timestamp, .date), (.subtract, .date, .timestamp):
            "Take two dates, as in `date(…)`, or two moments, as in `… at 09:00`."
        case (_, .date, .timestamp), (_, .timestamp, .date):
            "Compare two dates, as in `date(…)` or `today`, or two moments, as in `… at 09:00`."
        case (_, .duration, .span(.civil)), (_, .span(.civil), .duration): "Count hours, as in `48 hours`."
        case (.add, .string, .int), (.add, .string, .double), (.add, .string, .date), (.add, .string, .timestamp),
            (.add, .string, .money), (.add, .int, .string), (.add, .double, .string), (.add, .date, .string):
            "Write `string(…)` around what is not text."
        case (_, .int, .double), (_, .double, .int), (_, .uint, .double), (_, .double, .uint):
            "Write `double(…)` around the whole number."
        case (_, .int, .uint), (_, .uint, .int): "Write `int(…)` around the unsigned number."
        case (.divide, .money, .double): "Amounts are divided by whole numbers."
        case (.add, .money, _), (.add, _, .money), (.subtract, .money, _), (.subtract, _, .money):
            "Write the other amount as money too, as in `money(\"10 EUR\")`."
        case (_, .money, .int) where symbol.isComparison, (_, .money, .double) where symbol.isComparison,
            (_, .money, .string) where symbol.isComparison:
            "An amount of money is written `money(\"10 EUR\")`."
        case (_, .date, .int) where symbol.isComparison, (_, .date, .string) where symbol.isComparison:
            "A date is written `date(\"2026-11-21\")`."
        case (_, .timeOfDay, .int) where symbol.isComparison, (_, .timeOfDay, .string) where symbol.isComparison:
            "A time of day is written `time(\"09:00\")`."
        default: nil
        }
    }
}

extension BinaryOperator {
    fileprivate var isComparison: Bool {
        switch self {
        case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual: true
        default: false
        }
    }
}
