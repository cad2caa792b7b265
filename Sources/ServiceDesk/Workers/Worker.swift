import Expressions
import Logging
import WorkflowCore

/// Delivers what is due: timers to their requests, children's orders, reports to parents. Every delivery is a command like any
/// other, and what it delivers is deleted in the same transaction: inside the database it happens exactly once, however many
/// daemons work and whenever one dies.
struct Worker: Sendable {
    let storage:
        any AccountStorage & AttachmentStorage & DraftStorage & EventStorage & JournalStorage & NotificationStorage
            & SessionStorage & WorkerStorage
    let commands: CommandService
    let clock: @Sendable () -> Instant
    let random: RandomBytes
    let logger: Logger
    let settings: DeskSettings
    let wakeUp: WakeUp

    /// Calls take their time and have a worker of their own.
    private static let kinds = OutboxMessage.Kind.allCases.filter { $0 != .call }

    private enum Item: Sendable {
        case timer(DueTimer)
        case message(ClaimedMessage)
    }

    private enum Result: Sendable {
        case delivered
        /// It took effect outside of a request; the worker deletes it.
        case handled
        /// Not deleted by a transaction, so the worker deletes it.
        case tooLate
        case failed(DeskError)
    }

    /// Delivers until nothing that may be claimed at `now` is left. Throws when the database is away.
    func runOnce(now: Instant) async throws(DeskError) -> WorkReport {
        var report = WorkReport()
        while true {
            let leaseEnd = now + settings.leaseDuration
            let timers: [DueTimer]
            let messages: [ClaimedMessage]
            do throws(StorageError) {
                timers = try await storage.claimTimers(dueAt: now, limit: settings.claimLimit, leaseUntil: leaseEnd)
                messages = try await storage.claimMessages(
                    Self.kinds, at: now, limit: settings.claimLimit, leaseUntil: leaseEnd)
            } catch {
                throw DeskError(error, logger: logger)
            }
            let items = timers.map(Item.timer) + messages.map(Item.message)
            if items.isEmpty { return report }
            // Together, so that the deliveries commit in groups.
            let reports = await withTaskGroup(of: WorkReport.self) { group in
                for item in items {
                    group.addTask { await handle(item, now: now) }
                }
                return await group.reduce(WorkReport(), +)
            }
            report = report + reports
        }
    }

