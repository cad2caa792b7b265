/// Turns the declarations of one kind of file into a schema.
struct SchemaBuilder {
    private let file: JSONSchemas.File
    private var definitions: [(String, SchemaValue)] = []

    init(_ file: JSONSchemas.File) {
        self.file = file
    }

    /// The whole schema, with what it uses under `$defs`.
    func schema() -> SchemaValue {
        var builder = self
        let root = builder.members(of: file.shape)
        return .object(
            [
                ("$schema", .text("https://json-schema.org/draft/2020-12/schema")),
                ("$id", .text("urn:bureau:schema:\(file.name)")), ("title", .text(file.title)),
                ("description", .text("The configuration file \(file.place).")),
            ] + root + [("$defs", .object(builder.definitions.sorted { $0.0 < $1.0 }))])
    }

    private mutating func value(_ shape: ValueShape) -> SchemaValue { .object(members(of: shape)) }

    private mutating func members(of shape: ValueShape) -> [(String, SchemaValue)] {
        switch shape {
        case .text, .template: return refer("text") { _ in Self.text }
        case .name: return refer("name") { _ in Self.pattern(#"^[a-z][a-zA-Z0-9_.:-]*$"#) }
        case .instance: return refer("instance") { _ in Self.pattern(Self.instance) }
        case .characters, .cell, .expression, .condition, .moment, .span: return refer("scalar") { _ in Self.scalar }
        case .value:
            return refer("value") { builder in
                [("anyOf", .array([.object(Self.scalar), builder.value(.mapping(Shapes.literalText))]))]
            }
        case .percentage: return refer("percentage") { _ in Self.pattern(#"^[0-9]+ ?%$"#) }
        case .words(let words): return [("enum", .array(words.map(SchemaValue.text)))]
        case .yesNo: return [("enum", .array([.flag(true), .flag(false), .text("true"), .text("false")]))]
        case .wholeNumber:
            return refer("whole_number") { _ in
                [("anyOf", .array([.object([("type", .text("integer"))]), .object(Self.pattern("^[0-9]+$"))]))]
            }
        case .number: return refer("number") { _ in [("type", .array([.text("number"), .text("string")]))] }
        case .people:
            return refer("people") { _ in
                let one = SchemaValue.object([
                    ("type", .text("string")),
                    (
                        "description",
                        .text(
                            "role:…, group:…, team:…, person:… or an expression that gives people, such as requester.")
                    ),
                ])
                return [
                    (
                        "anyOf",
                        .array([one, .object([("type", .text("array")), ("items", one), ("minItems", .number(1))])])
                    )
                ]
            }
        case .mapping(let mapping): return refer(Self.identifier(of: mapping)) { $0.object(mapping) }
        case .map(let shape):
            return [
                ("type", .text("object")),
                ("propertyNames", .object([("pattern", .text(#"^[A-Za-z0-9][A-Za-z0-9_.-]*$"#))])),
                ("additionalProperties", value(shape)),
            ]
        case .instances(let shape):
            return [
                ("type", .text("object")), ("propertyNames", .object([("pattern", .text(Self.instance))])),
                ("additionalProperties", value(shape)),
            ]
        case .form: return members(of: .map(.mapping(Shapes.field)))
        case .steps:
            return refer("steps") { builder in
                let kinds = Shapes.kinds.map { builder.value(.mapping($0.shape)) }
                return [
                    ("type", .text("array")), ("items", .object([("anyOf", .array(kinds))])), ("minItems", .number(1)),
                ]
            }
        case .list(let shape):
            let one = value(shape)
            return [("anyOf", .array([one, .object([("type", .text("array")), ("items", one)])]))]
        case .either(let shapes):
            var options: [SchemaValue] = []
            for shape in shapes { options.append(value(shape)) }
            return [("anyOf", .array(options))]
        }
    }

    /// A reference to a definition, which is built once; it may refer to itself.
    private mutating func refer(
        _ name: String, _ build: (inout SchemaBuilder) -> [(String, SchemaValue)]
    ) -> [(String, SchemaValue)] {
        if !definitions.contains(where: { $0.0 == name }) {
            definitions.append((name, .flag(true)))
            let built = SchemaValue.object(build(&self))
            if let index = definitions.firstIndex(where: { $0.0 == name }) { definitions[index].1 = built }
        }
        return [("$ref", .text("#/$defs/\(name)"))]
    }

    private mutating func object(_ mapping: MappingShape) -> [(String, SchemaValue)] {
        var properties: [(String, SchemaValue)] = []
        for key in mapping.keys {
            var members = [("description", SchemaValue.text(key.doc))] + members(of: key.value)
            if let example = key.example { members.append(("examples", .array([.text(example)]))) }
            properties.append((key.name, .object(members)))
        }
        let required = mapping.keys.filter(\.isRequired).map { SchemaValue.text($0.name) }
        let others = mapping.others.map { value(.list($0)) } ?? .flag(false)
        return [("type", .text("object")), ("properties", .object(properties))]
            + (required.isEmpty ? [] : [("required", .array(required))]) + [("additionalProperties", others)]
    }

    /// `a child request` is `child_request`.
    private static func identifier(of mapping: MappingShape) -> String {
        let letters = mapping.name.unicodeScalars.map { $0.properties.isAlphabetic ? Character($0) : " " }
        let words = String(letters).split(separator: " ").filter { !["a", "an", "the"].contains($0) }
        return words.joined(separator: "_")
    }

    /// Editors read plain scalars as numbers and booleans; we read them as the text that they are.
    private static let scalar: [(String, SchemaValue)] = [
        ("type", .array([.text("string"), .text("number"), .text("boolean")]))
    ]

    private static let text: [(String, SchemaValue)] = [
        (
            "anyOf",
            .array([
                .object(scalar),
                .object([
                    ("type", .text("object")),
                    ("propertyNames", .object([("pattern", .text("^[a-zA-Z]{2,3}(-[a-zA-Z0-9]+)*$"))])),
                    ("additionalProperties", .object(scalar)), ("minProperties", .number(1)),
                ]),
            ])
        )
    ]

    /// The step, then rounds, elements and what takes it back.
    private static let instance = #"^[a-z][a-z0-9_]*([#!\[].*)?$"#

    private static func pattern(_ pattern: String) -> [(String, SchemaValue)] {
        [("type", .text("string")), ("pattern", .text(pattern))]
    }
}
