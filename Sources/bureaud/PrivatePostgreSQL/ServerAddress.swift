/// How to reach a private PostgreSQL.
struct ServerAddress: Hashable, Sendable {
    let socketDirectory: String
    let port: Int

    /// The roles that the daemon takes in its database, in the order of power.
    enum Role: String, CaseIterable, Sendable {
        /// The cluster's superuser: makes roles and the database, and takes backups.
        case admin = "bureau_admin"
        case owner = "bureau_owner"
        case write = "bureau_write"
        case read = "bureau_read"
    }

    /// The name of Bureau's database.
    static let database = "bureau"

    /// A libpq connection string. Peer authentication needs no password.
    func connectionString(as role: Role, database: String = database) -> String {
        let folder = socketDirectory.map { $0 == "'" || $0 == "\\" ? "\\\($0)" : "\($0)" }.joined()
        return "host='\(folder)' port=\(port) user=\(role.rawValue) dbname=\(database)"
    }
}
