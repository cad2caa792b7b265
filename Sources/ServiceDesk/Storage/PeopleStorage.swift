package import Expressions
package import WorkflowCore

/// People and memberships.
package protocol PeopleStorage: Sendable {
    func directory() async throws(StorageError) -> Directory
    func directoryRevision() async throws(StorageError) -> Int64
    /// Makes the directory equal to `people`, matched by handle, in one transaction. People who are missing become leavers; service
    /// accounts that are missing stay; nobody is deleted.
    ///
    /// - Parameters:
    ///   - revision: The directory's, by which somebody may do it; nil when that does not depend on it.
    ///   - record: What is kept of it and who is told, in the same transaction; not asked when nothing changes.
    /// - Throws: `.stale(directory)` when it is at another revision.
    func replacePeople(
        _ people: [ImportedPerson], expecting revision: Int64?, at now: Instant,
        record: @Sendable (PeopleImportChange) -> ChangeRecord
    ) async throws(StorageError) -> PeopleImportReport
}

extension PeopleStorage {
    package func replacePeople(
        _ people: [ImportedPerson], at now: Instant, record: @Sendable (PeopleImportChange) -> ChangeRecord
    ) async throws(StorageError) -> PeopleImportReport {
        try await replacePeople(people, expecting: nil, at: now, record: record)
    }
}

/// A checked row of an import.
package struct ImportedPerson: Sendable, Hashable {
    package let handle: String
    package let name: String
    package let email: String
    package let language: String?
    /// The manager's handle, which stands in the same import.
    package let manager: String?
    package let site: String?
    package let groups: Set<GroupID>
    /// Groups that are none of the import's business: whoever is in one stays in it, unless they leave.
    package let untouchedGroups: Set<GroupID>
    /// Who stands in for them; they take the place of those of earlier imports.
    package let deputies: [ImportedDeputy]
    package let kind: Directory.Kind
    /// Used when the handle is new.
    package let newID: PersonID

    package init(
        handle: String, name: String, email: String, language: String?, manager: String?, site: String?,
        groups: Set<GroupID>, untouchedGroups: Set<GroupID> = [], deputies: [ImportedDeputy] = [],
        kind: Directory.Kind = .person, newID: PersonID
    ) {
        self.handle = handle
        self.name = name
        self.email = email
        self.language = language
        self.manager = manager
        self.site = site
        self.groups = groups
        self.untouchedGroups = untouchedGroups
        self.deputies = deputies
        self.kind = kind
        self.newID = newID
    }
}

/// What an import is about to do.
package struct PeopleImportChange: Sendable {
    package let report: PeopleImportReport
    package let before: Directory
    /// Without its deputies, who stand below.
    package let after: Directory
    /// Who came, came back or changed.
    package let touched: [PersonID]
    package let appointed: [StoredDeputy]
    package let withdrawn: [StoredDeputy]

    package init(
        report: PeopleImportReport, before: Directory, after: Directory, touched: [PersonID], appointed: [StoredDeputy],
        withdrawn: [StoredDeputy]
    ) {
        self.report = report
        self.before = before
        self.after = after
        self.touched = touched
        self.appointed = appointed
        self.withdrawn = withdrawn
    }
}

/// What is kept of a change of people or files, and who is told of it.
package struct ChangeRecord: Sendable {
    package let audit: [AuditEntry]
    package let told: [StoredNotification]

    package init(audit: [AuditEntry] = [], told: [StoredNotification] = []) {
        self.audit = audit
        self.told = told
    }
}

/// What an import did.
package struct PeopleImportReport: Sendable, Hashable {
    package let joined: Int
    package let changed: Int
    package let left: Int
    package let revision: Int64

    package init(joined: Int, changed: Int, left: Int, revision: Int64) {
        self.joined = joined
        self.changed = changed
        self.left = left
        self.revision = revision
    }
}

/// Bearer tokens; only their SHA-256 is stored.
package protocol TokenStorage: Sendable {
    func insert(_ token: StoredToken, audit: [AuditEntry]) async throws(StorageError)
    /// The token with that digest, expired and revoked ones included; nil when unknown.
    func token(digest: [UInt8]) async throws(StorageError) -> StoredToken?
    /// All of a person's, the newest first.
    func tokens(of person: PersonID) async throws(StorageError) -> [StoredToken]
    /// Whether there was a valid one of that identifier; the audit gets its entries only then.
    func revoke(_ id: UniqueID, at now: Instant, audit: [AuditEntry]) async throws(StorageError) -> Bool
}

/// A token as stored.
package struct StoredToken: Sendable, Hashable {
    package let id: UniqueID
    package let digest: [UInt8]
    package let person: PersonID
    /// What its owner calls it.
    package let label: String
    /// Empty when only scopes are stored that this release does not know: it opens nothing here then.
    package let scopes: Set<Scope>
    package let createdAt: Instant
    package let expiresAt: Instant?
    package let revokedAt: Instant?

    package init(
        id: UniqueID, digest: [UInt8], person: PersonID, label: String, scopes: Set<Scope> = [.all],
        createdAt: Instant, expiresAt: Instant?, revokedAt: Instant?
    ) {
        self.id = id
        self.digest = digest
        self.person = person
        self.label = label
        self.scopes = scopes
        self.createdAt = createdAt
        self.expiresAt = expiresAt
        self.revokedAt = revokedAt
    }
}

/// Configuration versions: immutable, content-addressed.
package protocol ConfigurationStorage: Sendable {
    /// The version new requests start on; nil when none was applied.
    func currentVersion() async throws(StorageError) -> ConfigurationVersion?
    /// The files of a version by path; nil when unknown.
    func files(of version: ConfigurationVersion) async throws(StorageError) -> [String: String]?
    /// Stores the files when they are new and makes the version current, in one transaction; the revision of the directory rises with it.
    ///
    /// - Parameters:
    ///   - current: What has to be current for that; nil when it does not matter.
    ///   - revision: Where the directory has to be; nil when it does not matter.
    /// - Throws: `.stale(configuration)` when another version is, `.stale(directory)` when it is at another revision.
    func apply(
        _ version: ConfigurationVersion, files: [String: String], replacing current: ConfigurationVersion?,
        expecting revision: Int64?, by principal: String, at now: Instant, audit: [AuditEntry],
        telling: [StoredNotification]
    ) async throws(StorageError)
    /// What was applied, the newest first.
    ///
    /// - Parameter principal: By whom; nil for anybody.
    func applications(by principal: String?, limit: Int) async throws(StorageError) -> [ConfigurationApplication]
}

extension ConfigurationStorage {
    package func apply(
        _ version: ConfigurationVersion, files: [String: String], replacing current: ConfigurationVersion?,
        by principal: String, at now: Instant, audit: [AuditEntry], telling: [StoredNotification]
    ) async throws(StorageError) {
        try await apply(
            version, files: files, replacing: current, expecting: nil, by: principal, at: now, audit: audit,
            telling: telling)
    }
}

/// That somebody made a version the current one.
package struct ConfigurationApplication: Sendable, Hashable {
    package let version: ConfigurationVersion
    /// As the audit names them.
    package let principal: String
    package let at: Instant

    package init(version: ConfigurationVersion, principal: String, at: Instant) {
        self.version = version
        self.principal = principal
        self.at = at
    }
}
