import Expressions

/// An expression in words, as far as replacing part by part goes: `site == "berlin"` is `site is Berlin`. What has no words stays code.
struct ExpressionWords {
    let isGerman: Bool
    /// The words for texts in quotes that are choices of the form.
    let choices: [String: String]
    /// What people read for the fields of the form.
    var fields: [String: String] = [:]
    /// What people read for steps and for what they give.
    var steps: [String: (title: String, outputs: [String: String])] = [:]

    /// What people read for a field, in quotation marks, because it may be a question; nil for anything else.
    func field(_ name: String) -> String? { fields[name].map(inQuotes) }

    /// The question that a value answers, in quotation marks; nil for what no one question answers.
    func question(_ expression: CheckedExpression) -> String? {
        guard expression.selections.count == 1, let path = expression.selections.first else { return nil }
        switch path.count {
        case 1: return field(path[0])
        case 2: return steps[path[0]]?.outputs[path[1]].map(inQuotes)
        default: return nil
        }
    }

    /// What only the file has a name for, in another language than its own.
    func named(_ name: String) -> String {
        let words = name.replacing("_", with: " ")
        return isGerman ? inQuotes(words) : words
    }

    /// What is quoted in it has quotation marks of the other kind.
    private func inQuotes(_ text: String) -> String {
        let inner = String(text.map { Self.innerMarks[$0] ?? $0 })
        return isGerman ? "„\(inner)“" : "“\(inner)”"
    }

    private static let innerMarks: [Character: Character] = ["„": "‚", "“": "‘", "”": "’"]

    private static let signs: [(sign: String, english: String, german: String)] = [
        ("==", "is", "ist"), ("!=", "is not", "ist nicht"), ("&&", "and", "und"), ("||", "or", "oder"),
        (">=", "≥", "≥"), ("<=", "≤", "≤"),
    ]

    /// Units of time have two forms, for one and for more.
    private static let german: [String: String] = [
        "and": "und", "or": "oder", "not": "nicht", "in": "in", "at": "um", "true": "ja", "false": "nein",
        "today": "heute", "now": "jetzt", "requester": "anfragende Person", "beneficiary": "wen es betrifft",
        "approved": "genehmigt", "rejected": "abgelehnt", "minute": "Minute", "minutes": "Minuten", "hour": "Stunde",
        "hours": "Stunden", "day": "Tag", "days": "Tage", "week": "Woche", "weeks": "Wochen", "month": "Monat",
        "months": "Monate", "working minute": "Arbeitsminute", "working minutes": "Arbeitsminuten",
        "working hour": "Arbeitsstunde", "working hours": "Arbeitsstunden", "working day": "Arbeitstag",
        "working days": "Arbeitstage", "outcome": "Ergebnis", "round": "Runde", "winner": "was zuerst kam",
    ]

    private static let english: [String: String] = [
        "true": "yes", "false": "no", "requester": "the requester", "beneficiary": "whom it is for",
        "winner": "what came first",
    ]

    func words(_ source: String) -> String {
        if let choice = ExpressionCalls.conditional(source) {
            let (condition, yes, no) = (words(choice.condition), words(choice.yes), words(choice.no))
            return say("\(yes) if \(condition), else \(no)", "\(yes), wenn \(condition), sonst \(no)")
        }
        var words = ""
        var rest = Substring(ExpressionCalls.leading(source))
        while let character = rest.first {
            if character == "\"" || character == "'" {
                words += quoted(&rest)
            } else if let phrase = phrase(&rest, isMember: words.last == ".") {
                words += phrase
            } else if Self.isLetter(character) {
                words += word(&rest, isMember: words.last == ".", isUnit: words.last { $0 != " " }?.isNumber == true)
            } else if character == ".", let behind = Self.defaultEnd(rest) {
                // What stands in for something absent says little to a reader.
                rest = rest[behind...]
            } else if let sign = Self.signs.first(where: { rest.hasPrefix($0.sign) }) {
                words += isGerman ? sign.german : sign.english
                rest = rest.dropFirst(sign.sign.count)
            } else if character == "!" {
                words += say("not ", "nicht ")
                rest.removeFirst()
            } else {
                words.append(character.isNewline ? " " : character)
                rest.removeFirst()
            }
        }
        return words.split(separator: " ", omittingEmptySubsequences: true).joined(separator: " ")
    }

