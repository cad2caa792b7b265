import Expressions
import WorkflowCore

extension QueryService {
    /// How many words may be looked for at once.
    private static let maximumTerms = 12

    /// Requests that the viewer may see and in whose text all words are, the newest first.
    func search(
        _ text: String, for viewer: Viewer, cursor: String?, limit: Int
    ) async throws(DeskError) -> Page<RequestSummary> {
        try Cursor.check(limit: limit)
        let terms = SearchWords.asked(text)
        guard terms.count <= Self.maximumTerms else {
            throw .rejected(
                Rejection(
                    .invalid, code: "search.too_many_words",
                    message: "A search takes at most \(Self.maximumTerms) words.", hint: "Leave some out."))
        }
        var query = SearchQuery(asker: Asker(viewer), terms: terms, limit: limit + 1)
        if let cursor { query.before = try Cursor.request(cursor) }
        let page = query
        return try await asking { () throws(StorageError) in
            try await self.page(try await storage.search(page), for: viewer, limit: limit)
        }
    }

    /// How much there is for the viewer.
    func counts(for viewer: Viewer) async throws(DeskError) -> RequestCounts {
        try await asking { () throws(StorageError) in try await storage.counts(for: Asker(viewer)) }
    }

    func glance(for viewer: Viewer, upTo limit: Int) async throws(DeskError) -> (mine: Int, waiting: Int) {
        try await asking { () throws(StorageError) in try await storage.glance(for: Asker(viewer), upTo: limit) }
    }
}
