import Expressions
import ServiceDesk
import Synchronization
import WorkflowCore

/// The storage on PostgreSQL, failing where a test says so.
final class ShakyStorage: Sendable {
    /// What happens around one write.
    struct Fault: Sendable {
        /// May change what is written, wait, or throw instead of writing.
        var before: @Sendable ([RequestWrite?]) async throws(StorageError) -> [RequestWrite?] = { $0 }
        /// Called after the commit.
        var after: @Sendable () throws(StorageError) -> Void = {}

        /// The database is away.
        static let away = refusing(.unavailable("the test says so"))
        /// The connection dies with the commit, which did not happen.
        static let lostBefore = refusing(.unknownOutcome)
        /// The connection dies with the commit, which did happen.
        static let lostAfter = Fault(after: { () throws(StorageError) in throw .unknownOutcome })

        private static func refusing(_ error: StorageError) -> Fault {
            Fault(before: { (_: [RequestWrite?]) async throws(StorageError) -> [RequestWrite?] in throw error })
        }
    }

    let storage: any DeskStorage
    private let faults = Mutex<[Fault]>([])
    private let permanent = Mutex<Fault?>(nil)
    private let failedLookups = Mutex(0)
    private let counts = Mutex<[Int]>([])

    init(_ storage: any DeskStorage) {
        self.storage = storage
    }

    /// The next writes meet these, one each.
    func fail(_ next: Fault...) { faults.withLock { $0 += next } }

    /// All writes that meet nothing else meet this.
    func failAlways(_ fault: Fault?) { permanent.withLock { $0 = fault } }

    /// Whether writes fail until a test says otherwise.
    var failsPermanently: Bool { permanent.withLock { $0 != nil } }

    /// So many lookups of idempotency keys find the database away.
    func failLookups(_ count: Int) { failedLookups.withLock { $0 = count } }

    /// How many requests each transaction wrote or tried to.
    var groupSizes: [Int] { counts.withLock { $0 } }

    private func fault() -> Fault {
        faults.withLock { $0.isEmpty ? nil : $0.removeFirst() } ?? permanent.withLock { $0 } ?? Fault()
    }
}

extension ShakyStorage: RequestStorage {
    func create(_ writes: [RequestWrite], directoryRevision: Int64, at now: Instant) async throws(StorageError) {
        counts.withLock { $0.append(writes.count) }
        let fault = fault()
        let changed = try await fault.before(writes)
        try await storage.create(changed.compactMap { $0 }, directoryRevision: directoryRevision, at: now)
        try fault.after()
    }

    func change(
        _ loads: [CommandLoad], at now: Instant,
        decide: @Sendable ([LoadedRequest], _ directoryRevision: Int64) throws(StorageError) -> [RequestWrite?]
    ) async throws(StorageError) {
        counts.withLock { $0.append(loads.count) }
        let fault = fault()
        _ = try await fault.before([])
        try await storage.change(loads, at: now, decide: decide)
        try fault.after()
    }

    func answer(to key: IdempotencyKey) async throws(StorageError) -> RecordedAnswer? {
        let isAway = failedLookups.withLock { count in
            guard count > 0 else { return false }
            count -= 1
            return true
        }
        if isAway { throw .unavailable("the test says so") }
        return try await storage.answer(to: key)
    }

    func reserveNumbers(prefix: String, count: Int) async throws(StorageError) -> Range<Int64> {
        try await storage.reserveNumbers(prefix: prefix, count: count)
    }
}

extension ShakyStorage: JournalStorage {
    func request(_ id: RequestID) async throws(StorageError) -> StoredRequest? { try await storage.request(id) }

    func requests(_ ids: [RequestID]) async throws(StorageError) -> [StoredRequest] { try await storage.requests(ids) }

    func requestID(number: String) async throws(StorageError) -> RequestID? {
        try await storage.requestID(number: number)
    }

    func requestID(receipt digest: [UInt8]) async throws(StorageError) -> RequestID? {
        try await storage.requestID(receipt: digest)
    }

