import CArgon2

/// Argon2id (RFC 9106) by libargon2. Both calls compute for some ten milliseconds and take as much memory as the cost says: never on
/// the cooperative pool, see `PasswordThreads`.
enum Argon2 {
    private static let saltLength = 16
    private static let hashLength = 32

    /// The hash of a password as a PHC string, `$argon2id$v=19$m=19456,t=2,p=1$salt$hash`; nil when there is no memory for it.
    static func hash(_ password: String, cost: PasswordCost, random: RandomBytes) -> String? {
        let (password, salt) = (Array(password.utf8), random(saltLength))
        let length = argon2_encodedlen(
            cost.passes, cost.kibibytes, cost.lanes, UInt32(saltLength), UInt32(hashLength), Argon2_id)
        var text = [CChar](repeating: 0, count: length)
        let code = argon2id_hash_encoded(
            cost.passes, cost.kibibytes, cost.lanes, password, password.count, salt, salt.count, hashLength, &text,
            text.count)
        guard code == ARGON2_OK.rawValue else { return nil }
        return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// Whether the password has that hash, compared in a time that does not depend on where they differ; nil when there is no memory
    /// for it, or when the text is no hash of this kind.
    static func verify(_ password: String, against hash: String) -> Bool? {
        let password = Array(password.utf8)
        let code = argon2id_verify(hash, password, password.count)
        if code == ARGON2_OK.rawValue { return true }
        return code == ARGON2_VERIFY_MISMATCH.rawValue ? false : nil
    }
}

/// What a password's hash costs whoever computes it.
struct PasswordCost: Sendable, Hashable {
    let kibibytes: UInt32
    let passes: UInt32
    let lanes: UInt32

    /// The OWASP Password Storage Cheat Sheet's first choice for Argon2id that takes one thread: 19 MiB, two passes.
    static let today = PasswordCost(kibibytes: 19_456, passes: 2, lanes: 1)

    init(kibibytes: UInt32, passes: UInt32, lanes: UInt32) {
        self.kibibytes = kibibytes
        self.passes = passes
        self.lanes = lanes
    }

    /// The cost of a hash that was computed before; nil when it is none of Argon2id in its present version.
    init?(of hash: String) {
        let parts = hash.split(separator: "$")
        guard parts.count == 5, parts[0] == "argon2id", parts[1] == "v=19" else { return nil }
        let numbers = parts[2].split(separator: ",").map { $0.split(separator: "=") }
        guard numbers.map(\.first) == ["m", "t", "p"], let kibibytes = numbers[0].last.flatMap({ UInt32($0) }),
            let passes = numbers[1].last.flatMap({ UInt32($0) }), let lanes = numbers[2].last.flatMap({ UInt32($0) })
        else { return nil }
        self.init(kibibytes: kibibytes, passes: passes, lanes: lanes)
    }

    /// Whether it is less than the other in any respect, so that a hash of it should be computed anew.
    func fallsShort(of other: PasswordCost) -> Bool {
        kibibytes < other.kibibytes || passes < other.passes || lanes < other.lanes
    }
}