    /// Works until the task is cancelled: at every waking, and from time to time for what other daemons left. Once in its life.
    func run() async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                // Cancellation ends the pause and the loop.
                while !Task.isCancelled {
                    try? await Task.sleep(for: jittered(settings.pollInterval))
                    wakeUp.wake()
                }
            }
            group.addTask {
                while !Task.isCancelled {
                    // As above.
                    try? await Task.sleep(for: jittered(settings.purgeInterval))
                    if !Task.isCancelled { await purge(now: clock().truncatedToMicroseconds) }
                }
            }
            group.addTask {
                for await _ in wakeUp.wakings {
                    do throws(DeskError) {
                        _ = try await runOnce(now: clock().truncatedToMicroseconds)
                    } catch {
                        // Logged where it arose; the next look tries again.
                        continue
                    }
                }
            }
            await group.waitForAll()
        }
    }

    /// Forgets old idempotency keys, events, sessions, read notifications and what else is over. Any daemon may do it at any time.
    func purge(now: Instant) async {
        do throws(StorageError) {
            try await storage.purgeAnswers(before: now - settings.answerAge)
            try await storage.purgeEvents(before: now - settings.answerAge)
            try await storage.purgeSessions(at: now, idleSince: now - settings.sessionIdle)
            try await storage.purgeNotifications(readBefore: now - settings.notificationAge)
            try await storage.purgeDrafts(
                unchangedSince: now - settings.draftAge, idleSince: now - settings.idleDraftAge)
            try await storage.purgeAttachments(before: now - settings.uploadAge)
            try await storage.purgeAccounts(at: now, attemptsBefore: now - settings.attempts.memory)
        } catch {
            // The next time will do.
            logger.warning("old keys were not forgotten", metadata: ["error": "\(String(describing: error))"])
        }
    }

    private func handle(_ item: Item, now: Instant) async -> WorkReport {
        var report = WorkReport()
        let result =
            switch item {
            case .timer(let timer): await deliver(timer)
            case .message(let claimed): await deliver(claimed)
            }
        do throws(StorageError) {
            switch (result, item) {
            case (.delivered, _), (.handled, .timer): report.delivered += 1
            case (.handled, .message(let claimed)):
                try await storage.drop(messages: [claimed.message.id])
                report.delivered += 1
            case (.tooLate, .timer(let timer)):
                try await storage.drop(timer)
                report.dropped += 1
            case (.tooLate, .message(let claimed)):
                try await storage.drop(messages: [claimed.message.id])
                report.dropped += 1
            case (.failed(let error), .timer(let timer)):
                // Its lease is its back-off.
                report.postponed += 1
                logger.warning(
                    "a timer was not delivered",
                    metadata: ["request": "\(timer.request)", "step": "\(timer.instance)", "error": "\(error)"])
            case (.failed(let error), .message(let claimed)):
                report.postponed += 1
                logger.warning(
                    "a message was not delivered",
                    metadata: [
                        "message": "\(claimed.message.id)", "kind": "\(claimed.message.kind.rawValue)",
                        "attempts": "\(claimed.attempts)", "error": "\(error)",
                    ])
                try await storage.postpone(claimed.message.id, until: now + backOff(claimed.attempts))
            }
        } catch {
            // What could not be dropped or postponed is claimed again when its lease ends, with the same result.
            logger.warning("a delivery could not be settled", metadata: ["error": "\(String(describing: error))"])
        }
        return report
    }

    private func deliver(_ timer: DueTimer) async -> Result {
        await perform(
            CommandOrder(
                .existing(timer.request, .deadlinePassed(timer.instance, due: timer.due)), by: .system(.timer),
                consumed: .timer(timer.instance, due: timer.due)))
    }

    private func deliver(_ claimed: ClaimedMessage) async -> Result {
        let message: DeskMessage
        do {
            message = try MessageCodec.decode(claimed.message)
        } catch {
            return .failed(DeskError(.defect("message \(claimed.message.id) cannot be read"), logger: logger))
        }
        let consumed = ConsumedMessage.message(claimed.message.id)
        switch message {
        case .raiseChild(let order): return await raise(order, consumed)
        case .cancelChild(let child):
            return await perform(
                CommandOrder(.existing(child, .cancel(reason: nil)), by: .system(.parent), consumed: consumed))
        case .amendChild(let child, let fields, let version):
            return await perform(
                CommandOrder(
                    .existing(child, .amendFromParent(fields, version: version)), by: .system(.parent),
                    consumed: consumed))
        case .raiseSuccessor(let order): return await raise(order, consumed)
        case .report(let report, let parent, let child):
            return await self.report(report, of: child, to: parent, consumed)
        case .tell(let parties, let notice, let instance):
            return await tell(NotificationKind(notice), instance, claimed.message) {
                $0.tell(notice, to: parties, about: instance)
            }
        case .notify(let parties, let text, let instance):
            return await tell(.notify, instance, claimed.message) { $0.tell(text, to: parties, of: instance) }
        case .deliverEvent(let event):
            return await perform(
                CommandOrder(
                    .existing(claimed.message.origin, .receive(event)), by: .system(.event), consumed: consumed))
        case .cancelCall(let call):
            return await storing { () throws(StorageError) in
                try await storage.hasten(call.id, to: clock().truncatedToMicroseconds)
            }
        case .awaitEvent(let awaited):
            return await storing { () throws(StorageError) in
                _ = try await storage.dispatchEvents(awaited, at: clock().truncatedToMicroseconds)
            }
        case .call:
            // Claimed by the worker that makes calls, and by nobody else.
            return .failed(DeskError(.defect("message \(claimed.message.id) is a call"), logger: logger))
        }
    }

    /// Raises a child on the newest configuration. A refusal is a report to its parent, and the message is consumed there.
    private func raise(_ order: ChildOrder, _ consumed: ConsumedMessage) async -> Result {
        let new = NewRequest(
            id: order.child, type: order.type, requester: order.requester, beneficiary: order.beneficiary,
            parent: order.parent, parentType: order.parentType, entries: entries(order.inputs))
        return await raise(new, by: .parent, consumed) { reason in
            await report(.refused(reason: reason), of: order.child, to: order.parent, consumed)
        }
    }

    /// Raises the successor of a request that was reopened. A refusal is told to the request, and the message is consumed there.
    private func raise(_ order: SuccessorOrder, _ consumed: ConsumedMessage) async -> Result {
        var new = NewRequest(
            id: order.successor, type: order.type, requester: order.requester, beneficiary: order.beneficiary,
            parent: nil, parentType: nil, entries: entries(order.values))
        new.successorOf = order.successorOf
        new.restriction = order.restriction
        return await raise(new, by: .successor, consumed) { reason in
            await perform(
                CommandOrder(
                    .existing(order.successorOf, .successorRefused(order.successor, reason: reason)),
                    by: .system(.successor), consumed: consumed))
        }
    }

    private func entries(_ values: [String: Value]) -> [FieldID: Entry] {
        Dictionary(uniqueKeysWithValues: values.map { (FieldID($0.key), .value($0.value)) })
    }

    private func raise(
        _ new: NewRequest, by purpose: SystemPurpose, _ consumed: ConsumedMessage,
        refused: (String) async -> Result
    ) async -> Result {
        do throws(DeskError) {
            _ = try await commands.perform(CommandOrder(.new(new), by: .system(purpose), consumed: consumed))
            return .delivered
        } catch {
            guard case .rejected(let rejection) = error else { return .failed(error) }
            if rejection.kind == .stale { return .tooLate }
            let problems = rejection.fields.map { "\($0.field): \($0.message)" }.joined(separator: " ")
            return await refused(problems.isEmpty ? rejection.message : "\(rejection.message) \(problems)")
        }
    }

    /// Something that storage alone carries out.
    private func storing(_ body: () async throws(StorageError) -> Void) async -> Result {
        do throws(StorageError) {
            try await body()
            wakeUp.wake()
            return .handled
        } catch {
            return .failed(DeskError(error, logger: logger))
        }
    }

    private func report(
        _ report: ChildReport, of child: RequestID, to parent: Parent, _ consumed: ConsumedMessage
    ) async -> Result {
        await perform(
            CommandOrder(
                .existing(parent.request, .childReported(parent.instance, child, report)), by: .system(.child),
                consumed: consumed))
    }

    /// Tells people, each once; the message is deleted with it. Those who do not see the request are told no number to look for. Mail is not
    /// sent in this release.
    private func tell(
        _ kind: NotificationKind, _ instance: InstanceName?, _ message: OutboxMessage,
        whom: (Notifier) -> [Notifier.Told]
    ) async -> Result {
        let now = clock().truncatedToMicroseconds
        do throws(StorageError) {
            var told: [StoredNotification] = []
            if let notifier = try await notifier(for: message.origin, at: now) {
                var ids = UniqueIDSource(
                    milliseconds: UInt64(max(now.microseconds / 1000, 0)),
                    seed: (random(8).word(at: 0), random(8).word(at: 0)))
                for one in whom(notifier) {
                    told.append(
                        StoredNotification(
                            id: ids.next(), person: one.person, at: now, kind: kind.rawValue, request: message.origin,
                            number: one.seesRequest ? notifier.state.number : nil,
                            instance: one.seesRequest ? instance : nil, text: one.text))
                }
            }
            logger.info(
                "told",
                metadata: [
                    "request": "\(message.origin)", "notice": "\(kind.rawValue)", "people": "\(told.count)",
                    "step": "\(instance?.description ?? "-")",
                ])
            return try await storage.deliver(told, consuming: message.id) ? .delivered : .tooLate
        } catch {
            return .failed(DeskError(error, logger: logger))
        }
    }

    /// Nil when the request is gone.
    private func notifier(for request: RequestID, at now: Instant) async throws(StorageError) -> Notifier? {
        guard let stored = try await storage.request(request) else { return nil }
        let directory = try await commands.directories.current()
        let compiled = try await commands.configurations.version(stored.configuration)
        guard let type = compiled.configuration.requestTypes[stored.type] else { return nil }
        return Notifier(
            directory: directory, compiled: compiled, type: type, state: try StateCodec.decode(stored), now: now)
    }

    /// A command of Bureau's own: what the rules refuse is not tried again, as it came too late (a moved deadline), or as its
    /// receiver may say no (a child that can no longer be cancelled, whose parent waits for its end).
    private func perform(_ order: CommandOrder) async -> Result {
        do throws(DeskError) {
            _ = try await commands.perform(order)
            return .delivered
        } catch {
            guard case .rejected(let rejection) = error else { return .failed(error) }
            if rejection.kind != .stale {
                logger.info(
                    "a delivery was refused",
                    metadata: ["request": "\(order.request?.description ?? "-")", "code": "\(rejection.code)"])
            }
            return .tooLate
        }
    }

    /// 1 s, 2 s, 4 s … up to 10 minutes, each jittered by a quarter.
    private func backOff(_ attempts: Int) -> Duration {
        jittered(min(.seconds(1 << min(max(attempts - 1, 0), 10)), .seconds(600)))
    }

    private func jittered(_ duration: Duration) -> Duration {
        duration * (0.75 + Double(random(1)[0]) / 512)
    }
}
