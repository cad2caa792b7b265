import ArgumentParser
import Glibc

/// Where the server is and who asks.
struct ConnectionOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The server's address.", valueName: "url"))
    var server: String?

    @Option(help: ArgumentHelp("Your access token; other people on this machine can see it here, not in BUREAU_TOKEN."))
    var token: String?

    @Flag(help: "Print the server's answer as JSON.")
    var json = false

    /// The API with the settings in force.
    func client() throws(ClientError) -> APIClient {
        let file = try SettingsFile.load()
        let address =
            server ?? environment("BUREAU_SERVER") ?? file.server ?? "http://127.0.0.1:8080"
        guard address.hasPrefix("http://") || address.hasPrefix("https://") else {
            throw .usage("The server's address must begin with http:// or https://.")
        }
        let trimmed = address.hasSuffix("/") ? String(address.dropLast()) : address
        return APIClient(server: trimmed, token: try checked(token ?? environment("BUREAU_TOKEN") ?? file.token))
    }

    /// A token goes into a header line, so nothing may end that line.
    private func checked(_ token: String?) throws(ClientError) -> String? {
        guard let token else { return nil }
        guard !token.isEmpty, token.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw .usage("The access token must be visible ASCII characters.")
        }
        return token
    }
}

/// The value of an environment variable; nil when it is unset or empty.
func environment(_ name: String) -> String? {
    guard let value = getenv(name) else { return nil }
    let text = String(cString: value)
    return text.isEmpty ? nil : text
}
