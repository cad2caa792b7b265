/// One-time codes with which somebody sets a password: 192 random bits, shown once, stored as SHA-256. They have no prefix and another
/// length than tokens and sessions, so that none is taken for the other.
enum InvitationCodes {
    private static let length = 32

    static func make(_ random: RandomBytes) -> String { TextForms.base64URL(random(24)) }

    /// The stored form of a code; nil for what cannot be one.
    static func digest(of code: String) -> [UInt8]? {
        guard code.utf8.count == length, TextForms.bytes(base64URL: code) != nil else { return nil }
        return Digest.sha256(code)
    }
}
