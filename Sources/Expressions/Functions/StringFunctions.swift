extension StandardFunctions {
    /// CEL's strings library (version 4). Places count Unicode scalars, from 0.
    static let stringFunctions: [StandardFunction] = [
        StandardFunction([FunctionDeclaration("charAt", [.string, .int], .string, isMethod: true)]) {
            (run: inout Evaluation, arguments: [Value]) throws(EvaluationError) -> Value in
            let text = try run.scalars(arguments[0])
            let place = try place(arguments[1], in: text)
            return .string(place == text.count ? "" : String(text[place]))
        },
        search("indexOf") { (text, part, from) throws(EvaluationError) in
            let start = from ?? 0
            guard (0...text.count).contains(start) else { throw outOfRange }
            return text.places(of: part).first { $0 >= start }
        },
        search("lastIndexOf") { (text, part, from) throws(EvaluationError) in
            guard let from else { return text.places(of: part).last }
            guard from >= 0, from < max(text.count, 1) else { throw outOfRange }
            return text.places(of: part).last { $0 <= from }
        },
        textual("lowerAscii") { $0.map { $0.isUpperASCII ? Unicode.Scalar(UInt8($0.value) + 32) : $0 } },
        textual("upperAscii") { $0.map { $0.isLowerASCII ? Unicode.Scalar(UInt8($0.value) - 32) : $0 } },
        textual("reverse") { $0.reversed() },
        textual("trim") { text in
            guard let first = text.firstIndex(where: { !$0.properties.isWhitespace }),
                let last = text.lastIndex(where: { !$0.properties.isWhitespace })
            else { return [] }
            return Array(text[first...last])
        },
        StandardFunction([
            FunctionDeclaration("substring", [.string, .int], .string, isMethod: true),
            FunctionDeclaration("substring", [.string, .int, .int], .string, isMethod: true),
        ]) { (run: inout Evaluation, arguments: [Value]) throws(EvaluationError) -> Value in
            let text = try run.scalars(arguments[0])
            let start = try place(arguments[1], in: text)
            let end = arguments.count > 2 ? try place(arguments[2], in: text) : text.count
            guard start <= end else { throw outOfRange }
            return .string(String(text[start..<end]))
        },
        StandardFunction([
            FunctionDeclaration("replace", [.string, .string, .string], .string, isMethod: true),
            FunctionDeclaration("replace", [.string, .string, .string, .int], .string, isMethod: true),
        ]) { (run: inout Evaluation, arguments: [Value]) throws(EvaluationError) -> Value in
            let (text, old) = (try run.scalars(arguments[0]), try run.scalars(arguments[1]))
            let new = try run.scalars(arguments[2])
            let limit = try limit(arguments.count > 3 ? arguments[3] : nil)
            let cuts = text.separated(by: old, atMost: limit)
            try run.charge((cuts.count * new.count) / 8)
            var result: [Unicode.Scalar] = []
            var end = 0
            for cut in cuts {
                result += text[end..<cut]
                result += new
                end = cut + old.count
            }
            return .string(String(result + text[end...]))
        },
        StandardFunction([
            FunctionDeclaration("split", [.string, .string], .list(.string), isMethod: true),
            FunctionDeclaration("split", [.string, .string, .int], .list(.string), isMethod: true),
        ]) { (run: inout Evaluation, arguments: [Value]) throws(EvaluationError) -> Value in
            let (text, separator) = (try run.scalars(arguments[0]), try run.scalars(arguments[1]))
            let limit = try limit(arguments.count > 2 ? arguments[2] : nil)
            guard limit > 0 else { return .list([]) }
            var cuts = text.separated(by: separator, atMost: limit == .max ? .max : limit)
            if separator.isEmpty { cuts = cuts.filter { $0 > 0 && $0 < text.count } }
            try run.charge(cuts.count)
            var parts: [Value] = []
            var end = 0
            for cut in cuts.prefix(limit - 1) {
                parts.append(.string(String(text[end..<cut])))
                end = cut + separator.count
            }
            return .list(text.isEmpty && separator.isEmpty ? [] : parts + [.string(String(text[end...]))])
        },
        StandardFunction([
            FunctionDeclaration("join", [.list(.string)], .string, isMethod: true),
            FunctionDeclaration("join", [.list(.string), .string], .string, isMethod: true),
        ]) { (run: inout Evaluation, arguments: [Value]) throws(EvaluationError) -> Value in
            guard case .list(let elements) = arguments[0] else { throw .type("`join` puts a list of texts together.") }
            var separator = ""
            if arguments.count > 1 { separator = try text(arguments[1]) }
            var joined = ""
            for (index, element) in elements.enumerated() {
                let part = try text(element)
                try run.charge(1 + (part.utf8.count + separator.utf8.count) / 16)
                if index > 0 { joined += separator }
                joined += part
            }
            return .string(joined)
        },
        StandardFunction([FunctionDeclaration("strings.quote", [.string], .string)]) {
            (run: inout Evaluation, arguments: [Value]) throws(EvaluationError) -> Value in
            .string("\"" + String(try run.scalars(arguments[0]).flatMap(\.escaped)) + "\"")
        },
    ]

    private static let outOfRange = EvaluationError(
        code: "evaluation.range", message: "The place lies outside of the text.")

    private static func text(_ value: Value) throws(EvaluationError) -> String {
        guard case .string(let text) = value else { throw .type("This works on text.") }
        return text
    }

    /// A place in a text, its end included.
    private static func place(_ value: Value, in text: [Unicode.Scalar]) throws(EvaluationError) -> Int {
        guard case .int(let place) = value else { throw .type("Places are whole numbers, from 0.") }
        guard place >= 0, place <= text.count else { throw outOfRange }
        return Int(place)
    }

    /// How often at most; negative and nil mean always.
    private static func limit(_ value: Value?) throws(EvaluationError) -> Int {
        guard let value else { return .max }
        guard case .int(let limit) = value else { throw .type("A limit is a whole number.") }
        return limit < 0 ? .max : Int(limit)
    }

    /// A method from text to text.
    private static func textual(
        _ name: String, _ change: @escaping @Sendable ([Unicode.Scalar]) -> [Unicode.Scalar]
    ) -> StandardFunction {
        StandardFunction([FunctionDeclaration(name, [.string], .string, isMethod: true)]) {
            (run: inout Evaluation, arguments: [Value]) throws(EvaluationError) -> Value in
            .string(String(change(try run.scalars(arguments[0]))))
        }
    }

    /// A method that gives the place of a part, -1 for none.
    private static func search(
        _ name: String,
        _ find: @escaping @Sendable ([Unicode.Scalar], [Unicode.Scalar], Int?) throws(EvaluationError) -> Int?
    ) -> StandardFunction {
        StandardFunction([
            FunctionDeclaration(name, [.string, .string], .int, isMethod: true),
            FunctionDeclaration(name, [.string, .string, .int], .int, isMethod: true),
        ]) { (run: inout Evaluation, arguments: [Value]) throws(EvaluationError) -> Value in
            let (text, part) = (try run.scalars(arguments[0]), try run.scalars(arguments[1]))
            guard arguments.count > 2 else { return .int(Int64(try find(text, part, nil) ?? -1)) }
            guard case .int(let from) = arguments[2] else { throw .type("Places are whole numbers, from 0.") }
            return .int(Int64(try find(text, part, Int(from)) ?? -1))
        }
    }
}

extension Evaluation {
    /// The scalars of a text, charged for.
    mutating func scalars(_ value: Value) throws(EvaluationError) -> [Unicode.Scalar] {
        guard case .string(let text) = value else { throw .type("This works on text.") }
        try charge(text.utf8.count / 8)
        return Array(text.unicodeScalars)
    }
}

extension String {
    init(_ scalars: some Sequence<Unicode.Scalar>) {
        self.init()
        unicodeScalars.append(contentsOf: scalars)
    }
}

extension Unicode.Scalar {
    fileprivate var isUpperASCII: Bool { value >= 0x41 && value <= 0x5A }
    fileprivate var isLowerASCII: Bool { value >= 0x61 && value <= 0x7A }

    /// As it is written between double quotes.
    fileprivate var escaped: [Unicode.Scalar] {
        switch self {
        case "\u{07}": ["\\", "a"]
        case "\u{08}": ["\\", "b"]
        case "\u{0C}": ["\\", "f"]
        case "\n": ["\\", "n"]
        case "\r": ["\\", "r"]
        case "\t": ["\\", "t"]
        case "\u{0B}": ["\\", "v"]
        case "\\", "\"": ["\\", self]
        default: [self]
        }
    }
}
