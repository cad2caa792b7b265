import Expressions
import WorkflowCore

/// Places in lists as clients carry them: base64url of a version and the position, opaque to them.
enum Cursor {
    /// How many elements a page may have.
    static let limits = 1...200

    static func encode(_ request: RequestID) -> String {
        pack(["r1", request.description])
    }

    static func request(_ cursor: String) throws(DeskError) -> RequestID {
        let parts = try unpack(cursor, "r1", count: 1)
        guard let id = RequestID(parts[0]) else { throw bad }
        return id
    }

    static func encode(notification: UniqueID) -> String {
        pack(["n1", notification.description])
    }

    static func notification(_ cursor: String) throws(DeskError) -> UniqueID {
        let parts = try unpack(cursor, "n1", count: 1)
        guard let id = UniqueID(parts[0]) else { throw bad }
        return id
    }

    static func encode(_ place: TimelinePlace) -> String {
        place.glasses == 0
            ? pack(["t1", String(place.sequence)]) : pack(["t2", String(place.sequence), String(place.glasses)])
    }

    static func timeline(_ cursor: String) throws(DeskError) -> TimelinePlace {
        let found: (parts: [String], glasses: String)
        do throws(DeskError) {
            found = (try unpack(cursor, "t1", count: 1), "0")
        } catch {
            let parts = try unpack(cursor, "t2", count: 2)
            found = (parts, parts[1])
        }
        guard let sequence = Int(found.parts[0]), sequence >= 0, let glasses = Int(found.glasses), glasses >= 0
        else { throw bad }
        return TimelinePlace(after: sequence, glasses: glasses)
    }

    static func encode(_ position: InboxPosition) -> String {
        pack([
            "i1", position.due.map { String($0.microseconds) } ?? "", String(position.since.microseconds),
            position.request.description, position.instance.description,
        ])
    }

    static func inbox(_ cursor: String) throws(DeskError) -> InboxPosition {
        let parts = try unpack(cursor, "i1", count: 4)
        guard let since = Int64(parts[1]), let request = RequestID(parts[2]), let instance = InstanceName(parts[3])
        else { throw bad }
        var due: Instant?
        if !parts[0].isEmpty {
            guard let moment = Int64(parts[0]) else { throw bad }
            due = Instant(microseconds: moment)
        }
        return InboxPosition(due: due, since: Instant(microseconds: since), request: request, instance: instance)
    }

    static func encode(_ place: AuditPlace) -> String {
        pack(["a1", place.day, String(place.sequence)])
    }

    static func audit(_ cursor: String) throws(DeskError) -> AuditPlace {
        let parts = try unpack(cursor, "a1", count: 2)
        guard CivilDate(iso8601: parts[0]) != nil, let sequence = Int(parts[1]), sequence > 0 else { throw bad }
        return AuditPlace(day: parts[0], sequence: sequence)
    }

    static func encode(name: String, handle: String) -> String {
        pack(["p1", handle, name])
    }

    static func person(_ cursor: String) throws(DeskError) -> (name: String, handle: String) {
        let parts = try unpack(cursor, "p1", count: 2)
        return (parts[1], parts[0])
    }

    static func check(limit: Int) throws(DeskError) {
        guard limits.contains(limit) else {
            throw .rejected(
                Rejection(
                    .invalid, code: "page.bad_limit",
                    message: "A page has between \(limits.lowerBound) and \(limits.upperBound) entries."))
        }
    }

    private static func pack(_ parts: [String]) -> String {
        TextForms.base64URL(Array(parts.joined(separator: "\n").utf8))
    }

    private static func unpack(_ cursor: String, _ version: String, count: Int) throws(DeskError) -> [String] {
        guard cursor.utf8.count <= 2000, let bytes = TextForms.bytes(base64URL: cursor),
            // PostgreSQL stores no U+0000, so no page gave one either.
            let text = String(validating: bytes, as: UTF8.self), !bytes.contains(0)
        else { throw bad }
        // Keys in instance names may hold line breaks; they stand last.
        let parts = text.split(separator: "\n", maxSplits: count, omittingEmptySubsequences: false).map(String.init)
        guard parts.count == count + 1, parts[0] == version else { throw bad }
        return Array(parts.dropFirst())
    }

    private static var bad: DeskError {
        .rejected(
            Rejection(
                .invalid, code: "page.bad_cursor", message: "The cursor is not one that a page gave.",
                hint: "Begin without a cursor."))
    }
}
