import Logging

/// Opens the database that the settings name: an operator's server as it is, a private one by running it, or by joining
/// the daemon that runs it.
struct DatabaseAccess: Sendable {
    let settings: Settings
    let logger: Logger

    /// Runs the body while the database is there.
    ///
    /// - Parameter mayJoin: whether a private server that another daemon runs will do. What serves needs its own.
    func using<Value: Sendable>(
        mayJoin: Bool, _ body: @escaping @Sendable (DatabaseTarget) async throws -> Value
    ) async throws -> Value {
        if let database = settings.database {
            return try await body(
                DatabaseTarget(database: database, owner: settings.databaseOwner, read: settings.databaseRead))
        }
        let layout = DataLayout(directory: settings.dataDirectory)
        do {
            let server = try PrivatePostgreSQL(
                layout: layout, configuredBinaries: settings.postgresBinaries, logger: logger)
            return try await server.whileRunning { address in
                let setup = DatabaseSetup(address: address, logger: logger)
                try await setup.run()
                return try await body(DatabaseTarget(address))
            }
        } catch let refusal as Refusal where refusal.code == .anotherDaemon && mayJoin {
            guard let running = RunningPostmaster.find(inCluster: layout.cluster) else {
                throw Refusal(
                    .serverNotReachable, "\(refusal.sentence) Its PostgreSQL does not run at the moment.",
                    hint: "Try again in a few seconds.")
            }
            return try await body(
                DatabaseTarget(ServerAddress(socketDirectory: running.socketDirectory, port: running.port)))
        }
    }
}
