import Expressions
import WorkflowCore

extension QueryService {
    /// What happened to a request, the oldest first, without what only the machinery needs.
    func timeline(
        of reference: String, for viewer: Viewer, cursor: String?, limit: Int
    ) async throws(DeskError) -> Page<TimelineEntry> {
        try Cursor.check(limit: limit)
        let start = try cursor.map { cursor throws(DeskError) in try Cursor.sequence(cursor) } ?? 0
        let id = try await find(reference, for: viewer)
        let page = try await asking { () throws(StorageError) in
            try await timeline(of: id, for: Reader(viewer), after: start, limit: limit)
        }
        guard let page else { throw .rejected(.unknownRequest) }
        return page
    }

    /// The same for any reader; nil when there is no such request or they may not see it.
    func timeline(
        of id: RequestID, for reader: Reader, after start: Int, limit: Int
    ) async throws(StorageError) -> Page<TimelineEntry>? {
        guard let stored = try await storage.request(id, for: reader.asker) else { return nil }
        let directory = try await directories.current()
        let compiled = try await configurations.version(stored.configuration)
        guard let type = compiled.configuration.requestTypes[stored.type] else { return nil }
        let state = try StateCodec.decode(stored)
        let reading = Reading(reader: reader, directory: directory, compiled: compiled, type: type, now: clock())
        guard Rules.canSee(state, in: reading.context) else { return nil }
        try await recordRead("timeline", of: state, by: reading)
        let text = TimelineText(reading: reading, state: state)
        var items: [TimelineEntry] = []
        var position = start
        while true {
            let rows = try await storage.events(of: id, after: position, limit: 200, for: reader.asker)
            for row in rows {
                if items.count == limit { return Page(items: items, next: Cursor.encode(sequence: position)) }
                position = row.entry.sequence
                if let entry = text.entry(for: try JournalReplay.event(row)) { items.append(entry) }
            }
            if rows.count < 200 { return Page(items: items, next: nil) }
        }
    }
}
