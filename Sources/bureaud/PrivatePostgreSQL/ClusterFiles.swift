/// The configuration files of a private cluster, written anew before each start, so that a release can change them.
enum ClusterFiles {
    /// Included by `postgresql.conf`, which stays as `initdb` wrote it but for that line.
    static let settingsName = "bureau.conf"

    /// - Parameter connections: the most sessions at one time.
    static func settings(socketDirectory: String, port: Int, connections: Int) -> String {
        """
        # Written by bureaud at every start; changes here are lost. Put yours into postgresql.auto.conf (ALTER SYSTEM).
        listen_addresses = ''
        port = \(port)
        unix_socket_directories = \(quoted(socketDirectory))
        unix_socket_permissions = 0700
        max_connections = \(connections)
        # One machine shared with the daemon and perhaps others.
        shared_buffers = 128MB
        max_wal_size = 1GB
        # Acknowledged means durable.
        fsync = on
        full_page_writes = on
        synchronous_commit = on
        # What a standby or an archive needs, so that adding one asks for no restart.
        wal_level = replica
        wal_compression = on
        # Short statements by primary key on solid state storage: compiling them costs more than it gains.
        jit = off
        random_page_cost = 1.1
        timezone = 'UTC'
        log_timezone = 'UTC'
        lc_messages = 'C'
        log_destination = 'stderr'
        logging_collector = off
        log_line_prefix = '%m [%p] %q%u '
        log_checkpoints = off
        log_min_messages = warning
        # A failed statement is the daemon's to report, and its text may hold what people wrote.
        log_min_error_statement = panic
        log_parameter_max_length = 0
        log_parameter_max_length_on_error = 0

        """
    }

    /// Who may connect: over the socket, whoever the kernel says they are, as the identity map has it.
    static let hostAccess = """
        # Written by bureaud at every start; changes here are lost.
        local all         all          peer map=bureau
        local replication bureau_admin peer map=bureau

        """

    /// Which roles an account of the operating system may take.
    ///
    /// - Parameter accounts: the daemon's and the server's, which may be one.
    static func identities(of accounts: [String]) -> String {
        var lines = ["# Written by bureaud at every start; changes here are lost."]
        for account in Set(accounts).sorted() {
            for role in ServerAddress.Role.allCases {
                lines.append("bureau \"\(account)\" \(role.rawValue)")
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// As a string of `postgresql.conf`.
    static func quoted(_ text: String) -> String {
        "'" + text.map { $0 == "'" || $0 == "\\" ? "\($0)\($0)" : "\($0)" }.joined() + "'"
    }
}
