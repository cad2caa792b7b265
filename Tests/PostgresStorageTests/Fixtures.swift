import Expressions
import ServiceDesk
public import WorkflowCore

/// Values that differ only in what a test says.
enum Sample {
    /// 2026-11-21T08:00:00Z.
    static let now = Instant(seconds: 1_795_248_000)
    static let configuration = ConfigurationVersion(String(repeating: "c0", count: 32))

    /// A version 7 identifier; greater numbers sort later.
    static func id(_ number: UInt64) -> UniqueID {
        .version7(milliseconds: 1_795_248_000_000 + number, random: number, number)
    }

    static func request(_ number: UInt64) -> RequestID { RequestID(id(number)) }
    static func person(_ number: UInt64) -> PersonID { PersonID(id(1_000_000 + number)) }
    static func hash(_ number: Int) -> [UInt8] { [UInt8](repeating: UInt8(truncatingIfNeeded: number), count: 32) }

    static func event(
        _ sequence: Int, kind: String = "raised", by principal: String? = nil, hash: [UInt8]? = nil
    ) -> JournalEntry {
        JournalEntry(
            sequence: sequence, at: now, kind: kind, format: 1, configuration: configuration,
            principal: principal ?? "person:\(person(1))", data: #"{"b" : 1,"a":"ü"}"#,
            hash: hash ?? self.hash(sequence))
    }

    static func task(
        _ instance: InstanceName = "check", kind: WorkItem.Kind = .task, for parties: [Party] = [.team("it-desk")],
        assignee: PersonID? = nil, since: Instant = now, due: Instant? = nil
    ) -> WorkItem {
        WorkItem(instance: instance, kind: kind, offeredTo: parties, assignee: assignee, since: since, due: due)
    }

    static func answer(
        _ key: String, of principal: String = "person:a", request: RequestID, version: Int = 1
    ) -> RecordedAnswer {
        RecordedAnswer(
            key: IdempotencyKey(principal: principal, key: key), fingerprint: hash(7), request: request,
            version: version)
    }
}

extension InstanceName: ExpressibleByStringInterpolation {
    /// A step by its name, outside of all repeats and eaches.
    public init(stringLiteral value: String) {
        self.init(StepID(value))
    }
}

/// A write of one command; a new request unless `previousVersion` says otherwise.
struct Draft {
    var number: UInt64
    var label: String?
    var type: RequestTypeID = "it.laptop"
    var department: DepartmentID = "it"
    var requester = Sample.person(1)
    var beneficiary: PersonID?
    var parent: Parent?
    var phase = RequestPhase.open
    var outcome: OutcomeID?
    /// Nobody knows who raised it.
    var isAnonymous = false
    var receipt: [UInt8]?
    var previousVersion = 0
    var state = #"{ "z":1, "a":[] }"#
    var journal: [JournalEntry]?
    var protected: [ProtectedContent] = []
    var offers: [WorkItem] = []
    var withdrawals: [InstanceName] = []
    var timers: [TimerChange] = []
    var messages: [OutboxMessage] = []
    var newViewers: [Party] = []
    var answer: RecordedAnswer?
    var consumed: ConsumedMessage?

    init(_ number: UInt64) {
        self.number = number
    }

    /// A change of the request as it was found.
    init(changing stored: StoredRequest, _ number: UInt64) {
        self.number = number
        previousVersion = stored.version
    }

    func with(_ change: (inout Draft) -> Void) -> Draft {
        var copy = self
        change(&copy)
        return copy
    }

    var id: RequestID { Sample.request(number) }

    var head: RequestHead {
        RequestHead(
            id: id, number: label ?? "IT-\(number)", type: type, department: department,
            configuration: Sample.configuration, requester: Requester(isAnonymous ? nil : requester),
            beneficiary: isAnonymous ? nil : beneficiary ?? requester,
            parent: parent, phase: phase, outcome: outcome)
    }

    var write: RequestWrite {
        var write = RequestWrite(
            head: head, previousVersion: previousVersion, state: state,
            journal: journal ?? [Sample.event(previousVersion + 1)], protected: protected, offers: offers,
            withdrawals: withdrawals, timers: timers, messages: messages, newViewers: newViewers, answer: answer,
            consumed: consumed)
        write.receipt = receipt
        return write
    }
}

extension RequestStorage {
    func create(_ drafts: Draft...) async throws(StorageError) {
        try await create(drafts.map(\.write), directoryRevision: 0, at: Sample.now)
    }

    /// Changes one request by a draft that continues it.
    func change(
        _ number: UInt64, at now: Instant = Sample.now + .seconds(60), _ change: @Sendable (inout Draft) -> Void
    ) async throws(StorageError) {
        try await self.change([CommandLoad(request: Sample.request(number), key: nil)], at: now) {
            (loaded, _) throws(StorageError) in
            guard let stored = loaded.first?.stored else { return [nil] }
            return [Draft(changing: stored, number).with(change).write]
        }
    }
}

extension Asker {
    /// Somebody without teams.
    init(_ person: PersonID, parties: [Party] = [], readerOf: [DepartmentID] = []) {
        self.init(person: person, parties: [.person(person)] + parties, readerOf: readerOf)
    }
}
