import CJose
import Glibc

/// Verifies signatures with libcjose. Everything that may be decided without it is decided before.
enum Signature {
    /// The content of a token, if that key has signed it: the bytes that the signature covers.
    static func content(of token: CompactToken, signedBy key: VerificationKey) -> [UInt8]? {
        guard key.fits(token.algorithm), let key = imported(key) else { return nil }
        defer { cjose_jwk_release(key) }
        guard let jws = cjose_jws_import(token.text, token.text.utf8.count, nil) else { return nil }
        defer { cjose_jws_release(jws) }
        guard cjose_jws_verify(jws, key, nil) else { return nil }
        var bytes: UnsafeMutablePointer<UInt8>?
        var count = 0
        // The buffer belongs to the token and lives as long as it does.
        guard cjose_jws_get_plaintext(jws, &bytes, &count, nil), let bytes else { return nil }
        return Array(UnsafeBufferPointer(start: bytes, count: count))
    }

    /// libcjose copies what the specification points at. It refuses a point that is not on the curve.
    private static func imported(_ key: VerificationKey) -> OpaquePointer? {
        switch key.material {
        case .rsa(var modulus, var exponent):
            modulus.withUnsafeMutableBufferPointer { modulus in
                exponent.withUnsafeMutableBufferPointer { exponent in
                    var specification = cjose_jwk_rsa_keyspec()
                    (specification.n, specification.nlen) = (modulus.baseAddress, modulus.count)
                    (specification.e, specification.elen) = (exponent.baseAddress, exponent.count)
                    return cjose_jwk_create_RSA_spec(&specification, nil)
                }
            }
        case .p256(var x, var y):
            x.withUnsafeMutableBufferPointer { x in
                y.withUnsafeMutableBufferPointer { y in
                    var specification = cjose_jwk_ec_keyspec()
                    specification.crv = CJOSE_JWK_EC_P_256
                    (specification.x, specification.xlen) = (x.baseAddress, x.count)
                    (specification.y, specification.ylen) = (y.baseAddress, y.count)
                    return cjose_jwk_create_EC_spec(&specification, nil)
                }
            }
        }
    }
}
