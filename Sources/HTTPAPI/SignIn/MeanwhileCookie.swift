import Hummingbird

/// The cookie of a browser that is away at the identity provider: it ties the answer to the browser that asked.
struct MeanwhileCookie: Sendable {
    let isSecure: Bool

    /// - Parameter url: Nil: somewhere behind HTTPS.
    init(publicURL url: PublicURL?) {
        isSecure = url?.isSecure ?? true
    }

    var name: String { isSecure ? "__Host-bureau-sign-in" : "bureau-sign-in" }

    /// The secret that a request carries; nil when it carries none.
    func secret(in request: Request) throws(Problem) -> String? {
        try RequestCookie.value(name, in: request)
    }

    /// The `Set-Cookie` of a secret. `Lax`, because the browser comes back from another site.
    func field(_ secret: String) -> String { "\(name)=\(secret); Max-Age=600\(attributes)" }

    var removal: String { "\(name)=; Max-Age=0\(attributes)" }

    private var attributes: String { "; Path=/\(isSecure ? "; Secure" : ""); HttpOnly; SameSite=Lax" }
}
