/// Reads the YAML that nearly every file is made of, several times as fast as libyaml: block mappings and sequences, values in `{}` and `[]`,
/// plain and quoted text on one line, comments.
///
/// It never complains. Whatever it does not surely understand, everything that is wrong included, it leaves to libyaml: the whole file is
/// then read from its beginning. A test compares both on every file of the project, sound and broken ones.
struct SimpleYAML {
    private let bytes: UnsafeBufferPointer<UInt8>
    private let source: SourceText
    private var position = 0
    /// The column of the line's first character, while nothing of the line has been read.
    private var column = 0
    private var depth = 0
    /// Up to where scalars have been counted. Octets and scalars are numbered alike in files that are all ASCII.
    private var counted = (bytes: 0, scalars: 0)

    /// What a file holds; nil when that is for libyaml to say.
    static func read(_ bytes: UnsafeBufferPointer<UInt8>, source: SourceText) -> YAMLNode? {
        guard isPlain(bytes) else { return nil }
        var reader = SimpleYAML(bytes: bytes, source: source)
        guard reader.nextLine(), reader.column == 0, reader.isKey(at: reader.position),
            let root = reader.mapping(at: 0), reader.position == bytes.count
        else { return nil }
        return root
    }

    private init(bytes: UnsafeBufferPointer<UInt8>, source: SourceText) {
        self.bytes = bytes
        self.source = source
    }

    /// Whether there is nothing in it that YAML treats in a way of its own: control characters, tabs, byte order marks, further line breaks.
    private static func isPlain(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        for index in bytes.indices {
            let byte = bytes[index]
            if byte >= 0x20 && byte < 0x7F || byte == 0x0A { continue }
            switch byte {
            case 0xC3...0xE1, 0xE3...0xEC, 0xF0...0xF4, 0x80...0xBF: continue
            case 0xE2:
                if index + 2 < bytes.count, bytes[index + 1] == 0x80, bytes[index + 2] & 0xFE == 0xA8 { return false }
            default: return false
            }
        }
        return true
    }

    // MARK: Lines

    /// Goes to the first character of the next line with something on it; false at the end of the file, and before a marker of documents.
    ///
    /// The position has to be at the beginning of a line.
    private mutating func nextLine() -> Bool {
        while position < bytes.count {
            var next = position
            while next < bytes.count, bytes[next] == .space { next += 1 }
            guard next < bytes.count else { break }
            if bytes[next] == .lineFeed {
                position = next + 1
            } else if bytes[next] == .hash {
                position = next
                skipLine()
            } else {
                column = next - position
                let isMarker = column == 0 && (startsWith("---") || startsWith("...") || bytes[next] == .percent)
                position = next
                return !isMarker
            }
        }
        position = bytes.count
        column = -1
        return false
    }

    private func startsWith(_ marker: StaticString) -> Bool {
        position + 3 <= bytes.count && (0..<3).allSatisfy { bytes[position + $0] == marker.utf8Start[$0] }
    }

    private mutating func skipLine() {
        while position < bytes.count, bytes[position] != .lineFeed { position += 1 }
        if position < bytes.count { position += 1 }
    }

    private mutating func skipSpaces() {
        while position < bytes.count, bytes[position] == .space { position += 1 }
    }

    /// Whether nothing but a comment is left of the line; goes to the next one with something on it then.
    private mutating func endLine() -> Bool {
        let end = position
        skipSpaces()
        if position < bytes.count, bytes[position] == .hash {
            guard position > end else { return false }
            skipLine()
        } else if position < bytes.count {
            guard bytes[position] == .lineFeed else { return false }
            position += 1
        }
        _ = nextLine()
        return position == bytes.count || column >= 0
    }

    // MARK: Blocks

    /// Whether a key begins there: a word, a colon, and then a space or the end of the line.
    private func isKey(at start: Int) -> Bool {
        let end = wordEnd(from: start)
        // libyaml takes no longer ones than 1,024 octets for keys.
        guard end > start, end - start < 1_000, end < bytes.count, bytes[end] == .colon else { return false }
        return end + 1 == bytes.count || bytes[end + 1] == .space || bytes[end + 1] == .lineFeed
    }

    private func wordEnd(from start: Int) -> Int {
        var end = start
        while end < bytes.count, bytes[end].isWord { end += 1 }
        return bytes[start].isWordStart ? end : start
    }

    /// The mapping whose first key stands at the position, in that column.
    private mutating func mapping(at indentation: Int) -> YAMLNode? {
        depth += 1
        defer { depth -= 1 }
        guard depth < Self.maximumDepth else { return nil }
        let start = place(position)
        var entries: [YAMLMapping.Entry] = []
        entries.reserveCapacity(8)
        repeat {
            guard isKey(at: position) else { return nil }
            let key = word(isInFlow: false)
            guard !entries.contains(where: { $0.key.text == key.text }) else { return nil }
            position += 1
            guard let value = value(below: indentation, inSequence: false) else { return nil }
            entries.append(YAMLMapping.Entry(key: key, value: value))
        } while column == indentation && position < bytes.count
        guard column < indentation else { return nil }
        let place = YAMLPlace(source: source, range: start..<start, isFlow: false)
        return .mapping(YAMLMapping(entries: entries, place: place))
    }

