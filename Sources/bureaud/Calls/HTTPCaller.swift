import Logging
import ServiceDesk
import Synchronization
import WorkflowCore

/// Calls other systems over HTTP and HTTPS.
///
/// The log says which service, how and how long, never what was sent or answered, neither the path, which may hold a name.
struct HTTPCaller: ServiceCaller {
    private let thread: CallThread
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
            guard Self.isPrivate(request.url) else { return log(.failed(.insecure), to: request, after: nil) }
            guard let found = secrets.token(secret) else {
                return log(.failed(.missingSecret), to: request, after: nil)
            }
            token = found
        }
        let started = ContinuousClock.now
        let cancelling = Cancelling(thread)
        let attempt = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                cancelling.begin(thread.send(request, token: token) { continuation.resume(returning: $0) })
            }
        } onCancel: {
            cancelling.cancel()
        }
        return log(attempt, to: request, after: ContinuousClock.now - started)
    }

    /// Ends the thread; what still runs is interrupted.
    func stop() { thread.stop() }

    /// Whether a bearer token may travel there: encrypted, or without leaving this machine.
    private static func isPrivate(_ url: String) -> Bool {
        let lower = url.lowercased()
        if lower.hasPrefix("https://") { return true }
        return ["http://127.0.0.1", "http://localhost", "http://[::1]"].contains { start in
            guard lower.hasPrefix(start) else { return false }
            let next = lower.dropFirst(start.count).first
            return next == nil || next == "/" || next == ":"
        }
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

/// Hands a cancellation, which may come before the request has its number, to the thread.
private final class Cancelling: Sendable {
    private let thread: CallThread
    private let state = Mutex<(id: UInt64?, isCancelled: Bool)>((nil, false))

    init(_ thread: CallThread) { self.thread = thread }

    func begin(_ id: UInt64) {
        let isCancelled = state.withLock { state in
            state.id = id
            return state.isCancelled
        }
        if isCancelled { thread.cancel(id) }
    }

    func cancel() {
        let id = state.withLock { state in
            state.isCancelled = true
            return state.id
        }
        if let id { thread.cancel(id) }
    }
}
