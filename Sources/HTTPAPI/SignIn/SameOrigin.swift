import HTTPTypes
package import Hummingbird

/// What a browser says of the page that sends a request: `Sec-Fetch-Site` (Fetch Metadata) and `Origin`.
package struct SameOrigin: Sendable {
    /// Nil: unknown, so that `Sec-Fetch-Site` alone can prove anything.
    let publicURL: PublicURL?

    package init(publicURL: PublicURL?) {
        self.publicURL = publicURL
    }

    /// Whether the request comes from a page of ours, and nothing says otherwise.
    package func isProven(by request: Request) -> Bool {
        guard !isContradicted(by: request) else { return false }
        return request.headers[.secFetchSite] != nil || (publicURL != nil && request.headers[.origin] != nil)
    }

    /// Whether something says that it comes from elsewhere. Programs that are no browsers say nothing.
    package func isContradicted(by request: Request) -> Bool {
        if let site = request.headers[.secFetchSite], site != "same-origin" { return true }
        guard let origin = request.headers[.origin], let publicURL else { return false }
        return !publicURL.isOrigin(origin)
    }
}

extension HTTPField.Name {
    static let csrfToken = name("X-CSRF-Token")
    static let clearSiteData = name("Clear-Site-Data")
    static let secFetchSite = name("Sec-Fetch-Site")
}
