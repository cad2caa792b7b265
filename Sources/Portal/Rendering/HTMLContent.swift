import Mustache

/// Text in HTML: in elements and in quoted attributes.
///
/// By UTF-8 bytes. The library's own escape walks characters, and a quotation mark followed by a combining mark (U+0301) is one
/// character that is none of those it looks for.
package struct HTMLContent: MustacheContentType {
    /// What templates call it.
    static let name = "BUREAU"

    package init() {}

    package func escapeText(_ text: String) -> String { Self.escaped(text) }

    package static func escaped(_ text: String) -> String {
        guard text.utf8.contains(where: { entity($0) != nil }) else { return text }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count + 32)
        for byte in text.utf8 {
            if let entity = entity(byte) { bytes += entity.utf8 } else { bytes.append(byte) }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func entity(_ byte: UInt8) -> String? {
        switch byte {
        case UInt8(ascii: "&"): "&amp;"
        case UInt8(ascii: "<"): "&lt;"
        case UInt8(ascii: ">"): "&gt;"
        case UInt8(ascii: "\""): "&quot;"
        case UInt8(ascii: "'"): "&#39;"
        default: nil
        }
    }
}
