/// One thing that an operator may set. Its raw value is its name in a settings file; environment variable and flag are
/// made from it.
enum SettingKey: String, CaseIterable, Sendable {
    case listen
    case dataDirectory = "data_directory"
    case configDirectory = "config_directory"
    case database
    case databaseOwner = "database_owner"
    case databaseRead = "database_read"
    case postgresBinaries = "postgres_binaries"
    case writeConnections = "write_connections"
    case readConnections = "read_connections"
    case logLevel = "log_level"
    case logFormat = "log_format"
    case shutdownGrace = "shutdown_grace"
    case secretsDirectory = "secrets_directory"
    case publicURL = "public_url"
    case sessionIdle = "session_idle"
    case sessionLifetime = "session_lifetime"
    case demoSignIn = "demo_sign_in"
    case personRate = "person_rate"
    case oidcIssuer = "oidc_issuer"
    case oidcClientID = "oidc_client_id"
    case oidcScopes = "oidc_scopes"
    case oidcHandleClaim = "oidc_handle_claim"
    case oidcGroupClaim = "oidc_group_claim"
    case oidcClasses = "oidc_acr"
    case oidcMethods = "oidc_amr"
    case oidcAge = "oidc_max_age"
    case trustedProxies = "trusted_proxies"
    case attachmentLimit = "attachment_limit"
    case attachmentScanner = "attachment_scanner"

    /// There is no `BUREAU_PORT`: Kubernetes sets a variable of that name for every service that is called `bureau`.
    var environmentName: String { "BUREAU_" + rawValue.uppercased() }

    /// With its two dashes.
    var flag: String { "--" + String(rawValue.map { $0 == "_" ? "-" : $0 }) }

    /// What holds when nobody says anything; empty: unset.
    ///
    /// - Parameter isRoot: whether the daemon runs as root, whose data belongs to the machine rather than to a folder.
    func standard(isRoot: Bool) -> String {
        switch self {
        case .listen: "127.0.0.1:8080"
        case .dataDirectory: isRoot ? "/var/lib/bureau" : ".bureau"
        case .configDirectory, .database, .databaseOwner, .databaseRead, .postgresBinaries, .secretsDirectory,
            .publicURL, .oidcIssuer, .oidcClientID, .oidcGroupClaim, .oidcClasses, .oidcMethods, .oidcAge,
            .trustedProxies, .attachmentScanner:
            ""
        case .writeConnections, .readConnections: "8"
        case .logLevel: "info"
        case .logFormat: "text"
        case .shutdownGrace: "20s"
        case .sessionIdle: "30m"
        case .sessionLifetime: "12h"
        case .demoSignIn: "no"
        case .personRate: "100"
        case .attachmentLimit: "25"
        case .oidcScopes: "openid profile"
        case .oidcHandleClaim: "preferred_username"
        }
    }

    /// One line for people, as in `--help` and in Deploy/README.md.
    var summary: String {
        switch self {
        case .listen: "Address and port of the HTTP server, as 127.0.0.1:8080 or [::1]:8080."
        case .dataDirectory: "Where the private PostgreSQL and the daemon's lock live."
        case .configDirectory:
            "The configuration to check at the start, and to apply when it has changed since the operator last applied one; "
                + "unset: the one applied last."
        case .database: "Connection string of your own PostgreSQL for serving; unset: a private PostgreSQL."
        case .databaseOwner: "Connection string of the owner role, for migrations, backup and restore."
        case .databaseRead: "Connection string for reads, perhaps of a replica; unset: the one for serving."
        case .postgresBinaries: "Folder that holds postgres, initdb and pg_dump; unset: the newest that is installed."
        case .writeConnections: "Connections that writes share, 1 to 200."
        case .readConnections: "Connections that reads share, 1 to 200."
        case .logLevel: "trace, debug, info, notice, warning, error or critical."
        case .logFormat: "text for people, json for machines; either goes to standard error."
        case .shutdownGrace: "How long requests in flight may take after a stop signal, as 20s or 2m."
        case .attachmentLimit: "Megabytes that an uploaded file may have, 1 to 1000."
        case .attachmentScanner:
            "Program that looks at uploads: the file on standard input, 0 harmless, 1 harmful; unset: none looks."
        case .secretsDirectory: "Folder with a file for each service's secret; unset: BUREAU_SECRET_… variables alone."
        case .publicURL:
            "Where people's browsers reach the desk, as https://desk.example.org; http on this machine only."
        case .sessionIdle: "How long a browser's session may be unused, as 30m."
        case .sessionLifetime: "How long a browser's session lasts, however busy it is, as 12h."
        case .oidcIssuer: "Address of the OpenID provider where people sign in, as https://id.example.org; unset: none."
        case .oidcClientID: "What the provider calls Bureau; its secret is OIDC_CLIENT_SECRET among the secrets."
        case .oidcScopes: "What to ask the provider for, separated by blanks."
        case .oidcHandleClaim: "The claim that holds the handle; email: the verified address instead."
        case .oidcGroupClaim: "The claim that lists groups; unset: the provider fills none."
        case .oidcClasses: "Classes of sign-in (acr), any of which the provider must prove; unset: any will do."
        case .oidcMethods: "Methods (amr), each of which the provider must prove, as mfa; unset: any will do."
        case .oidcAge: "How long ago somebody may have proven who they are at the provider, as 12h; unset: its session."
        case .trustedProxies:
            "Addresses or networks of proxies, as 10.1.0.0/16, whose X-Forwarded-For counts besides this machine's."
        case .demoSignIn: "yes lets anybody sign in as anybody, for demonstrations; on a loopback address only."
        case .personRate: "Requests a second that one person may go on sending, 0 to 1000000; 0 sets no limit."
        }
    }

    /// Connection strings hold passwords.
    var mayHoldSecret: Bool {
        switch self {
        case .database, .databaseOwner, .databaseRead: true
        default: false
        }
    }
}
