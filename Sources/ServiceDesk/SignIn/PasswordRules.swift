import WorkflowCore

/// What a new password must be (OWASP ASVS 5.0, section 6.2; NIST SP 800-63B): long, and not among those that are tried first. Any
/// character will do, none is demanded, and nothing is cut off or changed.
enum PasswordRules {
    /// In Unicode scalars.
    static let lengths = 12...128

    /// Whether some release may have taken this as a password.
    static func mayBePassword(_ text: String) -> Bool { (1...lengths.upperBound).contains(text.unicodeScalars.count) }

    /// Throws why a password is not taken.
    ///
    /// - Parameter handle: Whose it becomes.
    static func check(_ password: String, of handle: String) throws(Rejection) {
        let length = password.unicodeScalars.count
        guard length >= lengths.lowerBound else {
            throw .password(
                "too_short", "A password has at least \(lengths.lowerBound) characters.",
                hint: "A sentence that only you would write is long and easy to remember.")
        }
        guard length <= lengths.upperBound else {
            throw .password("too_long", "A password has at most \(lengths.upperBound) characters.")
        }
        // Shorter handles are part of half the language.
        guard handle.unicodeScalars.count < 4 || !password.lowercased().contains(handle.lowercased()) else {
            throw .password("holds_handle", "Your handle must not be part of your password.")
        }
        guard Set(password.unicodeScalars).count > 4, !isRun(password), !CommonPasswords.contains(password) else {
            throw .password(
                "common", "This password is one of those that are tried first.", hint: "Take one that nobody else has.")
        }
    }

    /// Whether each character follows the one before, as in `abcdefghijkl` and `210987654321`.
    private static func isRun(_ password: String) -> Bool {
        let values = password.unicodeScalars.map { Int($0.value) }
        let steps = Set(zip(values, values.dropFirst()).map { $1 - $0 })
        return steps == [1] || steps == [-1]
    }
}

extension Rejection {
    fileprivate static func password(_ what: String, _ message: String, hint: String? = nil) -> Rejection {
        Rejection(.invalid, code: "password.\(what)", message: message, hint: hint)
    }
}