    /// The sequence whose first dash stands at the position, in that column.
    private mutating func sequence(at indentation: Int) -> YAMLNode? {
        depth += 1
        defer { depth -= 1 }
        guard depth < Self.maximumDepth else { return nil }
        let start = place(position)
        var items: [YAMLNode] = []
        repeat {
            guard isDash else { break }
            position += 1
            guard let item = value(below: indentation, inSequence: true) else { return nil }
            items.append(item)
        } while column == indentation && position < bytes.count
        // A key in the same column belongs to the mapping around it.
        guard column <= indentation else { return nil }
        return .sequence(
            YAMLSequence(items: items, place: YAMLPlace(source: source, range: start..<start, isFlow: false)))
    }

    private var isDash: Bool {
        position + 1 < bytes.count && bytes[position] == .dash
            && (bytes[position + 1] == .space || bytes[position + 1] == .lineFeed)
    }

    /// What follows a colon or a dash, up to the beginning of what comes next. Nothing may be left in deeper columns.
    private mutating func value(below indentation: Int, inSequence: Bool) -> YAMLNode? {
        let beginning = position
        skipSpaces()
        guard position < bytes.count else { return nil }
        if bytes[position] == .lineFeed || (bytes[position] == .hash && position > beginning) {
            guard endLine() else { return nil }
            return block(below: indentation, inSequence: inSequence)
        }
        guard position > beginning else { return nil }
        if inSequence, isKey(at: position) {
            var lineStart = position
            while lineStart > 0, bytes[lineStart - 1] != .lineFeed { lineStart -= 1 }
            return mapping(at: column(of: position, in: lineStart))
        }
        guard let value = inline(isInFlow: false), endLine(), column <= indentation else { return nil }
        return value
    }

    private func column(of position: Int, in lineStart: Int) -> Int { position - lineStart }

    /// A mapping or sequence on lines of its own.
    private mutating func block(below indentation: Int, inSequence: Bool) -> YAMLNode? {
        guard position < bytes.count else { return nil }
        if isDash {
            // The items of a key's list may stand in the column of the key.
            guard column > indentation || (column == indentation && !inSequence) else { return nil }
            return sequence(at: column)
        }
        guard column > indentation, isKey(at: position) else { return nil }
        return mapping(at: column)
    }

    // MARK: Values on one line

    private mutating func inline(isInFlow: Bool) -> YAMLNode? {
        switch bytes[position] {
        case .openBrace: return flowMapping()
        case .openBracket: return flowSequence()
        case .quote, .apostrophe: return quoted(isInFlow: isInFlow).map(YAMLNode.scalar)
        default: return plain(isInFlow: isInFlow).map(YAMLNode.scalar)
        }
    }

    /// A word that is known to be one.
    private mutating func word(isInFlow: Bool) -> YAMLScalar {
        let start = position
        position = wordEnd(from: position)
        return scalar(start..<position, place(start)..<place(position), .plain, isInFlow)
    }

    private mutating func quoted(isInFlow: Bool) -> YAMLScalar? {
        let start = position
        let quote = bytes[start]
        var end = start + 1
        while end < bytes.count, bytes[end] != quote {
            guard bytes[end] != .lineFeed, bytes[end] != .backslash || quote == .apostrophe else { return nil }
            end += 1
        }
        guard end < bytes.count else { return nil }
        position = end + 1
        // Two apostrophes mean one.
        if position < bytes.count, bytes[position] == quote { return nil }
        let style: YAMLScalar.Style = quote == .quote ? .doubleQuoted : .singleQuoted
        return scalar(start + 1..<end, place(start)..<place(position), style, isInFlow)
    }

    private mutating func plain(isInFlow: Bool) -> YAMLScalar? {
        let start = position
        guard bytes[start].beginsPlain else { return nil }
        if bytes[start] == .dash {
            guard start + 1 < bytes.count, bytes[start + 1].isWordStart || bytes[start + 1].isDigit else { return nil }
        }
        var end = start
        // Behind the last character that is no space.
        var last = start
        scan: while end < bytes.count {
            let byte = bytes[end]
            switch byte {
            case .lineFeed: break scan
            case .space: break
            case .hash:
                if end > last { break scan }
                last = end + 1
            case .colon:
                guard end + 1 < bytes.count, bytes[end + 1] != .space, bytes[end + 1] != .lineFeed else { return nil }
                if isInFlow, !bytes[end + 1].isWordStart, !bytes[end + 1].isDigit { return nil }
                last = end + 1
            case .comma, .openBrace, .closeBrace, .openBracket, .closeBracket:
                if isInFlow { break scan }
                last = end + 1
            default: last = end + 1
            }
            end += 1
        }
        position = last
        return scalar(start..<last, place(start)..<place(last), .plain, isInFlow)
    }

