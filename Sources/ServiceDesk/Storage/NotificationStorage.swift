package import Expressions
package import WorkflowCore

/// What people were told.
package protocol NotificationStorage: Sendable {
    /// Keeps what a message says and deletes the message, in one transaction; nothing when it is gone already. Whether it was there.
    @discardableResult
    func deliver(_ notifications: [StoredNotification], consuming message: UniqueID) async throws(StorageError) -> Bool
    /// Keeps those of which the person has none of the same kind about the same request unread.
    func tellUnlessUnread(_ notifications: [StoredNotification]) async throws(StorageError)
    /// Somebody's, the newest first. What was told of a request is told no longer when they do not see it any more; that a request was
    /// opened by exception or waits for nobody is told to people who need not see it.
    ///
    /// - Parameter before: Older than this one; nil for the newest.
    func notifications(
        for asker: Asker, onlyUnread: Bool, before: UniqueID?, limit: Int
    ) async throws(StorageError) -> [StoredNotification]
    /// How many of those somebody has not read.
    func unreadNotifications(for asker: Asker) async throws(StorageError) -> Int
    /// Notes that somebody has read these of theirs; nil for all.
    func markRead(_ ids: [UniqueID]?, of person: PersonID, at now: Instant) async throws(StorageError)
    /// Forgets what was read before `limit`; how many.
    @discardableResult
    func purgeNotifications(readBefore limit: Instant) async throws(StorageError) -> Int
}

/// Something that somebody was told, as stored.
package struct StoredNotification: Sendable, Hashable {
    /// What people are told of requests that they need not see, by number.
    package static let kindsOfUnseen = [NotificationKind.breakGlass, .stranded].map(\.rawValue)

    package let id: UniqueID
    package let person: PersonID
    package let at: Instant
    /// What it is about in a word: a `NotificationKind`, of this release or of an earlier one.
    package let kind: String
    /// Nil when it is about no request.
    package let request: RequestID?
    /// The request's number; nil when it is about none, or for somebody who does not see it.
    package let number: String?
    /// Nil when it is about no step.
    package let instance: InstanceName?
    /// By language.
    package let text: [String: String]
    package let readAt: Instant?

    package init(
        id: UniqueID, person: PersonID, at: Instant, kind: String, request: RequestID?, number: String?,
        instance: InstanceName?, text: [String: String], readAt: Instant? = nil
    ) {
        self.id = id
        self.person = person
        self.at = at
        self.kind = kind
        self.request = request
        self.number = number
        self.instance = instance
        self.text = text
        self.readAt = readAt
    }
}
