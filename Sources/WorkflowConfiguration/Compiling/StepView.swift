import Expressions
import WorkflowCore

/// The steps as one place sees them: which of them can be named there, and what they are.
///
/// Each is looked up when an expression names it. Of all that is known at a place an expression uses little.
struct StepView {
    enum Place {
        /// At the start of a step.
        case step(Int)
        /// At the end of a loop's round, with all that its steps have left behind.
        case endOfRound(Int)
        /// When the request ends well: after every step, or early at one of these.
        case end(early: [Int])
        /// At the start of a step that a rule is about, or of any.
        case rule(Int?)
        /// Outside of the process; with a hint for those who name a step there.
        case outside(String)
    }

    let scopes: StepScopes
    let place: Place

    private var graph: ProcessGraph { scopes.graph }

    /// The containers whose inner names are known there, the innermost first.
    private var around: [Int] {
        switch place {
        case .step(let position): graph.ancestors(of: position)
        case .endOfRound(let loop): [loop] + graph.ancestors(of: loop)
        case .rule(let position): position.map(graph.ancestors) ?? []
        case .end, .outside: []
        }
    }

    /// What a name means there: a step's record, or what a container calls its round or element; nil when it means nothing.
    func variable(_ name: String) -> VariableDeclaration? {
        let around = around
        if let local = scopes.local(name, in: around) { return local }
        guard let step = record(name), scopes.container(hiding: step, from: around) == nil else { return nil }
        switch place {
        case .step(let reader): return seen(step, from: around, by: reader)
        case .endOfRound(let loop):
            if graph.descendants(of: loop).contains(step) {
                return scopes.declaration(of: step, seenInside: around, by: nil)
            }
            return seen(step, from: graph.ancestors(of: loop), by: loop)
        case .end(let early):
            let declaration = scopes.declaration(of: step, seenInside: [], by: nil)
            let isSure = early.allSatisfy { $0 != step && graph.settledBefore($0).contains(step) }
            return isSure ? declaration : VariableDeclaration(type: declaration.type, presence: .sometimes)
        case .rule(let position):
            guard step != position else { return nil }
            return VariableDeclaration(type: scopes.type(of: step, outputs: .sometimes), presence: .sometimes)
        case .outside: return nil
        }
    }

    /// Why the name of a step means nothing there; nil when there is no such step, or none that anything could be asked of.
    func unknown(_ name: String) -> Unknown? {
        guard let step = record(name) else { return nil }
        if case .outside(let hint) = place { return .because(hint) }
        if case .rule(step) = place { return .because("A rule holds before the step starts.") }
        if let container = scopes.container(hiding: step, from: around) { return .hidden(in: container) }
        switch place {
        case .step(let reader), .endOfRound(let reader): return step == reader ? .itself : .unordered(name)
        case .end, .rule, .outside: return nil
        }
    }

    /// All names that mean something there.
    var names: [String] {
        let variables = around.compactMap { container -> String? in
            if case .each(let each) = graph.steps[container].kind { each.variable?.value } else { nil }
        }
        return (graph.names + variables + ["previous"]).filter { variable($0) != nil }
    }

    /// The step of that name that leaves a record behind.
    private func record(_ name: String) -> Int? {
        graph.position(of: name).flatMap { scopes.hasOutputs[$0] ? $0 : nil }
    }

    private func seen(_ step: Int, from around: [Int], by reader: Int) -> VariableDeclaration? {
        guard graph.settledBefore(reader).contains(step) else { return nil }
        return scopes.declaration(of: step, seenInside: around, by: reader)
    }
}
