import JSONText
package import ServiceDesk
import WorkflowCore

/// What a provider says of itself (OpenID Connect Discovery 1.0, section 3), as far as Bureau uses it.
package struct ProviderMetadata: Sendable, Hashable {
    package let authorizationEndpoint: String
    package let tokenEndpoint: String
    package let keySetAddress: String
    package let userInfoEndpoint: String?
    package let endSessionEndpoint: String?
    /// Whether the secret travels in the form rather than in a header.
    package let wantsSecretInForm: Bool
    /// Whether every answer names its issuer (RFC 9207).
    package let namesIssuer: Bool

    /// Where an issuer's metadata stands.
    package static func address(of issuer: String) -> String {
        (issuer.hasSuffix("/") ? String(issuer.dropLast()) : issuer) + "/.well-known/openid-configuration"
    }

    /// Reads the document of that issuer.
    ///
    /// - Throws: `.untrusted` for a document of another issuer, `.unsuitable` for one that Bureau cannot work with.
    package init(_ document: [UInt8], issuer: String) throws(IdentityTrouble) {
        guard let members = JSONMembers(document) else { throw .untrusted("the metadata is no JSON object") }
        guard members.text("issuer") == issuer else { throw .untrusted("the metadata is another issuer's") }
        func endpoint(_ name: String) throws(IdentityTrouble) -> String? {
            guard let url = members.text(name) else { return nil }
            guard PrivateAddress.isPrivate(url) else { throw .unsuitable("\(name) is neither https nor loopback") }
            return url
        }
        func required(_ name: String) throws(IdentityTrouble) -> String {
            guard let url = try endpoint(name) else { throw .unsuitable("the metadata has no \(name)") }
            return url
        }
        authorizationEndpoint = try required("authorization_endpoint")
        tokenEndpoint = try required("token_endpoint")
        keySetAddress = try required("jwks_uri")
        userInfoEndpoint = try endpoint("userinfo_endpoint")
        endSessionEndpoint = try endpoint("end_session_endpoint")
        if let algorithms = members.texts("id_token_signing_alg_values_supported") {
            guard algorithms.contains(where: { SignatureAlgorithm(rawValue: $0) != nil }) else {
                throw .unsuitable("the provider signs with none of \(SignatureAlgorithm.names)")
            }
        }
        if let methods = members.texts("code_challenge_methods_supported"), !methods.contains("S256") {
            throw .unsuitable("the provider knows no PKCE with S256")
        }
        let methods = members.texts("token_endpoint_auth_methods_supported") ?? ["client_secret_basic"]
        wantsSecretInForm = !methods.contains("client_secret_basic") && methods.contains("client_secret_post")
        namesIssuer = members.flag("authorization_response_iss_parameter_supported")
    }
}