    private func say(_ english: String, _ german: String) -> String { isGerman ? german : english }

    // MARK: Phrases

    /// What is said of what stands in brackets, or before it: `has(x)`, `size(x)`, `x in […]`, `race.winner == "x"`. Nil, and nothing is
    /// taken, where something else stands.
    private func phrase(_ rest: inout Substring, isMember: Bool) -> String? {
        if let said = comparedMember(&rest) { return said }
        guard !isMember, rest.first.map(Self.isLetter) ?? false || rest.first == "!" else { return nil }
        var behind = rest
        var isNegated = false
        if behind.first == "!" {
            behind.removeFirst()
            isNegated = true
        }
        var name = Self.identifier(&behind)
        if name == "not" {
            behind = behind.drop { $0 == " " }
            name = Self.identifier(&behind)
            isNegated = true
        }
        if isNegated, name != "has" { return nil }
        if name == "in" { return membership(&rest, behind: behind) }
        if let race = steps[name], let winner = winner(of: race.title, &behind) {
            rest = behind
            return winner
        }
        guard let inner = ExpressionCalls.inner(&behind) else { return nil }
        let operand = words(inner)
        let said: String
        switch name {
        case "has" where steps[inner] != nil:
            let title = inQuotes(steps[inner]?.title ?? inner)
            said =
                isNegated
                ? say("\(title) has not been done", "\(title) ist nicht geschehen")
                : say("\(title) has been done", "\(title) ist geschehen")
        case "has":
            said =
                isNegated
                ? say("\(operand) is not given", "\(operand) fehlt")
                : say("\(operand) is given", "\(operand) ist angegeben")
        case "size": said = say("the number of \(operand)", "Anzahl von \(operand)")
        case "first": said = say("the first of \(operand)", "Erstes von \(operand)")
        case "last": said = say("the last of \(operand)", "Letztes von \(operand)")
        case StandardDeclarations.managerOf where inner == "requester" && isGerman:
            said = "Führungskraft der anfragenden Person"
        case StandardDeclarations.managerOf: said = say("the manager of \(operand)", "Führungskraft von \(operand)")
        default: return nil
        }
        rest = behind
        return said
    }

    /// `x in ["a", "b"]`, of which `x` is said already.
    private func membership(_ rest: inout Substring, behind: Substring) -> String {
        rest = behind.drop { $0 == " " }
        guard rest.first == "[", let close = rest.firstIndex(of: "]") else {
            return say("is among ", "ist unter ")
        }
        let listed = words(String(rest[..<close].dropFirst()))
        rest = rest[rest.index(after: close)...]
        return say("is one of ", "ist eines von ") + listed
    }

    /// `.contains("x")` and such, of what stands before.
    private func comparedMember(_ rest: inout Substring) -> String? {
        let known = [
            (".contains", say("contains", "enthält")), (".startsWith", say("begins with", "beginnt mit")),
            (".endsWith", say("ends with", "endet mit")),
        ]
        for (name, said) in known where rest.hasPrefix(name) {
            var behind = rest.dropFirst(name.count)
            guard let inner = ExpressionCalls.inner(&behind) else { return nil }
            rest = behind
            return " \(said) \(words(inner))"
        }
        return nil
    }

