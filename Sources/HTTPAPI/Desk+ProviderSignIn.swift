package import ServiceDesk

/// What the API asks of the application about signing in at an identity provider.
package protocol ProviderSignInDesk: Sendable {
    func beginProviderSignIn(returnTo: String?) async throws(DeskError) -> ProviderSignInStart
    func finishProviderSignIn(
        _ answer: SignInAnswer, browserSecret: String?
    ) async throws(DeskError) -> ProviderSignInEnd
    func providerSignOutAddress(returnTo: String) async -> String?
}
