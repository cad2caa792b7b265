import HTTPAPI
import ServiceDesk

extension FailingDesk {
    func beginProviderSignIn(returnTo: String?) async throws(DeskError) -> ProviderSignInStart { throw error }
    func finishProviderSignIn(
        _ answer: SignInAnswer, browserSecret: String?
    ) async throws(DeskError) -> ProviderSignInEnd { throw error }
    func providerSignOutAddress(returnTo: String) async -> String? { nil }
}
