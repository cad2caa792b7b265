import ServiceDesk
import WorkflowCore

/// A provider's public key (RFC 7517), checked for its kind and size; other members of its document are forgotten.
package struct VerificationKey: Sendable, Hashable {
    package enum Kind: String, Sendable {
        case rsa = "RSA"
        case p256 = "EC"
    }

    package enum Material: Sendable, Hashable {
        /// Big-endian, without leading zeros.
        case rsa(modulus: [UInt8], exponent: [UInt8])
        /// 32 bytes each.
        case p256(x: [UInt8], y: [UInt8])
    }

    package let id: String?
    /// What it may be used for; nil for every algorithm of its kind.
    package let algorithm: String?
    package let material: Material

    /// Nil for a key that is not for signatures, or is of a kind or size that Bureau does not believe: RSA from 2048 to 8192
    /// bits, or P-256. Private keys are none: a provider that shows them is not to be trusted with anything.
    init?(_ members: JSONMembers) {
        guard members["d"] == nil, members["use"] == nil || members.text("use") == "sig" else { return nil }
        if members["key_ops"] != nil {
            guard members.texts("key_ops")?.contains("verify") == true else { return nil }
        }
        switch members.text("kty") {
        case Kind.rsa.rawValue:
            guard let modulus = Self.number(members.text("n")), let exponent = Self.number(members.text("e")),
                (256...1024).contains(modulus.count), modulus.count > 256 || modulus[0] >= 0x80,
                (1...8).contains(exponent.count), let last = exponent.last, last & 1 == 1, exponent != [1]
            else { return nil }
            material = .rsa(modulus: modulus, exponent: exponent)
        case Kind.p256.rawValue:
            guard members.text("crv") == "P-256",
                let x = members.text("x").flatMap({ TextForms.bytes(base64URL: $0) }), x.count == 32,
                let y = members.text("y").flatMap({ TextForms.bytes(base64URL: $0) }), y.count == 32
            else { return nil }
            material = .p256(x: x, y: y)
        default: return nil
        }
        id = members.text("kid")
        algorithm = members.text("alg")
    }

    /// A number as RFC 7518 writes it; leading zeros, which some providers write, are dropped.
    private static func number(_ text: String?) -> [UInt8]? {
        guard let text, text.utf8.count <= 2048, let bytes = TextForms.bytes(base64URL: text) else { return nil }
        return Array(bytes.drop { $0 == 0 })
    }

    var kind: Kind {
        switch material {
        case .rsa: .rsa
        case .p256: .p256
        }
    }

    /// Whether it may verify signatures of that algorithm.
    func fits(_ wanted: SignatureAlgorithm) -> Bool {
        kind == wanted.keyType && (algorithm == nil || algorithm == wanted.rawValue)
    }
}
