/// Where people sign in outside of Bureau. The desk keeps the browser's part (state, cookie, session), the provider's protocol
/// stands behind this.
package protocol IdentityProvider: Sendable {
    /// The address to send a browser to.
    func address(of challenge: SignInChallenge) async throws(IdentityTrouble) -> String

    /// Who signed in, from what the browser brought back; every check of the protocol has passed.
    ///
    /// - Parameter challenge: The one that the browser was sent away with.
    func identity(
        _ answer: SignInAnswer, to challenge: SignInChallenge
    ) async throws(IdentityTrouble) -> ProvenIdentity

    /// Where a browser goes to end its session at the provider too; nil when the provider has no such place or does not
    /// answer.
    ///
    /// - Parameter returnTo: Where the provider may send it afterwards: an address that is registered there.
    func signOutAddress(returnTo: String) async -> String?
}

/// What one sign-in hands to the provider and expects back. All three are 43 characters of base64url over 256 bits.
package struct SignInChallenge: Sendable, Hashable {
    /// Comes back in the address.
    package let state: String
    /// Comes back in the signed token.
    package let nonce: String
    /// The secret whose SHA-256 goes along, and which is shown when the code is redeemed (RFC 7636).
    package let verifier: String

    package init(state: String, nonce: String, verifier: String) {
        self.state = state
        self.nonce = nonce
        self.verifier = verifier
    }
}

/// What a browser brings back from a provider; nothing of it is believed yet.
package struct SignInAnswer: Sendable, Hashable {
    package let state: String?
    package let code: String?
    /// The provider's error code, as `access_denied`.
    package let error: String?
    /// Who says that it answers (RFC 9207).
    package let issuer: String?

    package init(state: String?, code: String?, error: String?, issuer: String?) {
        self.state = state
        self.code = code
        self.error = error
        self.issuer = issuer
    }
}

/// Somebody as a provider knows them, proven by a sign-in that has just ended.
package struct ProvenIdentity: Sendable, Hashable {
    /// How the provider names people of the directory.
    package enum Name: Sendable, Hashable {
        case handle(String)
        /// An e-mail address that the provider has verified.
        case address(String)
    }

    /// The provider's identifier, an address.
    package let issuer: String
    /// Never given to somebody else within the issuer.
    package let subject: String
    package let name: Name
    /// The values of the claim of groups; empty when the provider gives none.
    package let groups: Set<String>

    package init(issuer: String, subject: String, name: Name, groups: Set<String>) {
        self.issuer = issuer
        self.subject = subject
        self.name = name
        self.groups = groups
    }
}

/// Why a provider proves nothing. The texts are for the log: they hold no secret, and are never shown to browsers.
package enum IdentityTrouble: Error, Sendable, Hashable {
    /// The provider does not answer, or answers that it cannot at the moment.
    case away(String)
    /// The provider says no: its error code, as `access_denied`.
    case refused(String)
    /// An answer that is not to be believed.
    case untrusted(String)
    /// The provider offers nothing that Bureau accepts, or names nobody.
    case unsuitable(String)
    /// The sign-in is not as strong or as recent as the desk demands: the claim that does not say so.
    case tooWeak(String)
}
