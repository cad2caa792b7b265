import CLibPQ
import PostgresStorage

/// The database to work with: who to be there, and how to reach it.
struct DatabaseTarget: Sendable {
    /// For commands.
    let write: String
    /// For lists.
    let read: String
    /// For migrations, backup and restore; nil when an operator's server was given without.
    let owner: String?
    /// The private server's superuser; nil for an operator's server, where Bureau is never one.
    let administrator: ServerAddress?

    /// A private PostgreSQL.
    init(_ address: ServerAddress) {
        write = address.connectionString(as: .write)
        read = address.connectionString(as: .read)
        owner = address.connectionString(as: .owner)
        administrator = address
    }

    /// An operator's server.
    init(database: String, owner: String?, read: String?) {
        write = database
        self.read = read ?? database
        self.owner = owner
        administrator = nil
    }

    /// The owner's connection string.
    ///
    /// - Parameter purpose: what needs it, as `A backup`.
    func owner(for purpose: String) throws(Refusal) -> String {
        guard let owner else {
            throw Refusal(
                .ownerConnectionMissing, "\(purpose) needs the owner's connection to your PostgreSQL.",
                hint: "Set database_owner, the connection string of \(RoleSetup.owner).")
        }
        return owner
    }
}

/// A connection string without its password, to hand to PostgreSQL's programs: every account of a machine can see
/// arguments, and only a process's own account its environment.
struct ProgramConnection: Sendable {
    let argument: String
    /// nil: there was none.
    let password: String?

    /// - Throws: a refusal that quotes nothing of the string.
    init(_ connectionString: String) throws(Refusal) {
        var complaint: UnsafeMutablePointer<CChar>?
        guard let options = PQconninfoParse(connectionString, &complaint) else {
            PQfreemem(complaint)
            throw Refusal(.settings, "The database's connection string cannot be parsed.")
        }
        defer { PQconninfoFree(options) }
        var words: [String] = []
        var password: String?
        var option = options
        while let keyword = option.pointee.keyword {
            if let value = option.pointee.val {
                let text = String(cString: value)
                if String(cString: keyword) == "password" {
                    password = text
                } else {
                    let quoted = text.map { $0 == "'" || $0 == "\\" ? "\\\($0)" : "\($0)" }.joined()
                    words.append("\(String(cString: keyword))='\(quoted)'")
                }
            }
            option += 1
        }
        argument = words.joined(separator: " ")
        self.password = password
    }
}
