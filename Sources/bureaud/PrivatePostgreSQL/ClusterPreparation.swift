import Glibc
import Logging

/// Makes a private cluster when there is none, and brings its files to what this release wants.
struct ClusterPreparation: Sendable {
    let layout: DataLayout
    let binaries: PostgresBinaries
    /// Whom the daemon runs as.
    let daemon: OSAccount
    /// Whom the server runs as.
    let server: OSAccount
    let socketDirectory: String
    let logger: Logger

    /// Decides how to run a data directory, and makes the directory itself when it is missing.
    ///
    /// - Parameter configuredBinaries: the folder that the operator named; nil: look in the usual places.
    init(layout: DataLayout, configuredBinaries: String?, logger: Logger) throws(Refusal) {
        self.layout = layout
        self.logger = logger
        daemon = try OSAccount.current()
        let owner: uid_t?
        do {
            // Root's directory lets the server's account pass, and no more.
            try Files.makeDirectory(layout.directory, permissions: daemon.user == 0 ? 0o711 : 0o700)
            owner = try Files.status(of: layout.cluster)?.owner
        } catch {
            throw Refusal(.dataDirectoryUnusable, error)
        }
        server = try OSAccount.server(clusterOwner: owner, daemon: daemon)
        binaries = try PostgresBinaries.find(
            configured: configuredBinaries, for: PostgresBinaries.major(ofCluster: layout.cluster))
        socketDirectory = layout.socketDirectory(isRoot: daemon.user == 0)
        try server.check(canEnter: layout.directory)
        guard server == daemon || access(Invocation.setpriv, X_OK) == 0 else {
            throw Refusal(
                .noAccountToRunAs, "PostgreSQL would run as \(server.name), which takes \(Invocation.setpriv).",
                hint: "Install util-linux, or run the daemon as \(server.name).")
        }
    }

    /// Whom programs are started as; nil when that is the daemon's account.
    var otherAccount: OSAccount? { server == daemon ? nil : server }

    /// After this the cluster may be started. Needs the directory's lock.
    func prepare() async throws {
        for name in Files.names(in: layout.directory) where name.hasPrefix(DataLayout.unfinished) {
            // One that is still being written by its initdb stays until the next start; it is in nobody's way.
            try? Files.removeDirectory(layout.directory + "/" + name)
        }
        if try PostgresBinaries.major(ofCluster: layout.cluster) == nil { try await makeCluster() }
        do throws(Files.Failure) {
            try writeFiles()
        } catch {
            throw Refusal(.dataDirectoryUnusable, error)
        }
        try prepareSocketDirectory()
    }

    private func makeCluster() async throws {
        let unfinished = layout.unfinishedCluster(attempt: .random(in: .min ... .max))
        do throws(Files.Failure) {
            if try Files.status(of: layout.cluster) != nil {
                throw Files.Failure(operation: "make a cluster in", path: layout.cluster, code: EEXIST)
            }
            try Files.makeDirectory(unfinished, permissions: 0o700)
            try own(unfinished)
        } catch {
            throw Refusal(.dataDirectoryUnusable, error)
        }
        logger.notice("Making a private PostgreSQL \(binaries.major) in \(layout.cluster).")
        try await ServerTool(path: binaries.path("initdb"), account: otherAccount).run(
            [
                "--pgdata=\(unfinished)", "--username=\(ServerAddress.Role.admin.rawValue)",
                "--auth-local=peer", "--auth-host=reject", "--data-checksums", "--encoding=UTF8",
                // Order by bytes: indexes never depend on the C library's version. What is a letter comes from C.UTF-8.
                "--locale=C", "--lc-ctype=\(Self.characterLocale)", "--no-instructions",
            ], failing: .clusterCannotBeMade)
        do throws(Files.Failure) {
            let configuration = unfinished + "/postgresql.conf"
            let written = try Files.text(of: configuration) ?? ""
            try Files.replace(
                configuration, with: written + "\ninclude = '\(ClusterFiles.settingsName)'\n", permissions: 0o600,
                owner: (server.user, server.group))
            // Only now does it count as a cluster: one that was half made is thrown away at the next start.
            try Files.move(unfinished, to: layout.cluster)
        } catch {
            throw Refusal(.clusterCannotBeMade, error)
        }
    }

    private func writeFiles() throws(Files.Failure) {
        let files = [
            (
                ClusterFiles.settingsName,
                ClusterFiles.settings(
                    socketDirectory: socketDirectory, port: DataLayout.port, connections: Self.connections)
            ),
            ("pg_hba.conf", ClusterFiles.hostAccess),
            ("pg_ident.conf", ClusterFiles.identities(of: [daemon.name, server.name])),
        ]
        for (name, text) in files where try Files.text(of: layout.cluster + "/" + name) != text {
            try Files.replace(
                layout.cluster + "/" + name, with: text, permissions: 0o600, owner: (server.user, server.group))
        }
    }

    /// More than two full pools, with room for backups and people with psql.
    private static let connections = 450

    /// The socket's directory may lie in /tmp, where anybody could have made it first.
    private func prepareSocketDirectory() throws(Refusal) {
        do throws(Files.Failure) {
            if try Files.makeDirectory(socketDirectory, permissions: 0o700) { try own(socketDirectory) }
            guard let status = try Files.status(of: socketDirectory), status.isDirectory, status.owner == server.user,
                status.permissions & 0o077 == 0
            else { throw Files.Failure(operation: "trust the directory", path: socketDirectory, code: EPERM) }
        } catch {
            throw Refusal(
                .dataDirectoryUnusable, "The daemon \(error.description).",
                hint: "It must belong to \(server.name) alone (mode 0700); remove it, and it is made anew.")
        }
    }

    private func own(_ path: String) throws(Files.Failure) {
        guard lchown(path, server.user, server.group) == 0 else {
            throw Files.Failure(operation: "give away", path: path, code: errno)
        }
    }

    /// What decides which characters are letters; plain C on the rare system without C.UTF-8.
    private static var characterLocale: String {
        guard let found = newlocale(LC_CTYPE_MASK, "C.UTF-8", nil) else { return "C" }
        freelocale(found)
        return "C.UTF-8"
    }
}
