/// Names and values as queries and forms carry them.
enum FormEncoding {
    /// `name=value&…`, in order; everything but RFC 3986's unreserved characters is percent-encoded, so that it is read alike
    /// as a query and as `application/x-www-form-urlencoded`.
    static func text(_ pairs: [(name: String, value: String)]) -> String {
        pairs.map { "\(encoded($0.name))=\(encoded($0.value))" }.joined(separator: "&")
    }

    /// An address with further parameters; one that has a query keeps it.
    static func address(_ url: String, adding pairs: [(name: String, value: String)]) -> String {
        url + (url.contains("?") ? "&" : "?") + text(pairs)
    }

    static func encoded(_ text: String) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"):
                bytes.append(byte)
            default:
                bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
