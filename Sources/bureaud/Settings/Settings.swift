import HTTPAPI
import Logging
import OpenIDConnect

/// What the daemon runs with: every value judged and typed.
struct Settings: Sendable {
    var listen: ListenAddress
    /// From the root.
    var dataDirectory: String
    /// From the root; nil: the configuration applied last.
    var configDirectory: String?
    /// Where to serve from: a connection string of an operator's server; nil: the private PostgreSQL.
    var database: String?
    var databaseOwner: String?
    var databaseRead: String?
    /// From the root; nil: look in the usual places.
    var postgresBinaries: String?
    var writeConnections: Int
    var readConnections: Int
    var logLevel: Logger.Level
    var logFormat: LogFormat
    var shutdownGrace: Duration
    /// The tokens of the services that requests call.
    var secrets: ServiceSecrets
    /// Nil: somewhere behind HTTPS.
    var publicURL: PublicURL?
    var sessionIdle: Duration
    var sessionLifetime: Duration
    /// Whether anybody may sign in as anybody.
    var demoSignIn: Bool
    /// Requests a second; 0 sets no limit.
    var personRate: Int
    /// Nil: nobody signs in elsewhere.
    var provider: ProviderSettings?
    /// Whose word counts about where a request comes from, besides that of this machine.
    var trustedProxies: [AddressRange]
    /// Of an uploaded file, in octets.
    var maximumUpload: Int
    /// The program that looks at uploads, from the root; nil: none does.
    var attachmentScanner: String?

    /// Judges every value.
    ///
    /// - Throws: a refusal that lists all problems, those of the file first, then by setting.
    /// - Parameter port: Replaces the port of the setting `listen`.
    init(_ sources: SettingSources, port: UInt16? = nil) throws(Refusal) {
        var reader = Reader(sources: sources, problems: sources.file?.problems ?? [])
        listen = reader.value(
            .listen, else: ListenAddress(host: "127.0.0.1", port: 0), "an address and port, as 127.0.0.1:8080"
        ) {
            ListenAddress($0)
        }
        if let port { listen.port = Int(port) }
        dataDirectory = reader.path(.dataDirectory) ?? ""
        configDirectory = reader.path(.configDirectory)
        database = reader.text(.database)
        databaseOwner = reader.text(.databaseOwner)
        databaseRead = reader.text(.databaseRead)
        postgresBinaries = reader.path(.postgresBinaries)
        writeConnections = reader.connections(.writeConnections)
        readConnections = reader.connections(.readConnections)
        let levels = Logger.Level.allCases.map(\.rawValue).joined(separator: ", ")
        logLevel = reader.value(.logLevel, else: .info, "one of \(levels)") { Logger.Level(rawValue: $0) }
        logFormat = reader.value(.logFormat, else: .text, "text or json") { LogFormat(rawValue: $0) }
        shutdownGrace = reader.duration(.shutdownGrace)
        secrets = ServiceSecrets(
            directory: reader.path(.secretsDirectory),
            environment: sources.environment.filter { $0.key.hasPrefix(ServiceSecrets.prefix) })
        let publicURL = reader.publicURL(listen: listen)
        self.publicURL = publicURL
        sessionIdle = reader.duration(.sessionIdle)
        sessionLifetime = reader.duration(.sessionLifetime)
        demoSignIn = reader.value(.demoSignIn, else: false, "yes or no") { ["yes": true, "no": false][$0] }
        personRate = reader.value(.personRate, else: 0, "a whole number from 0 to 1000000") { text in
            Int(text).flatMap { (0...1_000_000).contains($0) ? $0 : nil }
        }
        if demoSignIn, !PublicURL.isLoopback(listen.host) || publicURL?.isLoopback == false {
            reader.complain(.demoSignIn, "demo_sign_in is for a loopback address only: anybody could be anybody")
        }
        provider = reader.provider()
        if provider != nil, publicURL == nil {
            reader.complain(.oidcIssuer, "oidc_issuer needs public_url: the provider sends browsers back there")
        }
        trustedProxies = reader.value(.trustedProxies, else: [], "addresses or networks, as 10.1.0.0/16 192.0.2.7") {
            let words = $0.split { $0 == " " || $0 == "," }
            let ranges = words.compactMap { AddressRange(String($0)) }
            return ranges.count == words.count ? ranges : nil
        }
        maximumUpload = reader.value(.attachmentLimit, else: 0, "a whole number from 1 to 1000") { text in
            Int(text).flatMap { (1...1_000).contains($0) ? $0 * 1_000_000 : nil }
        }
        attachmentScanner = reader.path(.attachmentScanner)
        if database == nil {
            for key in [SettingKey.databaseOwner, .databaseRead] where reader.text(key) != nil {
                reader.complain(key, "\(key.rawValue) makes sense only together with database")
            }
        }
        guard reader.problems.isEmpty else {
            throw Refusal(.settings, reader.problems.map(\.description).joined(separator: "\n"))
        }
    }

