// libyaml's own events, which the package Yams brings. Yams' `compose` is not used: it recurses without a bound, keeps no end
// marks, resolves aliases before anybody can refuse them and stops at the first duplicate key.
import CYaml
import WorkflowCore

/// Reads a file into nodes, refusing what makes YAML surprising: anchors, aliases, tags, merge keys, duplicate keys.
struct YAMLReader {
    /// How deep mappings and sequences may nest.
    static let maximumDepth = 50
    /// The longest file, in UTF-8 bytes.
    static let maximumSize = 1 << 20

    private let source: SourceText
    private let findings: Findings
    private var builder: YAMLBuilder

    /// The file's one document; nil when there is none or when it cannot be read, which `findings` then says.
    static func read(_ text: String, path: String, findings: Findings) -> YAMLNode? {
        let source = SourceText(path: path, text: text)
        guard text.utf8.count <= maximumSize else {
            findings.error(.yamlTooLarge, "The file is larger than 1 MiB.", at: source.location(0..<1))
            return nil
        }
        // A native string lends its own bytes.
        var text = text
        return text.withUTF8 { bytes in
            // Null, and the first byte of U+FFFD.
            if bytes.contains(where: { $0 == 0 || $0 == 0xEF }), !isText(source, findings) { return nil }
            if let node = SimpleYAML.read(bytes, source: source) { return node }
            var reader = YAMLReader(source: source, findings: findings)
            return reader.read(bytes)
        }
    }

    /// Whether the file is UTF-8. What was none has become U+FFFD when it was loaded; every second byte of UTF-16 is null.
    private static func isText(_ source: SourceText, _ findings: Findings) -> Bool {
        if source.scalars.count(where: { $0 == "\0" }) > source.scalars.count / 3 {
            findings.error(
                .yamlEncoding, "This file is not UTF-8; it looks like UTF-16.",
                hint: "Save it as UTF-8, in some editors called Unicode (UTF-8).", at: source.location(0..<1))
            return false
        }
        guard let place = source.scalars.firstIndex(of: "\u{FFFD}") else { return true }
        findings.error(
            .yamlEncoding, "This character is not UTF-8; the file may be saved as Windows-1252 or Latin-1.",
            hint: "Save the file as UTF-8, then write the character anew.", at: source.location(place..<place + 1))
        return false
    }

    /// The same by libyaml alone.
    static func readThoroughly(_ text: String, path: String, findings: Findings) -> YAMLNode? {
        var reader = YAMLReader(source: SourceText(path: path, text: text), findings: findings)
        var text = text
        return text.withUTF8 { reader.read($0) }
    }

    private init(source: SourceText, findings: Findings) {
        self.source = source
        self.findings = findings
        builder = YAMLBuilder(source: source, findings: findings)
    }

    private mutating func read(_ bytes: UnsafeBufferPointer<UInt8>) -> YAMLNode? {
        let parser = UnsafeMutablePointer<yaml_parser_t>.allocate(capacity: 1)
        defer { parser.deallocate() }
        guard yaml_parser_initialize(parser) == 1 else {
            findings.error(.yamlSyntax, "There is not enough memory to read the file.", at: source.location(0..<1))
            return nil
        }
        defer { yaml_parser_delete(parser) }
        yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
        yaml_parser_set_input_string(parser, bytes.baseAddress, bytes.count)
        return events(of: parser, bytes: bytes)
    }

    private mutating func events(
        of parser: UnsafeMutablePointer<yaml_parser_t>, bytes: UnsafeBufferPointer<UInt8>
    ) -> YAMLNode? {
        var documents = 0
        while true {
            var event = yaml_event_t()
            guard yaml_parser_parse(parser, &event) == 1 else {
                report(parser.pointee, bytes: bytes)
                return nil
            }
            defer { yaml_event_delete(&event) }
            let range = Int(event.start_mark.index)..<max(Int(event.start_mark.index), Int(event.end_mark.index))
            switch event.type {
            case YAML_DOCUMENT_START_EVENT:
                documents += 1
                if documents > 1 {
                    findings.error(
                        .yamlDocuments, "A file holds one document.", hint: "Take `---` out.",
                        at: source.location(range))
                    return nil
                }
            case YAML_STREAM_END_EVENT:
                if documents == 0 { findings.error(.configEmpty, "The file says nothing.", at: source.location(0..<1)) }
                return builder.root
            default:
                guard take(event, range) else { return nil }
            }
        }
    }

