package import Expressions
package import ServiceDesk
import WorkflowCore

/// Sign-in at a standard OpenID provider: authorization code flow with PKCE, discovery, rotating keys.
///
/// An actor, because it owns what it has learned of the provider; the rules stand in the values that it asks.
package actor OpenIDProvider: IdentityProvider {
    private let client: ClientRegistration
    private let secret: @Sendable () -> String?
    private let transport: any ProviderTransport
    private let clock: @Sendable () -> Instant
    private var metadata: (value: ProviderMetadata, expiresAt: Instant)?
    private var keys = KeySetCache()
    /// Fetches under way, so that many sign-ins at once ask the provider once.
    private var fetchingMetadata: Task<Result<ProviderMetadata, IdentityTrouble>, Never>?
    private var fetchingKeys: Task<Result<Void, IdentityTrouble>, Never>?

    /// - Parameter secret: The client's secret as it is now; nil for a client without one.
    package init(
        _ client: ClientRegistration, secret: @escaping @Sendable () -> String?, transport: any ProviderTransport,
        clock: @escaping @Sendable () -> Instant
    ) {
        self.client = client
        self.secret = secret
        self.transport = transport
        self.clock = clock
    }

    package func address(of challenge: SignInChallenge) async throws(IdentityTrouble) -> String {
        Messages.authorization(client, try await discover(), challenge)
    }

    package func identity(
        _ answer: SignInAnswer, to challenge: SignInChallenge
    ) async throws(IdentityTrouble) -> ProvenIdentity {
        let metadata = try await discover()
        let code = try Messages.code(in: answer, client, metadata)
        let reply = try await send(
            Messages.redemption(of: code, verifier: challenge.verifier, secret: secret(), client, metadata))
        let tokens = try Messages.tokens(in: reply)
        let token = try CompactToken(tokens.idToken)
        guard let claims = JSONMembers(try await content(of: token, metadata)) else {
            throw .untrusted("the token holds no claims")
        }
        let check = IDTokenCheck(
            issuer: client.issuer, clientID: client.clientID, nonce: challenge.nonce, clockSkew: client.clockSkew,
            now: clock(), accessToken: tokens.accessToken)
        let subject = try check.subject(claims)
        try client.demands.check(claims, at: clock(), clockSkew: client.clockSkew)
        let reader = IdentityClaims(client: client)
        guard reader.areIncomplete(claims), let endpoint = metadata.userInfoEndpoint,
            let accessToken = tokens.accessToken
        else { return try reader.identity(claims, subject: subject) }
        let more = try await userInfo(endpoint, accessToken, subject: subject)
        // What is signed goes before what is only said.
        guard let merged = JSONMembers(.object(more.members.merging(claims.members) { $1 })) else {
            throw .untrusted("the user info is no JSON object")
        }
        return try reader.identity(merged, subject: subject)
    }

    package func signOutAddress(returnTo: String) async -> String? {
        // Without an answer of the provider nothing is left to do there; the session here has ended already.
        guard let endpoint = try? await discover().endSessionEndpoint else { return nil }
        return FormEncoding.address(
            endpoint, adding: [("client_id", client.clientID), ("post_logout_redirect_uri", returnTo)])
    }

    // MARK: What the provider says

    private func discover() async throws(IdentityTrouble) -> ProviderMetadata {
        if let metadata, clock() < metadata.expiresAt { return metadata.value }
        let task =
            fetchingMetadata
            ?? Task {
                let result: Result<ProviderMetadata, IdentityTrouble>
                do throws(IdentityTrouble) {
                    result = .success(try await self.fetchMetadata())
                } catch {
                    result = .failure(error)
                }
                self.fetchingMetadata = nil
                return result
            }
        fetchingMetadata = task
        return try await task.value.get()
    }

    private func fetchMetadata() async throws(IdentityTrouble) -> ProviderMetadata {
        let reply = try await get(ProviderMetadata.address(of: client.issuer))
        let found = try ProviderMetadata(reply.body, issuer: client.issuer)
        metadata = (found, clock() + KeySetCache.life(reply.cacheControl))
        return found
    }

    /// What a token holds, if a key of the provider has signed it.
    private func content(
        of token: CompactToken, _ metadata: ProviderMetadata
    ) async throws(IdentityTrouble) -> [UInt8] {
        var step = keys.step(token.algorithm, id: token.keyID, at: clock())
        if step == .fetch {
            try await fetchKeys(metadata)
            step = keys.step(token.algorithm, id: token.keyID, at: clock())
        }
        guard case .use(let candidates) = step else { throw .untrusted("the token's key is not the provider's") }
        for key in candidates {
            if let content = Signature.content(of: token, signedBy: key) { return content }
        }
        throw .untrusted("the token's signature is wrong")
    }

    private func fetchKeys(_ metadata: ProviderMetadata) async throws(IdentityTrouble) {
        let task =
            fetchingKeys
            ?? Task {
                let result: Result<Void, IdentityTrouble>
                do throws(IdentityTrouble) {
                    let reply = try await self.get(metadata.keySetAddress)
                    self.keys.keep(
                        try KeySet(reply.body), cacheControl: reply.cacheControl, at: self.clock())
                    result = .success(())
                } catch {
                    result = .failure(error)
                }
                self.fetchingKeys = nil
                return result
            }
        fetchingKeys = task
        try await task.value.get()
    }

    /// Claims that are not in the token (OpenID Connect Core 1.0, section 5.3); they count only for the same subject.
    private func userInfo(
        _ endpoint: String, _ accessToken: String, subject: String
    ) async throws(IdentityTrouble) -> JSONMembers {
        guard accessToken.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw .untrusted("the access token is none that a header can carry")
        }
        let reply = try await send(ProviderRequest(url: endpoint, authorization: "Bearer \(accessToken)"))
        guard reply.status == 200, let members = JSONMembers(reply.body) else {
            throw reply.status >= 500
                ? .away("the user info answered \(reply.status)")
                : .unsuitable("the user info answered \(reply.status) or no JSON object")
        }
        guard members.text("sub") == subject else { throw .untrusted("the user info is about somebody else") }
        return members
    }

    private func get(_ url: String) async throws(IdentityTrouble) -> ProviderReply {
        let reply = try await send(ProviderRequest(url: url))
        guard reply.status == 200 else { throw .away("the provider's own description answered \(reply.status)") }
        return reply
    }

    private func send(_ request: ProviderRequest) async throws(IdentityTrouble) -> ProviderReply {
        do {
            return try await transport.send(request)
        } catch {
            throw .away(error.reason)
        }
    }
}
