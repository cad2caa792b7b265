/// The structure of a pattern.
indirect enum PatternNode {
    case empty
    case scalars(ScalarSet)
    case assertion(Pattern.Assertion)
    case sequence([PatternNode])
    case alternatives([PatternNode])
    case repetition(PatternNode, least: Int, most: Int?)
}

/// Reads a pattern; nests at most 50 groups.
struct PatternParser {
    private var rest: Substring.UnicodeScalarView
    private var depth = 0

    init(_ source: String) {
        rest = Substring(source).unicodeScalars
    }

    mutating func parse() throws(PatternError) -> PatternNode {
        let node = try alternatives()
        guard rest.isEmpty else { throw PatternError(message: "`)` closes nothing") }
        return node
    }

    private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        guard rest.first == scalar else { return false }
        rest.removeFirst()
        return true
    }

    private mutating func alternatives() throws(PatternError) -> PatternNode {
        var nodes = [try sequence()]
        while take("|") { nodes.append(try sequence()) }
        return nodes.count == 1 ? nodes[0] : .alternatives(nodes)
    }

    private mutating func sequence() throws(PatternError) -> PatternNode {
        var nodes: [PatternNode] = []
        while let next = rest.first, next != "|", next != ")" {
            var node = try atom()
            while let (least, most) = try quantifier() {
                _ = take("?")  // laziness changes what is captured, not whether it matches
                node = .repetition(node, least: least, most: most)
                if let again = rest.first, again == "*" || again == "+" {
                    throw PatternError(message: "`\(again)` repeats a repetition")
                }
            }
            nodes.append(node)
        }
        return .sequence(nodes)
    }

    private mutating func quantifier() throws(PatternError) -> (Int, Int?)? {
        if take("*") { return (0, nil) }
        if take("+") { return (1, nil) }
        if take("?") { return (0, 1) }
        // As in RE2, a brace that starts no count is a plain character.
        guard rest.first == "{", let count = count() else { return nil }
        guard count.least <= 1000, count.most ?? 0 <= 1000 else {
            throw PatternError(message: "counts go up to 1000")
        }
        if let most = count.most, most < count.least { throw PatternError(message: "the count's ends are swapped") }
        return (count.least, count.most)
    }

    private mutating func count() -> (least: Int, most: Int?)? {
        var ahead = rest.dropFirst()
        func number(_ text: inout Substring.UnicodeScalarView) -> Int? {
            let digits = text.prefix { ("0"..."9").contains($0) }
            guard !digits.isEmpty, digits.count <= 9 else { return nil }
            text.removeFirst(digits.count)
            return Int(String(digits))
        }
        guard let least = number(&ahead) else { return nil }
        var most: Int? = least
        if ahead.first == "," {
            ahead.removeFirst()
            most = ahead.first == "}" ? nil : number(&ahead)
            if most == nil, ahead.first != "}" { return nil }
        }
        guard ahead.first == "}" else { return nil }
        rest = ahead.dropFirst()
        return (least, most)
    }

    private mutating func atom() throws(PatternError) -> PatternNode {
        guard let next = rest.popFirst() else { return .empty }
        switch next {
        case "(": return try group()
        case "[": return .scalars(try scalarClass())
        case ".": return .scalars(.anything)
        case "^": return .assertion(.start)
        case "$": return .assertion(.end)
        case "*", "+", "?": throw PatternError(message: "`\(next)` has nothing to repeat")
        case "\\": return try escape()
        default: return .scalars(ScalarSet(ranges: [next.value...next.value]))
        }
    }

    private mutating func group() throws(PatternError) -> PatternNode {
        guard depth < 50 else { throw PatternError(message: "groups nest more than 50 levels") }
        if take("?") {
            guard take(":") else { throw PatternError(message: "after `(?` only `:` is supported") }
        }
        depth += 1
        defer { depth -= 1 }
        let node = try alternatives()
        guard take(")") else { throw PatternError(message: "`(` is not closed") }
        return node
    }

    private mutating func escape() throws(PatternError) -> PatternNode {
        switch rest.first {
        case "b": rest.removeFirst(); return .assertion(.wordBoundary)
        case "B": rest.removeFirst(); return .assertion(.noWordBoundary)
        case "A": rest.removeFirst(); return .assertion(.start)
        case "z": rest.removeFirst(); return .assertion(.end)
        default: return .scalars(try escapedSet())
        }
    }

    /// What stands after a backslash, in a class or outside.
    private mutating func escapedSet() throws(PatternError) -> ScalarSet {
        guard let next = rest.popFirst() else { throw PatternError(message: "a backslash ends the pattern") }
        func one(_ value: UInt32) -> ScalarSet { ScalarSet(ranges: [value...value]) }
        switch next {
        case "d": return .digits
        case "w": return .words
        case "s": return .spaces
        case "D": return ScalarSet(ranges: ScalarSet.digits.ranges, isNegated: true)
        case "W": return ScalarSet(ranges: ScalarSet.words.ranges, isNegated: true)
        case "S": return ScalarSet(ranges: ScalarSet.spaces.ranges, isNegated: true)
        case "n": return one(0x0A)
        case "r": return one(0x0D)
        case "t": return one(0x09)
        case "f": return one(0x0C)
        case "v": return one(0x0B)
        case "a": return one(0x07)
        case "x": return one(try hexadecimal())
        default:
            guard next.value < 0x80, !next.properties.isAlphabetic, !("0"..."9").contains(next) else {
                throw PatternError(message: "`\\\(next)` is no escape")
            }
            return one(next.value)
        }
    }

    /// `41` or `{1F600}`
    private mutating func hexadecimal() throws(PatternError) -> UInt32 {
        let isBraced = take("{")
        var (value, count): (UInt32, Int) = (0, 0)
        while count < (isBraced ? 6 : 2), let digit = rest.first?.hexadecimalValue {
            value = value << 4 | digit
            count += 1
            rest.removeFirst()
        }
        guard isBraced ? count > 0 && take("}") : count == 2, Unicode.Scalar(value) != nil else {
            throw PatternError(message: "`\\x` needs two hexadecimal digits")
        }
        return value
    }

    /// Up to the closing bracket.
    private mutating func scalarClass() throws(PatternError) -> ScalarSet {
        var set = ScalarSet()
        set.isNegated = take("^")
        var isFirst = true
        while let next = rest.popFirst() {
            if next == "]", !isFirst { return set }
            isFirst = false
            if next == "[", rest.first == ":" { throw PatternError(message: "named classes are not supported") }
            let low = try classMember(next)
            guard low.count == 1, low[0].count == 1, rest.first == "-", let after = rest.dropFirst().first, after != "]"
            else {
                set.ranges += low
                continue
            }
            rest.removeFirst()
            guard let next = rest.popFirst() else { break }
            let high = try classMember(next)
            guard high.count == 1, high[0].count == 1, high[0].lowerBound >= low[0].lowerBound else {
                throw PatternError(message: "a range's ends are swapped")
            }
            set.ranges.append(low[0].lowerBound...high[0].lowerBound)
        }
        throw PatternError(message: "`[` is not closed")
    }

    private mutating func classMember(_ next: Unicode.Scalar) throws(PatternError) -> [ClosedRange<UInt32>] {
        next == "\\" ? try escapedSet().plainRanges : [next.value...next.value]
    }
}
