extension StandardFunctions {
    /// `text.format(list)` of CEL's strings library.
    static let formatFunction = StandardFunction([
        FunctionDeclaration("format", [.string, .list(.parameter("A"))], .string, isMethod: true)
    ]) { (run: inout Evaluation, arguments: [Value]) throws(EvaluationError) -> Value in
        guard case .string(let template) = arguments[0], case .list(let values) = arguments[1] else {
            throw .type("`format` puts the elements of a list into text.")
        }
        try run.charge(template.utf8.count / 8)
        var formatter = Formatter(template, values)
        return .string(try formatter.text(&run))
    }
}

/// One run of `format`: `%s %d %f %e %b %o %x %X %%`, with a precision for `%f` and `%e`.
private struct Formatter {
    private var rest: Substring.UnicodeScalarView
    private var values: ArraySlice<Value>

    init(_ template: String, _ values: [Value]) {
        rest = Substring(template).unicodeScalars
        self.values = values[...]
    }

    mutating func text(_ run: inout Evaluation) throws(EvaluationError) -> String {
        var text = String.UnicodeScalarView()
        while let scalar = rest.popFirst() {
            guard scalar == "%" else {
                text.append(scalar)
                continue
            }
            let part = try clause(&run)
            try run.charge(1 + part.utf8.count / 16)
            text.append(contentsOf: part.unicodeScalars)
        }
        return String(text)
    }

    private mutating func clause(_ run: inout Evaluation) throws(EvaluationError) -> String {
        var places = 6
        if rest.first == "." { places = try precision() }
        guard let letter = rest.popFirst() else { throw Self.wrong("A `%` stands at the end of the text.") }
        if letter == "%" { return "%" }
        guard "sdfeboxX".unicodeScalars.contains(letter) else { throw Self.wrong("A `%` clause is unknown.") }
        guard let value = values.popFirst() else {
            throw Self.wrong("There are more `%` clauses than values.")
        }
        switch letter {
        case "s": return try Self.shown(value, &run)
        case "d": return try Self.decimal(value)
        case "f", "e": return try Self.fraction(value, places, isScientific: letter == "e")
        case "b": return try Self.digits(value, radix: 2)
        case "o": return try Self.digits(value, radix: 8)
        default: return try Self.hexadecimal(value, isUppercase: letter == "X")
        }
    }

    private mutating func precision() throws(EvaluationError) -> Int {
        rest.removeFirst()
        var places = 0
        while let digit = rest.first, ("0"..."9").contains(digit) {
            places = places * 10 + Int(digit.value - 0x30)
            rest.removeFirst()
            guard places <= 100 else { throw Self.wrong("A number is written with 100 decimals at most.") }
        }
        return places
    }

    private static func wrong(_ message: String) -> EvaluationError {
        EvaluationError(code: "evaluation.format", message: message)
    }

    private static func unfit(_ clause: String) -> EvaluationError {
        .type("`%\(clause)` does not take this kind of value.")
    }

    /// `%s`
    private static func shown(_ value: Value, _ run: inout Evaluation) throws(EvaluationError) -> String {
        try run.charge(1)
        switch value {
        case .null: return "null"
        case .string(let text), .type(let text): return text
        case .bytes(let bytes): return String(decoding: bytes, as: UTF8.self)
        case .double(let number) where !number.isFinite: return infinite(number)
        case .list(let elements):
            var parts: [String] = []
            for element in elements { parts.append(try shown(element, &run)) }
            return "[" + parts.joined(separator: ", ") + "]"
        case .map(let map):
            var parts: [String] = []
            for key in Value.sortedKeys(of: map) {
                parts.append("\(try shown(key, &run)): \(try shown(map[key] ?? .null, &run))")
            }
            return "{" + parts.joined(separator: ", ") + "}"
        case .person, .optional: throw unfit("s")
        default: return try value.shown { $0 }
        }
    }

    private static func infinite(_ number: Double) -> String {
        number.isNaN ? "NaN" : number < 0 ? "-Infinity" : "Infinity"
    }

    private static func decimal(_ value: Value) throws(EvaluationError) -> String {
        switch value {
        case .int(let number): return String(number)
        case .uint(let number): return String(number)
        case .double(let number) where !number.isFinite: return infinite(number)
        default: throw unfit("d")
        }
    }

    private static func fraction(
        _ value: Value, _ places: Int, isScientific: Bool
    ) throws(EvaluationError) -> String {
        let number: Double
        switch value {
        case .double(let value): number = value
        case .int(let value): number = Double(value)
        case .uint(let value): number = Double(value)
        default: throw unfit(isScientific ? "e" : "f")
        }
        guard number.isFinite else { return infinite(number) }
        return isScientific ? number.scientific(places: places) : number.fixedPoint(places: places)
    }

    private static func digits(_ value: Value, radix: Int) throws(EvaluationError) -> String {
        switch value {
        case .int(let number): return String(number, radix: radix)
        case .uint(let number): return String(number, radix: radix)
        case .bool(let value) where radix == 2: return value ? "1" : "0"
        default: throw unfit(radix == 2 ? "b" : "o")
        }
    }

    private static func hexadecimal(_ value: Value, isUppercase: Bool) throws(EvaluationError) -> String {
        func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
            bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16, uppercase: isUppercase) }.joined()
        }
        switch value {
        case .int(let number): return String(number, radix: 16, uppercase: isUppercase)
        case .uint(let number): return String(number, radix: 16, uppercase: isUppercase)
        case .string(let text): return hexadecimal(text.utf8)
        case .bytes(let bytes): return hexadecimal(bytes)
        default: throw unfit(isUppercase ? "X" : "x")
        }
    }
}
