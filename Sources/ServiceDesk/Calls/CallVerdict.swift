import WorkflowCore

/// What follows when a call was sent once.
enum CallVerdict: Hashable, Sendable {
    /// The final result.
    case report(CallReport)
    /// It is sent again, under the same key, after this pause.
    case again(after: Duration)
    /// Whether it arrived is not known, and nobody here will find out: whoever has the message next sends it again.
    case unknown

    /// No pause is longer, whatever the service asks for.
    static let longestPause = Duration.seconds(3600)

    /// - Parameters:
    ///   - attempts: How often it was sent, this time included.
    ///   - retries: How often it may be sent again.
    ///   - firstPause: Before the first repetition; each further one is twice as long.
    ///   - jitter: What a pause is multiplied with, so that many that failed together do not come back together.
    init(_ attempt: CallAttempt, attempts: Int, retries: Int, firstPause: Duration, jitter: Double) {
        let pause = min(firstPause * (1 << min(max(attempts - 1, 0), 20)), Self.longestPause) * jitter
        let mayRepeat = attempts <= retries
        switch attempt {
        case .failed(.interrupted): self = .unknown
        case .failed(let trouble):
            self = trouble.mayPass && mayRepeat ? .again(after: pause) : .report(.failed(reason: trouble.sentence))
        case .answered(let status, let body, let retryAfter):
            guard Self.mayPass(status), mayRepeat else {
                self = .report(.answered(status: status, body ?? .null))
                return
            }
            self = .again(after: max(pause, min(retryAfter ?? .zero, Self.longestPause)))
        }
    }

    /// Request Timeout, Too Early, Too Many Requests, and what the server itself is to blame for.
    private static func mayPass(_ status: Int) -> Bool {
        status == 408 || status == 425 || status == 429 || (500..<600).contains(status)
    }
}
