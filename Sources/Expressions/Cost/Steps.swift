/// A number of evaluation steps, bytes or elements, or no bound at all; arithmetic never overflows.
struct Steps: Hashable, Comparable, ExpressibleByIntegerLiteral {
    private let number: UInt64

    static let unbounded = Steps(number: .max)

    private init(number: UInt64) {
        self.number = number
    }

    init(integerLiteral value: UInt32) {
        number = UInt64(value)
    }

    init(_ count: Int) {
        number = UInt64(max(count, 0))
    }

    /// Nil stands for no bound.
    init(bound: Int?) {
        self = bound.map { Steps($0) } ?? .unbounded
    }

    /// Nil when there is no bound, or one beyond all counting.
    var bound: Int? { number > 1 << 60 ? nil : Int(number) }

    static func < (left: Steps, right: Steps) -> Bool { left.number < right.number }

    static func + (left: Steps, right: Steps) -> Steps {
        let (sum, overflow) = left.number.addingReportingOverflow(right.number)
        return overflow ? .unbounded : Steps(number: sum)
    }

    static func += (left: inout Steps, right: Steps) { left = left + right }

    static func * (left: Steps, right: Steps) -> Steps {
        let (product, overflow) = left.number.multipliedReportingOverflow(by: right.number)
        return overflow ? .unbounded : Steps(number: product)
    }

    /// Cut, as the evaluator charges.
    static func / (left: Steps, right: UInt64) -> Steps {
        left == .unbounded ? left : Steps(number: left.number / right)
    }

    /// To the base of two, rounded up: how often it can be halved.
    var logarithm: Steps { self == .unbounded ? self : Steps(64 - number.leadingZeroBitCount) }
}
