import CCrypto
import WorkflowCore

/// Secrets of sessions: 256 random bits in a cookie, stored as SHA-256. They have no prefix, so that none is ever taken for a
/// bearer token, nor a token for one of them.
enum SessionSecrets {
    static let length = 43

    static func make(_ random: RandomBytes) -> String { TextForms.base64URL(random(32)) }

    /// The stored form of a secret; nil for what cannot be one, so that rubbish costs no query.
    static func digest(of secret: String) -> [UInt8]? {
        guard secret.utf8.count == length, TextForms.bytes(base64URL: secret) != nil else { return nil }
        return Digest.sha256(secret)
    }

    /// What a browser's writes carry besides the cookie. It stays the same while the session's secret changes.
    static func csrfToken(of session: StoredSession) -> String {
        TextForms.base64URL(MessageCode.sha256(key: session.csrfKey, "csrf \(session.id)"))
    }
}

/// HMAC with SHA-256 (RFC 2104, FIPS 198-1) by libcrypto.
enum MessageCode {
    /// The 32 bytes over the UTF-8 of a text.
    static func sha256(key: [UInt8], _ text: String) -> [UInt8] {
        let input = Array(text.utf8)
        return [UInt8](unsafeUninitializedCapacity: Digest.size) { output, count in
            var length: UInt32 = 0
            _ = HMAC(EVP_sha256(), key, Int32(key.count), input, input.count, output.baseAddress, &length)
            count = Int(length)
        }
    }
}
