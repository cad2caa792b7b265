import ServiceDesk
import Testing

@testable import OpenIDConnect

/// Tokens that nobody may sign in with, each signed by a real key unless the point is that it is not.
@Suite struct HostileTokenTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        let token: String
        let reason: String
        var keys = [SigningKey.rsa.document(id: "one")]

        var testDescription: String { name }

        init(_ name: String, _ token: String, _ reason: String, keys: [String]? = nil) {
            self.name = name
            self.token = token
            self.reason = reason
            if let keys { self.keys = keys }
        }

        init(_ name: String, claims: [String: String?], _ reason: String) {
            self.init(name, ScriptedProvider.goodToken(claims), reason)
        }
    }

    private static let good = ScriptedProvider.goodToken()
    private static let header = #"{"alg":"RS256","kid":"one"}"#

    private static func part(_ text: String) -> String { TextForms.base64URL(Array(text.utf8)) }

    /// A good token with one of its three parts replaced.
    private static func replacing(_ index: Int, _ part: String) -> String {
        var parts = good.split(separator: ".").map(String.init)
        parts[index] = part
        return parts.joined(separator: ".")
    }

    private static func mac(_ algorithm: String, secret: [UInt8]) -> String {
        let text = part(#"{"alg":"\#(algorithm)","kid":"one"}"#) + "." + part(ScriptedProvider.claims())
        return text + "." + TextForms.base64URL(SigningKey.mac(of: text, secret: secret))
    }

    static let claimCases = [
        Case("expired", claims: ["exp": "1799999939"], "exp is over"),
        Case("without expiry", claims: ["exp": nil], "exp is missing"),
        Case("with an expiry in text", claims: ["exp": #""1800000300""#], "exp is missing"),
        Case("with an expiry beyond all numbers", claims: ["exp": "1e400"], "exp is missing"),
        Case("not yet valid", claims: ["nbf": "1800000061"], "nbf is yet to come"),
        Case("issued tomorrow", claims: ["iat": "1800086400"], "iat is yet to come"),
        Case("issued yesterday, valid for a week", claims: ["iat": "1799913600"], "iat is too long ago"),
        Case("without time of issue", claims: ["iat": nil], "iat is missing"),
        Case("for another audience", claims: ["aud": #""wiki""#], "aud is another client"),
        Case("for no audience", claims: ["aud": nil], "aud is another client"),
        Case("for an empty list of audiences", claims: ["aud": "[]"], "aud is another client"),
        Case("for an audience that is a number", claims: ["aud": #"["bureau",1]"#], "aud is another client"),
        Case(
            "for two audiences without azp", claims: ["aud": #"["bureau","wiki"]"#],
            "aud has several clients and azp does not say which"),
        Case(
            "for two audiences and another party", claims: ["aud": #"["bureau","wiki"]"#, "azp": #""wiki""#],
            "azp is another client"),
        Case("for another party", claims: ["azp": #""wiki""#], "azp is another client"),
        Case("of another issuer", claims: ["iss": #""https://id.example.evil""#], "iss is another issuer"),
        Case("of the issuer with a slash", claims: ["iss": #""https://id.example/""#], "iss is another issuer"),
        Case("with another nonce", claims: ["nonce": #""other""#], "nonce is not of this sign-in"),
        Case("without a nonce", claims: ["nonce": nil], "nonce is not of this sign-in"),
        Case(
            "with another at_hash", claims: ["at_hash": #""AAAAAAAAAAAAAAAAAAAAAA""#],
            "at_hash is of another access token"),
        Case("without a subject", claims: ["sub": nil], "sub is not a proper identifier"),
        Case("with an empty subject", claims: ["sub": #""""#], "sub is not a proper identifier"),
        Case(
            "with an endless subject", claims: ["sub": "\"\(String(repeating: "s", count: 256))\""],
            "sub is not a proper identifier"),
        Case("with a subject that breaks lines", claims: ["sub": #""a\nb""#], "sub is not a proper identifier"),
    ]

    static let tokenCases = [
        Case(
            "unsigned", part(#"{"alg":"none"}"#) + "." + part(ScriptedProvider.claims()) + ".",
            "the token has not three parts"),
        Case(
            "of algorithm none with a signature", replacing(0, part(#"{"alg":"none","kid":"one"}"#)),
            "the token's algorithm is not allowed"),
        Case(
            "of algorithm NoNe", replacing(0, part(#"{"alg":"NoNe","kid":"one"}"#)),
            "the token's algorithm is not allowed"),
        Case(
            "of HS256 with the modulus as secret", mac("HS256", secret: SigningKey.rsa.modulus),
            "the token's algorithm is not allowed"),
        Case(
            "of HS256 with the key's document as secret",
            mac("HS256", secret: Array(SigningKey.rsa.document(id: "one").utf8)), "the token's algorithm is not allowed"
        ),
        Case(
            "of an RSA algorithm with a MAC instead", mac("RS256", secret: SigningKey.rsa.modulus),
            "the token's signature is wrong"),
        Case(
            "of RS1", SigningKey.rsa.token(header: #"{"alg":"RS1","kid":"one"}"#, content: ScriptedProvider.claims()),
            "the token's algorithm is not allowed"),
        Case(
            "without an algorithm", SigningKey.rsa.token(header: #"{"kid":"one"}"#, content: ScriptedProvider.claims()),
            "the token's algorithm is not allowed"),
        Case(
            "with two algorithms",
            SigningKey.rsa.token(
                header: #"{"alg":"RS256","alg":"none","kid":"one"}"#, content: ScriptedProvider.claims()),
            "the token's header is no JSON object"),
        Case(
            "with one claim twice",
            SigningKey.rsa.token(
                header: header,
                content: ScriptedProvider.claims().replacing("{", with: #"{"sub":"1","#, maxReplacements: 1)),
            "the token holds no claims"),
        Case(
            "signed by another key", SigningKey.otherRSA.token(header: header, content: ScriptedProvider.claims()),
            "the token's signature is wrong"),
        Case(
            "with other claims than were signed", replacing(1, part(ScriptedProvider.claims(["sub": #""1""#]))),
            "the token's signature is wrong"),
        Case("with a cut signature", String(good.dropLast(6)), "the token's signature is wrong"),
        Case("with an empty signature", replacing(2, "AA"), "the token's signature is wrong"),
        Case(
            "by an unknown key",
            SigningKey.rsa.token(header: #"{"alg":"RS256","kid":"two"}"#, content: ScriptedProvider.claims()),
            "the token's key is not the provider's"),
        Case(
            "by a key that it brings along",
            SigningKey.otherRSA.token(
                header:
                    #"{"alg":"RS256","jwk":\#(SigningKey.otherRSA.document(id: nil)),"jku":"https://evil.example/keys"}"#,
                content: ScriptedProvider.claims()),
            "the token's signature is wrong"),
        Case(
            "by a key of 1024 bits", SigningKey.weakRSA.token(header: header, content: ScriptedProvider.claims()),
            "the token's key is not the provider's", keys: [SigningKey.weakRSA.document(id: "one")]),
        Case(
            "by a key for encryption", good, "the token's key is not the provider's",
            keys: [SigningKey.rsa.document(id: "one", more: #","use":"enc""#)]),
        Case(
            "by a key for another algorithm", good, "the token's key is not the provider's",
            keys: [SigningKey.rsa.document(id: "one", more: #","alg":"PS256""#)]),
        Case(
            "by a key that shows its private half", good, "the token's key is not the provider's",
            keys: [SigningKey.rsa.document(id: "one", more: #","d":"AQAB""#)]),
        Case(
            "of ES256 where the key is RSA", replacing(0, part(#"{"alg":"ES256","kid":"one"}"#)),
            "the token's key is not the provider's"),
        Case(
            "of PS256 with the padding of RS256",
            SigningKey.rsa.token(header: #"{"alg":"PS256","kid":"one"}"#, content: ScriptedProvider.claims()),
            "the token's signature is wrong"),
        Case(
            "without a key's name where there are two keys",
            SigningKey.rsa.token(header: #"{"alg":"RS256"}"#, content: ScriptedProvider.claims()),
            "the token's key is not the provider's",
            keys: [SigningKey.rsa.document(id: "one"), SigningKey.otherRSA.document(id: "two")]),
        Case(
            "by a key on another curve",
            SigningKey.p384.token(header: #"{"alg":"ES256","kid":"one"}"#, content: ScriptedProvider.claims()),
            "the token's key is not the provider's", keys: [SigningKey.p384.document(id: "one")]),
        Case(
            "by a point that is on no curve",
            SigningKey.p256.token(header: #"{"alg":"ES256","kid":"one"}"#, content: ScriptedProvider.claims()),
            "the token's signature is wrong",
            keys: [
                #"{"kty":"EC","crv":"P-256","kid":"one","x":"\#(TextForms.base64URL([UInt8](repeating: 7, count: 32)))","#
                    + #""y":"\#(TextForms.base64URL([UInt8](repeating: 9, count: 32)))"}"#
            ]),
        Case(
            "with zeros for a signature on a curve",
            SigningKey.p256.token(header: #"{"alg":"ES256","kid":"one"}"#, content: ScriptedProvider.claims())
                .split(separator: ".").dropLast().joined(separator: ".") + "."
                + TextForms.base64URL([UInt8](repeating: 0, count: 64)),
            "the token's signature is wrong", keys: [SigningKey.p256.document(id: "one")]),
        Case(
            "with a demand that nobody knows",
            SigningKey.rsa.token(
                header: #"{"alg":"RS256","kid":"one","crit":["exp"]}"#, content: ScriptedProvider.claims()),
            "the token's header wants what Bureau does not know"),
        Case(
            "that is an access token",
            SigningKey.rsa.token(
                header: #"{"alg":"RS256","kid":"one","typ":"at+jwt"}"#, content: ScriptedProvider.claims()),
            "the token is of another kind"),
        Case(
            "with a name of a key that is a number",
            SigningKey.rsa.token(header: #"{"alg":"RS256","kid":1}"#, content: ScriptedProvider.claims()),
            "the token's key has no proper name"),
        Case("of five parts", good + ".AAAA.AAAA", "the token has not three parts"),
        Case("of no parts", "token", "the token has not three parts"),
        Case("with padding", replacing(2, "AA=="), "the token is not in base64url"),
        Case("in base64 of another alphabet", replacing(1, "ey+/"), "the token is not in base64url"),
        Case("with a stray letter in base64", replacing(1, "eyJhb"), "the token is not in base64url"),
        Case("with bits that no encoder sets", replacing(1, "e31"), "the token is not in base64url"),
        Case("with a header that is a list", replacing(0, part("[]")), "the token's header is no JSON object"),
        Case(
            "with claims that are a text", SigningKey.rsa.token(header: header, content: #""amara""#),
            "the token holds no claims"),
        Case("of seventeen thousand letters", String(repeating: "a", count: 17_000), "the token is too long"),
    ]

    @Test("Nobody signs in with a token", arguments: claimCases + tokenCases)
    func isRefused(_ hostile: Case) async {
        var script = ScriptedProvider.Script()
        script.tokens = ScriptedProvider.answer(hostile.token)
        script.keys = #"{"keys":[\#(hostile.keys.joined(separator: ","))]}"#
        let provider = ScriptedProvider(script)
        await #expect(throws: IdentityTrouble.untrusted(hostile.reason)) {
            try await provider.client().identity(
                SignInAnswer(state: "state", code: "code", error: nil, issuer: nil), to: ScriptedProvider.challenge)
        }
    }
}
