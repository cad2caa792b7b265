import Expressions
import Logging
import Synchronization
import WorkflowCore

/// Passes on work that nobody can do any more because people have left or moved: each request that may be concerned is told so, and
/// decides itself. Where there is nobody to pass it on to, those who answer for the department are told. Looking again changes nothing.
struct PeopleWorker: Sendable {
    let storage: any NotificationStorage & OpenWorkStorage
    let commands: CommandService
    let directories: DirectoryCache
    let configurations: ConfigurationCache
    let clock: @Sendable () -> Instant
    let random: RandomBytes
    let logger: Logger
    let settings: DeskSettings
    /// What this daemon has looked at already.
    let seen = Seen()

    /// The people and the files that the last whole look was based on.
    final class Seen: Sendable {
        private struct Basis: Equatable {
            let revision: Int64
            let version: ConfigurationVersion
        }

        private let basis = Mutex<Basis?>(nil)

        func contains(_ directory: Directory, _ configuration: Configuration) -> Bool {
            basis.withLock { $0 == Basis(revision: directory.revision, version: configuration.version) }
        }

        func insert(_ directory: Directory, _ configuration: Configuration) {
            basis.withLock { $0 = Basis(revision: directory.revision, version: configuration.version) }
        }
    }

    /// Looks for what nobody can do any more, unless people and files are those of the last look; how many requests were told.
    @discardableResult
    func runOnce() async throws(DeskError) -> Int {
        let directory: Directory
        let configuration: Configuration
        do throws(StorageError) {
            directory = try await directories.newest()
            configuration = try await configurations.current(with: directory).configuration
        } catch {
            throw DeskError(error, logger: logger)
        }
        guard !seen.contains(directory, configuration) else { return 0 }
        let concerned = try await concernedWork(directory, configuration)
        var told = 0
        var last: RequestID?
        var isWhole = true
        repeat {
            let batch = try await requests(with: concerned, after: last)
            // Together, so that they commit in groups.
            let results = await withTaskGroup(of: Bool.self) { group in
                for request in batch { group.addTask { await tell(request, directory, configuration) } }
                return await group.reduce(into: []) { $0.append($1) }
            }
            told += results.count(where: \.self)
            isWhole = isWhole && results.allSatisfy(\.self)
            last = batch.count < settings.claimLimit ? nil : batch.last
        } while last != nil
        // What failed is looked for again.
        if isWhole { seen.insert(directory, configuration) }
        return told
    }

    /// Looks from time to time until the task is cancelled: another daemon or the operator may have changed the people.
    func run() async {
        while true {
            // Cancellation ends the pause and the loop.
            try? await Task.sleep(for: settings.peopleInterval * (0.75 + Double(random(1)[0]) / 512))
            if Task.isCancelled { return }
            do throws(DeskError) {
                try await runOnce()
            } catch {
                // Logged where it arose; the next look tries again.
                continue
            }
        }
    }

    /// What says that work may be nobody's: parties of open work without members, and to which parties those who took work belong.
    private struct ConcernedWork {
        var parties: [Party]
        var memberships: [(person: PersonID, party: Party)]
    }

    private func concernedWork(
        _ directory: Directory, _ configuration: Configuration
    ) async throws(DeskError) -> ConcernedWork {
        do throws(StorageError) {
            return ConcernedWork(
                parties: try await storage.partiesWithWork().filter { !directory.hasMembers($0, in: configuration) },
                memberships: try await storage.assignees().flatMap { person in
                    directory.parties(of: person, in: configuration).map { (person: person, party: $0) }
                })
        } catch {
            throw DeskError(error, logger: logger)
        }
    }

    private func requests(
        with concerned: ConcernedWork, after last: RequestID?
    ) async throws(DeskError) -> [RequestID] {
        do throws(StorageError) {
            return try await storage.requestsWithWork(
                offeredTo: concerned.parties, orTakenOutside: concerned.memberships, after: last,
                limit: settings.claimLimit)
        } catch {
            throw DeskError(error, logger: logger)
        }
    }

    /// Whether the request knows now.
    private func tell(_ request: RequestID, _ directory: Directory, _ configuration: Configuration) async -> Bool {
        do throws(DeskError) {
            let order = CommandOrder(.existing(request, .peopleChanged), by: .system(.directory))
            if case .done(let current) = try await commands.perform(order) {
                try await report(current.state, directory, configuration)
            }
            return true
        } catch {
            if case .rejected = error { return true }
            logger.warning(
                "work was not passed on", metadata: ["request": "\(request)", "error": "\(String(describing: error))"])
            return false
        }
    }

    /// Tells those who can name people for what waits for nobody, unless they have yet to read that it does.
    private func report(
        _ state: RequestState, _ directory: Directory, _ configuration: Configuration
    ) async throws(DeskError) {
        let now = clock().truncatedToMicroseconds
        do throws(StorageError) {
            let compiled = try await configurations.version(state.configuration)
            guard let type = compiled.configuration.requestTypes[state.type] else { return }
            let context = DecisionContext(
                now: now, principal: .system(.directory), configuration: compiled.configuration, type: type,
                directory: directory, time: compiled.time, seed: (0, 0))
            let stranded = StrandedWork(state: state, context: context, configuration: configuration)
            guard stranded.exists else { return }
            let notifications = stranded.responsible.map { responsible in
                let bytes = random(16)
                let id = UniqueID.version7(
                    milliseconds: UInt64(max(now.microseconds / 1000, 0)), random: bytes.word(at: 0), bytes.word(at: 8))
                return StoredNotification(
                    id: id, person: responsible.person, at: now, kind: NotificationKind.stranded.rawValue,
                    request: state.id, number: responsible.mayKnowRequest ? state.number : nil, instance: nil,
                    text: stranded.text(for: responsible))
            }
            logger.warning(
                "work waits for nobody",
                metadata: ["request": "\(state.id)", "told": "\(notifications.count)"])
            try await storage.tellUnlessUnread(notifications)
        } catch {
            throw DeskError(error, logger: logger)
        }
    }
}
