/// A PostgreSQL type by its object identifier, which is fixed for the built-in types (`pg_type.dat`).
package struct PostgresType: Sendable, Hashable, CustomStringConvertible {
    /// The `pg_type.oid`.
    package let oid: UInt32
    /// The `pg_type.oid` of the array of this type; 0 for an array type itself.
    package let arrayOID: UInt32
    private let name: StaticString

    package init(oid: UInt32, arrayOID: UInt32, name: StaticString) {
        self.oid = oid
        self.arrayOID = arrayOID
        self.name = name
    }

    /// The name in SQL.
    package var description: String { name.description }

    package static func == (left: PostgresType, right: PostgresType) -> Bool { left.oid == right.oid }
    package func hash(into hasher: inout Hasher) { hasher.combine(oid) }

    /// The type of arrays of this type.
    package var array: PostgresType { PostgresType(oid: arrayOID, arrayOID: 0, name: "array") }

    package static let bool = PostgresType(oid: 16, arrayOID: 1000, name: "bool")
    package static let bytea = PostgresType(oid: 17, arrayOID: 1001, name: "bytea")
    package static let int8 = PostgresType(oid: 20, arrayOID: 1016, name: "int8")
    package static let int2 = PostgresType(oid: 21, arrayOID: 1005, name: "int2")
    package static let int4 = PostgresType(oid: 23, arrayOID: 1007, name: "int4")
    package static let text = PostgresType(oid: 25, arrayOID: 1009, name: "text")
    package static let json = PostgresType(oid: 114, arrayOID: 199, name: "json")
    package static let float8 = PostgresType(oid: 701, arrayOID: 1022, name: "float8")
    package static let timestamptz = PostgresType(oid: 1184, arrayOID: 1185, name: "timestamptz")
    package static let uuid = PostgresType(oid: 2950, arrayOID: 2951, name: "uuid")
    package static let jsonb = PostgresType(oid: 3802, arrayOID: 3807, name: "jsonb")
}

/// Types that are only read, never sent.
enum ReadOnlyOID {
    static let char: UInt32 = 18
    static let name: UInt32 = 19
    static let oid: UInt32 = 26
    static let float4: UInt32 = 700
    static let unknown: UInt32 = 705
    static let bpchar: UInt32 = 1042
    static let varchar: UInt32 = 1043
    /// Types of users (enums, domains, extensions) have identifiers from here on (`FirstNormalObjectId`).
    static let firstOfUsers: UInt32 = 16384
}
