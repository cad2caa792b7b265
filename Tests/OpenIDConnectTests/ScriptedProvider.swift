import Expressions
import ServiceDesk
import Synchronization

@testable import OpenIDConnect

/// A provider without a network: answers as a test says, and counts what it was asked.
final class ScriptedProvider: ProviderTransport {
    struct Script: Sendable {
        var metadata = ScriptedProvider.metadata()
        var keys = #"{"keys":[\#(SigningKey.rsa.document(id: "one"))]}"#
        var keysCacheControl: String?
        var tokens = "{}"
        var tokenStatus = 200
        var userInfo = "{}"
        var isAway = false
    }

    static let issuer = "https://id.example"
    static let client = ClientRegistration(
        issuer: issuer, clientID: "bureau", redirectURI: "https://desk.example/api/v1/sign-in/oidc/callback",
        groupClaim: "groups")
    static let challenge = SignInChallenge(state: "state", nonce: "nonce", verifier: "verifier")
    static let now = Instant(seconds: 1_800_000_000)

    let script: Mutex<Script>
    let asked = Mutex<[ProviderRequest]>([])
    let time = Mutex(ScriptedProvider.now)

    init(_ script: Script = Script()) {
        self.script = Mutex(script)
    }

    static func metadata(_ more: String = "", issuer: String = issuer) -> String {
        #"{"issuer":"\#(issuer)","authorization_endpoint":"https://id.example/authorize","#
            + #""token_endpoint":"https://id.example/token","jwks_uri":"https://id.example/keys","#
            + #""userinfo_endpoint":"https://id.example/me"\#(more)}"#
    }

    func send(_ request: ProviderRequest) async throws(TransportTrouble) -> ProviderReply {
        asked.withLock { $0.append(request) }
        let script = script.withLock { $0 }
        if script.isAway { throw TransportTrouble(reason: "unreachable") }
        return switch request.url {
        case "https://id.example/.well-known/openid-configuration":
            ProviderReply(
                status: 200, body: Array(script.metadata.utf8))
        case "https://id.example/keys":
            ProviderReply(
                status: 200, cacheControl: script.keysCacheControl, body: Array(script.keys.utf8))
        case "https://id.example/token": ProviderReply(status: script.tokenStatus, body: Array(script.tokens.utf8))
        case "https://id.example/me": ProviderReply(status: 200, body: Array(script.userInfo.utf8))
        default: ProviderReply(status: 404, body: [])
        }
    }

    func asked(_ url: String) -> Int { asked.withLock { $0.count { $0.url == url } } }

    func client(_ registration: ClientRegistration = client, secret: String? = "s3cret+/") -> OpenIDProvider {
        OpenIDProvider(registration, secret: { secret }, transport: self, clock: { self.time.withLock { $0 } })
    }

    /// Claims of a good token, with changes: raw JSON by name, nil to leave one out.
    static func claims(_ changes: [String: String?] = [:]) -> String {
        var claims: [String: String?] = [
            "iss": #""https://id.example""#, "aud": #""bureau""#, "sub": #""248289761001""#, "nonce": #""nonce""#,
            "exp": "1800000300", "iat": "1800000000", "preferred_username": #""amara.okafor""#, "groups": #"["staff"]"#,
        ]
        for (name, value) in changes { claims[name] = value }
        let members = claims.compactMap { name, value in value.map { #""\#(name)":\#($0)"# } }.sorted()
        return "{\(members.joined(separator: ","))}"
    }

    static func goodToken(_ changes: [String: String?] = [:], header: String = #"{"alg":"RS256","kid":"one"}"#)
        -> String
    {
        SigningKey.rsa.token(header: header, content: claims(changes))
    }

    static func answer(_ token: String) -> String {
        #"{"id_token":"\#(token)","access_token":"opaque","token_type":"Bearer"}"#
    }
}
