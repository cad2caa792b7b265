import Expressions
import Logging
import WorkflowCore

/// Deletes what was entered into requests whose time is over, as the current configuration has it. Any daemon may do it at any time.
struct RetentionWorker: Sendable {
    let eraser: Eraser
    let clock: @Sendable () -> Instant
    let random: RandomBytes
    let logger: Logger
    let settings: DeskSettings

    /// Until the task is cancelled.
    func run() async {
        while !Task.isCancelled {
            // Cancellation ends the pause and the loop.
            try? await Task.sleep(for: pause)
            if Task.isCancelled { return }
            do throws(StorageError) {
                let count = try await runOnce(now: clock().truncatedToMicroseconds)
                if count > 0 { logger.notice("Erased what is no longer kept.", metadata: ["requests": "\(count)"]) }
            } catch {
                // The next time will do.
                logger.warning("nothing was erased", metadata: ["error": "\(String(describing: error))"])
            }
        }
    }

    /// Until nothing is left that is kept too long; how many requests it was.
    func runOnce(now: Instant) async throws(StorageError) -> Int {
        let types = try await eraser.configurations.current().configuration.requestTypes.values
        var limits: [RequestTypeID: Instant] = [:]
        for type in types { limits[type.id] = type.retention.flatMap { Self.limit(of: $0, at: now) } }
        guard !limits.isEmpty else { return 0 }
        var count = 0
        while !Task.isCancelled {
            let ids = try await eraser.storage.outdatedRequests(of: limits, limit: 100)
            var erased = 0
            for id in ids {
                let done = try await eraser.erase(
                    id, .everything(.retention), by: Principal.system(.erasure).description, at: now)
                if done { erased += 1 }
            }
            count += erased
            // What could not be erased is not tried again at once.
            if ids.count < 100 || erased == 0 { break }
        }
        return count
    }

    /// What has not changed since then is kept too long: the beginning of the day, in UTC, that lies so far back.
    static func limit(of retention: Span, at now: Instant) -> Instant? {
        guard let today = CivilDate(iso8601: String(now.description.prefix(10))) else { return nil }
        let amount = Int(retention.amount)
        let day =
            switch retention.unit {
            case .months: today.adding(months: -amount)
            case .weeks: today.adding(days: -7 * amount)
            default: today.adding(days: -amount)
            }
        return Instant(rfc3339: "\(day)T00:00:00Z")
    }

    /// The interval, up to a quarter longer.
    private var pause: Duration {
        let share = random(1).first.map(Int.init) ?? 0
        return settings.purgeInterval + settings.purgeInterval * share / 1024
    }
}
