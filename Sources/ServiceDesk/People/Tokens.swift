import Expressions
import WorkflowCore

/// Bearer tokens: 256 random bits, shown once, stored as SHA-256. Their entropy makes a slow password hash needless.
enum Tokens {
    /// What every token begins with, so that people and scanners recognise one that leaked.
    static let prefix = "bureau_"

    /// A new secret: the prefix and 43 characters of base64url.
    static func make(_ random: RandomBytes) -> String {
        prefix + TextForms.base64URL(random(32))
    }

    /// The stored form of a secret; nil for what cannot be one, so that rubbish costs no query.
    static func digest(of secret: String) -> [UInt8]? {
        guard secret.hasPrefix(prefix), secret.utf8.count == prefix.utf8.count + 43 else { return nil }
        return Digest.sha256(secret)
    }
}
