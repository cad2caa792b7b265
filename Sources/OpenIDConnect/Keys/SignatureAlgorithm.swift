/// The signatures that are believed (RFC 7518, section 3.1): asymmetric ones with SHA-256 that every provider offers. What is
/// not in this list, `none` and every MAC among it, is refused before a key is looked at.
package enum SignatureAlgorithm: String, CaseIterable, Sendable {
    case rs256 = "RS256"
    case ps256 = "PS256"
    case es256 = "ES256"

    /// The kind of its keys.
    var keyType: VerificationKey.Kind {
        switch self {
        case .rs256, .ps256: .rsa
        case .es256: .p256
        }
    }

    static var names: String { allCases.map(\.rawValue).joined(separator: ", ") }
}
