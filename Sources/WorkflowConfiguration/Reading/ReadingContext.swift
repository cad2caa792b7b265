import Expressions
import WorkflowCore

/// What reading any file needs: where to complain, the languages, and the names that files refer to. A class, because every reader holds it.
final class ReadingContext {
    let findings: Findings
    /// The first is the default; never empty.
    let languages: [String]
    let names: SharedNames
    /// Expressions by their text: files say the same again and again.
    private var parsed: [String: Expression] = [:]

    init(findings: Findings, languages: [String], names: SharedNames) {
        self.findings = findings
        self.languages = languages
        self.names = names
    }
}

extension ReadingContext {
    /// A text as an expression.
    func parsed(_ text: String) throws(ExpressionIssues) -> Expression {
        if let known = parsed[text] { return known }
        let expression = try Expression.parse(text)
        parsed[text] = expression
        return expression
    }
}

/// The names that the shared files and the departments declare, before anything is said about them.
struct SharedNames {
    var groups: Set<String> = []
    var skills: Set<String> = []
    var roles: Set<String> = []
    var teams: Set<String> = []
    var departments: Set<String> = []
    var services: Set<String> = []
    /// Complaints that nobody can make, because the file that declares such names cannot be read.
    var groundless: Set<DiagnosticCode> = []
}

/// A value and the place that it was read from.
struct Located<Value> {
    let value: Value
    let location: SourceLocation
}

extension Located: Sendable where Value: Sendable {}

// MARK: Scalars

extension ReadingContext {
    /// An identifier as expressions can use it.
    func identifier(_ scalar: YAMLScalar) -> Located<String>? {
        guard Names.isIdentifier(scalar.text) else {
            findings.error(
                .nameInvalid, "`\(scalar.text)` is not an identifier.",
                hint: "Small letters, digits and underscores, beginning with a letter.", at: scalar.location)
            return nil
        }
        return Located(value: scalar.text, location: scalar.location)
    }

    /// The name of something declared elsewhere.
    func name(_ node: YAMLNode, _ expectation: String = "a name") -> Located<String>? {
        node.scalar(expectation, findings).map { Located(value: $0.text, location: $0.location) }
    }

    /// `true` or `false`.
    func yesNo(_ node: YAMLNode) -> Bool? {
        guard let scalar = node.scalar("`true` or `false`", findings) else { return nil }
        switch scalar.text {
        case "true": return true
        case "false": return false
        default:
            findings.error(
                .configBadValue, "`\(scalar.text)` is neither `true` nor `false`.", at: scalar.location)
            return nil
        }
    }

    /// A whole number.
    func wholeNumber(_ node: YAMLNode) -> Located<Int64>? {
        guard let scalar = node.scalar("a whole number", findings) else { return nil }
        guard let number = Int64(scalar.text) else {
            findings.error(.configBadValue, "`\(scalar.text)` is not a whole number.", at: scalar.location)
            return nil
        }
        return Located(value: number, location: scalar.location)
    }

    /// A number; never infinite.
    func number(_ node: YAMLNode) -> Located<Double>? {
        guard let scalar = node.scalar("a number", findings) else { return nil }
        guard let number = Double(scalar.text), number.isFinite else {
            findings.error(.configBadValue, "`\(scalar.text)` is not a number.", at: scalar.location)
            return nil
        }
        return Located(value: number, location: scalar.location)
    }

    /// A span of time that is not computed.
    func span(_ node: YAMLNode) -> Span? {
        guard let scalar = node.scalar("a span of time", findings) else { return nil }
        guard let span = Span(scalar.text), span.amount > 0 else {
            findings.error(
                .configBadValue, "`\(scalar.text)` is not a span of time.", hint: "Such as `10 working days`.",
                at: scalar.location)
            return nil
        }
        return span
    }

    /// 1...100 of `60%`; nil for anything else.
    static func percent(_ text: String) -> Int? {
        guard text.hasSuffix("%"), let percent = Int(text.dropLast()), (1...100).contains(percent) else { return nil }
        return percent
    }

    /// One of a few words.
    ///
    /// - Parameter others: What may stand there instead of a word, as a hint.
    func word(_ node: YAMLNode, of words: [String], or others: String? = nil) -> Located<String>? {
        guard let scalar = node.scalar("one of \(words.joined(separator: ", "))", findings) else { return nil }
        guard words.contains(scalar.text) else {
            findings.error(
                .configBadValue, "`\(scalar.text)` is not one of \(words.joined(separator: ", ")).",
                hint: NearestName.hint(for: scalar.text, among: words) ?? others, at: scalar.location)
            return nil
        }
        return Located(value: scalar.text, location: scalar.location)
    }

    /// Complains unless the name is among the known ones, and says whether it is.
    func resolve(
        _ name: String, among known: some Sequence<String>, _ thing: String, _ code: DiagnosticCode,
        at location: @autoclosure () -> SourceLocation
    ) -> Bool {
        if known.contains(name) || names.groundless.contains(code) { return true }
        let names = known.sorted()
        let few = names.isEmpty || names.count > 12 ? nil : "There are \(names.joined(separator: ", "))."
        findings.error(
            code, "There is no \(thing) `\(name)`.", hint: NearestName.hint(for: name, among: names) ?? few,
            at: location())
        return false
    }
}

extension ReadingContext {
    /// `everyone`, or a list of departments.
    func offer(_ node: YAMLNode) -> Offer {
        if case .scalar(let scalar) = node, scalar.text == "everyone" { return .everyone }
        let departments = node.items.compactMap { item -> DepartmentID? in
            guard let name = name(item, "the name of a department"),
                resolve(name.value, among: names.departments, "department", .unknownDepartment, at: name.location)
            else { return nil }
            return DepartmentID(name.value)
        }
        return .departments(Set(departments))
    }

    /// Three capital letters.
    func currency(_ node: YAMLNode) -> String? {
        guard let scalar = node.scalar("a currency", findings) else { return nil }
        guard scalar.text.utf8.count == 3,
            scalar.text.utf8.allSatisfy({ (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) })
        else {
            findings.error(
                .configBadValue, "`\(scalar.text)` is not a currency.", hint: "Three capital letters, such as EUR.",
                at: scalar.location)
            return nil
        }
        return scalar.text
    }
}
