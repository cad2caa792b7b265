import Expressions
import WorkflowCore

/// Bearer tokens: 256 random bits, shown once, stored as SHA-256. Their entropy makes a slow password hash needless.
enum Tokens {
    /// What every token of today begins with, so that people and scanners recognise one that leaked.
    static let prefix = "bureau_pat_"
    /// What those of earlier releases begin with; they have no checksum.
    private static let oldPrefix = "bureau_"
    private static let secretLength = 43
    private static let checksumLength = 6

    /// A new secret: the prefix, 43 characters of base64url, and 6 that are computed from them, so that a scanner can tell a token
    /// from a text that looks like one without asking.
    static func make(_ random: RandomBytes) -> String {
        let secret = prefix + TextForms.base64URL(random(32))
        return secret + checksum(of: secret)
    }

    /// The stored form of a secret; nil for what cannot be one, so that rubbish costs no query.
    static func digest(of secret: String) -> [UInt8]? {
        let length = secret.utf8.count
        if secret.hasPrefix(prefix), length == prefix.utf8.count + secretLength + checksumLength {
            guard secret.hasSuffix(checksum(of: String(secret.dropLast(checksumLength)))) else { return nil }
            return Digest.sha256(secret)
        }
        guard secret.hasPrefix(oldPrefix), length == oldPrefix.utf8.count + secretLength else { return nil }
        return Digest.sha256(secret)
    }

    /// The first six characters of the base64url of the text's SHA-256: of what is secret anyhow.
    private static func checksum(of text: String) -> String {
        String(TextForms.base64URL(Digest.sha256(text)).prefix(checksumLength))
    }
}
