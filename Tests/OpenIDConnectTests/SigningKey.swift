import CCrypto
import ServiceDesk

/// A provider's private key, made by libcrypto for the test run, and what it signs. Unchecked, because libcrypto's keys may be
/// used from any thread once they are made.
final class SigningKey: @unchecked Sendable {
    enum Kind {
        case rsa(bits: String)
        case elliptic(curve: String)
    }

    static let rsa = SigningKey(.rsa(bits: "2048"))
    static let otherRSA = SigningKey(.rsa(bits: "2048"))
    static let weakRSA = SigningKey(.rsa(bits: "1024"))
    static let p256 = SigningKey(.elliptic(curve: "P-256"))
    static let otherP256 = SigningKey(.elliptic(curve: "P-256"))
    static let p384 = SigningKey(.elliptic(curve: "P-384"))

    private let key: OpaquePointer
    private let kind: Kind

    private init(_ kind: Kind) {
        self.kind = kind
        let (type, option, value) =
            switch kind {
            case .rsa(let bits): ("RSA", "rsa_keygen_bits", bits)
            case .elliptic(let curve): ("EC", "ec_paramgen_curve", curve)
            }
        var key: OpaquePointer?
        let context = EVP_PKEY_CTX_new_from_name(nil, type, nil)
        defer { EVP_PKEY_CTX_free(context) }
        guard EVP_PKEY_keygen_init(context) == 1, EVP_PKEY_CTX_ctrl_str(context, option, value) == 1,
            EVP_PKEY_keygen(context, &key) == 1, let key
        else { preconditionFailure("libcrypto makes no key") }
        self.key = key
    }

    /// Its public half as a member of a key set.
    func document(id: String?, more: String = "") -> String {
        let id = id.map { #","kid":"\#($0)""# } ?? ""
        return switch kind {
        case .rsa: #"{"kty":"RSA","n":"\#(number("n"))","e":"\#(number("e"))"\#(id)\#(more)}"#
        case .elliptic(let curve):
            #"{"kty":"EC","crv":"\#(curve)","x":"\#(number("qx", 32))","y":"\#(number("qy", 32))"\#(id)\#(more)}"#
        }
    }

    /// The modulus as a provider publishes it, for tests that abuse it.
    var modulus: [UInt8] { bytes("n", 0) }

    private func number(_ name: String, _ size: Int = 0) -> String { TextForms.base64URL(bytes(name, size)) }

    private func bytes(_ name: String, _ size: Int) -> [UInt8] {
        var number: OpaquePointer?
        guard EVP_PKEY_get_bn_param(key, name, &number) == 1, let number else {
            preconditionFailure("the key has no \(name)")
        }
        defer { BN_free(number) }
        let length = max(size, Int(BN_num_bits(number) + 7) / 8)
        var bytes = [UInt8](repeating: 0, count: length)
        BN_bn2binpad(number, &bytes, Int32(length))
        return bytes
    }

    /// The signature of a text as JOSE writes it.
    func signature(of text: String, isPSS: Bool = false) -> [UInt8] {
        let context = EVP_MD_CTX_new()
        defer { EVP_MD_CTX_free(context) }
        var options: OpaquePointer?
        EVP_DigestSignInit(context, &options, EVP_sha256(), nil, key)
        if isPSS {
            EVP_PKEY_CTX_ctrl_str(options, "rsa_padding_mode", "pss")
            EVP_PKEY_CTX_ctrl_str(options, "rsa_pss_saltlen", "digest")
        }
        let message = Array(text.utf8)
        var size = 0
        EVP_DigestSign(context, nil, &size, message, message.count)
        var signature = [UInt8](repeating: 0, count: size)
        EVP_DigestSign(context, &signature, &size, message, message.count)
        signature.removeLast(signature.count - size)
        guard case .elliptic = kind else { return signature }
        return Self.halves(ofDER: signature)
    }

    /// Both numbers of a DER signature, 32 bytes each.
    private static func halves(ofDER bytes: [UInt8]) -> [UInt8] {
        var rest = bytes.dropFirst(2)
        var halves: [UInt8] = []
        for _ in 0..<2 {
            let length = Int(rest[rest.startIndex + 1])
            let number = rest.dropFirst(2).prefix(length).drop { $0 == 0 }
            halves += [UInt8](repeating: 0, count: max(0, 32 - number.count)) + number
            rest = rest.dropFirst(2 + length)
        }
        return halves
    }

    /// A token with exactly that header and content.
    func token(header: String, content: String, isPSS: Bool = false) -> String {
        let text = TextForms.base64URL(Array(header.utf8)) + "." + TextForms.base64URL(Array(content.utf8))
        return text + "." + TextForms.base64URL(signature(of: text, isPSS: isPSS))
    }

    /// HMAC-SHA-256, which forgers make with a public key as its secret.
    static func mac(of text: String, secret: [UInt8]) -> [UInt8] {
        var code = [UInt8](repeating: 0, count: 32)
        var size = 0
        let message = Array(text.utf8)
        EVP_Q_mac(nil, "HMAC", nil, "SHA256", nil, secret, secret.count, message, message.count, &code, 32, &size)
        return code
    }
}
