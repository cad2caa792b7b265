import Expressions
import WorkflowCore

extension QueryService {
    /// What happened to a request, the oldest first, without what only the machinery needs.
    func timeline(
        of reference: String, for viewer: Viewer, cursor: String?, limit: Int
    ) async throws(DeskError) -> Page<TimelineEntry> {
        try Cursor.check(limit: limit)
        let start = try cursor.map { cursor throws(DeskError) in try Cursor.timeline(cursor) } ?? .start
        let id = try await find(reference, for: viewer)
        let page = try await asking { () throws(StorageError) in
            try await timeline(of: id, for: Reader(viewer), after: start, limit: limit)
        }
        guard let page else { throw .rejected(.unknownRequest) }
        return page
    }

    /// The same for any reader; nil when there is no such request or they may not see it.
    func timeline(
        of id: RequestID, for reader: Reader, after start: TimelinePlace, limit: Int
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
        let glasses = try await glasses(of: state, in: reading)
        var items: [TimelineEntry] = []
        var place = start
        /// What stands right behind the event of `place`; whether all of it had room.
        func appendGlasses() -> Bool {
            for glass in (glasses[place.sequence] ?? []).dropFirst(place.glasses) {
                if items.count == limit { return false }
                place.glasses += 1
                items.append(text.entry(for: glass))
            }
            return true
        }
        guard appendGlasses() else { return Page(items: items, next: Cursor.encode(place)) }
        while true {
            let rows = try await storage.events(of: id, after: place.sequence, limit: 200, for: reader.asker)
            for row in rows {
                if items.count == limit { return Page(items: items, next: Cursor.encode(place)) }
                place = TimelinePlace(after: row.entry.sequence, glasses: 0)
                if let entry = text.entry(for: try JournalReplay.event(row)) { items.append(entry) }
                guard appendGlasses() else { return Page(items: items, next: Cursor.encode(place)) }
            }
            if rows.count < 200 { return Page(items: items, next: nil) }
        }
    }

    /// Who has opened the request for reading, by the event that was its last then: for those who work on it.
    private func glasses(
        of state: RequestState, in reading: Reading
    ) async throws(StorageError) -> [Int: [StoredGlass]] {
        guard Rules.canRead(.workers, by: nil, on: state, in: reading.context) else { return [:] }
        return Dictionary(grouping: try await storage.glasses(of: state.id, for: reading.reader.asker), by: \.event)
    }
}

/// A place in a timeline: after an event, and after so many of those who opened the request right behind it.
struct TimelinePlace: Hashable {
    let sequence: Int
    var glasses: Int

    static let start = TimelinePlace(after: 0, glasses: 0)

    init(after sequence: Int, glasses: Int) {
        self.sequence = sequence
        self.glasses = glasses
    }
}
