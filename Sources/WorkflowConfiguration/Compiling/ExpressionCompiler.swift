import Expressions
import WorkflowCore

/// Checks what files say in the scope of its place, and says issues at their place in the file.
struct ExpressionCompiler {
    let findings: Findings

    /// Something that is always yes or no, and not always the same.
    func condition(_ draft: DraftExpression?, in scope: Scope) -> CheckedExpression? {
        guard let draft, let checked = check(draft, in: scope, expecting: .bool) else { return nil }
        if checked.isConstant {
            findings.error(
                .expressionConstant, "This is always the same.", hint: "Take it out, or use a field or a step in it.",
                at: draft.scalar.location)
        }
        return checked
    }

    /// A value of a type.
    func value(
        _ draft: DraftExpression, in scope: Scope, expecting type: ExpressionType, mayBeAbsent: Bool = false
    ) -> CheckedExpression? {
        if mayBeAbsent,
            // The failure is no loss: the expression is checked again as an optional one, and that says what is wrong.
            let plain = try? scope.checkWithCost(draft.expression, expecting: type), plain.cost == nil
        {
            return plain.checked
        }
        return check(draft, in: scope, expecting: mayBeAbsent ? .optional(type) : type)
    }

    /// A value of a type, or a text without expressions where a choice or text belongs.
    func value(
        _ value: DraftValue, in scope: Scope, expecting type: ExpressionType?, mayBeAbsent: Bool = false
    ) -> CheckedExpression? {
        switch value {
        case .expression(let draft):
            if type ?? .string == .string, let unknown = textWithoutQuotes(draft, in: scope) {
                findings.error(unknown, in: draft.scalar)
                return nil
            }
            guard let type else { return anyValue(draft, in: scope) }
            return self.value(draft, in: scope, expecting: type, mayBeAbsent: mayBeAbsent)
        case .text(let template, let scalar):
            guard let literal = LiteralText.expression(template, scalar) else {
                findings.error(
                    .configBadValue, "This text cannot hold `{{ expressions }}`.",
                    hint: "Write an expression: name + \"…\".", at: scalar.location)
                return nil
            }
            return self.value(.expression(literal), in: scope, expecting: type, mayBeAbsent: mayBeAbsent)
        }
    }

    /// A value of any type that is surely there.
    func anyValue(_ draft: DraftExpression, in scope: Scope) -> CheckedExpression? {
        guard let checked = check(draft, in: scope, expecting: nil), isPresent(checked, draft) else { return nil }
        return checked
    }

    /// A value of any type, there or not.
    func optionalValue(_ draft: DraftExpression, in scope: Scope) -> CheckedExpression? {
        check(draft, in: scope, expecting: nil)
    }

    /// A list that is surely there.
    func list(_ draft: DraftExpression, in scope: Scope) -> CheckedExpression? {
        guard let checked = check(draft, in: scope, expecting: nil), isPresent(checked, draft) else { return nil }
        switch checked.type {
        case .list, .dyn: return checked
        default:
            report("expression.type", "A list belongs here, not \(checked.type).", hint: nil, draft)
            return nil
        }
    }

    /// What names an element of an each.
    func key(_ draft: DraftExpression, in scope: Scope) -> CheckedExpression? {
        guard let checked = check(draft, in: scope, expecting: nil), isPresent(checked, draft) else { return nil }
        guard !checked.type.isKey, !checked.type.isDynamic else { return checked }
        report(
            "expression.type", "A key is a text, a whole number, a choice or a person, not \(checked.type).", hint: nil,
            draft)
        return nil
    }

    /// What a field gets: a value of its type, or text.
    func passed(
        _ value: DraftValue, to field: DraftField, _ type: ExpressionType, in scope: Scope, mayBeAbsent: Bool
    ) -> PassedValue? {
        switch value {
        case .expression(let draft):
            return self.value(draft, in: scope, expecting: type, mayBeAbsent: mayBeAbsent).map(PassedValue.expression)
        case .text(let template, let scalar):
            if type != .string, let literal = LiteralText.expression(template, scalar) {
                return passed(.expression(literal), to: field, type, in: scope, mayBeAbsent: mayBeAbsent)
            }
            guard type == .string else {
                findings.error(
                    .configWrongType, "`\(field.id.value)` is \(type), not text.", hint: "Write an expression.",
                    at: scalar.location)
                return nil
            }
            return self.template(template, scalar, in: scope).map(PassedValue.text)
        }
    }

