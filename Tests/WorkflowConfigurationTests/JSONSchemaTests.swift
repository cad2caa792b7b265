import Foundation
import Testing

@testable import WorkflowConfiguration

@Suite("JSON Schemas")
struct JSONSchemaTests {
    /// Run with `BUREAU_WRITE_SCHEMA=1` after a change of the declarations.
    @Test("The files in Schemas are those of the reader's own declarations")
    func current() throws {
        let folder = Folders.project.appending(path: "Schemas")
        let isWriting = ProcessInfo.processInfo.environment["BUREAU_WRITE_SCHEMA"] == "1"
        for (name, schema) in JSONSchemas.all {
            let file = folder.appending(path: name)
            if isWriting { try schema.write(to: file, atomically: true, encoding: .utf8) }
            let stored = try String(contentsOf: file, encoding: .utf8)
            #expect(stored == schema, "\(name) differs from what the reader takes")
        }
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        #expect(Set(files.filter { $0.hasSuffix(".schema.json") }) == Set(JSONSchemas.all.keys))
    }

    @Test("A schema is JSON and refers only to what it defines")
    func references() throws {
        for (name, schema) in JSONSchemas.all {
            let root = try #require(
                try JSONSerialization.jsonObject(with: Data(schema.utf8)) as? [String: Any], "\(name)")
            let definitions = try #require(root["$defs"] as? [String: Any])
            let used = Set(schema.matches(of: /"#\/\$defs\/([a-z_]+)"/).map { String($0.1) })
            #expect(used == Set(definitions.keys), "\(name)")
        }
    }

    @Test("Mappings of one name are one declaration, so that no definition hides another")
    func names() {
        var known: [String: [String]] = [:]
        func visit(_ shape: ValueShape) {
            switch shape {
            case .mapping(let mapping):
                let keys = mapping.keys.map { "\($0.name) \($0.isRequired)" }
                if let other = known[mapping.name] {
                    #expect(other == keys, "\(mapping.name)")
                } else {
                    known[mapping.name] = keys
                    for key in mapping.keys { visit(key.value) }
                }
            case .form: visit(.mapping(Shapes.field))
            case .steps: for kind in Shapes.kinds { visit(.mapping(kind.shape)) }
            case .list(let shape), .map(let shape), .instances(let shape): visit(shape)
            case .either(let shapes): shapes.forEach(visit)
            default: break
            }
        }
        for file in JSONSchemas.files { visit(file.shape) }
        #expect(known.count > 20)
    }
}
