import Logging
import OpenIDConnect
import ServiceDesk

/// Carries requests to the identity provider on the thread that also makes calls.
///
/// The log says how it went, never what was sent or answered: both hold secrets.
struct ProviderConnection: ProviderTransport {
    private static let patience = Duration.seconds(10)
    private static let maximumAnswer = 256 << 10

    let thread: CallThread
    let logger: Logger

    func send(_ request: ProviderRequest) async throws(TransportTrouble) -> ProviderReply {
        guard PrivateAddress.isPrivate(request.url) else { throw TransportTrouble(reason: "insecure") }
        var headers = ["Accept: application/json"]
        if let authorization = request.authorization { headers.append("Authorization: \(authorization)") }
        if request.form != nil { headers.append("Content-Type: application/x-www-form-urlencoded") }
        let attempt = await thread.exchange(
            WireRequest(
                method: request.form == nil ? "GET" : "POST", url: request.url, headers: headers, body: request.form,
                timeout: Self.patience, maximumAnswer: Self.maximumAnswer))
        switch attempt {
        case .answered(let answer):
            logger.debug("asked the identity provider", metadata: ["status": "\(answer.status)"])
            return ProviderReply(status: answer.status, cacheControl: answer.cacheControl, body: answer.body)
        case .failed(let trouble):
            throw TransportTrouble(reason: trouble.rawValue)
        }
    }
}
