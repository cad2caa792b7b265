/// How wide text is, without a font: an estimate that is rather too large, so that nothing runs out of its box.
enum TextMeasure {
    /// The width in pixels at a font size.
    static func width(of text: String, size: Double) -> Double {
        text.unicodeScalars.reduce(0) { $0 + share(of: $1) } * size
    }

    /// The text in lines that are no wider than that; a word that is wider alone is cut.
    static func lines(of text: String, size: Double, width: Double, atMost count: Int) -> [String] {
        var lines: [String] = []
        var line = ""
        for word in text.split(whereSeparator: \.isWhitespace) {
            var word = String(word)
            let candidate = line.isEmpty ? word : line + " " + word
            if self.width(of: candidate, size: size) <= width {
                line = candidate
                continue
            }
            if !line.isEmpty { lines.append(line) }
            while self.width(of: word, size: size) > width {
                var head = ""
                while let first = word.first, self.width(of: head + String(first), size: size) <= width {
                    head.append(first)
                    word.removeFirst()
                }
                guard !head.isEmpty else { break }
                lines.append(head)
            }
            line = word
        }
        if !line.isEmpty { lines.append(line) }
        guard lines.count > count else { return lines }
        var last = lines[count - 1]
        while !last.isEmpty, self.width(of: last + "…", size: size) > width { last.removeLast() }
        return Array(lines[..<(count - 1)]) + [last + "…"]
    }

    private static func share(of scalar: Unicode.Scalar) -> Double {
        switch scalar.value {
        case 0x20, 0x21, 0x27, 0x28, 0x29, 0x2C, 0x2E, 0x3A, 0x3B, 0x49, 0x69, 0x6A, 0x6C, 0x7C: 0.36
        case 0x66, 0x72, 0x74: 0.42
        case 0x4D, 0x57, 0x6D, 0x77: 0.92
        case 0x41...0x5A: 0.72
        case 0x300...0x36F: 0
        case ..<0x1100: 0.6
        default: 1.05
        }
    }
}