    /// A span from the start of the step, a date or a moment.
    ///
    /// - Parameter spans: whether a span is fine too.
    func moment(_ draft: DraftExpression?, in scope: Scope, spans: Bool = true) -> CheckedExpression? {
        guard let draft, let checked = check(draft, in: scope, expecting: nil), isPresent(checked, draft) else {
            return nil
        }
        switch checked.type {
        case .date, .timestamp, .dyn: return checked
        case .span where spans:
            checkSpan(checked, atLeast: 0, draft)
            return checked
        default:
            report(
                "expression.type",
                "\(spans ? "A time span, a date or a moment" : "A date or a moment") belongs here, not \(checked.type).",
                hint: spans
                    ? "Such as `3 working days` or `start - 1 day`." : "Such as `start at 09:00` or `start - 1 day`.",
                draft)
            return nil
        }
    }

    /// A span of time.
    func span(_ draft: DraftExpression?, in scope: Scope) -> CheckedExpression? {
        guard let draft, let checked = check(draft, in: scope, expecting: nil), isPresent(checked, draft) else {
            return nil
        }
        switch checked.type {
        case .span, .dyn:
            checkSpan(checked, atLeast: 1, draft)
            return checked
        default:
            report(
                "expression.type", "A time span belongs here, not \(checked.type).", hint: "Such as `3 working days`.",
                draft)
            return nil
        }
    }

    /// What is over before it begins is a slip of the pen.
    private func checkSpan(_ checked: CheckedExpression, atLeast least: Int64, _ draft: DraftExpression) {
        guard case .span(let span)? = checked.constantValue, span.amount < least else { return }
        findings.error(
            .spanBackward, "`\(checked.source)` is over as soon as it begins.",
            hint: "A span counts forward, such as `3 working days`.", at: draft.scalar.location)
    }

    /// A deadline that moves with what it reads, so one that reads the clock would move on with every command and never be reached.
    func live(_ moment: CheckedExpression?, _ draft: DraftExpression?) -> CheckedExpression? {
        if let moment, let draft, let clock = ["now", "today"].first(where: moment.reads) {
            findings.error(
                .stepDueMoves, "`\(clock)` is the moment of each command, so this deadline would move with every one.",
                hint: "A span such as `2 working days` counts from the start of the step.", at: draft.scalar.location)
        }
        return moment
    }

    /// Sources of people.
    func people(_ drafts: [DraftPeople], in scope: Scope, roles: Set<String>) -> [PeopleSource] {
        drafts.compactMap { draft in
            switch draft {
            case .role(let name): .role(RoleID(name))
            case .group(let name): .group(GroupID(name))
            case .team(let name): .team(TeamID(name))
            case .person(let handle): .person(handle)
            case .unreadable: nil
            case .expression(let draft): person(draft, in: scope, roles: roles).map(PeopleSource.expression)
            }
        }
    }

    private func person(_ draft: DraftExpression, in scope: Scope, roles: Set<String>) -> CheckedExpression? {
        let word = draft.scalar.text
        if roles.contains(word), scope.variable(word) == nil, scope.unknown(word) == nil {
            report(
                "expression.unknown_name", "There is no `\(word)` here.",
                hint: word == "manager"
                    ? "Write `manager_of(requester)` for the requester's own, `role:manager` for everybody in the role."
                    : "Write `role:\(word)` for the role.", draft)
            return nil
        }
        guard let checked = check(draft, in: scope, expecting: nil) else { return nil }
        switch checked.type {
        case .person, .optional(.person), .list(.person), .optional(.list(.person)), .dyn: return checked
        default:
            report(
                "expression.type", "People belong here, not \(checked.type).",
                hint: "Name them with role:, group:, team: or person:, or give a person.", draft)
            return nil
        }
    }

    /// Text in all languages.
    func template(_ draft: DraftTemplate?, in scope: Scope) -> LocalizedTemplate? {
        guard let draft else { return nil }
        var byLanguage: [String: CheckedTemplate] = [:]
        for part in draft.parts {
            guard let checked = template(part.template, part.scalar, in: scope) else { continue }
            for language in part.languages { byLanguage[language] = checked }
        }
        return LocalizedTemplate(byLanguage)
    }

    /// Text in one language.
    func template(_ template: TextTemplate, _ scalar: YAMLScalar, in scope: Scope) -> CheckedTemplate? {
        do throws(ExpressionIssues) {
            let (checked, costs) = try scope.checkWithCost(template)
            for issue in costs { findings.error(issue, in: scalar, leavesProcessWhole: true) }
            return checked
        } catch {
            report(error, scalar, scope, expecting: nil, leavesProcessWhole: true)
            return nil
        }
    }

    // MARK: Issues

    private func check(_ draft: DraftExpression, in scope: Scope, expecting type: ExpressionType?) -> CheckedExpression?
    {
        do throws(ExpressionIssues) {
            let (checked, issue) = try scope.checkWithCost(draft.expression, expecting: type)
            if let issue { findings.error(issue, in: draft.scalar) }
            return checked
        } catch {
            report(error, draft.scalar, scope, expecting: type)
            return nil
        }
    }

