/// What a provider and Bureau have agreed upon: how Bureau is registered there as a client.
package struct ClientRegistration: Sendable {
    /// The provider's identifier: an address without query or fragment, `https` but for loopback.
    package var issuer: String
    package var clientID: String
    /// Where the provider sends browsers back to, exactly as it is registered.
    package var redirectURI: String
    /// What to ask for; `openid` is always asked for.
    package var scopes: [String]
    /// The claim that names somebody of the directory. `email` compares with the address and wants `email_verified`; any
    /// other claim is a handle.
    package var handleClaim: String
    /// The claim that lists groups; nil for none.
    package var groupClaim: String?
    /// What a sign-in must be to count.
    package var demands = SignInDemands()
    /// How far the clocks of provider and daemon may differ.
    package var clockSkew: Duration

    package init(
        issuer: String, clientID: String, redirectURI: String, scopes: [String] = ["openid", "profile"],
        handleClaim: String = "preferred_username", groupClaim: String? = nil, clockSkew: Duration = .seconds(60)
    ) {
        self.issuer = issuer
        self.clientID = clientID
        self.redirectURI = redirectURI
        self.scopes = scopes
        self.handleClaim = handleClaim
        self.groupClaim = groupClaim
        self.clockSkew = clockSkew
    }
}
