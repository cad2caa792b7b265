import Expressions
import Synchronization
import WorkflowCore

/// Compiled configurations by version: the current one, and those of requests that started earlier, the most recently used ones.
///
/// Versions are immutable, so what is cached is never wrong; only which one is current ages. Earlier ones come with the
/// offices of the current one, see `Configuration.withOffices(of:)`.
final class ConfigurationCache: Sendable {
    private struct State {
        var current: ConfigurationVersion?
        var checkedAt: Instant = .earliest
        var isChecking = false
        /// The newest revision of the directory for which somebody asked, and what was current then.
        var decisive: (revision: Int64, version: ConfigurationVersion)?
        var compiled: [ConfigurationVersion: CompiledConfiguration] = [:]
        /// Earlier versions with the offices of `seatedBy`.
        var seated: [ConfigurationVersion: CompiledConfiguration] = [:]
        var seatedBy: ConfigurationVersion?
        /// The least recently used first.
        var order: [ConfigurationVersion] = []
        /// Compilations under way, so that one version is compiled once however many ask.
        var underWay: [ConfigurationVersion: Task<CompiledConfiguration, any Error>] = [:]
    }

    private let state = Mutex(State())
    private let storage: any ConfigurationStorage
    private let compiler: ConfigurationCompiler
    private let zones: @Sendable (String) -> ZoneRules?
    private let clock: @Sendable () -> Instant
    private let settings: DeskSettings

    init(
        storage: any ConfigurationStorage, compiler: @escaping ConfigurationCompiler,
        zones: @escaping @Sendable (String) -> ZoneRules?, clock: @escaping @Sendable () -> Instant,
        settings: DeskSettings
    ) {
        self.storage = storage
        self.compiler = compiler
        self.zones = zones
        self.clock = clock
        self.settings = settings
    }

    /// What new requests start on.
    ///
    /// - Throws: `.unavailable` when no configuration was applied yet.
    func current() async throws(StorageError) -> CompiledConfiguration {
        let now = clock()
        let known = state.withLock { state -> ConfigurationVersion? in
            guard let current = state.current else { return nil }
            let isYoung = now >= state.checkedAt && now - state.checkedAt < settings.configurationAge
            if isYoung || state.isChecking { return current }
            state.isChecking = true
            return nil
        }
        if let known { return try await asWritten(known) }
        defer { state.withLock { $0.isChecking = false } }
        return try await newest()
    }

    /// The same without regard to what is cached as the current version.
    func newest() async throws(StorageError) -> CompiledConfiguration {
        let now = clock()
        guard let newest = try await storage.currentVersion() else {
            throw .unavailable("no configuration has been applied yet")
        }
        let compiled = try await asWritten(newest)
        state.withLock { state in
            state.current = newest
            state.checkedAt = now
        }
        return compiled
    }

    /// The one that is current while the directory is at that revision, or a later one: applying a configuration raises the revision, so
    /// what is decided at a revision is decided by the files of that moment.
    func current(with directory: Directory) async throws(StorageError) -> CompiledConfiguration {
        if let known = state.withLock({ $0.decisive }), known.revision == directory.revision {
            return try await asWritten(known.version)
        }
        let newest = try await newest()
        state.withLock { state in
            if directory.revision > state.decisive?.revision ?? -1 {
                state.decisive = (directory.revision, newest.configuration.version)
            }
        }
        return newest
    }

    /// A version with the offices of another one, if it is compiled already: for decisions, which know what is current.
    func cached(_ version: ConfigurationVersion, seatedBy current: CompiledConfiguration) -> CompiledConfiguration? {
        state.withLock { state in
            Self.find(version, in: &state).map { Self.seat($0, by: current, in: &state) }
        }
    }

    /// A version, with the offices of today, if it is compiled already; for places that cannot wait.
    func cached(_ version: ConfigurationVersion) -> CompiledConfiguration? {
        state.withLock { state in
            guard let compiled = Self.find(version, in: &state) else { return nil }
            return Self.seat(compiled, in: &state)
        }
    }

