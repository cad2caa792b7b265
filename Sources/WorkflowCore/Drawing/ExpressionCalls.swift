/// Calls in the text of an expression, as far as putting it into words needs them.
enum ExpressionCalls {
    /// The same with calls of these members as functions: `wishes.size()` is `size(wishes)`, so that what is said of something stands
    /// before it.
    static func leading(_ source: String) -> String {
        var source = source
        for name in ["size", "first", "last"] {
            let call = ".\(name)()"
            while let found = source.firstRange(of: call) {
                let operand = source[..<found.lowerBound].reversed().prefix { isPart($0) }.count
                let start = source.index(found.lowerBound, offsetBy: -operand)
                guard operand > 0 else { return source }
                source.replaceSubrange(start..<found.upperBound, with: "\(name)(\(source[start..<found.lowerBound]))")
            }
        }
        return source
    }

    /// What stands in the brackets that come next, which are taken; nil where none do, or they are not closed.
    static func inner(_ rest: inout Substring) -> String? {
        guard rest.first == "(" else { return nil }
        var depth = 0
        var quote: Character?
        for index in rest.indices {
            let character = rest[index]
            if let open = quote {
                if character == open { quote = nil }
                continue
            }
            switch character {
            case "\"", "'": quote = character
            case "(": depth += 1
            case ")":
                depth -= 1
                guard depth == 0 else { continue }
                let inner = String(rest[..<index].dropFirst())
                rest = rest[rest.index(after: index)...]
                return inner
            default: continue
            }
        }
        return nil
    }

    /// The parts of `condition ? yes : no` that stands in no brackets; nil for anything else.
    static func conditional(_ source: String) -> (condition: String, yes: String, no: String)? {
        var (depth, open) = (0, 0)
        var quote: Character?
        var (last, mark): (Character, String.Index?) = (" ", nil)
        for index in source.indices {
            let character = source[index]
            defer { last = character }
            if let closing = quote {
                if character == closing { quote = nil }
                continue
            }
            switch character {
            case "\"", "'": quote = character
            case "(", "[", "{": depth += 1
            case ")", "]", "}": depth -= 1
            // `.?` and `[?` ask for what may be absent.
            case "?" where depth == 0 && last != ".":
                open += 1
                if mark == nil { mark = index }
            case ":" where depth == 0 && open > 0:
                open -= 1
                guard open == 0, let mark else { continue }
                return (
                    String(source[..<mark]), String(source[source.index(after: mark)..<index]),
                    String(source[source.index(after: index)...])
                )
            default: continue
            }
        }
        return nil
    }

    /// Of a name or a chain of names.
    private static func isPart(_ character: Character) -> Bool {
        character == "_" || character == "." || (character.isASCII && (character.isLetter || character.isNumber))
    }
}
