/// A regular expression compiled to a program for `PatternMatcher`: RE2's syntax without captures, flags and Unicode
/// classes.
///
/// Scalars, not characters, are matched; `\d`, `\w`, `\s` and `\b` mean ASCII, `.` everything but a line feed, `^` and
/// `$` the ends of the text. Source: Russ Cox, "Regular Expression Matching: the Virtual Machine Approach" (2009).
struct Pattern: Hashable, Sendable {
    let source: String
    let program: [Instruction]

    /// The longest program; counted repetitions are written out, so they count in full.
    static let maximumSize = 2000

    enum Instruction: Hashable, Sendable {
        case scalars(ScalarSet)
        case assert(Assertion)
        case jump(Int)
        case split(Int, Int)
        case match
    }

    enum Assertion: Hashable, Sendable {
        case start, end, wordBoundary, noWordBoundary
    }

    /// Compiles; throws what is wrong with it.
    init(_ source: String) throws(PatternError) {
        self.source = source
        var parser = PatternParser(source)
        var compiler = PatternCompiler()
        try compiler.add(try parser.parse())
        program = try compiler.finish()
    }

    static func == (left: Pattern, right: Pattern) -> Bool { sameScalars(left.source, right.source) }

    func hash(into hasher: inout Hasher) { hasher.combine(source) }
}

/// What is wrong with a pattern.
struct PatternError: Error, Hashable {
    let message: String
}

/// Scalars by ranges, or all others.
struct ScalarSet: Hashable, Sendable {
    var ranges: [ClosedRange<UInt32>] = []
    var isNegated = false

    func contains(_ scalar: Unicode.Scalar) -> Bool {
        ranges.contains { $0.contains(scalar.value) } != isNegated
    }

    static let digits = ScalarSet(ranges: [0x30...0x39])
    static let words = ScalarSet(ranges: [0x30...0x39, 0x41...0x5A, 0x5F...0x5F, 0x61...0x7A])
    static let spaces = ScalarSet(ranges: [0x09...0x0A, 0x0C...0x0D, 0x20...0x20])
    static let anything = ScalarSet(ranges: [0x0A...0x0A], isNegated: true)

    /// The ranges themselves, without the negation.
    var plainRanges: [ClosedRange<UInt32>] {
        guard isNegated else { return ranges }
        var (plain, next): ([ClosedRange<UInt32>], UInt32) = ([], 0)
        for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if range.lowerBound > next { plain.append(next...range.lowerBound - 1) }
            next = max(next, range.upperBound + 1)
        }
        if next <= 0x10FFFF { plain.append(next...0x10FFFF) }
        return plain
    }
}
