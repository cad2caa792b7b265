internal import Synchronization

/// What a connection's thread is asked to do.
enum Work: Sendable {
    /// Statements in pipeline mode with one sync at the end: one implicit transaction, unless they open one.
    case batch([Statement])
    /// The text of several statements, by the simple protocol.
    case script(SQL)
}

/// Where a session stands between two pieces of work.
enum SessionState: Sendable {
    /// No transaction is open.
    case idle
    case inTransaction
    /// A transaction is open and only ROLLBACK helps.
    case inFailedTransaction
    /// The session has ended, or nobody can tell.
    case unusable
}

/// The answer to a piece of work.
struct JobOutcome: Sendable {
    var result: Result<[RowSet], PostgresError>
    var state: SessionState
}

/// One piece of work on its way through a connection's thread: it ends exactly once, and can be cancelled at any time.
final class Job: Sendable {
    private let cancelRequested = Atomic<Bool>(false)
    private let completion: Mutex<(@Sendable (JobOutcome) -> Void)?>
    /// Instead of the connection's own limit; see ``ConnectionConfiguration/longestSilence``.
    let longestSilence: Duration?

    init(longestSilence: Duration? = nil, completion: (@Sendable (JobOutcome) -> Void)? = nil) {
        self.longestSilence = longestSilence
        self.completion = Mutex(completion)
    }

    var isCancelled: Bool { cancelRequested.load(ordering: .acquiring) }

    func requestCancellation() {
        cancelRequested.store(true, ordering: .releasing)
    }

    /// Sets what happens at the end; before the job is submitted.
    func onCompletion(_ body: @escaping @Sendable (JobOutcome) -> Void) {
        completion.withLock { $0 = body }
    }

    func complete(_ outcome: JobOutcome) {
        let body = completion.withLock { body in
            defer { body = nil }
            return body
        }
        body?(outcome)
    }
}
