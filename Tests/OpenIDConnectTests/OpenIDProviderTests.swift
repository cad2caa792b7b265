import Expressions
import ServiceDesk
import Synchronization
import Testing

@testable import OpenIDConnect

@Suite struct OpenIDProviderTests {
    private let answer = SignInAnswer(state: "state", code: "c/o+de", error: nil, issuer: nil)

    private func script(_ token: String, keys: String? = nil) -> ScriptedProvider.Script {
        var script = ScriptedProvider.Script()
        script.tokens = ScriptedProvider.answer(token)
        if let keys { script.keys = #"{"keys":[\#(keys)]}"# }
        return script
    }

    @Test("A browser is sent away with PKCE, state and nonce")
    func address() async throws {
        let address = try await ScriptedProvider().client().address(of: ScriptedProvider.challenge)
        #expect(
            address == "https://id.example/authorize?response_type=code&client_id=bureau"
                + "&redirect_uri=https%3A%2F%2Fdesk.example%2Fapi%2Fv1%2Fsign-in%2Foidc%2Fcallback&scope=openid%20profile"
                + "&state=state&nonce=nonce&code_challenge=iMnq5o6zALKXGivsnlom_0F5_WYda32GHkxlV7mq7hQ"
                + "&code_challenge_method=S256")
    }

    struct Signed: Sendable, CustomTestStringConvertible {
        let algorithm: String
        let key: SigningKey
        var testDescription: String { algorithm }
    }

