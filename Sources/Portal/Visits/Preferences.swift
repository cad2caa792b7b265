import HTTPAPI
import Hummingbird

/// What a browser remembers of how somebody wants to read pages.
struct Preferences: Sendable {
    static let languageCookie = "bureau-language"
    static let themeCookie = "bureau-theme"

    let language: String?
    let theme: Theme

    init(_ request: Request) {
        // Of two cookies neither is worth an error: what they say is looks.
        language = (try? RequestCookie.value(Self.languageCookie, in: request)) ?? nil
        theme = ((try? RequestCookie.value(Self.themeCookie, in: request)) ?? nil).flatMap(Theme.init) ?? .system
    }

    /// The `Set-Cookie` that keeps a choice for a year.
    static func field(_ name: String, _ value: String, isSecure: Bool) -> String {
        "\(name)=\(value); Max-Age=31536000; Path=/\(isSecure ? "; Secure" : ""); HttpOnly; SameSite=Lax"
    }
}
