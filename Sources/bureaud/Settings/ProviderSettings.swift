import OpenIDConnect

/// Where people sign in with OpenID Connect. The client's secret is not among the settings: it is `Service.signInSecret` among
/// the secrets.
struct ProviderSettings: Sendable, Hashable {
    /// Where the provider sends browsers back to, below the public address.
    static let callback = "/api/v1/sign-in/oidc/callback"

    var issuer: String
    var clientID: String
    /// Parts of a scope, without blanks.
    var scopes: [String]
    var handleClaim: String
    var groupClaim: String?
    var demands = SignInDemands()

    /// - Parameter publicURL: Scheme, host and port, without a slash at the end.
    func registration(publicURL: String) -> ClientRegistration {
        var client = ClientRegistration(
            issuer: issuer, clientID: clientID, redirectURI: publicURL + Self.callback, scopes: scopes,
            handleClaim: handleClaim, groupClaim: groupClaim)
        client.demands = demands
        return client
    }
}
