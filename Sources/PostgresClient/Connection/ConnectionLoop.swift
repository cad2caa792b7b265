internal import CLibPQ
internal import Glibc
internal import Logging

/// How a session is used.
enum SessionKind: Sendable {
    /// Always in pipeline mode.
    case pooled
    /// In pipeline mode only while a batch runs: scripts and LISTEN work here.
    case dedicated
}

/// What a connection's thread reports.
enum ConnectionEvent: Sendable {
    case opened
    /// The first attempt failed; nothing follows.
    case failed(PostgresError)
    case notification(PostgresNotification)
    /// The session has ended; nothing follows.
    case ended(PostgresError)
}

/// A session with the server and the loop that serves it, living on one thread.
///
/// The `PGconn` is made, used and finished by the thread that runs this loop: the pointer is private to a value that is
/// not `Sendable`, cannot be copied and is a local variable of the thread's function, so the compiler keeps it there.
struct ConnectionLoop: ~Copyable {
    let connection: OpaquePointer
    let kind: SessionKind
    let inbox: Inbox
    let longestSilence: Duration?
    let count: ResultCount
    let notices: NoticeLog
    let emit: @Sendable (ConnectionEvent) -> Void
    var cache: StatementCache

    deinit { PQfinish(connection) }

    /// Connects, which blocks the thread until the server answers or `connect_timeout` is over.
    static func connect(
        _ configuration: ConnectionConfiguration, kind: SessionKind, inbox: Inbox, count: ResultCount, logger: Logger,
        emit: @escaping @Sendable (ConnectionEvent) -> Void
    ) throws(PostgresError) -> ConnectionLoop {
        let pairs = try configuration.keywords()
        let keywords = pairs.map { strdup($0.keyword) }
        let values = pairs.map { strdup($0.value) }
        defer { for string in keywords + values { free(string) } }
        let connected = PQconnectdbParams(
            keywords.map { UnsafePointer($0) } + [nil], values.map { UnsafePointer($0) } + [nil], 0)
        guard let connected else { throw .cannotConnect(message: "out of memory") }
        // From here on the value owns the connection and finishes it, also when this function throws.
        let loop = ConnectionLoop(
            connection: connected, kind: kind, inbox: inbox, longestSilence: configuration.longestSilence, count: count,
            notices: NoticeLog(logger: logger), emit: emit,
            cache: StatementCache(limit: configuration.preparedStatementLimit))
        guard PQstatus(connected) == CONNECTION_OK else { throw .cannotConnect(message: loop.errorMessage) }
        loop.notices.attach(to: connected)
        guard PQsetnonblocking(connected, 1) == 0, kind == .dedicated || PQenterPipelineMode(connected) == 1 else {
            throw .cannotConnect(message: loop.errorMessage)
        }
        return loop
    }

    /// Serves the inbox until it is closed or the session ends; the reason.
    mutating func run() -> PostgresError {
        while true {
            switch inbox.next() {
            case .work(let work, let job):
                if let loss = perform(work, job) { return loss }
            case .nothing:
                if !rest() { return .connectionLost(loss(sent: false)) }
            case .end:
                return .closed
            }
        }
    }

    /// The last words of libpq, without the line feed at their end.
    var errorMessage: String {
        guard let message = PQerrorMessage(connection) else { return "" }
        var text = String(cString: message)
        while text.last?.isNewline == true { text.removeLast() }
        return text
    }

    /// Where the session stands when no work is under way.
    var sessionState: SessionState {
        switch PQtransactionStatus(connection) {
        case PQTRANS_IDLE: .idle
        case PQTRANS_INTRANS: .inTransaction
        case PQTRANS_INERROR: .inFailedTransaction
        default: .unusable
        }
    }

    /// The reason why the session ended: the server's farewell before libpq's words.
    func loss(sent: Bool, farewell: ServerError? = nil, message: String? = nil) -> ConnectionLoss {
        let farewell = farewell ?? notices.farewell
        return ConnectionLoss(
            message: farewell?.message ?? message ?? errorMessage, sqlState: farewell?.sqlState, statementWasSent: sent)
    }

