import Expressions
import Logging
import WorkflowCore

/// From a loaded request and a command to what is written: authorise, decide, apply, and lay out everything for storage. No I/O.
struct CommandDecider: Sendable {
    /// The one instant of everything that is decided together.
    let now: Instant
    let directory: Directory
    let random: RandomBytes
    let logger: Logger

    /// A decision to be stored, and the request as it is then.
    struct Decided: Sendable {
        let write: RequestWrite
        let request: CurrentRequest
    }

    /// What is to be done about a command on an existing request.
    enum Change: Sendable {
        case write(Decided)
        /// The command asks for what is so already.
        case nothing(CurrentRequest)
        /// The key was used before.
        case before(RecordedAnswer)
        case refused(DeskError)
        /// The request's own configuration must be compiled first.
        case needs(ConfigurationVersion)

        var write: RequestWrite? {
            if case .write(let decided) = self { decided.write } else { nil }
        }
    }

    /// A new request under the current configuration.
    func raise(
        _ new: NewRequest, _ order: CommandOrder, number: String, under compiled: CompiledConfiguration
    ) throws(DeskError) -> Decided {
        guard let type = compiled.configuration.requestTypes[new.type] else {
            throw .rejected(.unknownType(new.type))
        }
        let seed = drawSeed()
        var ids = UniqueIDSource(milliseconds: milliseconds(of: now), seed: (seed.1, seed.0))
        var submission = Submission(
            id: new.id ?? RequestID(ids.next()), type: new.type, number: number, requester: new.requester,
            beneficiary: new.beneficiary, parent: new.parent, parentType: new.parentType, entries: new.entries)
        submission.successorOf = new.successorOf
        submission.restriction = new.restriction
        let context = context(order, type, compiled, at: now, seed: seed)
        let command = Command.raise(submission)
        let events: [Event]
        do throws(Rejection) {
            try Rules.authorise(command, on: nil, in: context)
            events = try Rules.decide(command, on: nil, in: context)
        } catch {
            throw .rejected(error)
        }
        let writer = RequestWriter(order: order, context: context, random: random, logger: logger)
        return try writer.write(
            events, before: nil, hash: JournalChain.start(of: submission.id), raisedAt: now, ids: &ids)
    }

    /// A command on a request that was loaded under its lock.
    ///
    /// - Parameter current: Says who belongs to what; the request's own version, what its form and its process are.
    func change(
        _ order: CommandOrder, _ command: Command, _ loaded: LoadedRequest, configurations: ConfigurationCache,
        under current: CompiledConfiguration
    ) -> Change {
        if let previous = loaded.previous {
            return Digest.areEqual(previous.fingerprint, order.fingerprint) ? .before(previous) : .refused(.keyReused)
        }
        guard let stored = loaded.stored else { return .refused(.rejected(.unknownRequest)) }
        guard let compiled = configurations.cached(stored.configuration, seatedBy: current) else {
            return .needs(stored.configuration)
        }
        do throws(DeskError) {
            return try change(order, command, stored, under: compiled)
        } catch {
            return .refused(error)
        }
    }

    private func change(
        _ order: CommandOrder, _ command: Command, _ stored: StoredRequest, under compiled: CompiledConfiguration
    ) throws(DeskError) -> Change {
        guard let type = compiled.configuration.requestTypes[stored.type] else {
            throw .rejected(.unknownRequest)
        }
        let state: RequestState
        do throws(StorageError) {
            state = try StateCodec.decode(stored)
        } catch {
            throw DeskError(error, logger: logger)
        }
        let seed = drawSeed()
        // Clocks of daemons differ; in the history of one request time never goes back.
        let context = context(order, type, compiled, at: max(now, stored.changedAt), seed: seed)
        let events: [Event]
        do throws(Rejection) {
            try Rules.authorise(command, on: state, in: context)
            // Only who may see the request learns its version.
            if let expected = order.expectedVersion, expected != stored.version {
                throw Rejection(.conflict, code: "request.version_mismatch", message: "The request has changed.")
            }
            events = try Rules.decide(command, on: state, in: context)
        } catch {
            if error.code == "request.version_mismatch" { throw .versionMismatch(current: stored.version) }
            throw .rejected(error)
        }
        guard !events.isEmpty else {
            // What delivered it must be deleted, and nothing is stored that could do so.
            if order.consumed != nil { throw .rejected(.deliveredBefore) }
            return .nothing(
                CurrentRequest(state: state, raisedAt: stored.raisedAt, changedAt: stored.changedAt))
        }
        let writer = RequestWriter(order: order, context: context, random: random, logger: logger)
        var ids = UniqueIDSource(milliseconds: milliseconds(of: context.now), seed: (seed.1, seed.0))
        return .write(
            try writer.write(events, before: state, hash: stored.lastHash, raisedAt: stored.raisedAt, ids: &ids))
    }

    private func milliseconds(of instant: Instant) -> UInt64 { UInt64(max(instant.microseconds / 1000, 0)) }

    private func drawSeed() -> (UInt64, UInt64) {
        let bytes = random(16)
        return (bytes.word(at: 0), bytes.word(at: 8))
    }

    private func context(
        _ order: CommandOrder, _ type: RequestType, _ compiled: CompiledConfiguration, at now: Instant,
        seed: (UInt64, UInt64)
    ) -> DecisionContext {
        DecisionContext(
            now: now, principal: order.principal, configuration: compiled.configuration, type: type,
            directory: directory, time: compiled.time, seed: seed, files: order.files)
    }
}
