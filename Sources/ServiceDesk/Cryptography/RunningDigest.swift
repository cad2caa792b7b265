import CCrypto

/// SHA-256 (FIPS 180-4) over what comes in pieces.
struct RunningDigest: ~Copyable {
    private let context: OpaquePointer

    /// Nil when libcrypto has no memory left.
    init?() {
        guard let context = EVP_MD_CTX_new() else { return nil }
        guard EVP_DigestInit_ex(context, EVP_sha256(), nil) == 1 else {
            EVP_MD_CTX_free(context)
            return nil
        }
        self.context = context
    }

    deinit { EVP_MD_CTX_free(context) }

    /// Takes the next piece.
    mutating func add(_ bytes: [UInt8]) {
        _ = bytes.withUnsafeBytes { EVP_DigestUpdate(context, $0.baseAddress, $0.count) }
    }

    /// The 32 bytes over everything so far.
    consuming func finish() -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: Digest.size) { output, count in
            var length: UInt32 = 0
            _ = EVP_DigestFinal_ex(context, output.baseAddress, &length)
            count = Int(length)
        }
    }
}