    func events(
        of request: RequestID, after sequence: Int, limit: Int
    ) async throws(StorageError) -> [StoredEvent] {
        try await storage.events(of: request, after: sequence, limit: limit)
    }
}

extension ShakyStorage: DashboardStorage {
    func dashboard(_ query: DashboardQuery) async throws(StorageError) -> DashboardRows {
        try await storage.dashboard(query)
    }
}

extension ShakyStorage: QueryStorage {
    func request(_ id: RequestID, for asker: Asker) async throws(StorageError) -> StoredRequest? {
        try await storage.request(id, for: asker)
    }

    func requests(_ ids: [RequestID], for asker: Asker) async throws(StorageError) -> [StoredRequest] {
        try await storage.requests(ids, for: asker)
    }

    func requestID(number: String, for asker: Asker) async throws(StorageError) -> RequestID? {
        try await storage.requestID(number: number, for: asker)
    }

    func requests(_ query: RequestQuery) async throws(StorageError) -> [RequestRow] {
        try await storage.requests(query)
    }

    func search(_ query: SearchQuery) async throws(StorageError) -> [RequestRow] { try await storage.search(query) }

    func glance(for asker: Asker, upTo limit: Int) async throws(StorageError) -> (mine: Int, waiting: Int) {
        try await storage.glance(for: asker, upTo: limit)
    }
    func counts(for asker: Asker) async throws(StorageError) -> RequestCounts { try await storage.counts(for: asker) }

    func inbox(_ query: InboxQuery) async throws(StorageError) -> [InboxRow] { try await storage.inbox(query) }

    func events(
        of request: RequestID, after sequence: Int, limit: Int, for asker: Asker
    ) async throws(StorageError) -> [StoredEvent] {
        try await storage.events(of: request, after: sequence, limit: limit, for: asker)
    }

    func glasses(of request: RequestID, for asker: Asker) async throws(StorageError) -> [StoredGlass] {
        try await storage.glasses(of: request, for: asker)
    }

    func ping() async throws(StorageError) {
        if failsPermanently { throw .unavailable("the test says so") }
        try await storage.ping()
    }
}

extension ShakyStorage: WorkerStorage {
    func claimTimers(
        dueAt now: Instant, limit: Int, leaseUntil leaseEnd: Instant
    ) async throws(StorageError) -> [DueTimer] {
        try await storage.claimTimers(dueAt: now, limit: limit, leaseUntil: leaseEnd)
    }

    func claimMessages(
        _ kinds: [OutboxMessage.Kind], at now: Instant, limit: Int, leaseUntil leaseEnd: Instant
    ) async throws(StorageError) -> [ClaimedMessage] {
        try await storage.claimMessages(kinds, at: now, limit: limit, leaseUntil: leaseEnd)
    }

    func drop(_ timer: DueTimer) async throws(StorageError) { try await storage.drop(timer) }

    func drop(messages: [UniqueID]) async throws(StorageError) { try await storage.drop(messages: messages) }

    func postpone(_ message: UniqueID, until: Instant) async throws(StorageError) {
        try await storage.postpone(message, until: until)
    }

    func hasten(_ message: UniqueID, to now: Instant) async throws(StorageError) {
        try await storage.hasten(message, to: now)
    }

    func extendLease(
        of message: UniqueID, from leaseEnd: Instant, to newEnd: Instant
    ) async throws(StorageError) -> Bool {
        try await storage.extendLease(of: message, from: leaseEnd, to: newEnd)
    }

    func nextWake() async throws(StorageError) -> Instant? { try await storage.nextWake() }

    func purgeAnswers(before limit: Instant) async throws(StorageError) -> Int {
        try await storage.purgeAnswers(before: limit)
    }
}

extension ShakyStorage: EventStorage {
    func keep(_ event: AddressedEvent) async throws(StorageError) -> KeptAddressedEvent {
        try await storage.keep(event)
    }

    func dispatchEvents(_ awaited: AwaitedEvent, at now: Instant) async throws(StorageError) -> [RequestID] {
        try await storage.dispatchEvents(awaited, at: now)
    }

