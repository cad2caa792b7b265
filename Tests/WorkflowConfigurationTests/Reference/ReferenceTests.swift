import Foundation
import Testing

@testable import Expressions
@testable import WorkflowConfiguration

@Suite("The reference")
struct ReferenceTests {
    private static func text(_ page: String) throws -> String {
        try String(contentsOf: ReferenceExamples.folder.appending(path: page), encoding: .utf8)
    }

    /// Run with `BUREAU_WRITE_REFERENCE=1` after a change of the declarations.
    @Test("Its tables of keys are those of the reader's own declarations")
    func current() throws {
        let isWriting = ProcessInfo.processInfo.environment["BUREAU_WRITE_REFERENCE"] == "1"
        for (page, shapes) in KeyTables.pages {
            let text = try Self.text(page)
            let updated = KeyTables.updated(text, page: page)
            if isWriting {
                try updated.write(to: ReferenceExamples.folder.appending(path: page), atomically: true, encoding: .utf8)
            } else {
                #expect(text == updated, "\(page) differs from what the reader takes")
            }
            for shape in shapes {
                #expect(updated.contains(KeyTables.opening(shape)), "\(page) has no table of \(shape.name)")
            }
        }
    }

    @Test("Every mapping that an author can write has a table")
    func complete() {
        let known = Set(KeyTables.pages.flatMap { $0.shapes.map(\.name) })
        var seen: Set<String> = []
        func visit(_ shape: ValueShape) {
            switch shape {
            case .mapping(let mapping):
                guard seen.insert(mapping.name).inserted else { return }
                #expect(known.contains(mapping.name), "\(mapping.name)")
                for key in mapping.keys { visit(key.value) }
            case .form: visit(.mapping(Shapes.field))
            case .steps: for kind in Shapes.kinds { visit(.mapping(kind.shape)) }
            case .list(let shape), .map(let shape), .instances(let shape): visit(shape)
            case .either(let shapes): shapes.forEach(visit)
            default: break
            }
        }
        for file in JSONSchemas.files { visit(file.shape) }
        visit(.mapping(Shapes.scenarioFile))
        #expect(seen.count > 30)
    }

    @Test("Every key says what it is for, in its own name")
    func documented() {
        for shape in KeyTables.pages.flatMap(\.shapes) {
            for key in shape.keys {
                #expect(key.doc.hasPrefix("`\(key.name)"), "\(key.name) of \(shape.name)")
                #expect(key.doc.hasSuffix("."), "\(key.name) of \(shape.name)")
            }
            #expect(Set(shape.keys.map(\.name)).count == shape.keys.count, "\(shape.name)")
            #expect(Set(shape.keys.map(\.name)).isDisjoint(with: shape.later.keys), "\(shape.name)")
        }
    }

    @Test("Its links lead to pages and headings that are there")
    func links() throws {
        var anchors: [String: Set<String>] = [:]
        for page in try ReferenceExamples.pages() {
            let headings = try Self.text(page).components(separatedBy: "\n").filter { $0.hasPrefix("#") }
            anchors[page] = Set(headings.map { KeyTables.anchor(String($0.drop { $0 == "#" }.dropFirst())) })
        }
        for page in try ReferenceExamples.pages() {
            for match in try Self.text(page).matches(of: /\]\(([^)#]*)(#[^)]*)?\)/) {
                let target = match.1.isEmpty ? page : String(match.1)
                guard !target.contains("://") else { continue }
                if let known = anchors[target] {
                    if let anchor = match.2?.dropFirst() {
                        #expect(known.contains(String(anchor)), "\(page): \(match.0)")
                    }
                } else {
                    let url = ReferenceExamples.folder.appending(path: target)
                    #expect(FileManager.default.fileExists(atPath: url.standardizedFileURL.path), "\(page): \(match.0)")
                }
            }
        }
    }

    @Test("The page of expressions names every function, every macro and the limits")
    func functions() throws {
        let text = try Self.text("expressions.md")
        let macros = ["has", "all", "exists", "exists_one", "filter", "map", "optMap", "optFlatMap", "cel.bind"]
        let names = StandardFunctions.table.keys.sorted() + macros
        for name in names + ["manager_of", "expression.cost", "expression.dynamic"] {
            let last = name.split(separator: ".").last.map(String.init) ?? name
            #expect(text.contains("`\(name)") || text.contains(".\(last)("), "\(name)")
        }
        #expect(names.count > 60)
    }

    @Test("The page of patterns has all 43, and names the file of each that is supported")
    func patterns() throws {
        let text = try Self.text("patterns.md")
        let rows = text.components(separatedBy: "\n").compactMap { line -> (Int, String)? in
            let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
            guard cells.count == 3, let number = Int(cells[0]) else { return nil }
            return (number, line)
        }
        #expect(rows.map(\.0) == Array(1...43))
        let folder = PatternTests.folder.appending(path: "departments/patterns/requests")
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        for (number, row) in rows {
            let file = files.first { $0.hasPrefix(String(format: "p%02d_", number)) }
            #expect((file != nil) == PatternTests.supported.contains(number))
            if let file {
                #expect(row.contains("(../../Tests/Patterns/departments/patterns/requests/\(file))"), "\(number)")
            }
        }
    }
}
