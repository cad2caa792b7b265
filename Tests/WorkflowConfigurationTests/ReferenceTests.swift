import Foundation
import Testing

@testable import WorkflowConfiguration

@Suite("The reference")
struct ReferenceTests {
    private static let shapes =
        [
            Shapes.organisation, Shapes.workingHours, Shapes.role, Shapes.group, Shapes.choice, Shapes.department,
            Shapes.team, Shapes.service, Shapes.requestType, Shapes.cancel, Shapes.amendment, Shapes.target,
            Shapes.breach, Shapes.rule, Shapes.reopening, Shapes.field, Shapes.answerField, Shapes.element,
            Shapes.addVoters, Shapes.escalation, Shapes.undoing, Shapes.calling, Shapes.retry, Shapes.chooseCase,
            Shapes.otherwise, Shapes.row, Shapes.lateElements, Shapes.overdue, Shapes.handler, Shapes.literalText,
        ] + Shapes.kinds.map(\.shape)

    @Test("The README names every key, every kind of step and every type of field")
    func complete() throws {
        let text = try String(contentsOf: Folders.configuration.appending(path: "README.md"), encoding: .utf8)
        let words = Self.shapes.flatMap { $0.keys.map(\.name) } + Shapes.kindWords + Shapes.fieldTypes
        for word in Set(words).sorted() {
            let isNamed = text.contains("`\(word)`") || text.contains("{\(word):")
            #expect(isNamed, "\(word)")
        }
    }

    @Test("Every key says what it is for, in its own name")
    func documented() {
        for shape in Self.shapes {
            for key in shape.keys {
                #expect(key.doc.hasPrefix("`\(key.name)"), "\(key.name) of \(shape.name)")
                #expect(key.doc.hasSuffix("."), "\(key.name) of \(shape.name)")
            }
            #expect(Set(shape.keys.map(\.name)).count == shape.keys.count, "\(shape.name)")
            #expect(Set(shape.keys.map(\.name)).isDisjoint(with: shape.later.keys), "\(shape.name)")
        }
    }
}