    @Test(
        "Each algorithm of the list signs people in",
        arguments: [
            Signed(algorithm: "RS256", key: .rsa), Signed(algorithm: "PS256", key: .rsa),
            Signed(algorithm: "ES256", key: .p256),
        ])
    func goodTokens(_ signed: Signed) async throws {
        let token = signed.key.token(
            header: #"{"alg":"\#(signed.algorithm)","kid":"one","typ":"JWT"}"#,
            content: ScriptedProvider.claims([
                "at_hash": "\"\(TextForms.base64URL(Array(Digest.sha256("opaque").prefix(16))))\""
            ]),
            isPSS: signed.algorithm == "PS256")
        let provider = ScriptedProvider(script(token, keys: signed.key.document(id: "one")))
        let identity = try await provider.client().identity(answer, to: ScriptedProvider.challenge)
        #expect(
            identity
                == ProvenIdentity(
                    issuer: ScriptedProvider.issuer, subject: "248289761001", name: .handle("amara.okafor"),
                    groups: ["staff"]))
    }

    @Test(
        "Claims that hold are accepted",
        arguments: [
            ["aud": #"["bureau"]"#], ["aud": #"["bureau","wiki"]"#, "azp": #""bureau""#], ["azp": #""bureau""#],
            ["exp": "1799999941"], ["iat": "1800000060.5"], ["nbf": "1800000060"], ["groups": #""staff""#],
        ])
    func boundaries(_ claims: [String: String]) async throws {
        let provider = ScriptedProvider(script(ScriptedProvider.goodToken(claims.mapValues { $0 })))
        let identity = try await provider.client().identity(answer, to: ScriptedProvider.challenge)
        #expect(identity.groups == ["staff"])
    }

    @Test("The only key of its kind needs no name")
    func unnamedKey() async throws {
        let keys = SigningKey.rsa.document(id: nil) + "," + SigningKey.p256.document(id: "other")
        let provider = ScriptedProvider(script(ScriptedProvider.goodToken(header: #"{"alg":"RS256"}"#), keys: keys))
        let identity = try await provider.client().identity(answer, to: ScriptedProvider.challenge)
        #expect(identity.subject == "248289761001")
    }

    @Test("The code is redeemed once, with the verifier and the client's secret in a header")
    func redemption() async throws {
        let provider = ScriptedProvider(script(ScriptedProvider.goodToken()))
        _ = try await provider.client().identity(answer, to: ScriptedProvider.challenge)
        let requests = provider.asked.withLock { $0.filter { $0.url == "https://id.example/token" } }
        #expect(
            requests == [
                ProviderRequest(
                    url: "https://id.example/token", authorization: "Basic YnVyZWF1OnMzY3JldCUyQiUyRg==",
                    form: "grant_type=authorization_code&code=c%2Fo%2Bde"
                        + "&redirect_uri=https%3A%2F%2Fdesk.example%2Fapi%2Fv1%2Fsign-in%2Foidc%2Fcallback"
                        + "&code_verifier=verifier")
            ])
    }

    @Test("A provider that takes the secret in the form only gets it there, and none from a client without one")
    func secretInForm() async throws {
        var script = script(ScriptedProvider.goodToken())
        script.metadata = ScriptedProvider.metadata(#","token_endpoint_auth_methods_supported":["client_secret_post"]"#)
        for (secret, end) in [("s3cret", "&client_id=bureau&client_secret=s3cret"), (nil, "&client_id=bureau")] {
            let provider = ScriptedProvider(script)
            _ = try await provider.client(secret: secret).identity(answer, to: ScriptedProvider.challenge)
            let request = try #require(provider.asked.withLock { $0.first { $0.form != nil } })
            #expect(request.authorization == nil)
            #expect(request.form?.hasSuffix("verifier\(end)") == true)
        }
    }

    struct Answer: Sendable, CustomTestStringConvertible {
        let name: String
        var answer = SignInAnswer(state: "state", code: "code", error: nil, issuer: nil)
        var status = 200
        var tokens = ScriptedProvider.answer(ScriptedProvider.goodToken())
        var metadata = ""
        let trouble: IdentityTrouble
        var testDescription: String { name }
    }

    @Test(
        "Answers that prove nothing are told apart",
        arguments: [
            Answer(
                name: "the person declined",
                answer: SignInAnswer(state: "state", code: nil, error: "access_denied", issuer: nil),
                trouble: .refused("access_denied")),
            Answer(
                name: "an error with a code",
                answer: SignInAnswer(state: "state", code: "code", error: "server_error", issuer: nil),
                trouble: .refused("server_error")),
            Answer(
                name: "an error that writes into logs",
                answer: SignInAnswer(state: "state", code: nil, error: "x\nERROR all is lost", issuer: nil),
                trouble: .refused("an error without a proper code")),
            Answer(
                name: "nothing", answer: SignInAnswer(state: "state", code: nil, error: nil, issuer: nil),
                trouble: .untrusted("the answer has neither code nor error")),
            Answer(
                name: "another issuer's answer",
                answer: SignInAnswer(state: "state", code: "code", error: nil, issuer: "https://evil.example"),
                trouble: .untrusted("the answer names another issuer")),
            Answer(
                name: "no issuer where one is promised",
                metadata: #","authorization_response_iss_parameter_supported":true"#,
                trouble: .untrusted("the answer names no issuer, though the provider says that it always does")),
            Answer(
                name: "a code that was redeemed before", status: 400, tokens: #"{"error":"invalid_grant"}"#,
                trouble: .refused("invalid_grant")),
            Answer(
                name: "a wrong secret", status: 401, tokens: #"{"error":"invalid_client"}"#,
                trouble: .unsuitable("the token endpoint answered 401, invalid_client")),
            Answer(
                name: "a redirection", status: 302, tokens: "",
                trouble: .unsuitable("the token endpoint answered 302, no error code")),
            Answer(
                name: "a failing provider", status: 502, tokens: "<html>",
                trouble: .away("the token endpoint answered 502")),
            Answer(
                name: "no ID token", tokens: #"{"access_token":"a"}"#,
                trouble: .unsuitable("the token endpoint gave no ID token")),
            Answer(
                name: "two ID tokens", tokens: #"{"id_token":"a.b.c","id_token":"d.e.f"}"#,
                trouble: .unsuitable("the token endpoint gave no ID token")),
        ])
    func troubles(_ given: Answer) async {
        var script = ScriptedProvider.Script()
        (script.tokens, script.tokenStatus) = (given.tokens, given.status)
        script.metadata = ScriptedProvider.metadata(given.metadata)
        let provider = ScriptedProvider(script)
        await #expect(throws: given.trouble) {
            try await provider.client().identity(given.answer, to: ScriptedProvider.challenge)
        }
    }

    @Test("Claims that the token lacks come from the user info, if it is about the same person")
    func userInfo() async throws {
        var script = script(ScriptedProvider.goodToken(["preferred_username": nil, "groups": nil]))
        script.userInfo = #"{"sub":"248289761001","preferred_username":"amara.okafor","groups":["it"],"iss":"other"}"#
        let provider = ScriptedProvider(script)
        let identity = try await provider.client().identity(answer, to: ScriptedProvider.challenge)
        #expect(identity.name == .handle("amara.okafor") && identity.groups == ["it"])
        #expect(identity.issuer == ScriptedProvider.issuer)

        provider.script.withLock { $0.userInfo = #"{"sub":"1","preferred_username":"amara.okafor"}"# }
        await #expect(throws: IdentityTrouble.untrusted("the user info is about somebody else")) {
            try await provider.client().identity(answer, to: ScriptedProvider.challenge)
        }
    }

    @Test("An address names somebody only when the provider has verified it")
    func verifiedAddress() async throws {
        var client = ScriptedProvider.client
        client.handleClaim = "email"
        let address = #""amara.okafor@larkfield.example""#
        let verified = ScriptedProvider(
            script(ScriptedProvider.goodToken(["email": address, "email_verified": "true"])))
        let identity = try await verified.client(client).identity(answer, to: ScriptedProvider.challenge)
        #expect(identity.name == .address("amara.okafor@larkfield.example"))
        for word in [nil, "false", #""true""#] {
            let provider = ScriptedProvider(
                script(ScriptedProvider.goodToken(["email": address, "email_verified": word])))
            await #expect(throws: IdentityTrouble.unsuitable("email is not verified")) {
                try await provider.client(client).identity(answer, to: ScriptedProvider.challenge)
            }
        }
    }

    @Test("A new key of the provider is fetched when a token names it, at most once a minute")
    func rotation() async throws {
        let provider = ScriptedProvider(script(ScriptedProvider.goodToken()))
        let client = provider.client()
        _ = try await client.identity(answer, to: ScriptedProvider.challenge)
        _ = try await client.identity(answer, to: ScriptedProvider.challenge)
        #expect(provider.asked("https://id.example/keys") == 1)

        // The provider rotates; whoever signs in within the minute after a fetch has to try again.
        let token = SigningKey.otherRSA.token(
            header: #"{"alg":"RS256","kid":"two"}"#, content: ScriptedProvider.claims())
        provider.script.withLock {
            $0.tokens = ScriptedProvider.answer(token)
            $0.keys = #"{"keys":[\#(SigningKey.otherRSA.document(id: "two"))]}"#
        }
        for _ in 0..<3 {
            await #expect(throws: IdentityTrouble.untrusted("the token's key is not the provider's")) {
                try await client.identity(answer, to: ScriptedProvider.challenge)
            }
        }
        #expect(provider.asked("https://id.example/keys") == 1)
        provider.time.withLock { $0 = $0 + .seconds(60) }
        _ = try await client.identity(answer, to: ScriptedProvider.challenge)
        #expect(provider.asked("https://id.example/keys") == 2)

        // The old key has left the set, so what it signs is worth nothing any more.
        provider.script.withLock { $0.tokens = ScriptedProvider.answer(ScriptedProvider.goodToken()) }
        await #expect(throws: IdentityTrouble.untrusted("the token's key is not the provider's")) {
            try await client.identity(answer, to: ScriptedProvider.challenge)
        }
    }

    @Test("Many sign-ins at once fetch metadata and keys once")
    func manyAtOnce() async throws {
        let provider = ScriptedProvider(script(ScriptedProvider.goodToken()))
        let client = provider.client()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<20 {
                group.addTask { _ = try await client.identity(answer, to: ScriptedProvider.challenge) }
            }
            try await group.waitForAll()
        }
        #expect(provider.asked("https://id.example/keys") == 1)
        #expect(provider.asked("https://id.example/.well-known/openid-configuration") == 1)
    }

    @Test("A provider that is away is asked again by the next sign-in")
    func away() async throws {
        let provider = ScriptedProvider(script(ScriptedProvider.goodToken()))
        let client = provider.client()
        provider.script.withLock { $0.isAway = true }
        await #expect(throws: IdentityTrouble.away("unreachable")) {
            try await client.address(of: ScriptedProvider.challenge)
        }
        #expect(await client.signOutAddress(returnTo: "https://desk.example/") == nil)
        provider.script.withLock { $0.isAway = false }
        #expect(try await client.address(of: ScriptedProvider.challenge).hasPrefix("https://id.example/authorize?"))
    }

    @Test("Signing out goes on at the provider where it offers that")
    func signOut() async throws {
        var script = ScriptedProvider.Script()
        #expect(await ScriptedProvider(script).client().signOutAddress(returnTo: "https://desk.example/") == nil)
        script.metadata = ScriptedProvider.metadata(#","end_session_endpoint":"https://id.example/out?x=1""#)
        #expect(
            await ScriptedProvider(script).client().signOutAddress(returnTo: "https://desk.example/")
                == "https://id.example/out?x=1&client_id=bureau&post_logout_redirect_uri=https%3A%2F%2Fdesk.example%2F")
    }
}
