import Expressions
import Logging
import WorkflowCore

/// Lays out what one command changes for storage: events, state, and the effects as rows.
struct RequestWriter {
    let order: CommandOrder
    let context: DecisionContext
    let random: RandomBytes
    let logger: Logger

    /// - Parameters:
    ///   - events: At least one.
    ///   - hash: Of the last event before.
    ///   - ids: Where messages get their identifiers from.
    func write(
        _ events: [Event], before: RequestState?, hash: [UInt8], raisedAt: Instant, ids: inout UniqueIDSource
    ) throws(DeskError) -> CommandDecider.Decided {
        var state = before
        for event in events { Rules.apply(event, at: context.now, to: &state) }
        guard let after = state else { throw .rejected(.unknownRequest) }
        do {
            let write = try layOut(events, before: before, after: after, hash: hash, ids: &ids)
            return CommandDecider.Decided(
                write: write,
                request: CurrentRequest(state: after, raisedAt: raisedAt, changedAt: context.now))
        } catch {
            throw DeskError(
                .defect("what was decided on request \(after.id) cannot be written: \(error)"), logger: logger)
        }
    }

    private func layOut(
        _ events: [Event], before: RequestState?, after: RequestState, hash: [UInt8], ids: inout UniqueIDSource
    ) throws -> RequestWrite {
        let sensitive = SensitiveFields(configuration: context.configuration, type: context.type)
        let codec = JournalCodec(
            sensitive: sensitive, principal: order.principal, now: context.now, random: random)
        let previousVersion = before?.version ?? 0
        let journal = try codec.encode(events, after: previousVersion, previous: hash)
        var rows = EffectRows()
        let effects = Rules.effects(of: events, from: before, to: after)
        // Identifiers of one moment are in no order; reports to a parent must be in theirs.
        var numbers = effects.map { _ in ids.next() }.sorted()[...]
        for effect in effects { try rows.add(effect, of: after.id, id: numbers.removeFirst()) }
        let waits = waits(from: before, to: after)
        for wait in waits {
            guard let awaited = wait.awaited else { continue }
            // It may have happened before anybody waited for it.
            try rows.add(MessageCodec.encode(.awaitEvent(awaited), id: ids.next(), origin: after.id))
        }
        let viewers = viewers(of: after)
        let newViewers = viewers.subtracting(before.map(self.viewers) ?? [])
        var write = RequestWrite(
            head: RequestHead(after, department: context.type.department), previousVersion: previousVersion,
            state: try StateCodec.encode(after, sensitive), journal: journal.entries, protected: journal.contents,
            offers: rows.offers, withdrawals: rows.withdrawals, timers: rows.timers, messages: rows.messages,
            newViewers: newViewers.sorted(),
            answer: order.key.map {
                RecordedAnswer(key: $0, fingerprint: order.fingerprint, request: after.id, version: after.version)
            },
            consumed: order.consumed)
        write.waits = waits
        if case .new(let new) = order.subject { write.receipt = new.receipt }
        write.attachments = attachments(of: events, before: before, after: after)
        write.isConfidential = after.isConfidential(context.type)
        if let before, before.isConfidential(context.type) || after.isConfidential(context.type) {
            write.removedViewers = formerViewers(of: before, after).subtracting(viewers).sorted()
        }
        let (hidden, kept) = (after.hidden(by: context.type), before?.hidden(by: context.type) ?? [])
        write.newHidden = hidden.subtracting(kept).sorted()
        write.removedHidden = kept.subtracting(hidden).sorted()
        write.audit = events.flatMap { audit($0, from: before, to: after) }
        write.text = RequestText(of: events, before: before, after: after, type: context.type)
        return write
    }

    /// Who can have seen the request in lists until now: more than those who did.
    private func formerViewers(of before: RequestState, _ after: RequestState) -> Set<Party> {
        // A request that was written by an older Bureau kept all who ever took part.
        guard before.restriction != after.restriction else { return viewers(of: before).union(before.viewers) }
        let configuration = context.configuration
        return viewers(of: before).union(after.viewers)
            .union(configuration.teams.keys.map(Party.team)).union(configuration.roles.keys.map(Party.role))
            .union(configuration.groups.keys.map(Party.group))
    }

    /// The files that the request has not had before: first those of its forms, then those of comments.
    private func attachments(of events: [Event], before: RequestState?, after: RequestState) -> [AttachmentUse] {
        var uses = after.files.subtracting(before?.files ?? []).sorted().map { AttachmentUse(id: $0) }
        for (index, event) in events.enumerated() {
            guard case .commented(_, files: let files) = event else { continue }
            let sequence = (before?.version ?? 0) + index + 1
            uses += files.map { AttachmentUse(id: $0.id, event: sequence) }
        }
        return uses
    }

