extension StandardFunctions {
    /// CEL's encoders library: base64 (RFC 4648, section 4).
    static let encoderFunctions: [StandardFunction] = [
        StandardFunction([FunctionDeclaration("base64.encode", [.bytes], .string)]) {
            (run: inout Evaluation, arguments: [Value]) throws(EvaluationError) -> Value in
            guard case .bytes(let bytes) = arguments[0] else { throw .type("`base64.encode` takes bytes.") }
            try run.charge(bytes.count / 8)
            return .string(encoded(bytes))
        },
        StandardFunction([FunctionDeclaration("base64.decode", [.string], .bytes)]) {
            (run: inout Evaluation, arguments: [Value]) throws(EvaluationError) -> Value in
            guard case .string(let text) = arguments[0] else { throw .type("`base64.decode` takes text.") }
            try run.charge(text.utf8.count / 8)
            guard let bytes = decoded(text) else {
                throw EvaluationError(code: "evaluation.conversion", message: "This text is no base64.")
            }
            return .bytes(bytes)
        },
    ]

    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    private static func encoded(_ bytes: [UInt8]) -> String {
        var text: [UInt8] = []
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let part = bytes[start..<min(start + 3, bytes.count)]
            let bits = (0..<3).reduce(0) { $0 << 8 | ($1 < part.count ? Int(part[start + $1]) : 0) }
            for place in 0..<4 {
                text.append(place <= part.count ? alphabet[bits >> (18 - 6 * place) & 63] : UInt8(ascii: "="))
            }
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// Padding may be missing, but not in part; nil for everything else.
    private static func decoded(_ text: String) -> [UInt8]? {
        var digits = Array(text.utf8)
        if digits.count % 4 == 0 {
            for _ in 0..<2 where digits.last == UInt8(ascii: "=") { digits.removeLast() }
        }
        guard digits.count % 4 != 1 else { return nil }
        var (bytes, bits, count): ([UInt8], UInt32, Int) = ([], 0, 0)
        for digit in digits {
            guard let value = alphabet.firstIndex(of: digit) else { return nil }
            bits = (bits << 6 | UInt32(value)) & 0xFFFF
            count += 6
            if count >= 8 {
                count -= 8
                bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
            }
        }
        return bytes
    }
}
