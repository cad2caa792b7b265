/// What carries requests to a provider: verifies certificates, follows no redirections, ends after a time, and reads no more
/// than 256 KiB of an answer.
package protocol ProviderTransport: Sendable {
    func send(_ request: ProviderRequest) async throws(TransportTrouble) -> ProviderReply
}

/// A request to a provider.
package struct ProviderRequest: Sendable, Hashable {
    package let url: String
    /// The value of `Authorization`; nil for none.
    package let authorization: String?
    /// A form to post (`application/x-www-form-urlencoded`); nil to get.
    package let form: String?

    package init(url: String, authorization: String? = nil, form: String? = nil) {
        self.url = url
        self.authorization = authorization
        self.form = form
    }
}

/// What a provider answered, whatever its status.
package struct ProviderReply: Sendable, Hashable {
    package let status: Int
    /// The value of `Cache-Control`; nil when there was none.
    package let cacheControl: String?
    package let body: [UInt8]

    package init(status: Int, cacheControl: String? = nil, body: [UInt8]) {
        self.status = status
        self.cacheControl = cacheControl
        self.body = body
    }
}

/// Why there is no answer, in a word for the log.
package struct TransportTrouble: Error, Sendable, Hashable {
    package let reason: String

    package init(reason: String) {
        self.reason = reason
    }
}