    private mutating func scalar(
        _ text: Range<Int>, _ range: Range<Int>, _ style: YAMLScalar.Style, _ isInFlow: Bool
    ) -> YAMLScalar {
        YAMLScalar(
            text: String(decoding: UnsafeBufferPointer(rebasing: bytes[text]), as: UTF8.self), source: source,
            range: range, style: style, isInFlow: isInFlow)
    }

    // MARK: Braces and brackets

    private mutating func flowMapping() -> YAMLNode? {
        let start = place(position)
        var entries: [YAMLMapping.Entry] = []
        entries.reserveCapacity(3)
        let isRead = members(.closeBrace) { reader in
            guard reader.isKey(at: reader.position) else { return false }
            let key = reader.word(isInFlow: true)
            guard !entries.contains(where: { $0.key.text == key.text }) else { return false }
            reader.position += 1
            guard let value = reader.member() else { return false }
            entries.append(YAMLMapping.Entry(key: key, value: value))
            return true
        }
        guard isRead else { return nil }
        let place = YAMLPlace(source: source, range: start..<place(position), isFlow: true)
        return .mapping(YAMLMapping(entries: entries, place: place))
    }

    private mutating func flowSequence() -> YAMLNode? {
        let start = place(position)
        var items: [YAMLNode] = []
        let isRead = members(.closeBracket) { reader in
            guard let item = reader.member() else { return false }
            items.append(item)
            return true
        }
        guard isRead else { return nil }
        return .sequence(
            YAMLSequence(
                items: items, place: YAMLPlace(source: source, range: start..<place(position), isFlow: true)))
    }

    private mutating func members(_ end: UInt8, _ read: (inout SimpleYAML) -> Bool) -> Bool {
        depth += 1
        defer { depth -= 1 }
        guard depth < Self.maximumDepth else { return false }
        position += 1
        skipSpaces()
        if position < bytes.count, bytes[position] == end {
            position += 1
            return true
        }
        while position < bytes.count {
            guard read(&self) else { return false }
            skipSpaces()
            guard position < bytes.count else { return false }
            if bytes[position] == end {
                position += 1
                return true
            }
            guard bytes[position] == .comma else { return false }
            position += 1
            skipSpaces()
        }
        return false
    }

    /// A value inside, which is not empty.
    private mutating func member() -> YAMLNode? {
        skipSpaces()
        guard position < bytes.count, bytes[position] != .lineFeed else { return nil }
        return inline(isInFlow: true)
    }

    // MARK: Places

    private static let maximumDepth = YAMLReader.maximumDepth / 2

    /// The number of a scalar by that of its first octet. They are asked for nearly in order.
    private mutating func place(_ byte: Int) -> Int {
        if source.scalars.count == bytes.count { return byte }
        if byte < counted.bytes { counted = (0, 0) }
        while counted.bytes < byte {
            if bytes[counted.bytes] & 0xC0 != 0x80 { counted.scalars += 1 }
            counted.bytes += 1
        }
        return counted.scalars
    }
}

extension UInt8 {
    fileprivate static let lineFeed = UInt8(ascii: "\n")
    fileprivate static let space = UInt8(ascii: " ")
    fileprivate static let hash = UInt8(ascii: "#")
    fileprivate static let percent = UInt8(ascii: "%")
    fileprivate static let colon = UInt8(ascii: ":")
    fileprivate static let comma = UInt8(ascii: ",")
    fileprivate static let dash = UInt8(ascii: "-")
    fileprivate static let quote = UInt8(ascii: "\"")
    fileprivate static let apostrophe = UInt8(ascii: "'")
    fileprivate static let backslash = UInt8(ascii: "\\")
    fileprivate static let openBrace = UInt8(ascii: "{")
    fileprivate static let closeBrace = UInt8(ascii: "}")
    fileprivate static let openBracket = UInt8(ascii: "[")
    fileprivate static let closeBracket = UInt8(ascii: "]")

    fileprivate var isDigit: Bool { self >= UInt8(ascii: "0") && self <= UInt8(ascii: "9") }

    fileprivate var isWordStart: Bool {
        self | 0x20 >= UInt8(ascii: "a") && self | 0x20 <= UInt8(ascii: "z") || self == UInt8(ascii: "_")
    }

    /// Whether it may stand in a key.
    fileprivate var isWord: Bool { isWordStart || isDigit || self == UInt8(ascii: ".") || self == .dash }

    /// Whether plain text may begin with it.
    fileprivate var beginsPlain: Bool {
        isWordStart || isDigit || self == .dash || self == UInt8(ascii: "(") || self >= 0x80
    }
}
