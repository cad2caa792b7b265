import Expressions
import WorkflowCore

extension ServiceDesk {
    /// What changes among the requests that the viewer sees, from now on; nil when there are too many streams.
    ///
    /// - Parameter position: What the viewer heard last; what they missed since comes first. Nil for a first time.
    package func changes(
        for viewer: Viewer, after position: String?
    ) async throws(DeskError) -> (missed: [LiveEvent], stream: AsyncStream<LiveEvent>)? {
        let missed = position.map(live.missed)
        // What happens from here on comes twice rather than never.
        guard let stream = live.listen(as: viewer) else { return nil }
        switch missed {
        case nil: return ([], stream)
        case .everything: return ([.reset(live.position)], stream)
        case .requests(let ids):
            guard !ids.isEmpty else { return ([], stream) }
            let told = try await asking { () throws(StorageError) in
                try await live.readers(
                    of: try await storage.requests(ids, for: Asker(viewer)), among: [viewer.person.id])
            }
            let seen = told.values.filter { !$0.readers.isEmpty }.map(\.changed).sorted { $0.id < $1.id }
            return (seen.map { .changed(live.position, $0) }, stream)
        }
    }

    /// Up to where everything is known that is read from now on: a page that follows begins there.
    package var livePosition: String { live.position.description }
}
