import JSONText
import Logging
import OpenIDConnect
import ServiceDesk
import WorkflowCore

/// Calls other systems over HTTP and HTTPS.
///
/// The log says which service, how and how long, never what was sent or answered, neither the path, which may hold a name.
struct HTTPCaller: ServiceCaller {
    /// A larger answer is not read.
    static let maximumAnswer = 1 << 20

    /// Others may send on it, too.
    let thread: CallThread
    private let secrets: ServiceSecrets
    private let logger: Logger

    /// Nil when libcurl cannot be set up.
    init?(secrets: ServiceSecrets, logger: Logger) {
        guard let thread = CallThread() else { return nil }
        self.thread = thread
        self.secrets = secrets
        self.logger = logger
    }

    func send(_ request: ServiceRequest) async -> CallAttempt {
        var token: String?
        if let secret = request.secret {
            guard PrivateAddress.isPrivate(request.url) else { return log(.failed(.insecure), to: request, after: nil) }
            // Files that were applied before this was refused may still name one of Bureau's own.
            guard !Service.reservedSecrets.contains(secret), let found = secrets.token(secret) else {
                return log(.failed(.missingSecret), to: request, after: nil)
            }
            token = found
        }
        let started = ContinuousClock.now
        let attempt =
            switch await thread.exchange(Self.wire(request, token: token)) {
            case .answered(let answer): Self.attempt(answer)
            case .failed(let trouble): CallAttempt.failed(trouble)
            }
        return log(attempt, to: request, after: ContinuousClock.now - started)
    }

    /// Ends the thread; what still runs is interrupted.
    func stop() { thread.stop() }

    private static func wire(_ request: ServiceRequest, token: String?) -> WireRequest {
        var headers = ["Accept: application/json", "Idempotency-Key: \(request.key)"]
        if request.body != nil { headers.append("Content-Type: application/json") }
        if let token { headers.append("Authorization: Bearer \(token)") }
        return WireRequest(
            method: request.method.rawValue.uppercased(), url: request.url, headers: headers, body: request.body,
            timeout: request.timeout, maximumAnswer: maximumAnswer)
    }

    private static func attempt(_ answer: WireAnswer) -> CallAttempt {
        // What is no JSON counts as an answer without a body: its form says whether that will do.
        let json = answer.body.isEmpty ? nil : try? JSONReader.value(of: answer.body)
        return .answered(status: answer.status, json, retryAfter: answer.retryAfter)
    }

    private func log(_ attempt: CallAttempt, to request: ServiceRequest, after duration: Duration?) -> CallAttempt {
        var metadata: Logger.Metadata = [
            "service": "\(request.service)", "method": "\(request.method.rawValue)", "key": "\(request.key)",
        ]
        if let duration { metadata["milliseconds"] = "\(duration / .milliseconds(1))" }
        switch attempt {
        case .answered(let status, _, _):
            metadata["status"] = "\(status)"
            logger.info("called", metadata: metadata)
        case .failed(let trouble):
            metadata["trouble"] = "\(trouble.rawValue)"
            logger.warning("a call got no answer", metadata: metadata)
        }
        return attempt
    }
}
