package import Expressions
import ServiceDesk
import WorkflowCore

/// Decides whether an ID token is about this sign-in at this client (OpenID Connect Core 1.0, section 3.1.3.7). Its signature
/// has been verified before.
package struct IDTokenCheck: Sendable {
    /// A token that was made longer ago is not of this sign-in.
    private static let longestAge = Duration.seconds(600)

    let issuer: String
    let clientID: String
    let nonce: String
    let clockSkew: Duration
    let now: Instant
    /// The one that came with the ID token; nil when there was none.
    let accessToken: String?

    package init(
        issuer: String, clientID: String, nonce: String, clockSkew: Duration, now: Instant, accessToken: String? = nil
    ) {
        self.issuer = issuer
        self.clientID = clientID
        self.nonce = nonce
        self.clockSkew = clockSkew
        self.now = now
        self.accessToken = accessToken
    }

    /// The subject of the claims, all of which hold.
    ///
    /// - Throws: `.untrusted` with the first claim that does not hold.
    func subject(_ claims: JSONMembers) throws(IdentityTrouble) -> String {
        guard claims.text("iss") == issuer else { throw .untrusted("iss is another issuer") }
        try checkAudience(claims)
        try checkTime(claims)
        guard let given = claims.text("nonce"), Digest.areEqual(Array(given.utf8), Array(nonce.utf8)) else {
            throw .untrusted("nonce is not of this sign-in")
        }
        if claims["at_hash"] != nil {
            // All algorithms of the list hash with SHA-256; the left half counts.
            guard let accessToken, let hash = claims.text("at_hash"),
                hash == TextForms.base64URL(Array(Digest.sha256(accessToken).prefix(16)))
            else { throw .untrusted("at_hash is of another access token") }
        }
        guard let subject = claims.text("sub"), (1...255).contains(subject.utf8.count),
            subject.utf8.allSatisfy({ (0x20...0x7E).contains($0) })
        else { throw .untrusted("sub is not a proper identifier") }
        return subject
    }

    private func checkAudience(_ claims: JSONMembers) throws(IdentityTrouble) {
        let audience = claims.text("aud").map { [$0] } ?? claims.texts("aud") ?? []
        guard audience.contains(clientID) else { throw .untrusted("aud is another client") }
        if claims["azp"] != nil {
            guard claims.text("azp") == clientID else { throw .untrusted("azp is another client") }
        } else if audience.count > 1 {
            throw .untrusted("aud has several clients and azp does not say which")
        }
    }

    private func checkTime(_ claims: JSONMembers) throws(IdentityTrouble) {
        guard let expiry = Self.instant(claims["exp"]) else { throw .untrusted("exp is missing") }
        guard now < expiry + clockSkew else { throw .untrusted("exp is over") }
        guard let issued = Self.instant(claims["iat"]) else { throw .untrusted("iat is missing") }
        guard issued <= now + clockSkew else { throw .untrusted("iat is yet to come") }
        guard issued >= now - clockSkew - Self.longestAge else { throw .untrusted("iat is too long ago") }
        if claims["nbf"] != nil {
            guard let start = Self.instant(claims["nbf"]), start <= now + clockSkew else {
                throw .untrusted("nbf is yet to come")
            }
        }
    }

    /// A NumericDate (RFC 7519, section 2): seconds since 1970, perhaps with a fraction, which is dropped.
    private static func instant(_ value: JSONValue?) -> Instant? {
        guard case .number(let text)? = value, let seconds = Double(text), (0...253_402_300_799).contains(seconds)
        else { return nil }
        return Instant(seconds: Int64(seconds))
    }
}
