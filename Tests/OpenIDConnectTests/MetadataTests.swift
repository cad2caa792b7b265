import Expressions
import ServiceDesk
import Testing

@testable import OpenIDConnect

@Suite struct MetadataTests {
    @Test("The description stands below the issuer, with or without a slash at its end")
    func address() {
        #expect(
            ProviderMetadata.address(of: "https://id.example/realms/a")
                == "https://id.example/realms/a/.well-known/openid-configuration")
        #expect(
            ProviderMetadata.address(of: "https://id.example/") == "https://id.example/.well-known/openid-configuration"
        )
    }

    @Test(
        "A description that Bureau cannot work with is refused",
        arguments: [
            ("[]", IdentityTrouble.untrusted("the metadata is no JSON object")),
            (ScriptedProvider.metadata(issuer: "https://evil.example"), .untrusted("the metadata is another issuer's")),
            (#"{"issuer":"https://id.example"}"#, .unsuitable("the metadata has no authorization_endpoint")),
            (
                ScriptedProvider.metadata(#","end_session_endpoint":"http://id.example/out""#),
                .unsuitable("end_session_endpoint is neither https nor loopback")
            ),
            (
                ScriptedProvider.metadata(#","id_token_signing_alg_values_supported":["HS256","none"]"#),
                .unsuitable("the provider signs with none of RS256, PS256, ES256")
            ),
            (
                ScriptedProvider.metadata(#","code_challenge_methods_supported":["plain"]"#),
                .unsuitable("the provider knows no PKCE with S256")
            ),
        ])
    func unsuitable(_ text: String, _ trouble: IdentityTrouble) {
        #expect(throws: trouble) { try ProviderMetadata(Array(text.utf8), issuer: ScriptedProvider.issuer) }
    }

    @Test(
        "Secrets travel encrypted or within this machine",
        arguments: [
            ("https://id.example", true), ("https://id.example:8443/realms/a?b=c", true),
            ("http://localhost:9400/x", true),
            ("http://127.0.0.1/x", true), ("http://[::1]:80", true), ("http://id.example", false),
            ("http://localhost.evil.example", false), ("http://localhost:80@evil.example", false),
            ("http://127.0.0.1.evil.example/", false), ("https://", false), ("https:///path", false),
            ("https://user@id.example", false), ("https://id.example/#part", false), ("https://id.example/a b", false),
            ("file:///etc/passwd", false), ("", false),
        ])
    func privacy(_ url: String, _ isPrivate: Bool) {
        #expect(PrivateAddress.isPrivate(url) == isPrivate)
    }

    @Test(
        "Keys live as long as the provider says, within bounds",
        arguments: [
            (nil, KeySetCache.usualLife), ("public, max-age=7200", .seconds(7200)),
            ("max-age=1", KeySetCache.shortestLife),
            ("max-age=99999999", KeySetCache.longestLife), ("max-age=99999999999999999999", KeySetCache.usualLife),
            ("no-store", KeySetCache.shortestLife), ("max-age=7200, no-cache", KeySetCache.shortestLife),
            ("max-age=-1", KeySetCache.usualLife), ("rubbish", KeySetCache.usualLife),
        ] as [(String?, Duration)])
    func life(_ header: String?, _ life: Duration) {
        #expect(KeySetCache.life(header) == life)
    }

    @Test("Keys are fetched again when their time is over")
    func expiry() throws {
        var cache = KeySetCache()
        let now = ScriptedProvider.now
        #expect(cache.step(.rs256, id: "one", at: now) == .fetch)
        let keys = try KeySet(Array(#"{"keys":[\#(SigningKey.rsa.document(id: "one"))]}"#.utf8))
        cache.keep(keys, cacheControl: "max-age=600", at: now)
        #expect(cache.step(.rs256, id: "one", at: now + .seconds(599)) == .use(keys.keys))
        #expect(cache.step(.rs256, id: "one", at: now + .seconds(600)) == .fetch)
        #expect(cache.step(.es256, id: "one", at: now + .seconds(59)) == .unknown)
        #expect(cache.step(.es256, id: "one", at: now + .seconds(60)) == .fetch)
    }
}
