internal import PostgresClient
internal import ServiceDesk
internal import WorkflowCore

extension WriteBatch {
    static func requireDirectory(revision: Int64) -> Statement {
        Statement(CreateSQL.requireDirectory, revision)
    }

    func insertRequests() -> Statement {
        let heads = writes.map(\.head)
        return Statement(
            CreateSQL.insertRequests,
            heads.map(\.id), heads.map(\.number), heads.map(\.type), heads.map(\.department),
            heads.map(\.configuration), heads.map(\.requester.person), heads.map(\.beneficiary),
            heads.map { $0.parent?.request }, heads.map { $0.parent?.instance }, heads.map(\.phase),
            heads.map(\.outcome), writes.map(\.version), writes.map { JSONColumn($0.state) },
            writes.map(\.lastHash), now, writes.map(\.isConfidential))
    }

    func insertEvents() -> Statement {
        let rows = rows(\.journal)
        return Statement(
            CreateSQL.insertEvents,
            rows.map(\.request), rows.map(\.row.sequence), rows.map(\.row.at), rows.map(\.row.kind),
            rows.map(\.row.format), rows.map(\.row.configuration), rows.map(\.row.principal),
            rows.map { JSONColumn($0.row.data) }, rows.map(\.row.hash))
    }

    func insertProtectedContents() -> Statement? {
        let rows = rows(\.protected)
        guard !rows.isEmpty else { return nil }
        return Statement(
            CreateSQL.insertProtectedContents,
            rows.map(\.request), rows.map(\.row.sequence), rows.map(\.row.readers),
            rows.map { JSONColumn($0.row.content) })
    }

    func upsertWorkItems() -> Statement? {
        let rows = latest(\.offers, instance: \.instance)
        guard !rows.isEmpty else { return nil }
        return Statement(
            CreateSQL.upsertWorkItems,
            rows.map(\.request), rows.map(\.row.instance), rows.map(\.row.kind), rows.map(\.row.assignee),
            rows.map(\.row.since), rows.map(\.row.due))
    }

    func insertWorkOffers() -> Statement? {
        let rows = latest(\.offers, instance: \.instance).flatMap { request, item in
            item.offeredTo.map { (request: request, item: item, party: $0) }
        }
        guard !rows.isEmpty else { return nil }
        return Statement(
            CreateSQL.insertWorkOffers,
            rows.map(\.request), rows.map(\.item.instance), rows.map(\.party), rows.map(\.item.since),
            rows.map(\.item.due))
    }

    func insertReceipts() -> Statement? {
        let rows = writes.compactMap { write in write.receipt.map { (request: write.head.id, digest: $0) } }
        guard !rows.isEmpty else { return nil }
        return Statement(CreateSQL.insertReceipts, rows.map(\.request), rows.map(\.digest))
    }

    func upsertTimers() -> Statement? {
        let rows = latest(\.timers, instance: \.instance).compactMap { request, timer in
            timer.due.map { (request: request, instance: timer.instance, due: $0) }
        }
        guard !rows.isEmpty else { return nil }
        return Statement(CreateSQL.upsertTimers, rows.map(\.request), rows.map(\.instance), rows.map(\.due))
    }

    func upsertWaits() -> Statement? {
        let rows = latest(\.waits, instance: \.instance).compactMap { request, wait in
            wait.awaited.map { (request: request, instance: wait.instance, awaited: $0) }
        }
        guard !rows.isEmpty else { return nil }
        return Statement(
            CreateSQL.upsertWaits,
            rows.map(\.request), rows.map(\.instance), rows.map(\.awaited.event), rows.map(\.awaited.key))
    }

    func insertMessages() -> Statement? {
        let messages = writes.flatMap(\.messages)
        guard !messages.isEmpty else { return nil }
        return Statement(
            CreateSQL.insertMessages,
            messages.map(\.id), messages.map(\.origin), messages.map(\.kind),
            messages.map { JSONColumn($0.payload) }, now)
    }

    func insertHidden() -> Statement? {
        let rows = rows(\.newHidden)
        guard !rows.isEmpty else { return nil }
        return Statement(CreateSQL.insertHidden, rows.map(\.row), rows.map(\.request))
    }

    func insertViewers() -> Statement? {
        let rows = rows(\.newViewers)
        guard !rows.isEmpty else { return nil }
        return Statement(CreateSQL.insertViewers, rows.map(\.row), rows.map(\.request))
    }

    func insertTexts() -> Statement? { texts(CreateSQL.insertTexts) }

    func updateTexts() -> Statement? { texts(CreateSQL.updateTexts) }

    /// Words hold no spaces.
    private func texts(_ sql: SQL) -> Statement? {
        let rows = writes.compactMap { write in write.text.map { (request: write.head.id, text: $0) } }
        guard !rows.isEmpty else { return nil }
        return Statement(
            sql, rows.map(\.request), rows.map { $0.text.words.joined(separator: " ") },
            rows.map { $0.text.comments.joined(separator: " ") })
    }

    func insertAnswers() -> Statement? {
        let answers = writes.compactMap(\.answer)
            .sorted { ($0.key.principal, $0.key.key) < ($1.key.principal, $1.key.key) }
        guard !answers.isEmpty else { return nil }
        return Statement(
            CreateSQL.insertAnswers,
            answers.map(\.key.principal), answers.map(\.key.key), answers.map(\.fingerprint),
            answers.map(\.request), answers.map(\.version), now)
    }
}

extension RequestWrite {
    /// The version after the command: the number of its last event.
    var version: Int { journal.last?.sequence ?? previousVersion }
    /// The hash of its last event.
    var lastHash: [UInt8] { journal.last?.hash ?? [] }
}
