/// The parameters of one statement in PostgreSQL's binary format, back to back in one array.
///
/// One buffer a statement instead of one array a value: the connection's thread only adds offsets to one address.
struct ParameterBuffer: Sendable {
    /// Where a value lies, or that it is NULL.
    struct Extent: Sendable {
        var start: Int
        /// In bytes; -1 stands for NULL.
        var length: Int
        static let null = Extent(start: 0, length: -1)
    }

    private(set) var types: [UInt32] = []
    private(set) var extents: [Extent] = []
    private(set) var writer = PostgresWriter()

    init(reserving count: Int) {
        types.reserveCapacity(count)
        extents.reserveCapacity(count)
    }

    var bytes: [UInt8] { writer.bytes }

    mutating func append(_ value: any PostgresEncodable) {
        types.append(value.postgresTypeOfValue.oid)
        guard !value.isNull else {
            extents.append(.null)
            return
        }
        let start = writer.bytes.count
        value.encode(into: &writer)
        extents.append(Extent(start: start, length: writer.bytes.count - start))
    }

    /// Adds a last byte, so that even an empty value has an address: libpq takes a null pointer for NULL.
    mutating func finish() {
        writer.append(byte: 0)
    }
}

extension PostgresEncodable {
    fileprivate var postgresTypeOfValue: PostgresType { Self.postgresType }
}
