import HTTPTypes
package import Hummingbird

/// The cookie that holds a session's secret (RFC 6265bis).
package struct SessionCookie: Sendable {
    /// Off only where browsers speak plain HTTP with their own machine: `__Host-` and `Secure` need HTTPS.
    let isSecure: Bool

    /// - Parameter url: Nil: somewhere behind HTTPS.
    package init(publicURL url: PublicURL?) {
        isSecure = url?.isSecure ?? true
    }

    package var name: String { isSecure ? "__Host-bureau-session" : "bureau-session" }

    /// The secret that a request carries; nil when it carries none.
    ///
    /// - Throws: `header.cookie` when there are two: whoever set the other is not us.
    package func secret(in request: Request) throws(Problem) -> String? {
        try RequestCookie.value(name, in: request)
    }

    /// The `Set-Cookie` of a secret. It goes when the browser closes; the session's own end is the daemon's business.
    package func field(_ secret: String) -> String { "\(name)=\(secret)\(attributes)" }

    /// The `Set-Cookie` that takes it away.
    package var removal: String { "\(name)=; Max-Age=0\(attributes)" }

    private var attributes: String { "; Path=/\(isSecure ? "; Secure" : ""); HttpOnly; SameSite=Lax" }
}