    private func isPresent(_ checked: CheckedExpression, _ draft: DraftExpression) -> Bool {
        guard case .optional = checked.type else { return true }
        report(
            "expression.maybe_absent", "`\(checked.source)` may be absent here.",
            hint: "Write `\(checked.source).otherwise(…)`, or repeat the condition under which it is there.", draft)
        return false
    }

    private func report(_ code: String, _ message: String, hint: String?, _ draft: DraftExpression) {
        let range = 0..<draft.scalar.text.utf8.count
        findings.error(ExpressionIssue(code: code, message: message, hint: hint, range: range), in: draft.scalar)
    }

    private func report(
        _ error: ExpressionIssues, _ scalar: YAMLScalar, _ scope: Scope, expecting type: ExpressionType?,
        leavesProcessWhole: Bool = false
    ) {
        for issue in error.issues {
            findings.error(
                explained(issue, in: scalar.text, scope, expecting: type), in: scalar,
                leavesProcessWhole: leavesProcessWhole)
        }
    }

    /// An unknown name that exists elsewhere is told as what it is: too early, or a choice without its quotes.
    private func explained(
        _ issue: ExpressionIssue, in text: String, _ scope: Scope, expecting type: ExpressionType?
    ) -> ExpressionIssue {
        guard issue.code == "expression.unknown_name" else { return issue }
        let bytes = Array(text.utf8)
        let part = bytes[issue.range.clamped(to: 0..<bytes.count)]
        let word = String(decoding: part.prefix { $0 == UInt8(ascii: "_") || Self.isLetterOrDigit($0) }, as: UTF8.self)
        if let unknown = scope.unknown(word) {
            return ExpressionIssue(
                code: DiagnosticCode.expressionNotBefore.rawValue, message: "`\(word)` is not known here yet.",
                hint: unknown.hint,
                range: issue.range)
        }
        let members = type.map(Self.members) ?? []
        if issue.hint == nil, !members.contains(word), let near = NearestName.of(word, among: members) {
            return ExpressionIssue(
                code: issue.code, message: issue.message, hint: "Did you mean `{text: \(near)}`?", range: issue.range)
        }
        guard members.contains(word) else {
            guard issue.hint == nil, let hint = Self.meaning(of: word, at: issue.range, in: bytes) else { return issue }
            return ExpressionIssue(code: issue.code, message: issue.message, hint: hint, range: issue.range)
        }
        return ExpressionIssue(
            code: issue.code, message: issue.message,
            hint: "A choice stands in quotes, and YAML takes one pair away: '\"\(word)\"', or {text: \(word)}.",
            range: issue.range)
    }

    /// What people mean by some words, and by a word that something is compared with.
    private static func meaning(of word: String, at range: Range<Int>, in bytes: [UInt8]) -> String? {
        switch word.lowercased() {
        case "yes", "no", "ja", "nein", "wahr", "falsch":
            return "Yes and no are `true` and `false`; a question of type yes_no is a condition by itself."
        case "tomorrow", "morgen": return "Write `today + 1 day`."
        case "heute": return "Write `today`."
        case "jetzt": return "Write `now`."
        default: break
        }
        let space = UInt8(ascii: " ")
        let before = bytes[..<range.lowerBound].reversed().drop { $0 == space }.prefix(2)
        let behind = bytes[min(range.upperBound, bytes.count)...].drop { $0 == space }.prefix(2)
        let isCompared = [Array(before.reversed()), Array(behind)].contains {
            $0 == Array("==".utf8) || $0 == Array("!=".utf8)
        }
        return isCompared ? "A text or a choice stands in quotes: `\"\(word)\"`." : nil
    }

    /// What is said of a single word where a text may stand, when nothing is called so, nor nearly so.
    private func textWithoutQuotes(_ draft: DraftExpression, in scope: Scope) -> ExpressionIssue? {
        let word = draft.expression.source
        guard Names.isIdentifier(word), scope.variable(word) == nil, scope.unknown(word) == nil,
            !["true", "false", "null"].contains(word), NearestName.hint(for: word, among: scope.names) == nil
        else { return nil }
        return ExpressionIssue(
            code: "expression.unknown_name", message: "There is no `\(word)` here.",
            hint: "A text stands in `{text: \(word)}`.", range: 0..<word.utf8.count)
    }

    private static func members(of type: ExpressionType) -> [String] {
        switch type {
        case .choice(let choice): choice.members
        case .optional(let wrapped), .list(let wrapped): members(of: wrapped)
        default: []
        }
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
            || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
}

extension ExpressionType {
    /// Whether something in it is known only at run time.
    var isDynamic: Bool {
        switch self {
        case .dyn, .parameter: true
        case .list(let element), .optional(let element), .type(let element): element.isDynamic
        case .map(let key, let value): key.isDynamic || value.isDynamic
        case .record(let record): record.fields.values.contains { $0.type.isDynamic }
        default: false
        }
    }
}
