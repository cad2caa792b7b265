/// Decodes a scalar a second time, keeping for each decoded scalar the place in the file that it came from.
///
/// libyaml tells where a scalar begins and ends, not where a character inside it stands. What is decoded here is compared with what
/// libyaml read; should they ever differ, the scalar's beginning is the answer.
struct ScalarDecoder {
    private let raw: Slice<SourceScalars>
    private var decoded = String.UnicodeScalarView()
    /// One place for each UTF-8 byte of the decoded text.
    private var places: [Int] = []
    private var position: Int

    /// The place in the file of each UTF-8 byte of the scalar's text, and of its end. Cost: linear in the scalar.
    static func places(of scalar: YAMLScalar) -> [Int] {
        for indentation in scalar.style == .literal || scalar.style == .folded ? Array(0...20) : [0] {
            var decoder = ScalarDecoder(scalar)
            switch scalar.style {
            case .plain: decoder.flow(until: scalar.range.upperBound, quote: nil)
            case .singleQuoted, .doubleQuoted:
                decoder.position += 1
                decoder.flow(until: scalar.range.upperBound - 1, quote: scalar.style)
            case .literal, .folded: decoder.block(indentation: indentation, isFolded: scalar.style == .folded)
            }
            if String(decoder.decoded).utf8.elementsEqual(scalar.text.utf8) {
                return decoder.places + [decoder.position]
            }
        }
        return Array(repeating: scalar.range.lowerBound, count: scalar.text.utf8.count + 1)
    }

    private init(_ scalar: YAMLScalar) {
        raw = scalar.source.scalars[scalar.range]
        position = scalar.range.lowerBound
    }

    private mutating func emit(_ scalar: Unicode.Scalar, from place: Int) {
        decoded.append(scalar)
        for _ in 0..<UTF8.width(scalar) { places.append(place) }
    }

    private func isBlank(_ place: Int) -> Bool { raw[place] == " " || raw[place] == "\t" }

    private func isBreak(_ place: Int) -> Bool { raw[place] == "\n" || raw[place] == "\r" || raw[place] == "\u{85}" }

    /// The place after a line break; CR LF is one.
    private func afterBreak(_ place: Int) -> Int {
        raw[place] == "\r" && place + 1 < raw.endIndex && raw[place + 1] == "\n" ? place + 2 : place + 1
    }

    // MARK: Plain and quoted

    private mutating func flow(until end: Int, quote: YAMLScalar.Style?) {
        while position < end {
            if isBlank(position) || isBreak(position) {
                fold(until: end)
            } else if quote == .singleQuoted, raw[position] == "'" {
                emit("'", from: position)
                position += 2
            } else if quote == .doubleQuoted, raw[position] == "\\", position + 1 < end {
                escape(until: end)
            } else {
                emit(raw[position], from: position)
                position += 1
            }
        }
    }

    /// White space with a line break in it becomes one space, or a line feed for each empty line.
    private mutating func fold(until end: Int) {
        let start = position
        var breaks: [Int] = []
        while position < end, isBlank(position) || isBreak(position) {
            if isBreak(position) {
                breaks.append(position)
                position = afterBreak(position)
            } else {
                position += 1
            }
        }
        if breaks.isEmpty {
            for place in start..<position { emit(raw[place], from: place) }
        } else if breaks.count == 1 {
            emit(" ", from: breaks[0])
        } else {
            for place in breaks.dropFirst() { emit("\n", from: place) }
        }
    }

    private mutating func escape(until end: Int) {
        let start = position
        let letter = raw[position + 1]
        if isBreak(position + 1) {
            position = afterBreak(position + 1)
            while position < end, isBlank(position) || isBreak(position) {
                if isBreak(position) { emit("\n", from: position) }
                position = isBreak(position) ? afterBreak(position) : position + 1
            }
            return
        }
        position += 2
        if let digits = Self.digits[letter] {
            var code: UInt32 = 0
            for _ in 0..<digits where position < end {
                code = code << 4 | (Character(raw[position]).hexDigitValue.map(UInt32.init) ?? 0)
                position += 1
            }
            emit(Unicode.Scalar(code) ?? "\u{FFFD}", from: start)
        } else {
            emit(Self.escapes[letter] ?? letter, from: start)
        }
    }

    private static let digits: [Unicode.Scalar: Int] = ["x": 2, "u": 4, "U": 8]
    private static let escapes: [Unicode.Scalar: Unicode.Scalar] = [
        "0": "\0", "a": "\u{7}", "b": "\u{8}", "t": "\t", "n": "\n", "v": "\u{B}", "f": "\u{C}", "r": "\r",
        "e": "\u{1B}", "N": "\u{85}", "_": "\u{A0}", "L": "\u{2028}", "P": "\u{2029}",
    ]

    // MARK: Blocks

    /// `indentation` 0 means that of the first line with something on it.
    private mutating func block(indentation: Int, isFolded: Bool) {
        var chomping: Unicode.Scalar?
        while position < raw.endIndex, !isBreak(position) {
            if raw[position] == "#" { break }
            if raw[position] == "+" || raw[position] == "-" { chomping = raw[position] }
            position += 1
        }
        while position < raw.endIndex, !isBreak(position) { position += 1 }
        if position < raw.endIndex { position = afterBreak(position) }

        var indentation = indentation
        var lineBreak: Int?
        var emptyLines: [Int] = []
        var wasIndented = false
        while position < raw.endIndex {
            var spaces = 0
            while position + spaces < raw.endIndex, raw[position + spaces] == " ",
                indentation == 0 || spaces < indentation
            {
                spaces += 1
            }
            let content = position + spaces
            if content >= raw.endIndex { break }
            if isBreak(content) {
                emptyLines.append(content)
                position = afterBreak(content)
                continue
            }
            if indentation == 0 { indentation = max(spaces, 1) }
            if spaces < indentation { break }
            let isIndented = isBlank(content)
            if let place = lineBreak {
                if isFolded, !wasIndented, !isIndented {
                    if emptyLines.isEmpty { emit(" ", from: place) }
                } else {
                    emit("\n", from: place)
                }
            }
            for place in emptyLines { emit("\n", from: place) }
            emptyLines = []
            wasIndented = isIndented
            position = content
            while position < raw.endIndex, !isBreak(position) {
                emit(raw[position], from: position)
                position += 1
            }
            lineBreak = nil
            if position < raw.endIndex {
                lineBreak = position
                position = afterBreak(position)
            }
        }
        if chomping != "-", let place = lineBreak { emit("\n", from: place) }
        if chomping == "+" { for place in emptyLines { emit("\n", from: place) } }
    }
}

extension YAMLScalar {
    /// The place in the file of a range of UTF-8 offsets into the text.
    func range(of part: Range<Int>) -> Range<Int> {
        let places = ScalarDecoder.places(of: self)
        let last = places.count - 1
        let start = places[min(max(part.lowerBound, 0), last)]
        guard part.upperBound > part.lowerBound else { return start..<start + 1 }
        let end = places[min(part.upperBound - 1, last)] + 1
        return start..<max(end, start + 1)
    }
}
