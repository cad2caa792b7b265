public import WorkflowCore

/// What one scenario came to.
public struct ScenarioResult: Sendable {
    /// What it shows, in the file's words.
    public let name: String
    /// Where it stands.
    public let location: SourceLocation
    /// The request type that its file is about.
    public let type: RequestTypeID
    /// Everything that was not as expected of the first action that failed; empty when it passed.
    public let failures: [ScenarioFailure]
    /// What happened until then, a line each.
    public let timeline: [String]
    /// What it has covered.
    public let coverage: ScenarioCoverage

    /// Whether everything was as expected.
    public var hasPassed: Bool { failures.isEmpty }
}

/// Something that was not as expected.
public struct ScenarioFailure: Hashable, Sendable {
    /// The action, or the very key of an expectation.
    public let location: SourceLocation
    /// One sentence.
    public let message: String
    /// Nil where nothing in particular was.
    public let expected: String?
    /// What is; nil where the message says it.
    public let actual: String?
}

/// Which steps have done what, and which outcomes were reached.
public struct ScenarioCoverage: Hashable, Sendable {
    /// Steps that have started, by request type. A skipped step has not.
    public private(set) var steps: [RequestTypeID: Set<StepID>] = [:]
    /// Outcomes with which requests have ended, by request type.
    public private(set) var outcomes: [RequestTypeID: Set<OutcomeID>] = [:]

    /// Nothing yet.
    public init() {}

    /// What happened on a simulated desk.
    init(_ desk: Simulation) {
        for entry in desk.history {
            guard let type = desk[entry.request]?.type.id else { continue }
            switch entry.event {
            case .started(let name, _), .done(let name, outcome: _), .failed(let name, _, handling: _):
                steps[type, default: []].insert(name.step)
            case .closed(let outcome, outputs: _): outcomes[type, default: []].insert(outcome.id)
            default: continue
            }
        }
    }

    /// Adds what another has covered.
    public mutating func formUnion(_ other: ScenarioCoverage) {
        steps.merge(other.steps) { $0.union($1) }
        outcomes.merge(other.outcomes) { $0.union($1) }
    }

    /// The steps of a type that never started, in the order of the file.
    public func missingSteps(of type: RequestType) -> [StepID] {
        type.index.all.map(\.id).filter { steps[type.id]?.contains($0) != true }
    }

    /// The outcomes of a type that were never reached, in the order of the file.
    public func missingOutcomes(of type: RequestType) -> [OutcomeID] {
        type.outcomes.map(\.id).filter { outcomes[type.id]?.contains($0) != true }
    }
}
