import Expressions
import WorkflowCore

/// Carries a group of commands out and, when that fails, finds out for each what became of it.
struct GroupRunner {
    let service: CommandService
    /// Tries commands in one transaction; throws when nothing was stored, or when that is not known.
    let attempt: @Sendable ([CommandOrder]) async throws(StorageError) -> [CommandService.Answer]

    /// How often a single command is tried again after others were faster.
    private static let maximumAttempts = 8

    func run(_ group: [CommandService.Waiting]) async {
        let orders = group.map(\.order)
        var failure: StorageError
        do throws(StorageError) {
            finish(group, try await attempt(orders))
            return
        } catch {
            failure = error
        }
        if failure == .stale(.directory), group.count > 1 {
            // People have changed, which concerns all alike: they stay together.
            do throws(StorageError) {
                try await service.directories.reload()
                finish(group, try await attempt(orders))
                return
            } catch {
                failure = error
            }
        }
        // In a group, only what may have been stored matters for the single ones; whose fault the error was is not known.
        let first: StorageError? = group.count == 1 || failure == .unknownOutcome ? failure : nil
        var unavailable = 0
        for waiting in group {
            // A database that is away would let every single one wait for its time-out.
            if unavailable >= 2 {
                waiting.continuation.resume(returning: .failure(.unavailable(retryAfterSeconds: 1)))
                continue
            }
            let answer = await alone(waiting.order, after: first)
            if case .failure(.unavailable) = answer { unavailable += 1 } else { unavailable = 0 }
            waiting.continuation.resume(returning: answer)
        }
    }

    private func finish(_ group: [CommandService.Waiting], _ answers: [CommandService.Answer]) {
        for (waiting, answer) in zip(group, answers) { waiting.continuation.resume(returning: answer) }
    }

    /// - Parameter failure: What happened to its last attempt; nil when there was none.
    private func alone(_ order: CommandOrder, after failure: StorageError?) async -> CommandService.Answer {
        var failure = failure
        var isSearched = false
        for _ in 0..<Self.maximumAttempts {
            if let error = failure {
                if error == .unknownOutcome { isSearched = true }
                if let answer = await consequence(of: error, for: order, isSearched: isSearched) { return answer }
            }
            do throws(StorageError) {
                return try await attempt([order]).first ?? .failure(.unavailable(retryAfterSeconds: 1))
            } catch {
                failure = error
            }
        }
        return .failure(.unavailable(retryAfterSeconds: 1))
    }

    /// The answer that an error means; nil when the command is to be tried again.
    ///
    /// - Parameter isSearched: Whether an earlier attempt may have been stored, so that finding its key is no replay.
    private func consequence(
        of error: StorageError, for order: CommandOrder, isSearched: Bool
    ) async -> CommandService.Answer? {
        do throws(StorageError) {
            switch error {
            case .stale(.directory):
                try await service.directories.reload()
                return nil
            case .stale(.request): return nil
            case .stale(.attachment):
                return .failure(
                    .rejected(
                        Rejection(
                            .conflict, code: "attachment.gone",
                            message: "A file of yours is not there any more; upload it again.")))
            case .stale(.message): return .failure(.rejected(.deliveredBefore))
            case .unknownOutcome:
                guard let key = order.key else { return nil }
                return try await search(key).map { CommandService.answer($0, to: order, isReplay: false) }
            case .duplicateKey:
                if let key = order.key, let recorded = try await service.storage.answer(to: key) {
                    return CommandService.answer(recorded, to: order, isReplay: !isSearched)
                }
                // A child whose message another daemon delivers at this moment.
                if order.consumed != nil { return .failure(.rejected(.deliveredBefore)) }
                return .failure(service.report(error))
            // No command waits for a configuration to be the current one.
            case .unavailable, .defect, .stale(.configuration): return .failure(service.report(error))
            }
        } catch {
            return .failure(service.report(error))
        }
    }

    /// Asks until the database answers: nobody may be told that nothing happened while that is not known.
    private func search(_ key: IdempotencyKey) async throws(StorageError) -> RecordedAnswer? {
        let clock = ContinuousClock()
        let end = clock.now + service.settings.outcomeSearch
        var pause = Duration.milliseconds(20)
        while true {
            do throws(StorageError) {
                return try await service.storage.answer(to: key)
            } catch {
                guard clock.now < end else { throw .unavailable("the outcome of a command is not known yet") }
            }
            // The lane is no caller's task, so nobody cancels this pause.
            try? await clock.sleep(for: pause)
            pause = min(pause * 2, .seconds(1))
        }
    }
}