    private static func find(_ version: ConfigurationVersion, in state: inout State) -> CompiledConfiguration? {
        guard let compiled = state.compiled[version] else { return nil }
        if state.order.last != version, let position = state.order.firstIndex(of: version) {
            state.order.remove(at: position)
            state.order.append(version)
        }
        return compiled
    }

    /// Nil while nobody has asked which version is current.
    private static func seat(_ compiled: CompiledConfiguration, in state: inout State) -> CompiledConfiguration? {
        guard let current = state.current else { return nil }
        if current == compiled.configuration.version { return compiled }
        return state.compiled[current].map { seat(compiled, by: $0, in: &state) }
    }

    private static func seat(
        _ compiled: CompiledConfiguration, by today: CompiledConfiguration, in state: inout State
    ) -> CompiledConfiguration {
        let (version, current) = (compiled.configuration.version, today.configuration.version)
        if current == version { return compiled }
        if state.seatedBy != current {
            state.seated = [:]
            state.seatedBy = current
        }
        if let seated = state.seated[version] { return seated }
        let seated = CompiledConfiguration(
            configuration: compiled.configuration.withOffices(of: today.configuration), time: compiled.time,
            diagnostics: compiled.diagnostics)
        state.seated[version] = seated
        return seated
    }

    /// A version with the offices of today, compiled when it is not yet.
    func version(_ version: ConfigurationVersion) async throws(StorageError) -> CompiledConfiguration {
        if let compiled = cached(version) { return compiled }
        let compiled = try await asWritten(version)
        if state.withLock({ $0.current == nil }) { _ = try await newest() }
        return state.withLock { Self.seat(compiled, in: &$0) } ?? compiled
    }

    private func asWritten(_ version: ConfigurationVersion) async throws(StorageError) -> CompiledConfiguration {
        if let compiled = state.withLock({ Self.find(version, in: &$0) }) { return compiled }
        let task = state.withLock { state in
            if let task = state.underWay[version] { return task }
            let task = Task { try await self.load(version) }
            state.underWay[version] = task
            return task
        }
        let result = await task.result
        state.withLock { $0.underWay[version] = nil }
        switch result {
        case .success(let compiled): return compiled
        case .failure(let error as StorageError): throw error
        case .failure: throw .defect("configuration \(version) no longer compiles")
        }
    }

    /// Keeps a configuration that was just compiled and makes it the current one.
    func adopt(_ configuration: Configuration, _ diagnostics: [Diagnostic]) throws(StorageError) {
        let compiled = try frame(configuration, diagnostics)
        state.withLock { state in
            keep(compiled, in: &state)
            state.current = configuration.version
            state.checkedAt = clock()
        }
    }

    private func load(_ version: ConfigurationVersion) async throws -> CompiledConfiguration {
        guard let files = try await storage.files(of: version) else {
            throw StorageError.defect("configuration \(version) is not stored")
        }
        let compilation = compiler(files, version)
        guard let configuration = compilation.runnable else {
            throw ConfigurationFaults(diagnostics: compilation.errors)
        }
        let compiled = try frame(configuration, compilation.diagnostics)
        state.withLock { keep(compiled, in: &$0) }
        return compiled
    }

    private func frame(
        _ configuration: Configuration, _ diagnostics: [Diagnostic]
    ) throws(StorageError) -> CompiledConfiguration {
        guard let time = TimeFrame(configuration.organisation, zones: zones) else {
            throw .defect("the time zone \(configuration.organisation.timeZone) is not known to this machine")
        }
        return CompiledConfiguration(configuration: configuration, time: time, diagnostics: diagnostics)
    }

    private func keep(_ compiled: CompiledConfiguration, in state: inout State) {
        let version = compiled.configuration.version
        if state.compiled.updateValue(compiled, forKey: version) == nil { state.order.append(version) }
        while state.order.count > settings.keptConfigurations + 1,
            let oldest = state.order.first(where: { $0 != state.current && $0 != version })
        {
            state.order.removeAll { $0 == oldest }
            state.compiled[oldest] = nil
            state.seated[oldest] = nil
        }
    }
}
