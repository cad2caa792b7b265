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
        // What a mapping usually holds; growing by and by moves it again and again.
        if collection == .mapping { frame.entries.reserveCapacity(isFlow ? 3 : 8) }
        stack.append(frame)
        return true
    }

    mutating func close(at end: Int) {
        guard let frame = stack.popLast() else { return }
        let range = frame.start.lowerBound..<max(end, frame.start.lowerBound)
        let place = YAMLPlace(source: source, range: range, isFlow: frame.isFlow)
        if frame.isBroken {
            add(.broken(place.location), at: range)
            return
        }
        switch frame.collection {
        case .mapping: add(.mapping(YAMLMapping(entries: frame.entries, place: place)), at: range)
        case .sequence: add(.sequence(YAMLSequence(items: frame.items, place: place)), at: range)
        }
    }

    mutating func add(_ text: String, _ style: YAMLScalar.Style, _ range: Range<Int>) {
        let scalar = YAMLScalar(
            text: text, source: source, range: range, style: style, isInFlow: stack.last?.isFlow ?? false)
        if isKeyNext {
            take(key: scalar)
        } else if style == .plain, text.isEmpty {
            add(emptyValue(range), at: range)
        } else {
            add(.scalar(scalar), at: range)
        }
    }

    private var isKeyNext: Bool {
        let top = stack.count - 1
        return top >= 0 && stack[top].collection == .mapping && stack[top].key == nil && !stack[top].isKeyBroken
    }

    mutating func add(_ node: YAMLNode, at range: Range<Int>) {
        // In its place: a frame is large.
        let top = stack.count - 1
        guard top >= 0 else {
            root = node
            return
        }
        switch stack[top].collection {
        case .sequence: stack[top].items.append(node)
        case .mapping:
            if let key = stack[top].key.take() {
                if !stack[top].isKeyBroken { stack[top].entries.append(.init(key: key, value: node)) }
                stack[top].isKeyBroken = false
            } else if stack[top].isKeyBroken {
                stack[top].isKeyBroken = false
            } else {
                if !stack[top].isSilent { complainAboutKey(range) }
                stack[top].isKeyBroken = true
            }
        }
    }

    private func complainAboutKey(_ range: Range<Int>) {
        findings.error(
            .yamlComplexKey, "A key is a text, not a mapping or a list.",
            hint: "A text that begins with `{` stands in quotes: \"{{ name }}\".", at: source.location(range))
    }

    private mutating func take(key: YAMLScalar) {
        let top = stack.count - 1
        stack[top].key = key
        if key.text == "<<" {
            findings.error(
                .yamlMerge, "Merge keys (`<<`) are not part of the language.", hint: "Write the entries out.",
                at: key.location)
            stack[top].isKeyBroken = true
        } else if let first = stack[top].entries.indices.first(where: { stack[top].entries[$0].key.text == key.text }) {
            findings.error(
                .yamlDuplicateKey, "`\(key.text)` stands here twice.",
                hint: "The first is in line \(stack[top].entries[first].key.location.line).", at: key.location)
            stack[top].isKeyBroken = true
        }
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
