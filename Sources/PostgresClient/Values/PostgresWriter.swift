/// Where values write themselves in PostgreSQL's binary format (big-endian).
package struct PostgresWriter: Sendable {
    private(set) var bytes: [UInt8] = []

    package init() {}

    package mutating func append(byte: UInt8) {
        bytes.append(byte)
    }

    /// The bytes of an integer, most significant first.
    package mutating func append(_ integer: some FixedWidthInteger) {
        withUnsafeBytes(of: integer.bigEndian) { bytes.append(contentsOf: $0) }
    }

    package mutating func append(contentsOf other: some Sequence<UInt8>) {
        bytes.append(contentsOf: other)
    }

    /// Writes a 32-bit length and then what `body` writes, which is that many bytes long.
    mutating func appendWithLength(_ body: (inout PostgresWriter) -> Void) {
        let place = bytes.count
        append(Int32(0))
        body(&self)
        let length = Int32(clamping: bytes.count - place - 4).bigEndian
        withUnsafeBytes(of: length) { source in
            for (offset, byte) in source.enumerated() { bytes[place + offset] = byte }
        }
    }
}