    func purgeEvents(before limit: Instant) async throws(StorageError) -> Int {
        try await storage.purgeEvents(before: limit)
    }
}

extension ShakyStorage: PeopleStorage {
    func directory() async throws(StorageError) -> Directory { try await storage.directory() }

    func directoryRevision() async throws(StorageError) -> Int64 { try await storage.directoryRevision() }

    func replacePeople(
        _ people: [ImportedPerson], expecting revision: Int64?, at now: Instant,
        record: @Sendable (PeopleImportChange) -> ChangeRecord
    ) async throws(StorageError) -> PeopleImportReport {
        try await storage.replacePeople(people, expecting: revision, at: now, record: record)
    }
}

extension ShakyStorage: TokenStorage {
    func insert(_ token: StoredToken, audit: [AuditEntry]) async throws(StorageError) {
        try await storage.insert(token, audit: audit)
    }

    func token(digest: [UInt8]) async throws(StorageError) -> StoredToken? { try await storage.token(digest: digest) }

    func tokens(of person: PersonID) async throws(StorageError) -> [StoredToken] {
        try await storage.tokens(of: person)
    }

    func revoke(_ id: UniqueID, at now: Instant, audit: [AuditEntry]) async throws(StorageError) -> Bool {
        try await storage.revoke(id, at: now, audit: audit)
    }
}

extension ShakyStorage: SessionStorage {
    func insert(
        _ session: StoredSession, limit: Int, audit: [AuditEntry]
    ) async throws(StorageError) -> Bool {
        try await storage.insert(session, limit: limit, audit: audit)
    }

    func session(digest: [UInt8]) async throws(StorageError) -> StoredSession? {
        try await storage.session(digest: digest)
    }

    func sessions(of person: PersonID) async throws(StorageError) -> [StoredSession] {
        try await storage.sessions(of: person)
    }

    func touchSession(_ id: UniqueID, at now: Instant) async throws(StorageError) {
        try await storage.touchSession(id, at: now)
    }

    func rotateSession(
        _ id: UniqueID, from digest: [UInt8], to newDigest: [UInt8], at now: Instant
    ) async throws(StorageError) -> Bool {
        try await storage.rotateSession(id, from: digest, to: newDigest, at: now)
    }

    func endSession(
        _ id: UniqueID, of person: PersonID, audit: [AuditEntry]
    ) async throws(StorageError) -> Bool {
        try await storage.endSession(id, of: person, audit: audit)
    }

    func endSessions(of person: PersonID, except kept: UniqueID?) async throws(StorageError) -> Int {
        try await storage.endSessions(of: person, except: kept)
    }

    func endAccessOfLeavers(at now: Instant) async throws(StorageError) {
        try await storage.endAccessOfLeavers(at: now)
    }

    func purgeSessions(at now: Instant, idleSince: Instant) async throws(StorageError) -> Int {
        try await storage.purgeSessions(at: now, idleSince: idleSince)
    }
}

extension ShakyStorage: ConfigurationStorage {
    func currentVersion() async throws(StorageError) -> ConfigurationVersion? { try await storage.currentVersion() }

    func files(of version: ConfigurationVersion) async throws(StorageError) -> [String: String]? {
        try await storage.files(of: version)
    }

    func apply(
        _ version: ConfigurationVersion, files: [String: String], replacing current: ConfigurationVersion?,
        expecting revision: Int64?, by principal: String, at now: Instant, audit: [AuditEntry],
        telling: [StoredNotification]
    ) async throws(StorageError) {
        try await storage.apply(
            version, files: files, replacing: current, expecting: revision, by: principal, at: now, audit: audit,
            telling: telling)
    }

    func applications(
        by principal: String?, limit: Int
    ) async throws(StorageError) -> [ConfigurationApplication] {
        try await storage.applications(by: principal, limit: limit)
    }
}

extension ShakyStorage: SearchStorage {
    func requestsWithoutText(limit: Int) async throws(StorageError) -> [RequestID] {
        try await storage.requestsWithoutText(limit: limit)
    }

    func index(_ texts: [IndexedText]) async throws(StorageError) { try await storage.index(texts) }
}
