import Expressions

/// Receipts of anonymous requesters: 160 random bits, shown once, stored as SHA-256. They are read aloud and copied by hand, so they
/// are written in the letters of Crockford's base 32, four at a time.
enum Receipts {
    private static let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)
    private static let size = 20

    /// The fewest characters of a client's key from which a receipt is made: as many as 160 random bits need in base64url.
    static let shortestKey = 27

    /// A new receipt.
    static func make(_ random: RandomBytes) -> String { text(of: random(size)) }

    /// The receipt that belongs to a client's key, so that a request that is sent again gets the same one although nobody has stored it.
    static func make(from key: String) -> String {
        text(of: Array(Digest.sha256("bureau receipt\n\(key)").prefix(size)))
    }

    /// What is stored of a client's key, from which its receipt cannot be made.
    static func storedKey(of key: String) -> String { TextForms.base64URL(Digest.sha256("bureau anonymous\n\(key)")) }

    /// The stored form of a receipt as somebody has typed it: hyphens, spaces and the case of letters do not count, and what looks alike is
    /// alike. Of what can be no receipt, too, so that a wrong one costs what a right one does.
    static func digest(of receipt: String) -> [UInt8] {
        let letters = receipt.utf8.compactMap { byte -> UInt8? in
            switch byte {
            case UInt8(ascii: "-"), UInt8(ascii: " "): nil
            case UInt8(ascii: "o"), UInt8(ascii: "O"): UInt8(ascii: "0")
            case UInt8(ascii: "i"), UInt8(ascii: "I"), UInt8(ascii: "l"), UInt8(ascii: "L"): UInt8(ascii: "1")
            case UInt8(ascii: "a")...UInt8(ascii: "z"): byte - 32
            default: byte
            }
        }
        return Digest.sha256(letters)
    }

    /// `7ZK4-…`: eight groups of four.
    private static func text(of bytes: [UInt8]) -> String {
        var letters: [UInt8] = []
        var (word, count) = (UInt32(0), 0)
        for byte in bytes {
            (word, count) = (word << 8 | UInt32(byte), count + 8)
            while count >= 5 {
                count -= 5
                if letters.count % 5 == 4 { letters.append(UInt8(ascii: "-")) }
                letters.append(alphabet[Int(word >> UInt32(count) & 31)])
            }
        }
        return String(decoding: letters, as: UTF8.self)
    }
}
