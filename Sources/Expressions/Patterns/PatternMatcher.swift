/// Runs a program over a text, all its threads in step: time is at most the text's length times the program's.
struct PatternMatcher {
    private let program: [Pattern.Instruction]
    /// The instructions that wait for a scalar, each once.
    private var waiting: [Int] = []
    /// The position at which an instruction was last reached, so that none is reached twice there.
    private var reached: [Int]
    /// Where threads go on at the next position.
    private var pending: [Int] = []
    private var isMatch = false

    init(_ pattern: Pattern) {
        program = pattern.program
        reached = Array(repeating: -1, count: pattern.program.count)
    }

    /// Whether the pattern matches some part of the text (RE2's partial match, CEL's `matches`).
    mutating func matches(_ text: String) -> Bool {
        var before: Unicode.Scalar?
        var position = 0
        for scalar in text.unicodeScalars {
            follow(position, before, scalar)
            if isMatch { return true }
            for thread in waiting {
                if case .scalars(let set) = program[thread], set.contains(scalar) { pending.append(thread + 1) }
            }
            waiting.removeAll(keepingCapacity: true)
            position += 1
            before = scalar
        }
        follow(position, before, nil)
        return isMatch
    }

    /// Reaches what needs no scalar, from the pending threads first and then from the start.
    private mutating func follow(_ position: Int, _ before: Unicode.Scalar?, _ after: Unicode.Scalar?) {
        var stack = [0] + pending.reversed()
        pending.removeAll(keepingCapacity: true)
        while let index = stack.popLast() {
            guard reached[index] != position else { continue }
            reached[index] = position
            switch program[index] {
            case .scalars: waiting.append(index)
            case .jump(let target): stack.append(target)
            case .split(let first, let second):
                stack.append(second)
                stack.append(first)
            case .assert(let assertion):
                if Self.holds(assertion, before, after) { stack.append(index + 1) }
            case .match: isMatch = true
            }
        }
    }

    private static func holds(
        _ assertion: Pattern.Assertion, _ before: Unicode.Scalar?, _ after: Unicode.Scalar?
    ) -> Bool {
        switch assertion {
        case .start: before == nil
        case .end: after == nil
        case .wordBoundary: isWord(before) != isWord(after)
        case .noWordBoundary: isWord(before) == isWord(after)
        }
    }

    private static func isWord(_ scalar: Unicode.Scalar?) -> Bool {
        scalar.map { ScalarSet.words.contains($0) } ?? false
    }
}
