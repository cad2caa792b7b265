import Foundation

@testable import WorkflowConfiguration

/// The tables of keys in Config/reference, from the declarations that the reader obeys.
struct KeyTables {
    /// Which page has the tables of which mappings. Each stands below a heading of its name.
    static let pages: [(page: String, shapes: [MappingShape])] = [
        (
            "request-types.md",
            [
                Shapes.requestType, Shapes.outcome, Shapes.cancel, Shapes.amendment, Shapes.target, Shapes.breach,
                Shapes.rule,
                Shapes.reopening,
            ]
        ),
        ("forms.md", [Shapes.field, Shapes.answerField, Shapes.element, Shapes.literalText]),
        (
            "steps.md",
            [everyStep] + Shapes.kinds.map(\.shape) + [
                Shapes.addVoters, Shapes.escalation, Shapes.calling, Shapes.retry, Shapes.caseOutput, Shapes.chooseCase,
                Shapes.otherwise,
                Shapes.row, Shapes.lateElements, Shapes.overdue, Shapes.handler, Shapes.undoing,
            ]
        ),
        (
            "people-and-time.md",
            [
                Shapes.organisation, Shapes.workingHours, Shapes.role, Shapes.group, Shapes.skill, Shapes.choice,
                Shapes.service,
                Shapes.department, Shapes.team,
            ]
        ),
        (
            "scenario-tests.md",
            [
                Shapes.scenarioFile, Shapes.scenario, Shapes.given, Shapes.givenPerson, Shapes.deputy, Shapes.reply,
                Shapes.callReply, Shapes.action,
                Shapes.expectation, Shapes.told,
            ]
        ),
    ]

    /// What steps of all kinds have in common; said once.
    static let everyStep = MappingShape(
        "every step", Shapes.task.keys.filter { commonKeys.contains($0.name) })
    private static let commonKeys = [
        "title", "when", "after", "stage", "on_change", "only_while", "hold", "visible_to", "was",
    ]

    static func opening(_ shape: MappingShape) -> String { "<!-- keys of \(shape.name) -->" }
    static let closing = "<!-- end of keys -->"

    /// What GitHub makes of a heading.
    static func anchor(_ heading: String) -> String {
        String(
            heading.lowercased().filter { $0.isLetter || $0.isNumber || " -_".contains($0) }.map {
                $0 == " " ? "-" : $0
            })
    }

    /// One line a key; of a kind of step without the keys that every step has.
    static func table(of shape: MappingShape, on page: String) -> String {
        let isKind = Shapes.kinds.contains { $0.shape.name == shape.name }
        let keys = shape.keys.filter { !isKind || !commonKeys.contains($0.name) }
        var lines = ["| key | takes | |", "|---|---|---|"]
        for key in keys {
            let example = key.example.map { " Such as `\($0)`." } ?? ""
            let name = "`\(key.name)`" + (key.isRequired ? " **required**" : "")
            let exceptions = shape.name == everyStep.name ? exceptions(of: key.name) : ""
            lines.append("| \(name) | \(words(key.value, on: page)) | \(escaped(key.doc + example + exceptions)) |")
        }
        if let others = shape.others {
            lines.append("| any other name | \(words(.list(others), on: page)) | A column: what it must be. |")
        }
        return lines.joined(separator: "\n")
    }

    /// The kinds of step that do not take a key which the others have in common.
    private static func exceptions(of key: String) -> String {
        let others = Shapes.kinds.filter { !$0.shape.keys.contains { $0.name == key } }.map { "`\($0.word)`" }
        return others.isEmpty ? "" : " Not at \(others.formatted(.list(type: .or).locale(Locale(identifier: "en"))))."
    }

    private static func escaped(_ text: String) -> String { text.split(separator: "|").joined(separator: "\\|") }

    private static func words(_ shape: ValueShape, on page: String) -> String {
        switch shape {
        case .text: "text"
        case .template: "text with `{{ }}`"
        case .name: "a name"
        case .characters: "plain text"
        case .instance: "a step"
        case .instances(let value): "steps, each with \(words(value, on: page))"
        case .words(let words): words.map { "`\($0)`" }.joined(separator: ", ")
        case .yesNo: "`true` or `false`"
        case .wholeNumber: "a whole number"
        case .number: "a number"
        case .condition: "a condition"
        case .expression: "an expression"
        case .moment: "a span, a date or a moment"
        case .span: "a span"
        case .value: "a value"
        case .cell: "a cell"
        case .percentage: "a percentage"
        case .people: "people"
        case .mapping(let mapping): link(mapping.name, on: page)
        case .map(let value): "names, each with \(words(value, on: page))"
        case .form: "names, each with \(link(Shapes.field.name, on: page))"
        case .steps: page == "steps.md" ? "a list of steps" : "a list of [steps](steps.md)"
        case .list(let value): "\(words(value, on: page)), or a list"
        case .either(let shapes): shapes.map { words($0, on: page) }.joined(separator: "; or ")
        }
    }

    private static func link(_ name: String, on page: String) -> String {
        let home = pages.first { $0.shapes.contains { $0.name == name } }?.page ?? ""
        return "[\(name)](\(home == page ? "" : home)#\(anchor(name)))"
    }

    /// A page whose tables are brought up to date; what stands between them stays.
    static func updated(_ text: String, page: String) -> String {
        var text = text
        for shape in pages.first(where: { $0.page == page })?.shapes ?? [] {
            guard let start = text.range(of: opening(shape) + "\n"),
                let end = text.range(of: closing, range: start.upperBound..<text.endIndex)
            else { continue }
            text.replaceSubrange(start.upperBound..<end.lowerBound, with: table(of: shape, on: page) + "\n")
        }
        return text
    }
}
