import Expressions
import WorkflowCore

/// The parent and the children of a request, what it continues and what continues it, as far as they exist, and whether one viewer may see them.
struct Relatives: Sendable {
    struct Relative: Sendable {
        let reference: RequestReference
        let isVisible: Bool
    }

    static let none = Relatives(byID: [:], children: [:])

    let byID: [RequestID: Relative]
    /// The last child of each instance that started one.
    let children: [InstanceName: RequestID]
}

extension QueryService {
    /// Loads the relatives of a request; without any, costs nothing.
    func relatives(
        of state: RequestState, type: RequestType, reader: Reader, directory: Directory
    ) async throws(StorageError) -> Relatives {
        let children = try await children(of: state, reader: reader)
        let others = [state.parent?.request, state.successorOf, state.successor].compactMap { $0 }
        let ids = Set(children.values).union(others)
        guard !ids.isEmpty else { return .none }
        var byID: [RequestID: Relatives.Relative] = [:]
        for stored in try await storage.requests(ids.sorted(), for: reader.asker) {
            let compiled = try await configurations.version(stored.configuration)
            guard let type = compiled.configuration.requestTypes[stored.type] else { continue }
            let state = try StateCodec.decode(stored)
            let reading = Reading(reader: reader, directory: directory, compiled: compiled, type: type, now: clock())
            byID[stored.id] = Relatives.Relative(
                reference: RequestReference(id: stored.id, number: state.number),
                isVisible: Rules.canSee(state, in: reading.context))
        }
        return Relatives(byID: byID, children: children)
    }

    /// The children by instance. A running child stands in the state; one that has ended only in the journal.
    private func children(
        of state: RequestState, reader: Reader
    ) async throws(StorageError) -> [InstanceName: RequestID] {
        var children: [InstanceName: RequestID] = [:]
        var isComplete = true
        guard let type = configurations.cached(state.configuration)?.configuration.requestTypes[state.type] else {
            return [:]
        }
        for (instance, step) in state.steps {
            if let child = step.child {
                children[instance] = child.child
                continue
            }
            // What is not there under a release that kept no ended children.
            guard case .request = type.index[instance.step]?.kind else { continue }
            switch step.status {
            case .settled(.skipped): break
            default: isComplete = false
            }
        }
        guard !isComplete else { return children }
        let journal = try await storage.events(of: state.id, after: 0, limit: .max, for: reader.asker)
        for stored in journal where stored.entry.kind == "started" {
            if case .started(let instance, .request(let child, _, _, _)) = try JournalReplay.event(stored).event {
                children[instance] = child
            }
        }
        return children
    }
}
