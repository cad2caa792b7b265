internal import Expressions
internal import PostgresClient
internal import ServiceDesk
internal import WorkflowCore

/// What several commands write, as one statement a table over arrays. Statements without rows are left out.
///
/// Commands that wait at the same moment share everything that a statement costs besides its rows: a third of the
/// server's time for each request that one statement a request would take.
struct WriteBatch {
    /// At least one; in the order of the requests' identifiers, so that two batches take locks in the same order.
    let writes: [RequestWrite]
    /// The moment of all of them.
    let now: Instant

    init(_ writes: [RequestWrite], at now: Instant) {
        self.writes = writes.sorted { $0.head.id < $1.head.id }
        self.now = now
    }

    /// For new requests.
    var creation: [Statement] {
        consumption + [insertRequests(), insertEvents()]
            + ([insertReceipts(), insertTexts()] + additions).compactMap { $0 }
    }

    /// For requests that are locked.
    var change: [Statement] {
        consumption + [updateRequests(), insertEvents()]
            + [
                deleteWorkItems(), deleteWorkOffers(), deleteTimers(), deleteWaits(), deleteViewers(), deleteHidden(),
                updateTexts(),
            ]
            .compactMap { $0 }
            + additions.compactMap { $0 } + AuditStatements.append(writes.flatMap(\.audit))
    }

    /// First of all, so that a message that was delivered twice fails as stale and not by an identifier it gave out.
    private var consumption: [Statement] {
        [consumeTimers(), consumeMessages(), useAttachments()].compactMap { $0 }
    }

    private var additions: [Statement?] {
        [
            insertProtectedContents(), upsertWorkItems(), insertWorkOffers(), upsertTimers(), upsertWaits(),
            insertMessages(), insertViewers(), insertHidden(), insertAttachmentUses(), insertAnswers(),
        ]
    }

    /// The rows of one kind of all writes, with the request of each.
    func rows<Row>(_ kind: (RequestWrite) -> [Row]) -> [(request: RequestID, row: Row)] {
        var rows: [(request: RequestID, row: Row)] = []
        for write in writes {
            for row in kind(write) { rows.append((write.head.id, row)) }
        }
        return rows
    }

    /// The same, where a later row of an instance replaces an earlier one.
    func latest<Row>(
        _ kind: (RequestWrite) -> [Row], instance: (Row) -> InstanceName
    ) -> [(request: RequestID, row: Row)] {
        rows { write in
            let rows = kind(write)
            guard rows.count > 1 else { return rows }
            var seen: Set<InstanceName> = []
            return rows.reversed().filter { seen.insert(instance($0)).inserted }.reversed()
        }
    }
}
