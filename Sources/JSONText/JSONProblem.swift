/// Why a text is not the JSON that Bureau reads.
package struct JSONProblem: Error, Hashable, Sendable {
    package enum Reason: Hashable, Sendable {
        case unexpected
        case unexpectedEnd
        case trailing
        case tooDeep
        case controlCharacter
        case escape
        case surrogate
        case encoding
        case nul
        case duplicateKey(String)
    }

    package let reason: Reason
    /// From 1.
    package let line: Int
    /// From 1, in Unicode scalars.
    package let column: Int

    init(_ reason: Reason, in bytes: UnsafeRawBufferPointer, at offset: Int) {
        self.reason = reason
        var line = 1
        var column = 1
        for byte in bytes.prefix(offset) {
            if byte == 0x0A {
                line += 1
                column = 1
            } else if byte & 0xC0 != 0x80 {
                column += 1
            }
        }
        self.line = line
        self.column = column
    }
}

extension JSONProblem: CustomStringConvertible {
    /// One sentence with the place.
    package var description: String { "\(sentence) at line \(line), column \(column)." }

    private var sentence: String {
        switch reason {
        case .unexpected: "The JSON has a character that cannot stand there"
        case .unexpectedEnd: "The JSON ends too early"
        case .trailing: "Something follows the JSON value"
        case .tooDeep: "The JSON nests deeper than \(JSONReader.maximumDepth) levels"
        case .controlCharacter: "A JSON string holds a control character that must be written as an escape"
        case .escape: "A JSON string holds an escape that does not exist"
        case .surrogate: "A JSON string holds half of a surrogate pair"
        case .encoding: "A JSON string is not valid UTF-8"
        case .nul: "A JSON string holds U+0000, which cannot be stored,"
        case .duplicateKey(let key): "The key \"\(key)\" stands twice in one JSON object, again"
        }
    }
}
