/// What the standard functions cost beyond a step for themselves, and how large their results can be.
enum FunctionCost {
    typealias Bound = CostAnalysis.Bound

    /// The bound of a call with arguments of those sizes; the receiver is the first.
    static func bound(_ name: String, _ arguments: [Extent]) -> Bound {
        let first = arguments.first ?? .scalar
        let second = arguments.dropFirst().first ?? .scalar
        let bytes = arguments.reduce(Steps(0)) { $0 + $1.bytes }
        if let bound = text(name, arguments, bytes) ?? container(name, first, second) { return bound }
        switch name {
        // A working day's count over the longest time it takes.
        case "working_days_between": return Bound(cost: Steps(Evaluation.longestCount / 2), extent: .scalar)
        case "matches": return Bound(cost: bytes * Steps(Pattern.maximumSize) / 16 + bytes / 8, extent: .scalar)
        default:
            // No other function charges more than for reading its texts.
            let isScalar = StandardFunctions.table[name]?.declarations.allSatisfy { $0.result.isSmall } ?? false
            return Bound(cost: bytes / 8, extent: isScalar ? .scalar : .unknown)
        }
    }

    /// The functions that give text, bytes, or texts.
    private static func text(_ name: String, _ arguments: [Extent], _ bytes: Steps) -> Bound? {
        let first = arguments.first ?? .scalar
        let second = arguments.dropFirst().first ?? .scalar
        switch name {
        case "string": return Bound(cost: bytes / 32, extent: .text(max(first.bytes, 64)))
        case "bytes": return Bound(cost: bytes / 32, extent: .text(first.bytes))
        case "charAt": return Bound(cost: bytes / 8, extent: .text(4))
        case "lowerAscii", "upperAscii", "reverse", "trim", "substring":
            return Bound(cost: bytes / 8, extent: .text(first.bytes))
        case "strings.quote", "base64.encode", "base64.decode":
            return Bound(cost: bytes / 8, extent: .text(first.bytes * 2 + 4))
        case "replace":
            let added = (first.bytes + 1) * (arguments.count > 2 ? arguments[2].bytes : 0)
            return Bound(cost: bytes / 8 + added / 8, extent: .text(first.bytes + added))
        case "split":
            return Bound(
                cost: bytes / 8 + first.bytes + 1, extent: .list(first.bytes + 1, of: .text(first.bytes)))
        case "join":
            let part = first.element.bytes + second.bytes
            return Bound(cost: first.count * (1 + part / 16), extent: .text(first.count * part))
        case "format":
            // A number with 100 decimals has 412 characters at most; lists show their separators too.
            let shown = second.allBytes * 2 + second.nodes * 416
            let total = first.bytes + shown
            return Bound(cost: bytes / 8 + second.nodes + first.bytes + total / 16, extent: .text(total))
        default: return nil
        }
    }

    /// The functions that go over lists, or hand their values on.
    private static func container(_ name: String, _ first: Extent, _ second: Extent) -> Bound? {
        switch name {
        case "sum", "min", "max":
            let each = first.joined(first.element).joined(second)
            var extent = each
            (extent.count, extent.workingDays) = (0, each.workingDays > 0 ? Extent.span.workingDays : 0)
            return Bound(cost: (first.count + 2) * (1 + each.bytes / 64), extent: extent)
        case "math.greatest", "math.least": return Bound(cost: first.count + 2, extent: .scalar)
        case "distinct": return Bound(cost: first.count * first.count * first.element.weight, extent: first)
        case "sort":
            return Bound(cost: first.count * first.count.logarithm * (1 + first.element.bytes / 64), extent: first)
        case "slice": return Bound(cost: first.count, extent: first)
        case "flatten":
            let count = first.count * first.element.count
            return Bound(cost: first.count + count, extent: .list(count, of: first.element.element))
        case "first", "last": return Bound(cost: 0, extent: first.element.inOptional)
        case "optional.unwrap", "unwrapOpt": return Bound(cost: first.count, extent: first)
        case "optional.of", "optional.ofNonZeroValue": return Bound(cost: 0, extent: first.inOptional)
        case "optional.none": return Bound(cost: 0, extent: Extent.scalar.inOptional)
        case "value", "dyn": return Bound(cost: 0, extent: first)
        case "or", "orValue", "otherwise": return Bound(cost: 0, extent: first.joined(second))
        default: return nil
        }
    }
}

extension ExpressionType {
    /// Whether all its values are as small as a number.
    fileprivate var isSmall: Bool {
        switch self {
        case .null, .bool, .int, .uint, .double, .timestamp, .duration, .date, .timeOfDay, .money, .person, .type: true
        case .string, .bytes, .span, .choice, .list, .map, .optional, .record, .dyn, .parameter: false
        }
    }
}
