import Glibc
import Logging

/// Writes each log line as a whole to standard error, as text for people or as JSON for machines.
struct DaemonLogHandler: LogHandler {
    var logLevel: Logger.Level
    var metadata: Logger.Metadata = [:]

    private let label: String
    private let format: LogFormat
    private let write: @Sendable (String) -> Void

    /// - Parameter write: takes a finished line with its line end.
    init(
        label: String, level: Logger.Level, format: LogFormat,
        write: @escaping @Sendable (String) -> Void = DaemonLogHandler.writeToStandardError
    ) {
        self.label = label
        self.logLevel = level
        self.format = format
        self.write = write
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        var all = metadata
        all.merge(event.metadata ?? [:]) { $1 }
        let fields = all.map { (key: $0.key, value: "\($0.value)") }.sorted { $0.key < $1.key }
        let line = LogLine(
            time: LogLine.now(), level: event.level, label: label, message: "\(event.message)", fields: fields)
        write(format == .json ? line.json : line.text)
    }

    /// One `write` a line, so that lines of several threads never mix (up to a pipe's atomic size).
    @Sendable static func writeToStandardError(_ line: String) {
        var rest = Array(line.utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(2, $0.baseAddress, $0.count) }
            if count > 0 {
                rest = rest.dropFirst(count)
            } else if errno != EINTR {
                // Nowhere is left to say that nothing can be said.
                return
            }
        }
    }
}
