import Expressions
import Logging
import WorkflowCore

/// Reads for people: finds, checks who may see it, and puts it into words.
struct QueryService: Sendable {
    let storage: any QueryStorage
    let directories: DirectoryCache
    let configurations: ConfigurationCache
    let clock: @Sendable () -> Instant
    let reads: ReadRecorder
    let logger: Logger

    /// The identifier behind a number that the viewer may see, or behind any identifier.
    func find(_ reference: String, for viewer: Viewer) async throws(DeskError) -> RequestID {
        if let id = RequestID(reference) { return id }
        // Numbers are short; anything else need not reach the database.
        guard reference.utf8.count <= 40, reference.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }),
            let id = try await asking({ () throws(StorageError) in
                try await storage.requestID(number: reference, for: Asker(reading: viewer))
            })
        else { throw .rejected(.unknownRequest) }
        return id
    }

    func request(_ reference: String, for viewer: Viewer) async throws(DeskError) -> RequestView {
        let id = try await find(reference, for: viewer)
        let view = try await asking { () throws(StorageError) -> RequestView? in
            guard let stored = try await storage.request(id, for: Asker(reading: viewer)) else { return nil }
            let state = try StateCodec.decode(stored)
            let request = CurrentRequest(state: state, raisedAt: stored.raisedAt, changedAt: stored.changedAt)
            return try await self.view(of: request, for: viewer, recording: true)
        }
        guard let view else { throw .rejected(.unknownRequest) }
        return view
    }

    /// A request as the viewer sees it; nil when they may not.
    ///
    /// - Parameter isReading: Whether the audit has to know; not after a command, which the journal has.
    func view(
        of request: CurrentRequest, for viewer: Viewer, recording isReading: Bool = false
    ) async throws(StorageError) -> RequestView? {
        try await view(of: request, for: Reader(viewer), recording: isReading)
    }

    /// A request as somebody sees it who has just changed it: also when what they did was the last that showed it to them. The wall is
    /// asked whether they still see it; nil when it says no where the rules say yes, as they lost it in the meantime.
    func view(afterChangeOf request: CurrentRequest, by viewer: Viewer) async throws(StorageError) -> RequestView? {
        let reader = Reader(viewer)
        let seen = try await storage.requestID(number: request.state.number, for: reader.asker)
        if seen == request.state.id { return try await view(of: request, for: reader) }
        guard try await view(of: request, for: reader) == nil else { return nil }
        var last = try await view(of: request, for: reader, opened: request.state.id)
        last?.isLastLook = true
        return last
    }

    /// A request as the reader sees it; nil when they may not.
    func view(
        of request: CurrentRequest, for reader: Reader, recording isReading: Bool = false, opened: RequestID? = nil
    ) async throws(StorageError) -> RequestView? {
        let directory = try await directories.current()
        let compiled = try await configurations.version(request.state.configuration)
        guard let type = compiled.configuration.requestTypes[request.state.type] else { return nil }
        var reading = Reading(reader: reader, directory: directory, compiled: compiled, type: type, now: clock())
        if let opened { reading.opened.insert(opened) }
        guard Rules.canSee(request.state, in: reading.context) else { return nil }
        if isReading { try await recordRead("request", of: request.state, by: reading) }
        let relatives = try await relatives(of: request.state, type: type, reader: reader, directory: directory)
        return RequestViewBuilder(reading: reading, request: request, relatives: relatives).view()
    }

    func requests(
        for viewer: Viewer, filter: RequestFilter, cursor: String?, limit: Int
    ) async throws(DeskError) -> Page<RequestSummary> {
        try Cursor.check(limit: limit)
        var query = RequestQuery(
            asker: Asker(viewer), phase: filter.phase, type: filter.type, department: filter.department,
            onlyMine: filter.onlyMine, limit: limit + 1)
        if let cursor { query.before = try Cursor.request(cursor) }
        let page = query
        return try await asking { () throws(StorageError) in
            try await self.page(try await storage.requests(page), for: viewer, limit: limit)
        }
    }

    /// A page of requests; one row more than `limit` says that there is another.
    func page(
        _ rows: [RequestRow], for viewer: Viewer, limit: Int
    ) async throws(StorageError) -> Page<RequestSummary> {
        let directory = try await directories.current()
        var items: [RequestSummary] = []
        for row in rows.prefix(limit) {
            guard let reading = try await reading(row.head, for: viewer, directory) else { continue }
            items.append(reading.summary(row))
        }
        let last = rows.count > limit ? rows[limit - 1].head.id : nil
        return Page(items: items, next: last.map { Cursor.encode($0) })
    }

    func inbox(
        for viewer: Viewer, filter: InboxFilter, cursor: String?, limit: Int
    ) async throws(DeskError) -> Page<InboxItem> {
        try Cursor.check(limit: limit)
        var query = InboxQuery(
            asker: Asker(viewer), kind: filter.kind, department: filter.department, onlyMine: filter.onlyMine,
            limit: limit + 1)
        if let cursor { query.after = try Cursor.inbox(cursor) }
        let page = query
        return try await asking { () throws(StorageError) in
            let rows = try await storage.inbox(page)
            let directory = try await directories.current()
            let items = try await items(rows.prefix(limit), for: viewer, directory)
            guard rows.count > limit else { return Page(items: items, next: nil) }
            let last = rows[limit - 1]
            let position = InboxPosition(
                due: last.item.due, since: last.item.since, request: last.head.id, instance: last.item.instance)
            return Page(items: items, next: Cursor.encode(position))
        }
    }

    private func items(
        _ rows: ArraySlice<InboxRow>, for viewer: Viewer, _ directory: Directory
    ) async throws(StorageError) -> [InboxItem] {
        var found: [(row: InboxRow, reading: Reading)] = []
        for row in rows {
            guard let reading = try await reading(row.head, for: viewer, directory) else { continue }
            found.append((row, reading))
        }
        // Titles that name values need the states: one query for all of them.
        let wanted = Set(
            found.filter { row, reading in
                reading.needsState(for: row.item.instance.step) || !row.item.isOffered(to: viewer)
            }.map(\.row.head.id))
        var states: [RequestID: RequestState] = [:]
        if !wanted.isEmpty {
            for stored in try await storage.requests(wanted.sorted(), for: Asker(viewer)) {
                states[stored.id] = try StateCodec.decode(stored)
            }
        }
        return found.compactMap { row, reading -> InboxItem? in
            var standsInFor: [PersonReference] = []
            if !row.item.isOffered(to: viewer) {
                // The rules say whether they may: whoever may not vote stands in for nobody.
                guard let state = states[row.head.id] else { return nil }
                standsInFor = Rules.represented(at: row.item.instance, on: state, in: reading.context).map(
                    reading.person)
                if standsInFor.isEmpty { return nil }
            }
            var item = InboxItem(
                request: reading.summary(
                    row.head, raisedAt: row.raisedAt, changedAt: row.changedAt, version: row.version),
                instance: row.item.instance, kind: row.item.kind,
                title: reading.title(of: row.item.instance, in: states[row.head.id]), since: row.item.since,
                due: row.item.due, offeredTo: reading.parties(row.item.offeredTo),
                assignee: row.item.assignee.map(reading.person))
            item.standsInFor = standsInFor
            return item
        }
    }

    /// Nil when the type is not in the request's configuration, which storage never holds.
    private func reading(
        _ head: RequestHead, for viewer: Viewer, _ directory: Directory
    ) async throws(StorageError) -> Reading? {
        let compiled = try await configurations.version(head.configuration)
        guard let type = compiled.configuration.requestTypes[head.type] else { return nil }
        return Reading(viewer: viewer, directory: directory, compiled: compiled, type: type, now: clock())
    }

    /// Asks storage, and turns its errors into those of the desk.
    func asking<T: Sendable>(_ body: () async throws(StorageError) -> T) async throws(DeskError) -> T {
        do throws(StorageError) {
            return try await body()
        } catch {
            throw DeskError(error, logger: logger)
        }
    }
}

extension Asker {
    init(_ viewer: Viewer) {
        self.init(person: viewer.person.id, parties: viewer.parties, readerOf: viewer.authority.readerOf.sorted())
        absentees = viewer.absentees
        standingIn = viewer.standingIn
    }

    /// Somebody who reads one request, which they may have opened by exception: lists know nothing of that.
    init(reading viewer: Viewer) {
        self.init(viewer)
        granted = viewer.opened
    }
}

extension WorkItem {
    /// Whether it is somebody's in their own right, rather than of somebody for whom they stand in.
    fileprivate func isOffered(to viewer: Viewer) -> Bool {
        assignee.map { $0 == viewer.person.id } ?? viewer.parties.contains(where: offeredTo.contains)
    }
}