    /// That somebody has changed who sees a request; nothing of any other event. Moving a restriction lowers one and raises another.
    private func audit(_ event: Event, from before: RequestState?, to after: RequestState) -> [AuditEntry] {
        func entry(_ kind: AuditKind, _ team: TeamID?) -> AuditEntry {
            var details = ["number": after.number]
            details["team"] = team?.text
            return AuditEntry(
                AuditRecord(
                    at: context.now, kind: kind, principal: order.principal.description, subject: "request:\(after.id)",
                    details: details),
                random: random)
        }
        switch event {
        case .restricted(let team, reason: _):
            let lowered = before?.restriction.map { [entry(.restrictionLowered, $0)] } ?? []
            return lowered + [entry(.restrictionRaised, team)]
        case .unrestricted: return [entry(.restrictionLowered, before?.restriction)]
        default: return []
        }
    }

    /// Who sees the request in lists besides its requester, the person it is for and the agents of its department, who do not see a
    /// confidential one.
    private func viewers(of state: RequestState) -> Set<Party> {
        state.isConfidential(context.type) ? Rules.audience(of: state, in: context) : state.viewers
    }

    /// What begins and ends to be waited for, by instance.
    private func waits(from before: RequestState?, to after: RequestState) -> [WaitChange] {
        let (old, new) = (before?.awaited ?? [:], after.awaited)
        return Set(old.keys).union(new.keys).sorted().compactMap { instance in
            old[instance] == new[instance] ? nil : WaitChange(instance: instance, awaited: new[instance])
        }
    }
}

/// Effects as the rows they become; of several about one instance the last counts.
struct EffectRows {
    private var items: [InstanceName: WorkItem?] = [:]
    private var dues: [InstanceName: Instant?] = [:]
    private(set) var messages: [OutboxMessage] = []

    /// - Parameter id: Of the message that the effect becomes, if it becomes one.
    mutating func add(_ effect: Effect, of request: RequestID, id: UniqueID) throws {
        switch effect {
        case .offer(let item): items[item.instance] = .some(item.forInboxes)
        case .withdraw(let instance): items[instance] = .some(nil)
        case .setTimer(let instance, let due): dues[instance] = .some(due)
        case .clearTimer(let instance): dues[instance] = .some(nil)
        case .raiseChild, .cancelChild, .report, .tell, .notify, .call, .cancelCall, .amendChild, .raiseSuccessor:
            guard let message = MessageCodec.message(of: effect) else { return }
            messages.append(try MessageCodec.encode(message, id: id, origin: request))
        }
    }

    mutating func add(_ message: OutboxMessage) {
        messages.append(message)
    }

    /// By instance.
    var offers: [WorkItem] { items.values.compactMap { $0 }.sorted { $0.instance < $1.instance } }

    /// By instance.
    var withdrawals: [InstanceName] { items.filter { $0.value == nil }.keys.sorted() }

    /// By instance.
    var timers: [TimerChange] {
        dues.map { TimerChange(instance: $0.key, due: $0.value) }.sorted { $0.instance < $1.instance }
    }
}

extension WorkItem {
    /// Without the anonymous requester, who has no inbox; nil when nobody else is asked.
    fileprivate var forInboxes: WorkItem? {
        guard offeredTo.contains(.anonymous) else { return self }
        let others = offeredTo.filter { $0 != .anonymous }
        guard !others.isEmpty || assignee != nil else { return nil }
        return WorkItem(
            instance: instance, kind: kind, offeredTo: others, assignee: assignee, since: since, due: due)
    }
}

extension RequestState {
    /// The events with a key that steps wait for; those without are addressed to the request itself.
    fileprivate var awaited: [InstanceName: AwaitedEvent] {
        steps.compactMapValues { step in
            guard case .wait(let open) = step.status, let event = open.event, let key = open.key else { return nil }
            return AwaitedEvent(event: event, key: key)
        }
    }
}

extension RequestHead {
    init(_ state: RequestState, department: DepartmentID) {
        self.init(
            id: state.id, number: state.number, type: state.type, department: department,
            configuration: state.configuration, requester: state.requester, beneficiary: state.beneficiary,
            parent: state.parent, phase: RequestPhase(state.phase), outcome: state.phase.outcome?.id)
    }
}

extension RequestPhase {
    init(_ phase: Phase) {
        switch phase {
        case .open: self = .open
        case .ending: self = .ending
        case .closed: self = .closed
        }
    }
}

extension RequestState {
    /// All files in it, what waits to be confirmed or taken included.
    fileprivate var files: Set<UniqueID> {
        var found = Set(values.values.flatMap(\.files).map(\.id))
        for step in steps.values {
            if case .settled(.done(_, let outputs)) = step.status {
                found.formUnion(outputs.values.flatMap(\.files).map(\.id))
            }
            if case .elements(let elements)? = step.parts {
                found.formUnion(elements.compactMap(\.value).flatMap(\.files).map(\.id))
            }
        }
        for change in held { found.formUnion(change.values.values.flatMap(\.files).map(\.id)) }
        return found
    }
}
