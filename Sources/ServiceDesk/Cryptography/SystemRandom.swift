import CCrypto

/// Draws that many unpredictable bytes. A parameter wherever something random is needed, so that tests give their own.
package typealias RandomBytes = @Sendable (_ count: Int) -> [UInt8]

/// The system's randomness, through libcrypto's generator, which seeds itself and survives forks.
package enum SystemRandom {
    /// That many bytes in one call.
    ///
    /// Traps when the generator fails: libcrypto then says that the system gives no entropy, and identifiers, salts or tokens
    /// that can be guessed are worse than no service.
    @Sendable package static func bytes(_ count: Int) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
            precondition(RAND_bytes(buffer.baseAddress, Int32(count)) == 1, "the system gives no randomness")
            initialized = count
        }
    }
}

extension Array where Element == UInt8 {
    /// The eight bytes from `offset` as a big-endian word.
    func word(at offset: Int) -> UInt64 {
        self[offset..<(offset + 8)].reduce(0) { $0 << 8 | UInt64($1) }
    }
}
