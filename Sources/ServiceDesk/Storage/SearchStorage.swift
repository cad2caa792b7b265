package import WorkflowCore

/// The words by which requests are found, as far as they are not written with the requests themselves.
package protocol SearchStorage: Sendable {
    /// Requests without words, the newest first: from before there was a search, or whose text was deleted.
    func requestsWithoutText(limit: Int) async throws(StorageError) -> [RequestID]
    /// Gives requests words that have none, each unless it has changed since that version.
    func index(_ texts: [IndexedText]) async throws(StorageError)
}

/// The words of a request at one of its versions.
package struct IndexedText: Sendable, Hashable {
    package let request: RequestID
    package let version: Int
    package let text: RequestText

    package init(request: RequestID, version: Int, text: RequestText) {
        self.request = request
        self.version = version
        self.text = text
    }
}

/// What somebody looks for.
package struct SearchQuery: Sendable, Hashable {
    package let asker: Asker
    /// All of these.
    package let terms: [SearchTerm]
    /// Older than this one.
    package var before: RequestID?
    package var limit: Int

    package init(asker: Asker, terms: [SearchTerm], before: RequestID? = nil, limit: Int) {
        self.asker = asker
        self.terms = terms
        self.before = before
        self.limit = limit
    }
}

/// One word that is looked for, spelled as `RequestText` has it.
package struct SearchTerm: Sendable, Hashable {
    package let word: String
    /// Spellings of it whose other forms count too; none of what is not inflected, such as a number.
    package let inflected: [String]
    /// Whether words that go on after it count too.
    package let isBeginning: Bool

    package init(word: String, inflected: [String] = [], isBeginning: Bool = false) {
        self.word = word
        self.inflected = inflected
        self.isBeginning = isBeginning
    }
}

/// How much there is for somebody.
package struct RequestCounts: Sendable, Hashable {
    /// Open requests that they raised or that are for them.
    package var mine = 0
    /// Work that is offered to them or theirs; what waits for those for whom they stand in is not counted.
    package var waiting: [WorkItem.Kind: Int] = [:]
    /// Open requests that they see, by department whose requests they answer for; those without any are left out.
    package var open: [DepartmentID: Int] = [:]

    package init() {}
}
