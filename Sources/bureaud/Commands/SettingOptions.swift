import ArgumentParser
import Glibc
import Logging

/// The flags that all subcommands share, one for each setting.
struct SettingOptions: ParsableArguments {
    @Option(help: "A settings file with lines of `key = value` (else BUREAU_SETTINGS).")
    var settings: String?

    @Option(help: Self.help(.listen)) var listen: String?
    @Option(help: Self.help(.dataDirectory)) var dataDirectory: String?
    @Option(help: Self.help(.configDirectory)) var configDirectory: String?
    @Option(help: Self.help(.database)) var database: String?
    @Option(help: Self.help(.databaseOwner)) var databaseOwner: String?
    @Option(help: Self.help(.databaseRead)) var databaseRead: String?
    @Option(help: Self.help(.postgresBinaries)) var postgresBinaries: String?
    @Option(help: Self.help(.writeConnections)) var writeConnections: String?
    @Option(help: Self.help(.readConnections)) var readConnections: String?
    @Option(help: Self.help(.logLevel)) var logLevel: String?
    @Option(help: Self.help(.logFormat)) var logFormat: String?
    @Option(help: Self.help(.shutdownGrace)) var shutdownGrace: String?
    @Option(help: Self.help(.secretsDirectory)) var secretsDirectory: String?
    @Option(name: .customLong("public-url"), help: Self.help(.publicURL)) var publicURL: String?
    @Option(help: Self.help(.sessionIdle)) var sessionIdle: String?
    @Option(help: Self.help(.sessionLifetime)) var sessionLifetime: String?
    @Option(help: Self.help(.demoSignIn)) var demoSignIn: String?
    @Option(help: Self.help(.personRate)) var personRate: String?
    @Option(help: Self.help(.oidcIssuer)) var oidcIssuer: String?
    @Option(name: .customLong("oidc-client-id"), help: Self.help(.oidcClientID)) var oidcClientID: String?
    @Option(help: Self.help(.oidcScopes)) var oidcScopes: String?
    @Option(help: Self.help(.oidcHandleClaim)) var oidcHandleClaim: String?
    @Option(help: Self.help(.oidcGroupClaim)) var oidcGroupClaim: String?
    @Option(name: .customLong("oidc-acr"), help: Self.help(.oidcClasses)) var oidcClasses: String?
    @Option(name: .customLong("oidc-amr"), help: Self.help(.oidcMethods)) var oidcMethods: String?
    @Option(name: .customLong("oidc-max-age"), help: Self.help(.oidcAge)) var oidcAge: String?
    @Option(help: Self.help(.trustedProxies)) var trustedProxies: String?
    @Option(help: Self.help(.attachmentLimit)) var attachmentLimit: String?
    @Option(help: Self.help(.attachmentScanner)) var attachmentScanner: String?

    /// What the flags said; a key that is missing was not given.
    var flags: [SettingKey: String] {
        func given(_ key: SettingKey) -> String? {
            switch key {
            case .listen: listen
            case .dataDirectory: dataDirectory
            case .configDirectory: configDirectory
            case .database: database
            case .databaseOwner: databaseOwner
            case .databaseRead: databaseRead
            case .postgresBinaries: postgresBinaries
            case .writeConnections: writeConnections
            case .readConnections: readConnections
            case .logLevel: logLevel
            case .logFormat: logFormat
            case .shutdownGrace: shutdownGrace
            case .secretsDirectory: secretsDirectory
            case .publicURL: publicURL
            case .sessionIdle: sessionIdle
            case .sessionLifetime: sessionLifetime
            case .demoSignIn: demoSignIn
            case .personRate: personRate
            case .oidcIssuer: oidcIssuer
            case .oidcClientID: oidcClientID
            case .oidcScopes: oidcScopes
            case .oidcHandleClaim: oidcHandleClaim
            case .oidcGroupClaim: oidcGroupClaim
            case .oidcClasses: oidcClasses
            case .oidcMethods: oidcMethods
            case .oidcAge: oidcAge
            case .trustedProxies: trustedProxies
            case .attachmentLimit: attachmentLimit
            case .attachmentScanner: attachmentScanner
            }
        }
        return SettingKey.allCases.reduce(into: [:]) { flags, key in flags[key] = given(key) }
    }

    /// Gathers flags, this process's environment and the settings file.
    ///
    /// - Throws: a refusal when the file cannot be read.
    func sources() throws(Refusal) -> SettingSources {
        let environment = Self.environment()
        var sources = SettingSources(flags: flags, environment: environment, file: nil, isRoot: geteuid() == 0)
        if let path = settings ?? environment["BUREAU_SETTINGS"], !path.isEmpty {
            let text: String?
            do { text = try Files.text(of: path) } catch { throw Refusal(.settings, error) }
            guard let text else { throw Refusal(.settings, "There is no settings file \(path).") }
            sources.file = SettingsFile(path: path, text: text)
        }
        return sources
    }

    /// The settings, and a logger as they want it.
    ///
    /// - Parameter port: The port to listen on instead of the setting's.
    func load(port: UInt16? = nil) throws(Refusal) -> (settings: Settings, logger: Logger) {
        let sources = try sources()
        let settings = try Settings(sources, port: port)
        let logger = Logger(label: "bureaud") { label in
            DaemonLogHandler(label: label, level: settings.logLevel, format: settings.logFormat)
        }
        for warning in sources.environmentWarnings { logger.warning("\(warning)") }
        return (settings, logger)
    }

    private static func help(_ key: SettingKey) -> ArgumentHelp {
        // A settings file and a variable can say the same, so the flag's help names them.
        ArgumentHelp("\(key.summary) (\(key.environmentName))", valueName: "value")
    }

    /// This process's environment.
    static func environment() -> [String: String] {
        var variables: [String: String] = [:]
        var entry = environ
        while let text = entry.pointee {
            let line = String(cString: text)
            if let equals = line.firstIndex(of: "=") {
                variables[String(line[..<equals])] = String(line[line.index(after: equals)...])
            }
            entry += 1
        }
        return variables
    }
}