    private struct Reader {
        let sources: SettingSources
        var problems: [SettingProblem]

        mutating func complain(_ key: SettingKey, _ message: String) {
            problems.append(SettingProblem(origin: sources.effective(key).origin, message: message))
        }

        mutating func value<Value>(
            _ key: SettingKey, else fallback: Value, _ expected: String, _ parse: (String) -> Value?
        ) -> Value {
            let given = sources.effective(key)
            if let value = parse(given.value) { return value }
            complain(key, "\(key.rawValue) must be \(expected), not `\(given.value)`")
            return fallback
        }

        mutating func connections(_ key: SettingKey) -> Int {
            value(key, else: 1, "a whole number from 1 to 200") { text in
                Int(text).flatMap { (1...200).contains($0) ? $0 : nil }
            }
        }

        mutating func duration(_ key: SettingKey) -> Duration {
            value(key, else: .zero, "a duration, as 20s or 2m") { Duration(settingText: $0) }
        }

        /// What is set, else the address that a browser on this machine would use.
        mutating func publicURL(listen: ListenAddress) -> PublicURL? {
            guard text(.publicURL) != nil else {
                return PublicURL.isLoopback(listen.host) ? PublicURL("http://\(listen)") : nil
            }
            let url = value(.publicURL, else: PublicURL?.none, "an address as https://desk.example.org") {
                PublicURL($0).map { .some($0) }
            }
            if let url, !url.isSecure, !url.isLoopback {
                complain(.publicURL, "public_url must begin with https:// unless it is this machine's own")
            }
            return url
        }

        mutating func provider() -> ProviderSettings? {
            guard let issuer = text(.oidcIssuer) else {
                for key in [SettingKey.oidcClientID, .oidcGroupClaim, .oidcClasses, .oidcMethods, .oidcAge]
                where text(key) != nil {
                    complain(key, "\(key.rawValue) makes sense only together with oidc_issuer")
                }
                return nil
            }
            if !PrivateAddress.isPrivate(issuer) || issuer.contains("?") {
                complain(.oidcIssuer, "oidc_issuer must be an address as https://id.example.org, not `\(issuer)`")
            }
            guard let clientID = text(.oidcClientID) else {
                complain(.oidcIssuer, "oidc_issuer makes sense only together with oidc_client_id")
                return nil
            }
            return ProviderSettings(
                issuer: issuer, clientID: clientID,
                scopes: (text(.oidcScopes) ?? "").split(separator: " ").map(String.init),
                handleClaim: text(.oidcHandleClaim) ?? "preferred_username", groupClaim: text(.oidcGroupClaim),
                demands: SignInDemands(
                    classes: words(.oidcClasses), methods: words(.oidcMethods),
                    age: text(.oidcAge) == nil ? nil : duration(.oidcAge)))
        }

        private func words(_ key: SettingKey) -> [String] {
            (text(key) ?? "").split(separator: " ").map(String.init)
        }

        func text(_ key: SettingKey) -> String? {
            let given = sources.effective(key)
            return given.value.isEmpty ? nil : given.value
        }

        /// Relative paths count from the folder of the file that names them, else from the current one.
        func path(_ key: SettingKey) -> String? {
            let given = sources.effective(key)
            guard !given.value.isEmpty else { return nil }
            guard case .file(let file, _) = given.origin else { return Files.absolute(given.value) }
            return Files.absolute(given.value, from: Files.parent(of: file))
        }
    }
}
