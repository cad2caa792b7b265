import Expressions
import ServiceDesk
import WorkflowCore

extension ShakyStorage: DeputyStorage {
    func deputies(concerning person: PersonID) async throws(StorageError) -> [StoredDeputy] {
        try await storage.deputies(concerning: person)
    }

    func deputies(in department: DepartmentID) async throws(StorageError) -> [StoredDeputy] {
        try await storage.deputies(in: department)
    }

    func deputy(_ id: UniqueID) async throws(StorageError) -> StoredDeputy? { try await storage.deputy(id) }

    func appoint(
        _ deputy: StoredDeputy, audit: [AuditEntry], telling notifications: [StoredNotification]
    ) async throws(StorageError) {
        try await storage.appoint(deputy, audit: audit, telling: notifications)
    }

    func withdraw(
        _ id: UniqueID, audit: [AuditEntry], telling notifications: [StoredNotification]
    ) async throws(StorageError) -> Bool {
        try await storage.withdraw(id, audit: audit, telling: notifications)
    }
}

extension ShakyStorage: OpenWorkStorage {
    func partiesWithWork() async throws(StorageError) -> [Party] { try await storage.partiesWithWork() }

    func requestsWaiting(
        for absentees: [Directory.Absentee], limit: Int
    ) async throws(StorageError) -> [RequestID] { try await storage.requestsWaiting(for: absentees, limit: limit) }

    func assignees() async throws(StorageError) -> [PersonID] { try await storage.assignees() }

    func requestsWithWork(
        offeredTo parties: [Party], orTakenOutside memberships: [(person: PersonID, party: Party)],
        after: RequestID?, limit: Int
    ) async throws(StorageError) -> [RequestID] {
        try await storage.requestsWithWork(
            offeredTo: parties, orTakenOutside: memberships, after: after, limit: limit)
    }
}

extension ShakyStorage: NotificationStorage {
    func deliver(
        _ notifications: [StoredNotification], consuming message: UniqueID
    ) async throws(StorageError) -> Bool {
        if failsPermanently { throw .unavailable("the test says so") }
        return try await storage.deliver(notifications, consuming: message)
    }

    func tellUnlessUnread(_ notifications: [StoredNotification]) async throws(StorageError) {
        if failsPermanently { throw .unavailable("the test says so") }
        try await storage.tellUnlessUnread(notifications)
    }

    func notifications(
        for asker: Asker, onlyUnread: Bool, before: UniqueID?, limit: Int
    ) async throws(StorageError) -> [StoredNotification] {
        try await storage.notifications(for: asker, onlyUnread: onlyUnread, before: before, limit: limit)
    }

    func unreadNotifications(for asker: Asker) async throws(StorageError) -> Int {
        try await storage.unreadNotifications(for: asker)
    }

    func markRead(_ ids: [UniqueID]?, of person: PersonID, at now: Instant) async throws(StorageError) {
        try await storage.markRead(ids, of: person, at: now)
    }

    func purgeNotifications(readBefore limit: Instant) async throws(StorageError) -> Int {
        try await storage.purgeNotifications(readBefore: limit)
    }
}

extension ShakyStorage: PreferenceStorage {
    func preferences(of person: PersonID) async throws(StorageError) -> StoredPreferences {
        try await storage.preferences(of: person)
    }

    func keep(
        _ preferences: StoredPreferences, of person: PersonID, at now: Instant
    ) async throws(StorageError) { try await storage.keep(preferences, of: person, at: now) }

    func savedViews(of person: PersonID) async throws(StorageError) -> [StoredView] {
        try await storage.savedViews(of: person)
    }

    func keep(
        _ view: StoredView, of person: PersonID, limit: Int
    ) async throws(StorageError) -> StoredView? { try await storage.keep(view, of: person, limit: limit) }

    func renameView(
        _ id: UniqueID, of person: PersonID, to name: String
    ) async throws(StorageError) -> ViewRenaming { try await storage.renameView(id, of: person, to: name) }

    func forgetView(_ id: UniqueID, of person: PersonID) async throws(StorageError) -> Bool {
        try await storage.forgetView(id, of: person)
    }
}

extension ShakyStorage: DraftStorage {
    func drafts(of person: PersonID, for asker: Asker) async throws(StorageError) -> [StoredDraft] {
        try await storage.drafts(of: person, for: asker)
    }

    func draft(
        of subject: DraftSubject, by person: PersonID, for asker: Asker
    ) async throws(StorageError) -> StoredDraft? { try await storage.draft(of: subject, by: person, for: asker) }

    func keep(
        _ draft: StoredDraft, of person: PersonID, replacing condition: DraftCondition, limit: Int
    ) async throws(StorageError) -> DraftKeeping {
        try await storage.keep(draft, of: person, replacing: condition, limit: limit)
    }

    func forgetDraft(
        of subject: DraftSubject, by person: PersonID, _ condition: DraftCondition
    ) async throws(StorageError) -> Bool { try await storage.forgetDraft(of: subject, by: person, condition) }

    func purgeDrafts(unchangedSince limit: Instant, idleSince idle: Instant) async throws(StorageError) -> Int {
        try await storage.purgeDrafts(unchangedSince: limit, idleSince: idle)
    }
}

extension ShakyStorage: BreakGlassStorage {
    func open(
        _ glass: StoredGlass, audit: [AuditEntry], telling notifications: [StoredNotification]
    ) async throws(StorageError) {
        if failsPermanently { throw .unavailable("the test says so") }
        try await storage.open(glass, audit: audit, telling: notifications)
    }

    func openGlasses(of person: PersonID, at now: Instant) async throws(StorageError) -> [StoredGlass] {
        try await storage.openGlasses(of: person, at: now)
    }

    func endGlasses(
        on request: RequestID, of person: PersonID?, at now: Instant, audit: [AuditEntry]
    ) async throws(StorageError) -> Bool {
        try await storage.endGlasses(on: request, of: person, at: now, audit: audit)
    }
}
