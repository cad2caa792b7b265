import Expressions
import FoundationEssentials
import Logging
import ServiceDesk
import TestSupport
import Testing
import WorkflowConfiguration
import WorkflowCore

/// A desk on a database of its own, with the test organisation applied and its people imported. Monday, 23 November 2026, 08:00 UTC.
struct DeskHarness: Sendable {
    let desk: ServiceDesk
    let storage: any DeskStorage
    /// What the desk works on: the storage, which can be told to fail.
    let shaky: ShakyStorage
    let clock: ManualClock
    let database: TestDatabase

    static func with<R: Sendable>(
        _ settings: DeskSettings = DeskSettings(), files: [String: String] = TestOrganisation.files,
        people: String = TestOrganisation.people, caller: (any ServiceCaller)? = nil,
        provider: (any IdentityProvider)? = nil, _ body: (DeskHarness) async throws -> R
    ) async throws -> R {
        try await TestDatabase.with { database in
            try await database.withStorage { storage in
                let clock = ManualClock(Instant(seconds: 1_795_420_800))
                let shaky = ShakyStorage(storage)
                let desk = makeDesk(shaky, clock, settings, caller, provider)
                _ = try await desk.applyConfiguration(files: files, by: "tests")
                _ = try await desk.importPeople(csv: people, by: "tests")
                return try await body(
                    DeskHarness(desk: desk, storage: storage, shaky: shaky, clock: clock, database: database))
            }
        }
    }

    /// Another daemon on the same database.
    func anotherDesk(
        _ settings: DeskSettings = DeskSettings(), caller: (any ServiceCaller)? = nil
    ) -> ServiceDesk {
        Self.makeDesk(ShakyStorage(storage), clock, settings, caller)
    }

    private static func makeDesk(
        _ storage: ShakyStorage, _ clock: ManualClock, _ settings: DeskSettings, _ caller: (any ServiceCaller)?,
        _ provider: (any IdentityProvider)? = nil
    ) -> ServiceDesk {
        ServiceDesk(
            storage: storage, compiler: compile, clock: { clock.now }, caller: caller, identityProvider: provider,
            zones: zone, logger: .silent, settings: settings)
    }

    @Sendable private static func zone(_ name: String) -> ZoneRules? {
        if name == "UTC" { return .utc }
        return FileManager.default.contents(atPath: "/usr/share/zoneinfo/\(name)").flatMap {
            ZoneRules(name: name, tzif: Array($0))
        }
    }

    @Sendable private static func compile(
        _ files: [String: String], _ version: ConfigurationVersion
    ) -> Compilation {
        Compiler.compile(ConfigurationBundle(files: files), version: version)
    }

    func viewer(_ handle: String) async throws -> Viewer {
        try #require(await desk.viewer(handle: handle))
    }

    /// Raises leave for a day in December.
    func raiseLeave(
        by handle: String = "ada", occasion: String? = nil, key: String? = nil
    ) async throws -> Written<RequestView> {
        var entries: [FieldID: JSONValue] = ["from": .string("2026-12-01")]
        if let occasion { entries["occasion"] = .string(occasion) }
        return try await desk.raise("hr.leave", entries: entries, beneficiary: nil, by: viewer(handle), key: key)
    }

    func raiseJoiner(name: String = "Nora", by handle: String = "hal") async throws -> RequestView {
        try await desk.raise(
            "hr.joiner", entries: ["name": .string(name)], beneficiary: nil, by: viewer(handle), key: nil
        ).value
    }

    @discardableResult
    func perform(
        _ action: Action, on reference: String, by handle: String, key: String? = nil, expecting version: Int? = nil
    ) async throws -> Written<RequestView> {
        try await desk.perform(action, on: reference, by: viewer(handle), key: key, expectedVersion: version)
    }

    func view(_ reference: String, by handle: String) async throws -> RequestView {
        try await desk.request(reference, for: viewer(handle))
    }

    func inbox(_ handle: String) async throws -> [InboxItem] {
        try await desk.inbox(for: viewer(handle), filter: InboxFilter(), cursor: nil, limit: 50).items
    }

    /// Delivers what is due now.
    @discardableResult
    func work() async throws -> WorkReport {
        try await desk.runOnce(now: clock.now)
    }

    /// All of a request's journal.
    func journal(_ id: RequestID) async throws -> [StoredEvent] {
        try await storage.events(of: id, after: 0, limit: 10_000)
    }

    func stored(_ id: RequestID) async throws -> StoredRequest {
        try #require(await storage.request(id))
    }
}

extension RequestView {
    func step(_ id: StepID) throws -> StepView {
        try #require(steps.first { $0.instance.step == id })
    }
}

/// What a desk refused with: the code of a rejection, or the error's name.
func refusal(_ body: () async throws -> Void) async throws -> String {
    do {
        try await body()
        return "nothing"
    } catch let error as DeskError {
        switch error {
        case .rejected(let rejection): return rejection.code
        case .versionMismatch(let current): return "version \(current)"
        case .configurationChanged(let current): return "configuration \(current)"
        case .draftElsewhere(let current): return "draft \(current)"
        case .keyReused: return "key reused"
        case .tooManyAttempts(let seconds): return "too many attempts: \(seconds) s"
        case .providerAway: return "provider away"
        case .unavailable: return "unavailable"
        case .defect: return "defect"
        }
    }
}
