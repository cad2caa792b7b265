package import WorkflowCore

/// Open work by the people it waits for, so that changes of the directory find the requests that they concern.
package protocol OpenWorkStorage: Sendable {
    /// Every party that open work is offered to, each once.
    func partiesWithWork() async throws(StorageError) -> [Party]
    /// Requests in which open work waits for one of these by name, in the department for which they are stood in for; the newest first.
    func requestsWaiting(for absentees: [Directory.Absentee], limit: Int) async throws(StorageError) -> [RequestID]
    /// Everybody who has taken or been given a task that is open, each once.
    func assignees() async throws(StorageError) -> [PersonID]
    /// Requests with open work that is offered to one of these parties, or that somebody has to whom none of its parties belongs, and
    /// confidential requests with open approvals, whose voters may have moved; by identifier, after one.
    ///
    /// - Parameter memberships: To which parties the assignees belong.
    func requestsWithWork(
        offeredTo parties: [Party], orTakenOutside memberships: [(person: PersonID, party: Party)],
        after: RequestID?, limit: Int
    ) async throws(StorageError) -> [RequestID]
}
