internal import CLibPQ
internal import Logging

/// Passes what the server says unasked to the log, and remembers a farewell. Used by the connection's thread alone.
final class NoticeLog {
    private let logger: Logger
    /// Why the server ends the session, when it has said so.
    private(set) var farewell: ServerError?

    init(logger: Logger) {
        self.logger = logger
    }

    /// Takes over the notices of a connection; the caller keeps this object alive as long as the connection.
    func attach(to connection: OpaquePointer) {
        PQsetNoticeReceiver(
            connection,
            { argument, result in
                guard let argument else { return }
                Unmanaged<NoticeLog>.fromOpaque(argument).takeUnretainedValue().receive(ServerError(result: result))
            }, Unmanaged.passUnretained(self).toOpaque())
    }

    /// Writes a warning of our own.
    func note(_ sentence: String) {
        logger.warning("\(sentence)")
    }

    private func receive(_ notice: ServerError) {
        if notice.endsSession { farewell = notice }
        let level: Logger.Level =
            switch notice.severity {
            case "FATAL", "PANIC", "ERROR", "WARNING": .warning
            case "NOTICE", "INFO": .info
            default: .debug
            }
        logger.log(level: level, "\(notice.message)", metadata: ["sqlstate": "\(notice.sqlState)"])
    }
}