    /// `.winner == "branch"` of a race.
    private func winner(of race: String, _ rest: inout Substring) -> String? {
        guard rest.hasPrefix(".winner") else { return nil }
        var behind = rest.dropFirst(".winner".count).drop { $0 == " " }
        let isNegated = behind.hasPrefix("!=")
        guard isNegated || behind.hasPrefix("==") else { return nil }
        behind = behind.dropFirst(2).drop { $0 == " " }
        guard let quote = behind.first, quote == "\"" || quote == "'" else { return nil }
        behind.removeFirst()
        let branch = behind.prefix { $0 != quote }
        guard let step = steps[String(branch)] else { return nil }
        rest = behind.dropFirst(branch.count + 1)
        let came = isNegated ? say("did not come first", "kam nicht zuerst") : say("came first", "kam zuerst")
        return "\(inQuotes(race)): \(inQuotes(step.title)) \(came)"
    }

    // MARK: Words

    /// What stands in quotes; of a choice, what people read.
    private func quoted(_ rest: inout Substring) -> String {
        let quote = rest.removeFirst()
        let text = rest.prefix { $0 != quote }
        rest = rest.dropFirst(text.count + 1)
        if let choice = choices[String(text)] { return choice }
        if isGerman, let word = ["approved": "genehmigt", "rejected": "abgelehnt"][String(text)] { return word }
        // A text of the file's own, such as the level that a table gives.
        let isName = !text.isEmpty && text.allSatisfy { $0.isLowercase || $0 == "_" }
        return isName ? named(String(text)) : String(text).replacing("_", with: " ")
    }

    /// - Parameter isUnit: Whether a number stands before it, so that `days` is no field of that name.
    private func word(_ rest: inout Substring, isMember: Bool, isUnit: Bool) -> String {
        var word = Self.identifier(&rest)
        if !isMember, !isUnit, rest.first != "(" {
            if let field = field(word) { return field }
            if let step = steps[word], rest.first != "." { return inQuotes(step.title) }
            if let step = steps[word], rest.first == "." {
                rest.removeFirst()
                let behind = rest
                let output = Self.identifier(&rest)
                if let label = step.outputs[output] { return "\(inQuotes(step.title)): \(inQuotes(label))" }
                if !Self.members.contains(output) { return "\(inQuotes(step.title)): \(named(output))" }
                rest = behind
                return "\(inQuotes(step.title)): " + self.word(&rest, isMember: true, isUnit: false)
            }
        }
        if word == "money", let amount = Self.amount(&rest) { return amount }
        if word == "working", rest.first == " " {
            var behind = rest.dropFirst()
            let unit = Self.identifier(&behind)
            if (isGerman ? Self.german : Self.english)["working " + unit] != nil || !isGerman {
                word += " " + unit
                rest = behind
            }
        }
        // A field may be called as a built-in word is, but not a member of something.
        let known = isGerman ? Self.german[word] : Self.english[word]
        if let known, !isMember || Self.members.contains(word) { return known }
        return word.replacing("_", with: " ")
    }

    /// What steps have, rather than what a department calls its fields.
    private static let members: Set = ["outcome", "round", "winner"]

    private static func identifier(_ rest: inout Substring) -> String {
        let word = rest.prefix { isLetter($0) || $0.isNumber }
        rest = rest.dropFirst(word.count)
        return String(word)
    }

    private static func isLetter(_ character: Character) -> Bool {
        character == "_" || (character.isLetter && character.isASCII)
    }

    /// `250.00 EUR` of `("250.00 EUR")`.
    private static func amount(_ rest: inout Substring) -> String? {
        guard rest.hasPrefix("(\"") || rest.hasPrefix("('"), let close = rest.firstIndex(of: ")") else { return nil }
        let inner = rest[..<close].dropFirst(2).dropLast()
        guard !inner.contains(where: { "\"'(".contains($0) }) else { return nil }
        rest = rest[rest.index(after: close)...]
        return String(inner)
    }

    /// Where `.otherwise(…)` ends, when a plain value stands in it.
    private static func defaultEnd(_ rest: Substring) -> Substring.Index? {
        guard rest.hasPrefix(".otherwise("), let close = rest.firstIndex(of: ")"),
            !rest[..<close].dropFirst(".otherwise(".count).contains("(")
        else { return nil }
        return rest.index(after: close)
    }
}
