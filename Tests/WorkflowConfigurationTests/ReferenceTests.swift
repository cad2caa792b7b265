import Foundation
import Testing

@testable import WorkflowConfiguration

@Suite("The reference")
struct ReferenceTests {
    private static let shapes = [
        Shapes.organisation, Shapes.workingHours, Shapes.role, Shapes.department, Shapes.team, Shapes.requestType,
        Shapes.cancel,
        Shapes.field, Shapes.element, Shapes.task, Shapes.approval, Shapes.request, Shapes.block, Shapes.end,
        Shapes.overdue,
        Shapes.handler,
    ]

    @Test("The README names every key, every kind of step and every type of field")
    func complete() throws {
        let text = try String(contentsOf: Folders.configuration.appending(path: "README.md"), encoding: .utf8)
        let words = Self.shapes.flatMap { $0.keys.map(\.name) } + Shapes.kinds + Shapes.fieldTypes
        for word in Set(words).sorted() {
            let isNamed = text.contains("`\(word)`") || text.contains("{\(word):")
            #expect(isNamed, "\(word)")
        }
        for kind in Shapes.laterKinds { #expect(text.contains(kind)) }
    }

    @Test("Every key says what it is for, in its own name")
    func documented() {
        for shape in Self.shapes {
            for key in shape.keys {
                #expect(key.doc.hasPrefix("`\(key.name)"), "\(key.name) of \(shape.name)")
                #expect(key.doc.hasSuffix("."), "\(key.name) of \(shape.name)")
            }
            #expect(Set(shape.keys.map(\.name)).count == shape.keys.count, "\(shape.name)")
            #expect(Set(shape.keys.map(\.name)).isDisjoint(with: shape.later), "\(shape.name)")
        }
    }
}
