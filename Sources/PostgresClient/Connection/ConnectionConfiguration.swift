internal import CLibPQ

/// How to reach a PostgreSQL and how its sessions behave. Printing it shows no secret.
package struct ConnectionConfiguration: Sendable {
    /// A libpq connection string or URI. Several hosts, `target_session_attrs`, TLS and the like pass through; what it
    /// says wins over the properties below.
    package var connectionString: String
    /// What `pg_stat_activity` shows.
    package var applicationName: String
    /// The longest that one statement may run; nil: no limit.
    package var statementTimeout: Duration? = .seconds(30)
    /// The longest that a statement may wait for a lock; nil: no limit.
    package var lockTimeout: Duration? = .seconds(10)
    /// After this long without a statement the server ends a session that holds a transaction open; nil: never.
    package var idleInTransactionTimeout: Duration? = .seconds(60)
    /// The longest that one attempt to connect to one host may take, in whole seconds.
    package var connectTimeout: Duration = .seconds(10)
    /// When an answer is due and the server sends nothing for so long, the connection counts as lost: a server that is
    /// frozen rather than dead. Longer than any statement may take; nil: wait for ever.
    package var longestSilence: Duration? = .seconds(90)
    /// The prepared statements that a connection keeps at most; the one used longest ago goes first.
    package var preparedStatementLimit = 256

    package init(connectionString: String, applicationName: String = "bureau") {
        self.connectionString = connectionString
        self.applicationName = applicationName
    }

    /// libpq's keywords and values: those of the connection string, and our defaults for what it leaves open.
    ///
    /// - Throws: `cannotConnect` when the string cannot be parsed. libpq's message quotes parts of the string, so a
    ///   password could be among them, and is not passed on.
    func keywords() throws(PostgresError) -> [(keyword: String, value: String)] {
        var given: [(keyword: String, value: String)] = []
        var complaint: UnsafeMutablePointer<CChar>?
        guard let options = PQconninfoParse(connectionString, &complaint) else {
            PQfreemem(complaint)
            throw .cannotConnect(message: "The connection string cannot be parsed.")
        }
        defer { PQconninfoFree(options) }
        var option = options
        while let keyword = option.pointee.keyword {
            if let value = option.pointee.val {
                given.append((String(cString: keyword), String(cString: value)))
            }
            option += 1
        }
        // In `postgresql://user:password` without a host the password stands where a port does; libpq would quote it.
        if let port = given.first(where: { $0.keyword == "port" })?.value,
            !port.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) || $0 == UInt8(ascii: ",") })
        {
            throw .cannotConnect(message: "The port in the connection string is not a number.")
        }
        // Statements of a service are over before a compiler has begun: it took 40 ms of a list that takes one.
        var settings = ["-c timezone=UTC", "-c jit=off"]
        for (name, duration) in [
            ("statement_timeout", statementTimeout), ("lock_timeout", lockTimeout),
            ("idle_in_transaction_session_timeout", idleInTransactionTimeout),
        ] {
            if let duration { settings.append("-c \(name)=\(max(1, duration.wholeMilliseconds))") }
        }
        // Later settings win, so those of the connection string come last.
        if let place = given.firstIndex(where: { $0.keyword == "options" }) {
            settings.append(given[place].value)
            given.remove(at: place)
        }
        let defaults = [
            ("connect_timeout", "\(max(2, connectTimeout.components.seconds))"),
            ("keepalives", "1"), ("keepalives_idle", "30"), ("keepalives_interval", "10"), ("keepalives_count", "3"),
            ("tcp_user_timeout", "30000"), ("fallback_application_name", applicationName),
        ]
        for (keyword, value) in defaults where !given.contains(where: { $0.keyword == keyword }) {
            given.append((keyword, value))
        }
        given.removeAll { $0.keyword == "client_encoding" }
        given.append(("client_encoding", "UTF8"))
        given.append(("options", settings.joined(separator: " ")))
        return given
    }
}

extension Duration {
    /// Rounded down.
    var wholeMilliseconds: Int64 {
        let parts = components
        return parts.seconds * 1000 + parts.attoseconds / 1_000_000_000_000_000
    }
}

extension ConnectionConfiguration: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The keywords that help to find the server; everything else, passwords above all, is left out.
    package var description: String {
        guard let keywords = try? keywords() else {
            // Which error it is does not matter: nothing of such a string may be shown.
            return "a connection string that cannot be used"
        }
        let shown: Set = ["host", "hostaddr", "port", "dbname", "user", "sslmode", "target_session_attrs"]
        return keywords.filter { shown.contains($0.keyword) }.map { "\($0.keyword)=\($0.value)" }
            .joined(separator: " ")
    }

    package var debugDescription: String { description }

    package var customMirror: Mirror { Mirror(self, children: ["connection": description]) }
}
