import Expressions
import WorkflowCore

extension ServiceDesk {
    /// What the viewer chose.
    ///
    /// - Throws: `.rejected` with `access.not_allowed` for a service account, which reads no pages.
    package func preferences(of viewer: Viewer) async throws(DeskError) -> PreferencesView {
        try require(.keepOwnPreferences, of: viewer)
        return try await asking { () throws(StorageError) in
            PreferencesView(
                try await storage.preferences(of: viewer.person.id),
                organisationTimeZone: try await configurations.current().time.home.name)
        }
    }

    /// Keeps what the viewer chose, all of it anew.
    ///
    /// - Parameters:
    ///   - timeZone: The IANA name of a zone; nil for the organisation's.
    ///   - off: The kinds of notifications that the viewer does without.
    /// - Throws: `.rejected` with `preferences.unknown_zone`, `preferences.unknown_kind` or `preferences.needed_kind`.
    package func keepPreferences(
        timeZone: String?, off: [String], by viewer: Viewer
    ) async throws(DeskError) -> PreferencesView {
        try require(.keepOwnPreferences, of: viewer)
        let time = try await asking { () throws(StorageError) in try await configurations.current().time }
        let stored: StoredPreferences
        do throws(Rejection) {
            if let timeZone, time.zones(timeZone) == nil { throw .unknownZone(timeZone) }
            stored = StoredPreferences(timeZone: timeZone, muted: try Self.withoutNeeded(off))
        } catch {
            throw .rejected(error)
        }
        try await asking { () throws(StorageError) in
            try await storage.keep(stored, of: viewer.person.id, at: clock().truncatedToMicroseconds)
        }
        // Pages show the new zone at once; on other daemons after some seconds.
        sessions.forget { $0.person == viewer.person.id }
        return PreferencesView(stored, organisationTimeZone: time.home.name)
    }

    /// The zone in which a session's person reads moments; nil for the organisation's, also when the machine knows it no longer.
    func zone(of session: StoredSession) async throws(StorageError) -> ZoneRules? {
        guard let name = session.timeZone else { return nil }
        return try await configurations.current().time.zones(name)
    }

    private static func withoutNeeded(_ names: [String]) throws(Rejection) -> Set<NotificationKind> {
        var kinds: Set<NotificationKind> = []
        for name in names {
            guard let kind = NotificationKind(rawValue: name) else { throw .unknownKind(name) }
            guard !kind.isNeeded else { throw .neededKind(name) }
            kinds.insert(kind)
        }
        return kinds
    }
}

extension Rejection {
    fileprivate static func unknownZone(_ name: String) -> Rejection {
        Rejection(
            .invalid, code: "preferences.unknown_zone", message: "There is no time zone \(name.prefix(100)).",
            hint: "A name of the IANA time zone database, such as Europe/Lisbon.")
    }

    fileprivate static func unknownKind(_ name: String) -> Rejection {
        Rejection(
            .invalid, code: "preferences.unknown_kind",
            message: "There are no notifications of the kind \(name.prefix(100)).",
            hint: NearestName.hint(for: name, among: NotificationKind.optional.map(\.rawValue)))
    }

    fileprivate static func neededKind(_ name: String) -> Rejection {
        Rejection(
            .invalid, code: "preferences.needed_kind",
            message: "Nobody does without notifications of the kind \(name): somebody waits for what you do then.",
            hint: "These can be switched off: \(NotificationKind.optional.map(\.rawValue).joined(separator: ", ")).")
    }
}
