import Expressions
import WorkflowCore

/// Checks what files say in the scope of its place, and says issues at their place in the file.
struct ExpressionCompiler {
    let findings: Findings

    /// Something that is always yes or no, and not always the same.
    func condition(_ draft: DraftExpression?, in scope: Scope) -> CheckedExpression? {
        guard let draft, let checked = check(draft, in: scope, expecting: .bool) else { return nil }
        if checked.references.isEmpty {
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
            let plain = try? draft.expression.checked(in: scope.declarations, expecting: type, assuming: scope.assuming)
        {
            // The failure is no loss: the expression is checked again as an optional one, and that says what is wrong.
            return plain
        }
        return check(draft, in: scope, expecting: mayBeAbsent ? .optional(type) : type)
    }

    /// A value of any type that is surely there.
    func anyValue(_ draft: DraftExpression, in scope: Scope) -> CheckedExpression? {
        guard let checked = check(draft, in: scope, expecting: nil), isPresent(checked, draft) else { return nil }
        return checked
    }

    /// A span from the start of the step, a date or a moment.
    func moment(_ draft: DraftExpression?, in scope: Scope) -> CheckedExpression? {
        guard let draft, let checked = check(draft, in: scope, expecting: nil), isPresent(checked, draft) else {
            return nil
        }
        switch checked.type {
        case .span, .date, .timestamp, .dyn: return checked
        default:
            report(
                "expression.type", "A time span, a date or a moment belongs here, not \(checked.type).",
                hint: "Such as `3 working days` or `start - 1 day`.", draft)
            return nil
        }
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
        if roles.contains(word), scope.variables[word] == nil, scope.later[word] == nil {
            report(
                "expression.unknown_name", "There is no `\(word)` here.", hint: "Write `role:\(word)` for the role.",
                draft)
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
            return try template.checked(in: scope.declarations, assuming: scope.assuming)
        } catch {
            report(error, scalar, scope, expecting: nil)
            return nil
        }
    }

    // MARK: Issues

    private func check(_ draft: DraftExpression, in scope: Scope, expecting type: ExpressionType?) -> CheckedExpression?
    {
        do throws(ExpressionIssues) {
            return try draft.expression.checked(in: scope.declarations, expecting: type, assuming: scope.assuming)
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
        _ error: ExpressionIssues, _ scalar: YAMLScalar, _ scope: Scope, expecting type: ExpressionType?
    ) {
        for issue in error.issues {
            findings.error(explained(issue, in: scalar.text, scope, expecting: type), in: scalar)
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
        if let hint = scope.later[word] {
            return ExpressionIssue(
                code: DiagnosticCode.expressionNotBefore.rawValue, message: "`\(word)` is not known here yet.",
                hint: hint,
                range: issue.range)
        }
        guard let type, Self.members(of: type).contains(word) else { return issue }
        return ExpressionIssue(
            code: issue.code, message: issue.message,
            hint: "A choice stands in quotes, and YAML takes one pair away: '\"\(word)\"', or {text: \(word)}.",
            range: issue.range)
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