    /// False when reading cannot go on.
    private mutating func take(_ event: yaml_event_t, _ range: Range<Int>) -> Bool {
        switch event.type {
        case YAML_SCALAR_EVENT:
            let scalar = event.data.scalar
            refuse(anchor: scalar.anchor, tag: scalar.tag, range)
            let buffer = UnsafeBufferPointer(start: scalar.value, count: scalar.length)
            builder.add(String(decoding: buffer, as: UTF8.self), Self.style(scalar.style), range)
        case YAML_ALIAS_EVENT:
            findings.error(
                .yamlAlias, "Aliases (`*name`) are not part of the language.", hint: "Write the value out.",
                at: source.location(range))
            builder.add(.broken(source.location(range)), at: range)
        case YAML_SEQUENCE_START_EVENT:
            let start = event.data.sequence_start
            refuse(anchor: start.anchor, tag: start.tag, range)
            return builder.open(.sequence, isFlow: start.style == YAML_FLOW_SEQUENCE_STYLE, range)
        case YAML_MAPPING_START_EVENT:
            let start = event.data.mapping_start
            refuse(anchor: start.anchor, tag: start.tag, range)
            return builder.open(.mapping, isFlow: start.style == YAML_FLOW_MAPPING_STYLE, range)
        case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT: builder.close(at: range.upperBound)
        default: break
        }
        return true
    }

    private func refuse(anchor: UnsafeMutablePointer<UInt8>?, tag: UnsafeMutablePointer<UInt8>?, _ range: Range<Int>) {
        if anchor != nil {
            findings.error(
                .yamlAnchor, "Anchors (`&name`) are not part of the language.",
                hint: "Write the value out where it is needed.",
                at: source.location(range))
        }
        if tag != nil {
            findings.error(
                .yamlTag, "Tags (`!name`) are not part of the language.",
                hint: "A text that begins with `!` stands in quotes; a condition begins with `not`.",
                at: source.location(range))
        }
    }

    private func report(_ parser: yaml_parser_t, bytes: UnsafeBufferPointer<UInt8>) {
        let problem = parser.problem.map { String(cString: $0) } ?? "it cannot be read"
        if parser.error == YAML_READER_ERROR {
            let before = String(decoding: bytes.prefix(parser.problem_offset), as: UTF8.self).unicodeScalars.count
            findings.error(.yamlSyntax, "This is not YAML: \(problem).", at: source.location(before..<before + 1))
            return
        }
        let index = Int(parser.problem_mark.index)
        let context = parser.context.map { " \(String(cString: $0))" } ?? ""
        if Int(parser.flow_level) > Self.maximumDepth {
            // libyaml looks ahead, and gives up by itself before the events come to that depth.
            findings.error(
                .yamlTooDeep, "This nests deeper than \(Self.maximumDepth) levels.",
                at: source.location(index..<index + 1))
            return
        }
        let isTab = source.scalars.indices.contains(index) && source.scalars[index] == "\t"
        findings.error(
            isTab ? .yamlTab : .yamlSyntax,
            isTab ? "A tab stands where YAML wants spaces." : "This is not YAML: \(problem)\(context).",
            hint: isTab ? "Indent with spaces, never with tabs." : Self.hint(for: problem),
            at: source.location(index..<index + 1))
    }

    private static func hint(for problem: String) -> String? {
        switch problem {
        case "mapping values are not allowed in this context":
            "A text with a colon and a space in it stands in quotes, a mapping on the same line in braces: `{tell: role:lead}`."
        case "found character that cannot start any token": "A text that begins with this character stands in quotes."
        case "did not find expected key", "did not find expected '-' indicator":
            "Look at the indentation, and at quotes that close too early."
        case "did not find expected ',' or '}'", "did not find expected ',' or ']'":
            "An expression with brackets or quotes in it stands in quotes itself."
        default: nil
        }
    }

    private static func style(_ style: yaml_scalar_style_t) -> YAMLScalar.Style {
        switch style {
        case YAML_SINGLE_QUOTED_SCALAR_STYLE: .singleQuoted
        case YAML_DOUBLE_QUOTED_SCALAR_STYLE: .doubleQuoted
        case YAML_LITERAL_SCALAR_STYLE: .literal
        case YAML_FOLDED_SCALAR_STYLE: .folded
        default: .plain
        }
    }
}