    // MARK: Waiting

    /// Waits for work, and for what the server says unasked; false when the session has ended.
    private func rest() -> Bool {
        let ready = wait(forWriting: false, timeout: nil)
        if ready.socket, PQconsumeInput(connection) == 0 { return false }
        emitNotifications()
        return PQstatus(connection) == CONNECTION_OK
    }

    /// Waits until there is something to read (or to write), a wake-up, or the time is over.
    private func wait(forWriting: Bool, timeout: Duration?) -> (socket: Bool, wakeUp: Bool) {
        var descriptors = [
            pollfd(fd: PQsocket(connection), events: Int16(POLLIN | (forWriting ? POLLOUT : 0)), revents: 0),
            pollfd(fd: inbox.wakeUp.descriptor, events: Int16(POLLIN), revents: 0),
        ]
        // Rounded up, so that a wait never ends just before its time.
        let milliseconds = timeout.map { Int32(clamping: max(0, $0.wholeMilliseconds) + 1) } ?? -1
        _ = poll(&descriptors, 2, milliseconds)
        let woken = descriptors[1].revents != 0
        if woken { inbox.wakeUp.clear() }
        return (descriptors[0].revents != 0, woken)
    }

    private func emitNotifications() {
        while let notification = PQnotifies(connection) {
            emit(
                .notification(
                    PostgresNotification(
                        channel: String(cString: notification.pointee.relname),
                        payload: String(cString: notification.pointee.extra),
                        senderProcess: notification.pointee.be_pid)))
            PQfreemem(notification)
        }
    }

    // MARK: Sending and receiving

    enum Conversation {
        case finished
        case lost(message: String?)
    }

    /// Sends what is queued in libpq and hands each answer (nil: libpq's null pointer) to `receive`, until that returns
    /// true. Reads while it writes, so that two full socket buffers never wait for each other.
    func converse(for job: Job, _ receive: (OpaquePointer?) -> Bool) -> Conversation {
        let clock = ContinuousClock()
        let limit = job.longestSilence ?? longestSilence
        var lastSign = clock.now
        var lastCancel: ContinuousClock.Instant?
        while true {
            let unsent = PQflush(connection)
            if unsent < 0 { return .lost(message: nil) }
            while PQisBusy(connection) == 0 {
                let result = PQgetResult(connection)
                if receive(result) { return .finished }
                if result == nil, PQstatus(connection) != CONNECTION_OK { return .lost(message: nil) }
            }
            emitNotifications()

            var now = clock.now
            if job.isCancelled, lastCancel.map({ now - $0 >= .seconds(1) }) ?? true {
                // Repeated, for the server ignores a request that comes between two statements.
                cancel()
                now = clock.now
                lastCancel = now
            }
            var timeout = limit.map { $0 - (now - lastSign) }
            if let timeout, timeout <= .zero { return .lost(message: "The server did not answer in time.") }
            if lastCancel != nil { timeout = min(timeout ?? .seconds(1), .seconds(1)) }

            let ready = wait(forWriting: unsent == 1, timeout: timeout)
            if ready.socket {
                lastSign = clock.now
                if PQconsumeInput(connection) == 0 {
                    drain(receive)
                    return .lost(message: nil)
                }
            }
        }
    }

    /// Hands over what had arrived before the connection broke: the server's farewell may be in it.
    private func drain(_ receive: (OpaquePointer?) -> Bool) {
        var nulls = 0
        while nulls < 2, PQisBusy(connection) == 0 {
            let result = PQgetResult(connection)
            nulls = result == nil ? nulls + 1 : 0
            if receive(result) { return }
        }
    }

    /// Asks the server to end the statement that runs. Blocks the thread until the server has taken the request, so
    /// that it cannot hit the work that comes next.
    private func cancel() {
        guard let request = PQgetCancel(connection) else { return }
        defer { PQfreeCancel(request) }
        var complaint = [CChar](repeating: 0, count: 256)
        if PQcancel(request, &complaint, 256) == 0 {
            notices.note("The server could not be asked to cancel a statement.")
        }
    }
}
