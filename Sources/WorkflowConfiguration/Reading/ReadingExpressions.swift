import Expressions
import WorkflowCore

/// An expression that has been parsed, not yet checked. A class, because steps and fields have room for many and hold few.
final class DraftExpression {
    let expression: Expression
    let scalar: YAMLScalar

    init(expression: Expression, scalar: YAMLScalar) {
        self.expression = expression
        self.scalar = scalar
    }
}

/// Whom a file names, its references resolved.
enum DraftPeople {
    case role(String)
    case group(String)
    case team(String)
    case person(String)
    case expression(DraftExpression)
    /// Something that has been complained about and may be anybody.
    case unreadable

    /// Whether it is one person at most, so that nobody may be left.
    var isSingle: Bool {
        switch self {
        case .person, .expression: true
        case .role, .group, .team, .unreadable: false
        }
    }

    /// Whether it need not be anybody even if nobody leaves: what is computed, or a handle that the directory may not know.
    var mayBeNobody: Bool {
        switch self {
        case .person: true
        case .expression(let draft): draft.scalar.text != "requester" && draft.scalar.text != "beneficiary"
        case .role, .group, .team, .unreadable: false
        }
    }
}

/// A value, or text with expressions written as `{text: …}`.
enum DraftValue {
    case expression(DraftExpression)
    case text(TextTemplate, YAMLScalar)

    var location: SourceLocation {
        switch self {
        case .expression(let draft): draft.scalar.location
        case .text(_, let scalar): scalar.location
        }
    }
}

extension ReadingContext {
    func expression(_ node: YAMLNode) -> DraftExpression? {
        node.scalar("an expression", findings).flatMap(expression(of:))
    }

    func expression(of scalar: YAMLScalar) -> DraftExpression? {
        do throws(ExpressionIssues) {
            return DraftExpression(expression: try parsed(scalar.text), scalar: scalar)
        } catch {
            for issue in error.issues { findings.error(issue, in: scalar) }
            return nil
        }
    }

    /// An expression, or `{text: …}`.
    func value(_ node: YAMLNode) -> DraftValue? {
        guard case .mapping = node else {
            return node.scalar("an expression", findings).flatMap(valueExpression).map(DraftValue.expression)
        }
        guard let reader = MappingReader(node, Shapes.literalText, findings: findings),
            let scalar = reader["text"]?.scalar("a text", findings), let template = template(of: scalar)
        else { return nil }
        return .text(template, scalar)
    }

    /// Where an expression is read that people may well take for a text.
    private func valueExpression(_ scalar: YAMLScalar) -> DraftExpression? {
        guard scalar.text.isProse else { return expression(of: scalar) }
        do throws(ExpressionIssues) {
            return DraftExpression(expression: try parsed(scalar.text), scalar: scalar)
        } catch {
            findings.error(
                ExpressionIssue(
                    code: "expression.syntax", message: "This is no expression.",
                    hint: "A text stands in `{text: \(scalar.text)}`.", range: 0..<scalar.text.utf8.count), in: scalar)
            return nil
        }
    }

    /// One source of people or several; entries that cannot be read are complained about.
    func people(_ node: YAMLNode) -> [DraftPeople] {
        if case .sequence(let sequence) = node, sequence.items.isEmpty {
            findings.error(
                .configEmpty, "Nobody stands here.", hint: "Name somebody, or leave the key out.", at: node.location)
        }
        return node.items.map { item in
            if case .mapping(let mapping) = item, let entry = mapping.entries.first, mapping.entries.count == 1,
                Self.prefixes.contains(entry.key.text)
            {
                findings.error(
                    .configWrongType, "A source of people is one word.",
                    hint: "Write `\(entry.key.text):` and the name without a space between them.",
                    at: entry.key.location)
                return .unreadable
            }
            return item.scalar("a source of people", findings).flatMap(source(of:)) ?? .unreadable
        }
    }

    private static let prefixes = ["role", "group", "team", "person", "skill"]

    private func source(of scalar: YAMLScalar) -> DraftPeople? {
        guard let colon = scalar.text.utf8.firstIndex(of: UInt8(ascii: ":")) else {
            return expression(of: scalar).map(DraftPeople.expression)
        }
        let prefix = String(scalar.text[..<colon])
        guard Names.isSharedName(prefix) else { return expression(of: scalar).map(DraftPeople.expression) }
        let name = String(scalar.text[scalar.text.utf8.index(after: colon)...])
        var location: SourceLocation {
            let start = prefix.utf8.count + 1
            return scalar.source.location(scalar.range(of: start..<start + max(1, name.utf8.count)))
        }
        switch prefix {
        case "role":
            return resolve(name, among: names.roles, "role", .unknownRole, at: location) ? .role(name) : nil
        case "group":
            return resolve(name, among: names.groups, "group", .unknownGroup, at: location) ? .group(name) : nil
        case "team":
            return resolve(name, among: names.teams, "team", .unknownTeam, at: location) ? .team(name) : nil
        case "person":
            guard !name.isEmpty, name.utf8.allSatisfy({ $0 > 0x20 }) else {
                findings.error(.nameInvalid, "`\(name)` is not a person's handle.", at: location)
                return nil
            }
            return .person(name)
        case "skill":
            return resolve(name, among: names.skills, "skill", .unknownSkill, at: location)
                ? .group(GroupID(skill: name).text) : nil
        default:
            findings.error(
                .configBadValue, "`\(prefix):` is no source of people.",
                hint: NearestName.hint(for: prefix, among: Self.prefixes)
                    ?? "Sources are role:, group:, team:, skill: and person:.",
                at: scalar.location)
            return nil
        }
    }
}

extension String {
    /// Whether it reads like words rather than like an expression: several, or letters that no name has.
    fileprivate var isProse: Bool {
        let words = split(separator: " ")
        guard !words.isEmpty, words.count > 1 || !Names.isIdentifier(self) else { return false }
        return allSatisfy { $0.isLetter || $0 == " " || $0 == "-" || $0 == "." || $0 == "," }
            && contains(where: \.isLetter)
    }
}
