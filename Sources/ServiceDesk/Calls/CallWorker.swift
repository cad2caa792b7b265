import Expressions
import Logging
import Synchronization
import WorkflowCore

/// Makes the calls that requests have ordered. Each is sent at least once, under a key that stays the same however often and by
/// whichever daemon; its final result reaches the request exactly once, as a command that consumes the order.
///
/// Apart from the other deliveries, because a call lasts as long as the other system likes.
struct CallWorker: Sendable {
    let storage: any JournalStorage & WorkerStorage
    let commands: CommandService
    let configurations: ConfigurationCache
    let caller: any ServiceCaller
    let clock: @Sendable () -> Instant
    let random: RandomBytes
    let logger: Logger
    let settings: DeskSettings
    let wakeUp: WakeUp

    /// How long a lease lasts beyond the time that the call itself may take: loading before, storing the result after.
    private static let margin = Duration.seconds(30)

    private enum Standing {
        case wanted(ServiceRequest)
        /// The result is known without sending anything.
        case settled(CallReport)
        /// Nobody waits for it.
        case forgotten
    }

    /// Makes all calls that may be claimed at `now`. Throws when the database is away.
    func runOnce(now: Instant) async throws(DeskError) -> WorkReport {
        var report = WorkReport()
        while true {
            let (claimed, leaseEnd) = try await claim(settings.callSlots, now: now)
            if claimed.isEmpty { return report }
            let reports = await withTaskGroup(of: WorkReport.self) { group in
                for message in claimed { group.addTask { await handle(message, leaseEnd: leaseEnd) } }
                return await group.reduce(WorkReport(), +)
            }
            report = report + reports
        }
    }

    /// Works until the task is cancelled; then calls on their way are given up, and made again by whoever finds their leases over.
    func run() async {
        let slots = Slots(settings.callSlots)
        await withDiscardingTaskGroup { group in
            group.addTask {
                while !Task.isCancelled {
                    // Cancellation ends the pause and the loop.
                    try? await Task.sleep(for: settings.pollInterval * (0.75 + Double(random(1)[0]) / 512))
                    wakeUp.wake()
                }
            }
            for await _ in wakeUp.wakings {
                let free = slots.free
                guard free > 0 else { continue }
                do throws(DeskError) {
                    let (claimed, leaseEnd) = try await claim(free, now: clock().truncatedToMicroseconds)
                    slots.take(claimed.count)
                    for message in claimed {
                        group.addTask {
                            _ = await handle(message, leaseEnd: leaseEnd)
                            slots.giveBack()
                            wakeUp.wake()
                        }
                    }
                } catch {
                    // Logged where it arose; the next look tries again.
                    continue
                }
            }
        }
    }

    private func claim(_ limit: Int, now: Instant) async throws(DeskError) -> ([ClaimedMessage], leaseEnd: Instant) {
        let leaseEnd = (now + settings.leaseDuration).truncatedToMicroseconds
        do throws(StorageError) {
            return (
                try await storage.claimMessages([.call], at: now, limit: limit, leaseUntil: leaseEnd), leaseEnd
            )
        } catch {
            throw DeskError(error, logger: logger)
        }
    }

    private func handle(_ claimed: ClaimedMessage, leaseEnd: Instant) async -> WorkReport {
        var report = WorkReport()
        let id = claimed.message.id
        do {
            guard case .call(let order) = try MessageCodec.decode(claimed.message) else {
                throw StorageError.defect("message \(id) is no call")
            }
            let end = clock() + .seconds(max(1, order.call.timeout)) + Self.margin
            guard
                try await storage.extendLease(of: id, from: leaseEnd, to: max(end, leaseEnd).truncatedToMicroseconds)
            else { return report }
            switch try await standing(of: order) {
            case .forgotten:
                try await storage.drop(messages: [id])
                report.dropped += 1
            case .settled(let result): try await deliver(result, of: order, claimed, &report)
            case .wanted(let request):
                let attempt = await caller.send(request)
                let verdict = CallVerdict(
                    attempt, attempts: claimed.attempts, retries: order.call.retries,
                    firstPause: .seconds(order.call.firstPause), jitter: 0.75 + Double(random(1)[0]) / 512)
                try await follow(verdict, of: order, claimed, &report)
            }
        } catch {
            // The lease is the pause: then it is sent again, under the same key.
            report.postponed += 1
            logger.warning(
                "a call could not be settled",
                metadata: [
                    "message": "\(id)", "attempts": "\(claimed.attempts)", "error": "\(String(describing: error))",
                ])
        }
        return report
    }

    private func follow(
        _ verdict: CallVerdict, of order: CallOrder, _ claimed: ClaimedMessage, _ report: inout WorkReport
    ) async throws {
        switch verdict {
        case .unknown: report.postponed += 1
        case .report(let result): try await deliver(result, of: order, claimed, &report)
        case .again(let pause):
            report.postponed += 1
            logger.info(
                "a call is put off",
                metadata: [
                    "request": "\(order.request)", "service": "\(order.call.service)",
                    "attempts": "\(claimed.attempts)", "seconds": "\(Int(pause / .seconds(1)))",
                ])
            try await storage.postpone(claimed.message.id, until: (clock() + pause).truncatedToMicroseconds)
        }
    }

    private func deliver(
        _ result: CallReport, of order: CallOrder, _ claimed: ClaimedMessage, _ report: inout WorkReport
    ) async throws {
        do throws(DeskError) {
            _ = try await commands.perform(
                CommandOrder(
                    .existing(order.request, .callAnswered(order.instance, order.call.id, result)), by: .system(.call),
                    consumed: .message(claimed.message.id)))
            report.delivered += 1
        } catch {
            guard case .rejected(let rejection) = error else { throw error }
            if rejection.kind != .stale {
                logger.info(
                    "a delivery was refused",
                    metadata: ["request": "\(order.request)", "code": "\(rejection.code)"])
            }
            try await storage.drop(messages: [claimed.message.id])
            report.dropped += 1
        }
    }

    /// Whether the call is still to be made, asked of the request itself: it may have been cancelled since it was ordered.
    private func standing(of order: CallOrder) async throws -> Standing {
        guard let stored = try await storage.request(order.request) else { return .forgotten }
        let state = try StateCodec.decode(stored)
        guard case .call(let open)? = state.steps[order.instance]?.status, open.id == order.call.id else {
            return .forgotten
        }
        if open.isCancelRequested { return .settled(.failed(reason: "The call was no longer needed.")) }
        // A service that has moved is called at its new address, also for requests that started before.
        let current = try await configurations.current().configuration.services[order.call.service]
        var service = current
        if service == nil {
            service = try await configurations.version(stored.configuration).configuration.services[order.call.service]
        }
        guard let service else { return .settled(.failed(reason: "The service is not known any more.")) }
        guard let request = CallPlan.request(for: order, to: service) else {
            return .settled(.failed(reason: CallTrouble.impossible.sentence))
        }
        return .wanted(request)
    }
}

/// How many more calls may be on their way.
private final class Slots: Sendable {
    private let count: Mutex<Int>

    init(_ count: Int) { self.count = Mutex(count) }

    var free: Int { count.withLock { $0 } }
    func take(_ number: Int) { count.withLock { $0 -= number } }
    func giveBack() { count.withLock { $0 += 1 } }
}
