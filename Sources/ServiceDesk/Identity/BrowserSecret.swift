/// What one browser holds while it is away at the provider: 256 random bits in a cookie. Nonce and verifier are computed from
/// them, so that nothing stored is of use to anybody, and an answer is worth nothing without the browser that began.
struct BrowserSecret: Sendable {
    /// As in the cookie: 43 characters.
    let text: String

    init(_ random: RandomBytes) {
        text = TextForms.base64URL(random(32))
    }

    /// Nil for what cannot be one.
    init?(_ text: String) {
        guard text.utf8.count == 43, TextForms.bytes(base64URL: text) != nil else { return nil }
        self.text = text
    }

    var digest: [UInt8] { Digest.sha256(text) }

    func challenge(state: String) -> SignInChallenge {
        SignInChallenge(state: state, nonce: derived("nonce"), verifier: derived("verifier"))
    }

    /// Whoever sees one of these learns nothing of the other.
    private func derived(_ purpose: String) -> String {
        TextForms.base64URL(Digest.sha256("bureau sign-in \(purpose) \(text)"))
    }
}
