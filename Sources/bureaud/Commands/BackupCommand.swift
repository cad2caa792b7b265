import ArgumentParser

/// `bureaud backup`.
struct BackupCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup", abstract: "Writes everything that Bureau keeps into one file; the daemon may be running."
    )

    @Argument(help: "The file; one that is there is replaced once the new one is whole.")
    var file: String

    @OptionGroup var options: SettingOptions

    func run() async throws {
        let (settings, logger) = try options.load()
        let file = Files.absolute(file)
        try await Interruption.handling(logger: logger) {
            try await DatabaseAccess(settings: settings, logger: logger).using(mayJoin: true) { target in
                try await DatabaseBackup(target: target, binaries: try settings.binaries(), logger: logger).write(
                    to: file)
            }
        }
        Console.print("Wrote \(file).")
    }
}

/// `bureaud restore`.
struct RestoreCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore", abstract: "Reads a backup into an empty data directory or database.")

    @Argument(help: "A file that `bureaud backup` wrote.")
    var file: String

    @OptionGroup var options: SettingOptions

    func run() async throws {
        let (settings, logger) = try options.load()
        let file = Files.absolute(file)
        try await Interruption.handling(logger: logger) {
            try await DatabaseAccess(settings: settings, logger: logger).using(mayJoin: true) { target in
                try await DatabaseBackup(target: target, binaries: try settings.binaries(), logger: logger)
                    .restore(from: file)
                // The backup may be of an older release.
                try await DatabaseMigration(target: target, logger: logger).run()
            }
        }
        Console.print("Restored \(file).")
    }
}

extension Settings {
    /// PostgreSQL's programs: those of the private cluster's version, else the newest.
    func binaries() throws(Refusal) -> PostgresBinaries {
        let cluster = DataLayout(directory: dataDirectory).cluster
        return try PostgresBinaries.find(
            configured: postgresBinaries, for: database == nil ? PostgresBinaries.major(ofCluster: cluster) : nil)
    }
}
