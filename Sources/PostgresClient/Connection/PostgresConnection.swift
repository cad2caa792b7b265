internal import Logging
internal import Threads

/// The handle of a session: hands work to the session's thread and lets tasks wait for the answer.
final class PostgresConnection: Sendable {
    private let inbox: Inbox

    private init(inbox: Inbox) {
        self.inbox = inbox
    }

    /// Starts a thread that connects. `emit` is called on that thread: first `opened` or `failed`, at last `ended`;
    /// it may be called before this function returns.
    ///
    /// - Throws: `cannotConnect` when the process has no thread or file descriptor left.
    static func start(
        _ configuration: ConnectionConfiguration, kind: SessionKind, count: ResultCount, logger: Logger,
        emit: @escaping @Sendable (PostgresConnection, ConnectionEvent) -> Void
    ) throws(PostgresError) -> PostgresConnection {
        guard let wakeUp = WakeUp() else { throw .cannotConnect(message: "no file descriptor is left") }
        let inbox = Inbox(wakeUp: wakeUp)
        let connection = PostgresConnection(inbox: inbox)
        let started = startThread {
            let end = Self.serve(configuration, kind: kind, inbox: inbox, count: count, logger: logger) { event in
                emit(connection, event)
            }
            switch end {
            case .failed(let error), .ended(let error): inbox.terminate(error)
            case .opened, .notification: break
            }
            emit(connection, end)
        }
        guard started else { throw .cannotConnect(message: "no thread is left") }
        return connection
    }

    /// The whole life of the session; when it returns, the connection is finished.
    private static func serve(
        _ configuration: ConnectionConfiguration, kind: SessionKind, inbox: Inbox, count: ResultCount, logger: Logger,
        emit: @escaping @Sendable (ConnectionEvent) -> Void
    ) -> ConnectionEvent {
        do {
            var loop = try ConnectionLoop.connect(
                configuration, kind: kind, inbox: inbox, count: count, logger: logger, emit: emit)
            emit(.opened)
            return .ended(loop.run())
        } catch {
            return .failed(error)
        }
    }

    /// Does the work and waits for its answer. When the task is cancelled meanwhile, the server is asked to cancel the
    /// statement, and its answer is awaited all the same: the outcome is always the true one.
    func perform(_ work: Work, cancellable: Bool = true) async -> JobOutcome {
        let job = Job()
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                job.onCompletion { continuation.resume(returning: $0) }
                inbox.submit(work, job)
            }
        } onCancel: {
            guard cancellable else { return }
            job.requestCancellation()
            inbox.wakeUp.signal()
        }
    }

    /// Does the work and calls back on the session's thread.
    func submit(_ work: Work, longestSilence: Duration, completion: @escaping @Sendable (JobOutcome) -> Void) {
        inbox.submit(work, Job(longestSilence: longestSilence, completion: completion))
    }

    /// Ends the session after the work that is queued.
    func close() { inbox.close() }

    /// Returns when the session has ended and its resources are free.
    func ended() async {
        await withCheckedContinuation { continuation in
            inbox.whenEnded { continuation.resume() }
        }
    }

    /// Ends the session after cancelling its work.
    func abort() { inbox.abort() }
}
