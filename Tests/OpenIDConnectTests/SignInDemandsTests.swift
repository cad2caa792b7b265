import Expressions
import ServiceDesk
import Testing

@testable import OpenIDConnect

@Suite("What a sign-in at the provider must be")
struct SignInDemandsTests {
    private static let demands = SignInDemands(
        classes: ["urn:gold", "urn:silver"], methods: ["mfa"], age: .seconds(3600))
    private static let strong: [String: String?] = [
        "acr": #""urn:silver""#, "amr": #"["pwd","mfa"]"#, "auth_time": "1799996401",
    ]

    private func signIn(_ claims: [String: String?]) async -> String {
        var client = ScriptedProvider.client
        client.demands = Self.demands
        var script = ScriptedProvider.Script()
        script.tokens = ScriptedProvider.answer(ScriptedProvider.goodToken(claims))
        do throws(IdentityTrouble) {
            _ = try await ScriptedProvider(script).client(client).identity(
                SignInAnswer(state: "state", code: "code", error: nil, issuer: nil), to: ScriptedProvider.challenge)
            return "signed in"
        } catch {
            guard case .tooWeak(let claim) = error else { return "\(error)" }
            return claim
        }
    }

    @Test("What proves all of it signs in, and is asked for")
    func strong() async throws {
        #expect(await signIn(Self.strong) == "signed in")
        var client = ScriptedProvider.client
        client.demands = Self.demands
        let address = try await ScriptedProvider().client(client).address(of: ScriptedProvider.challenge)
        #expect(address.hasSuffix("&acr_values=urn%3Agold%20urn%3Asilver&max_age=3600"))
    }

    @Test(
        "What proves less does not",
        arguments: [
            ("acr", nil, "acr"), ("acr", #""urn:bronze""#, "acr"), ("acr", #"["urn:gold"]"#, "acr"),
            ("amr", nil, "amr"), ("amr", #"["pwd"]"#, "amr"), ("amr", #""mfa""#, "amr"),
            ("auth_time", nil, "auth_time"), ("auth_time", "1799996339", "auth_time"),
            ("auth_time", #""1799996401""#, "auth_time"),
        ])
    func weak(claim: String, value: String?, missing: String) async {
        var claims = Self.strong
        claims[claim] = .some(value)
        #expect(await signIn(claims) == missing)
    }
}
