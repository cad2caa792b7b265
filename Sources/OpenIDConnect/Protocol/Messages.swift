import ServiceDesk
import WorkflowCore

/// The messages of the authorization code flow (OpenID Connect Core 1.0, section 3.1), built and read without sending them.
enum Messages {
    /// The address that a browser is sent to.
    static func authorization(
        _ client: ClientRegistration, _ metadata: ProviderMetadata, _ challenge: SignInChallenge
    ) -> String {
        let scopes = ["openid"] + client.scopes.filter { $0 != "openid" }
        return FormEncoding.address(
            metadata.authorizationEndpoint,
            adding: [
                ("response_type", "code"), ("client_id", client.clientID), ("redirect_uri", client.redirectURI),
                ("scope", scopes.joined(separator: " ")), ("state", challenge.state), ("nonce", challenge.nonce),
                ("code_challenge", TextForms.base64URL(Digest.sha256(challenge.verifier))),
                ("code_challenge_method", "S256"),
            ] + client.demands.parameters)
    }

    /// The code of a browser's answer.
    static func code(
        in answer: SignInAnswer, _ client: ClientRegistration, _ metadata: ProviderMetadata
    ) throws(IdentityTrouble) -> String {
        if let issuer = answer.issuer {
            guard issuer == client.issuer else { throw .untrusted("the answer names another issuer") }
        } else if metadata.namesIssuer {
            throw .untrusted("the answer names no issuer, though the provider says that it always does")
        }
        if let error = answer.error { throw .refused(errorCode(error)) }
        guard let code = answer.code, !code.isEmpty else { throw .untrusted("the answer has neither code nor error") }
        return code
    }

    /// The request that redeems a code.
    ///
    /// - Parameter secret: Nil for a client without one, which PKCE alone protects.
    static func redemption(
        of code: String, verifier: String, secret: String?, _ client: ClientRegistration, _ metadata: ProviderMetadata
    ) -> ProviderRequest {
        var form = [
            ("grant_type", "authorization_code"), ("code", code), ("redirect_uri", client.redirectURI),
            ("code_verifier", verifier),
        ]
        var authorization: String?
        if let secret, !metadata.wantsSecretInForm {
            // Both are encoded before they are joined (RFC 6749, section 2.3.1).
            let pair = "\(FormEncoding.encoded(client.clientID)):\(FormEncoding.encoded(secret))"
            authorization = "Basic \(TextForms.base64(Array(pair.utf8)))"
        } else {
            form.append(("client_id", client.clientID))
            if let secret { form.append(("client_secret", secret)) }
        }
        return ProviderRequest(
            url: metadata.tokenEndpoint, authorization: authorization,
            form: FormEncoding.text(form.map { (name: $0.0, value: $0.1) }))
    }

    /// The tokens of the answer to a redemption.
    static func tokens(in reply: ProviderReply) throws(IdentityTrouble) -> (idToken: String, accessToken: String?) {
        let members = JSONMembers(reply.body)
        if reply.status >= 500 { throw .away("the token endpoint answered \(reply.status)") }
        guard reply.status == 200 else {
            // `invalid_grant` is a code that was redeemed before, has expired or is another client's.
            let error = members?.text("error").map(errorCode) ?? "no error code"
            throw error == "invalid_grant"
                ? .refused(error) : .unsuitable("the token endpoint answered \(reply.status), \(error)")
        }
        guard let members, let idToken = members.text("id_token") else {
            throw .unsuitable("the token endpoint gave no ID token")
        }
        return (idToken, members.text("access_token"))
    }

    /// An error code from outside, fit for a log: the letters of RFC 6749's codes, at most 64.
    private static func errorCode(_ text: String) -> String {
        let isCode = text.utf8.allSatisfy { byte in
            (0x61...0x7A).contains(byte) || byte == UInt8(ascii: "_")
        }
        return isCode && (1...64).contains(text.utf8.count) ? text : "an error without a proper code"
    }
}
