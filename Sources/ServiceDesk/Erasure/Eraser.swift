import Expressions
import Logging
import WorkflowCore

/// Deletes what is no longer kept: what people entered into closed requests, when its time is over or the person is erased.
///
/// The state without it is what the journal replays to without the deleted contents, so nothing has to know where a state holds what.
struct Eraser: Sendable {
    /// What of a request is deleted.
    enum Extent: Sendable, Hashable {
        case everything(ErasureReason)
        /// What that person entered.
        case entries(of: PersonID)

        var reason: ErasureReason {
            switch self {
            case .everything(let reason): reason
            case .entries: .contributor
            }
        }

        var isEverything: Bool { if case .everything = self { true } else { false } }

        /// Whether the fields of `hidden_from` stay: they protect the request, and are nothing of whoever named the people in them. They go
        /// when the request's time is over.
        ///
        /// The rows of `bureau.request_hidden` never go with an erasure, by whose identifiers the database keeps the request from these
        /// people: who raised it stays to be read, and would tell them. The rules know nothing of it then; so nobody adds anything to a
        /// request that was erased (`request.erased`).
        var sparesHidden: Bool { reason != .retention }
    }

    let storage: any ErasureStorage & JournalStorage
    let configurations: ConfigurationCache
    let random: RandomBytes

    /// Whether anything was deleted: not from an open request, and not twice.
    func erase(
        _ id: RequestID, _ extent: Extent, by principal: String, at now: Instant
    ) async throws(StorageError) -> Bool {
        guard let found = try await storage.request(id) else { return false }
        let compiled = try await configurations.version(found.configuration)
        guard let type = compiled.configuration.requestTypes[found.type] else { return false }
        let sensitive = SensitiveFields(configuration: compiled.configuration, type: type)
        let audit = AuditEntry(
            AuditRecord(
                at: now, kind: .requestErased, principal: principal, subject: "request:\(id)",
                details: ["type": found.type.text, "reason": extent.reason.rawValue]),
            random: random)
        return try await storage.erase(id, at: now) { stored, journal throws(StorageError) in
            guard stored.configuration == compiled.configuration.version else { throw .stale(.request(id)) }
            return try Self.erasure(of: stored, journal, extent, sensitive, at: now, audit: audit)
        }
    }

    private static func erasure(
        of stored: StoredRequest, _ journal: [StoredEvent], _ extent: Extent, _ sensitive: SensitiveFields,
        at now: Instant, audit: AuditEntry
    ) throws(StorageError) -> RequestErasure? {
        var (sequences, spared): ([Int], [Int: [ProtectedContent]]) = ([], [:])
        var (erasedFiles, keptFiles): (Set<UniqueID>, Set<UniqueID>) = ([], [])
        var isDone = false
        for row in journal {
            let replayed = try JournalReplay.event(row)
            if case .erased(let reason) = replayed.event, reason != .contributor { isDone = true }
            let files = replayed.event.entered.values.flatMap(\.files).map(\.id)
            let rest = isErased(replayed, extent) ? try Self.spared(row, extent, sensitive.type) : row.contents
            if rest != row.contents {
                sequences.append(row.entry.sequence)
                spared[row.entry.sequence] = rest
                erasedFiles.formUnion(files)
            } else {
                keptFiles.formUnion(files)
            }
        }
        // A request into which nobody entered anything is erased once too: it is not looked at again, and its receipt goes.
        guard !sequences.isEmpty || (extent.isEverything && !isDone) else { return nil }
        let left = journal.map { row in
            StoredEvent(entry: row.entry, contents: spared[row.entry.sequence] ?? row.contents)
        }
        var state = JournalReplay.state(try JournalReplay.events(left))
        let event = Event.erased(extent.reason)
        // Clocks of daemons differ: a request never goes back in time.
        let moment = max(now, stored.changedAt)
        Rules.apply(event, at: moment, to: &state)
        guard let state, state.version == stored.version + 1, case .closed = state.phase else {
            throw .defect("the journal of request \(stored.id) does not lead to where it stands")
        }
        do {
            let codec = JournalCodec(
                sensitive: sensitive, principal: .system(.erasure), now: moment, random: { _ in [] })
            let entries = try codec.encode([event], after: stored.version, previous: stored.lastHash).entries
            return RequestErasure(
                sequences: sequences, spared: sequences.flatMap { spared[$0] ?? [] },
                files: erasedFiles.subtracting(keptFiles).sorted(),
                isWhole: extent.isEverything && left.allSatisfy(\.contents.isEmpty), entry: entries[0],
                state: try StateCodec.encode(state, sensitive), audit: [audit])
        } catch {
            throw .defect("the erasure of request \(stored.id) cannot be written")
        }
    }

    /// Whether what was entered with an event goes. Of somebody who worked on the request only what they wrote themself.
    private static func isErased(_ replayed: ReplayedEvent, _ extent: Extent) -> Bool {
        guard case .entries(let person) = extent else { return true }
        return replayed.principal.person == person && Contribution.kinds.contains(replayed.event.kind)
    }

    /// What is left of an event's contents when it is erased: the fields of `hidden_from`, with the salts by which they can be verified.
    private static func spared(
        _ row: StoredEvent, _ extent: Extent, _ type: RequestType
    ) throws(StorageError) -> [ProtectedContent] {
        guard extent.sparesHidden, !type.hiddenFrom.isEmpty, Contribution.naming.contains(row.entry.kind) else {
            return []
        }
        let names = Set(type.hiddenFrom.map(\.text))
        do {
            return try row.contents.compactMap { content in
                let values = try CanonicalJSON.read(ProtectedValues.self, from: content.content)
                guard let spared = values.only(names) else { return nil }
                return spared == values
                    ? content
                    : ProtectedContent(
                        sequence: content.sequence, readers: content.readers, content: try spared.text())
            }
        } catch {
            throw .defect("a content of event \(row.entry.sequence) cannot be read")
        }
    }
}
