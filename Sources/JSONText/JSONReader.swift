package import WorkflowCore

/// A strict reader of JSON text (RFC 8259): what it accepts, every other reader understands in the same way.
///
/// Refused besides what the standard forbids: an object with the same key twice, more nesting than the limit, a byte order
/// mark, invalid UTF-8, halves of surrogate pairs, and U+0000, which PostgreSQL cannot store. Numbers keep their text.
package struct JSONReader {
    /// How deep arrays and objects may nest.
    package static let maximumDepth = 32

    /// Reads one value that fills the whole text; `bytes` must stay valid during the call only.
    /// Costs time linear in the text; strings without escapes are copied once.
    package static func value(of bytes: UnsafeRawBufferPointer) throws(JSONProblem) -> JSONValue {
        var reader = JSONReader(bytes: bytes)
        reader.skipSpace()
        let value = try reader.value(depth: 0)
        reader.skipSpace()
        guard reader.position == bytes.count else {
            throw reader.problem(.trailing)
        }
        return value
    }

    /// Reads one value that fills the whole text.
    package static func value(of bytes: [UInt8]) throws(JSONProblem) -> JSONValue {
        let result: Result<JSONValue, JSONProblem> = bytes.withUnsafeBytes { buffer in
            Result { () throws(JSONProblem) in try value(of: buffer) }
        }
        return try result.get()
    }

    /// Reads one value that fills the whole text.
    package static func value(of text: String) throws(JSONProblem) -> JSONValue {
        try value(of: Array(text.utf8))
    }

    let bytes: UnsafeRawBufferPointer
    var position = 0

    /// The byte at the position; nil at the end.
    var current: UInt8? { position < bytes.count ? bytes[position] : nil }

    mutating func skipSpace() {
        while let byte = current, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { position += 1 }
    }

    private mutating func value(depth: Int) throws(JSONProblem) -> JSONValue {
        guard let byte = current else { throw problem(.unexpectedEnd) }
        switch byte {
        case UInt8(ascii: "{"):
            return try object(depth: depth + 1)
        case UInt8(ascii: "["):
            return try array(depth: depth + 1)
        case UInt8(ascii: "\""):
            return .string(try string())
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
            return .number(try number())
        case UInt8(ascii: "t"):
            try word("true")
            return .bool(true)
        case UInt8(ascii: "f"):
            try word("false")
            return .bool(false)
        case UInt8(ascii: "n"):
            try word("null")
            return .null
        default:
            throw problem(.unexpected)
        }
    }

    private mutating func word(_ word: StaticString) throws(JSONProblem) {
        for offset in 0..<word.utf8CodeUnitCount {
            guard let byte = current else { throw problem(.unexpectedEnd) }
            guard byte == word.utf8Start[offset] else { throw problem(.unexpected) }
            position += 1
        }
    }

    private mutating func array(depth: Int) throws(JSONProblem) -> JSONValue {
        guard depth <= Self.maximumDepth else { throw problem(.tooDeep) }
        position += 1
        skipSpace()
        var elements: [JSONValue] = []
        if current == UInt8(ascii: "]") {
            position += 1
            return .array(elements)
        }
        while true {
            elements.append(try value(depth: depth))
            if try ends(with: UInt8(ascii: "]")) { return .array(elements) }
        }
    }

    private mutating func object(depth: Int) throws(JSONProblem) -> JSONValue {
        guard depth <= Self.maximumDepth else { throw problem(.tooDeep) }
        position += 1
        skipSpace()
        var members: [String: JSONValue] = [:]
        if current == UInt8(ascii: "}") {
            position += 1
            return .object(members)
        }
        while true {
            guard let quote = current else { throw problem(.unexpectedEnd) }
            guard quote == UInt8(ascii: "\"") else { throw problem(.unexpected) }
            let start = position
            let key = try string()
            skipSpace()
            guard let colon = current else { throw problem(.unexpectedEnd) }
            guard colon == UInt8(ascii: ":") else { throw problem(.unexpected) }
            position += 1
            skipSpace()
            let member = try value(depth: depth)
            guard members.updateValue(member, forKey: key) == nil else {
                throw problem(.duplicateKey(key), at: start)
            }
            if try ends(with: UInt8(ascii: "}")) { return .object(members) }
        }
    }

    /// After an element: whether the closing bracket follows; otherwise a comma must, and is skipped.
    private mutating func ends(with bracket: UInt8) throws(JSONProblem) -> Bool {
        skipSpace()
        guard let byte = current else { throw problem(.unexpectedEnd) }
        guard byte == bracket || byte == UInt8(ascii: ",") else { throw problem(.unexpected) }
        position += 1
        if byte == bracket { return true }
        skipSpace()
        return false
    }

    /// A number by the standard's grammar, as it is written.
    private mutating func number() throws(JSONProblem) -> String {
        let start = position
        if current == UInt8(ascii: "-") { position += 1 }
        if current == UInt8(ascii: "0") {
            position += 1
        } else {
            try digits()
        }
        if current == UInt8(ascii: ".") {
            position += 1
            try digits()
        }
        if current == UInt8(ascii: "e") || current == UInt8(ascii: "E") {
            position += 1
            if current == UInt8(ascii: "+") || current == UInt8(ascii: "-") { position += 1 }
            try digits()
        }
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    private mutating func digits() throws(JSONProblem) {
        guard let first = current else { throw problem(.unexpectedEnd) }
        guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first) else { throw problem(.unexpected) }
        while let byte = current, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) { position += 1 }
    }

    func problem(_ reason: JSONProblem.Reason, at offset: Int? = nil) -> JSONProblem {
        JSONProblem(reason, in: bytes, at: offset ?? position)
    }
}
