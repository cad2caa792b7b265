import WorkflowCore

/// Puts nodes together from a flat sequence of scalars, openings and endings, on a stack of its own.
struct YAMLBuilder {
    enum Collection {
        case mapping
        case sequence
    }

    private struct Frame {
        let collection: Collection
        let isFlow: Bool
        let start: Range<Int>
        var items: [YAMLNode] = []
        var entries: [YAMLMapping.Entry] = []
        /// The key that waits for its value; nil when a key comes next.
        var key: YAMLScalar?
        /// Whether the key that waits is not a text, or stands there twice: its value is thrown away.
        var isKeyBroken = false
        /// Whether it stands where a key belongs: nothing in it is complained about any more.
        var isSilent = false
        /// Whether it is thrown away as a whole, after a complaint.
        var isBroken = false
    }

    private let source: SourceText
    private let findings: Findings
    private var stack: [Frame] = []
    private(set) var root: YAMLNode?

    init(source: SourceText, findings: Findings) {
        self.source = source
        self.findings = findings
    }

    /// False when it is too deep.
    mutating func open(_ collection: Collection, isFlow: Bool, _ range: Range<Int>) -> Bool {
        guard stack.count < YAMLReader.maximumDepth else {
            findings.error(
                .yamlTooDeep, "This nests deeper than \(YAMLReader.maximumDepth) levels.", at: source.location(range))
            return false
        }
        var frame = Frame(collection: collection, isFlow: isFlow, start: range)
        if let outer = stack.last {
            frame.isSilent = outer.isSilent
            if outer.collection == .mapping, outer.key == nil, !outer.isKeyBroken {
                complainAboutKey(range)
                frame.isSilent = true
                stack[stack.count - 1].isBroken = true
                stack[stack.count - 1].isSilent = true
            }
        }
        stack.append(frame)
        return true
    }

    mutating func close(at end: Int) {
        guard let frame = stack.popLast() else { return }
        let start = frame.start.lowerBound
        let firstLine = source.location(start..<max(end, start + 1))
        let location = SourceLocation(
            file: firstLine.file, line: firstLine.line, column: firstLine.column,
            length: frame.isFlow ? firstLine.length : 1)
        if frame.isBroken {
            add(.broken(location), at: start..<end)
            return
        }
        switch frame.collection {
        case .mapping: add(.mapping(YAMLMapping(entries: frame.entries, location: location)), at: start..<end)
        case .sequence: add(.sequence(YAMLSequence(items: frame.items, location: location)), at: start..<end)
        }
    }

    mutating func add(_ text: String, _ style: YAMLScalar.Style, _ range: Range<Int>) {
        let scalar = YAMLScalar(
            text: text, style: style, source: source, range: range, isInFlow: stack.last?.isFlow ?? false)
        if let frame = stack.last, frame.collection == .mapping, frame.key == nil, !frame.isKeyBroken {
            take(key: scalar)
        } else if style == .plain, text.isEmpty {
            add(emptyValue(range), at: range)
        } else {
            add(.scalar(scalar), at: range)
        }
    }

    mutating func add(_ node: YAMLNode, at range: Range<Int>) {
        guard var frame = stack.popLast() else {
            root = node
            return
        }
        switch frame.collection {
        case .sequence: frame.items.append(node)
        case .mapping:
            if let key = frame.key {
                if !frame.isKeyBroken { frame.entries.append(.init(key: key, value: node)) }
                frame.key = nil
                frame.isKeyBroken = false
            } else if frame.isKeyBroken {
                frame.isKeyBroken = false
            } else {
                if !frame.isSilent { complainAboutKey(range) }
                frame.isKeyBroken = true
            }
        }
        stack.append(frame)
    }

    private func complainAboutKey(_ range: Range<Int>) {
        findings.error(
            .yamlComplexKey, "A key is a text, not a mapping or a list.",
            hint: "A text that begins with `{` stands in quotes: \"{{ name }}\".", at: source.location(range))
    }

    private mutating func take(key: YAMLScalar) {
        guard var frame = stack.popLast() else { return }
        frame.key = key
        if key.text == "<<" {
            findings.error(
                .yamlMerge, "Merge keys (`<<`) are not part of the language.", hint: "Write the entries out.",
                at: key.location)
            frame.isKeyBroken = true
        } else if let first = frame.entries.first(where: { $0.key.text == key.text }) {
            findings.error(
                .yamlDuplicateKey, "`\(key.text)` stands here twice.",
                hint: "The first is in line \(first.key.location.line).", at: key.location)
            frame.isKeyBroken = true
        }
        stack.append(frame)
    }

    /// Complains about a value that is not there, in the words of its most likely cause.
    private mutating func emptyValue(_ range: Range<Int>) -> YAMLNode {
        guard let frame = stack.last, let key = frame.key else {
            let location = source.location(range)
            if stack.last?.isSilent == true { return .broken(location) }
            findings.error(
                .yamlEmptyValue, "There is nothing here.", hint: "Write a value, or take the entry out.", at: location)
            return .broken(location)
        }
        guard !frame.isKeyBroken, !frame.isSilent else { return .broken(key.location) }
        if frame.isFlow, !hasColon(after: key.range.upperBound) {
            findings.error(
                .yamlSplitExpression, "A comma inside `{}` ends the value before it, so `\(key.text)` reads as a key.",
                hint: "Put the value with the comma in quotes, or write the entries below each other.", at: key.location
            )
            stack[stack.count - 1].isKeyBroken = true
        } else {
            findings.error(
                .yamlEmptyValue, "`\(key.text)` has no value.", hint: "Write a value, or take the key out.",
                at: key.location)
        }
        return .broken(key.location)
    }

    private func hasColon(after end: Int) -> Bool {
        source.scalars[min(end, source.scalars.count)...].first { $0 != " " && $0 != "\n" && $0 != "\r" } == ":"
    }
}
