/// How pages and messages are for somebody.
package struct PreferencesView: Sendable, Hashable {
    /// The IANA name of the zone in which they read moments; nil for the organisation's.
    package let timeZone: String?
    /// That of the organisation.
    package let organisationTimeZone: String
    /// The kinds of notifications that they do without, in the order of the kinds.
    package let off: [NotificationKind]

    init(_ stored: StoredPreferences, organisationTimeZone: String) {
        timeZone = stored.timeZone
        self.organisationTimeZone = organisationTimeZone
        off = NotificationKind.optional.filter(stored.muted.contains)
    }
}
