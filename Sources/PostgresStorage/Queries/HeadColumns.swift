internal import PostgresClient
internal import ServiceDesk
internal import WorkflowCore

/// A request in a list, decoded from fourteen columns that every list selects in this order from `place` on: id,
/// number, type, department, configuration, requester, beneficiary, parent_request, parent_instance, phase, outcome,
/// version, raised_at, changed_at.
extension RequestRow {
    init(_ row: Row, from place: Int = 0) throws(PostgresError) {
        let parent: Parent?
        if let request = try row.decode(at: place + 7, as: RequestID?.self) {
            parent = Parent(request: request, instance: try row.decode(at: place + 8))
        } else {
            parent = nil
        }
        self.init(
            head: RequestHead(
                id: try row.decode(at: place), number: try row.decode(at: place + 1),
                type: try row.decode(at: place + 2), department: try row.decode(at: place + 3),
                configuration: try row.decode(at: place + 4),
                requester: Requester(try row.decode(at: place + 5, as: PersonID?.self)),
                beneficiary: try row.decode(at: place + 6), parent: parent, phase: try row.decode(at: place + 9),
                outcome: try row.decode(at: place + 10)),
            version: try row.decode(at: place + 11), raisedAt: try row.decode(at: place + 12),
            changedAt: try row.decode(at: place + 13))
    }
}
