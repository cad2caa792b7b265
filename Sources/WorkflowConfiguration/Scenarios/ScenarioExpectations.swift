import Expressions
import WorkflowCore

extension ScenarioPlayer {
    /// Compares one expectation with how things stand.
    mutating func check(_ expectation: Expectation, on id: RequestID) {
        guard let request = desk[id] else { return }
        switch expectation.kind {
        case .open(let names):
            compare(expectation, names, request.openInstances, in: request)
        case .overdue(let names):
            compare(
                expectation, names, request.openInstances.filter { request.state.steps[$0]?.isOverdue == true },
                in: request)
        case .asked(let asked):
            for (name, parties) in asked {
                let actual = request.state.workItems[name]?.offeredTo ?? []
                differ(
                    expectation, text(name, request), desk.text(of: parties.sorted()), desk.text(of: actual.sorted()))
            }
        case .assigned(let assigned):
            for (name, person) in assigned {
                let actual = request.state.workItems[name]?.assignee
                differ(
                    expectation, text(name, request), person.map { desk.handle(of: $0) } ?? "nobody",
                    actual.map { desk.handle(of: $0) } ?? "nobody")
            }
        case .due(let due):
            for (name, moment) in due {
                differ(
                    expectation, text(name, request), text(moment), text(request.state.steps[name]?.deadline))
            }
        case .standing(let standing, let names):
            // Of nothing that is named, nothing stands so.
            if names.isEmpty { compare(expectation, [], request.instances(standing), in: request) }
            for name in names {
                differ(expectation, text(name, request), standing.rawValue, request.state.steps[name].standing)
            }
        case .outcome(let outcome):
            let actual: String =
                if case .closed(let outcome, outputs: _) = request.state.phase { outcome.id.text } else { "none" }
            differ(expectation, nil, outcome?.text ?? "none", actual)
        case .phase(let phase): differ(expectation, nil, phase, request.state.phase.word)
        case .fields(let values): compare(expectation, nil, values, request.state.values)
        case .outputs(let values):
            let actual: [String: Value] =
                if case .closed(_, outputs: let outputs) = request.state.phase { outputs } else { [:] }
            compare(expectation, nil, values, actual)
            let missing = actual.keys.filter { name in !values.contains { $0.0 == name } }.sorted()
            for name in missing { differ(expectation, name, "none", ScenarioValues.text(actual[name], in: desk)) }
        case .gives(let outputs):
            for (name, values) in outputs {
                compare(expectation, text(name, request), values, request.record(of: name))
            }
        case .passed(let passed):
            for (name, values) in passed {
                compare(expectation, text(name, request), values, inputs(of: name, in: request))
            }
        case .sees(let seen): for (person, fields) in seen { checkSight(expectation, person, fields, request) }
        case .hidden(let people):
            for person in people where access(request, as: person).canSee(request.state, person) {
                differ(expectation, desk.handle(of: person), "sees nothing", "sees the request")
            }
        case .told(let told): checkTold(expectation, told, request.type)
        case .targets(let targets):
            for (name, status) in targets {
                differ(expectation, name, status.rawValue, request.state.targets[name]?.status.rawValue ?? "none")
            }
        case .held(let fields):
            let held = Set(request.state.held.flatMap { $0.values.keys.map { FieldID($0) } + $0.cleared })
            differ(expectation, nil, Self.list(fields.sorted()), Self.list(held.sorted()))
        case .undone(let names):
            let begun = desk.history.compactMap { entry -> InstanceName? in
                guard entry.request == id, case .started(let name, _) = entry.event, name.isUndo else { return nil }
                return InstanceName(name.step, scopes: name.scopes.dropLast())
            }
            differ(
                expectation, nil, Self.list(names.map { text($0, request) }),
                Self.list(begun.map { text($0, request) }))
        }
    }

    private func access(_ request: SimulatedRequest, as person: PersonID) -> Access {
        Access(desk.reading(.person(person), request.type))
    }

    private mutating func checkSight(
        _ expectation: Expectation, _ person: PersonID, _ fields: Set<FieldID>, _ request: SimulatedRequest
    ) {
        let access = access(request, as: person)
        let readable = request.type.form.fields.filter { field in
            request.state.values[field.id.text] != nil && access.canRead(field, of: request.state, person)
        }.map(\.id)
        let expected = request.type.form.fields.map(\.id).filter(fields.contains)
        differ(expectation, desk.handle(of: person), Self.list(expected), Self.list(readable))
    }

    private func inputs(of name: InstanceName, in request: SimulatedRequest) -> [String: Value] {
        if let call = desk.calls.values.filter({ $0.request == request.id && $0.instance == name }).max(by: {
            $0.attempt < $1.attempt
        }) {
            return call.call.inputs
        }
        guard let child = request.state.steps[name]?.child?.child else { return [:] }
        return desk.standIns[child]?.inputs ?? desk[child]?.state.values ?? [:]
    }

    /// Something that somebody was told, of whatever kind.
    private struct Said {
        let request: RequestID
        let to: [Party]
        let notice: String
        let about: InstanceName?
        let texts: [String]
    }

    private mutating func checkTold(_ expectation: Expectation, _ told: [Expectation.Told], _ type: RequestType) {
        let notices = desk.notices[firstNotice...].map { notice in
            Said(request: notice.request, to: notice.to, notice: notice.notice.rawValue, about: notice.about, texts: [])
        }
        let messages = desk.messages[firstMessage...].map { message in
            Said(
                request: message.request, to: message.to, notice: "message", about: message.about,
                texts: message.text.byLanguage.sorted { $0.key < $1.key }.map(\.value))
        }
        (firstNotice, firstMessage) = (desk.notices.count, desk.messages.count)
        let said = notices + messages
        let actual = said.map { said in
            let about = said.about.map { " " + desk.text(of: $0, in: desk[said.request]?.type) } ?? ""
            let text = said.texts.first.map { " “\($0)”" } ?? ""
            return "\(desk.text(of: said.to)): \(said.notice)\(about)\(text)"
        }
        let all = actual.isEmpty ? "nobody was told" : actual.joined(separator: "; ")
        if told.isEmpty, !actual.isEmpty { differ(expectation, nil, "nobody was told", all) }
        for entry in told {
            let isThere = said.contains { said in
                said.to.contains(entry.to) && (entry.notice == nil || entry.notice == said.notice)
                    && (entry.about == nil || entry.about == said.about)
                    && (entry.text.map(said.texts.contains) ?? true)
            }
            if !isThere {
                let parts = [
                    entry.notice, entry.about.map { desk.text(of: $0, in: type) }, entry.text.map { "“\($0)”" },
                ]
                .compactMap(\.self).joined(separator: " ")
                fail(
                    entry.location, "Nobody was told that.",
                    expected: desk.text(of: entry.to) + (parts.isEmpty ? "" : ": \(parts)"), actual: all)
            }
        }
    }

    private func text(_ name: InstanceName, _ request: SimulatedRequest) -> String {
        desk.text(of: name, in: request.type)
    }

    private func text(_ moment: Instant?) -> String { moment.map { ScenarioValues.moment($0, in: desk) } ?? "none" }

    private static func list(_ names: [some CustomStringConvertible]) -> String {
        names.isEmpty ? "none" : names.map(\.description).joined(separator: ", ")
    }

    private mutating func compare(
        _ expectation: Expectation, _ expected: [InstanceName], _ actual: [InstanceName], in request: SimulatedRequest
    ) {
        differ(
            expectation, nil, Self.list(request.ordered(expected).map { text($0, request) }),
            Self.list(request.ordered(actual).map { text($0, request) }))
    }

    private mutating func compare(
        _ expectation: Expectation, _ instance: String?, _ expected: [(String, YAMLNode)],
        _ actual: [String: Value]
    ) {
        for (name, node) in expected where !ScenarioValues.matches(node, actual[name], in: desk) {
            fail(
                node.location,
                "`\(instance.map { "\($0)." } ?? "")\(name)` is not what was expected.",
                expected: ScenarioValues.text(node), actual: ScenarioValues.text(actual[name], in: desk))
        }
    }

    /// Complains when two texts differ.
    private mutating func differ(_ expectation: Expectation, _ about: String?, _ expected: String, _ actual: String) {
        guard expected != actual else { return }
        fail(
            expectation.location,
            "`\(expectation.key)`\(about.map { " of `\($0)`" } ?? "") is not what was expected.", expected: expected,
            actual: actual)
    }
}

extension ScenarioValues {
    /// As it was written, on one line.
    static func text(_ node: YAMLNode) -> String {
        switch node {
        case .scalar(let scalar): scalar.text
        case .sequence(let sequence): "[\(sequence.items.map { text($0) }.joined(separator: ", "))]"
        case .mapping(let mapping):
            "{\(mapping.entries.map { "\($0.key.text): \(text($0.value))" }.sorted().joined(separator: ", "))}"
        case .broken: ""
        }
    }
}

extension Phase {
    fileprivate var word: String {
        switch self {
        case .open: "open"
        case .ending: "ending"
        case .closed: "closed"
        }
    }
}

extension SimulatedRequest {
    /// The instances of steps that stand so; of those that wait the steps of which there is none yet.
    fileprivate func instances(_ standing: Expectation.Standing) -> [InstanceName] {
        guard standing == .waiting else {
            return state.steps.keys.filter { state.steps[$0].standing == standing.rawValue }
        }
        let begun = Set(state.steps.keys.map(\.step))
        return type.index.all.map(\.id).filter { !begun.contains($0) }.map { InstanceName($0) }
    }
}

extension StepState? {
    /// How it stands, in the words of `expect`; `open` for what runs.
    fileprivate var standing: String {
        if self?.isSuspended == true { return "suspended" }
        return switch self?.status {
        case nil: "waiting"
        case .settled(.done)?: "done"
        case .settled(.skipped)?: "skipped"
        case .settled(.failed)?: "failed"
        case .settled(.cancelled)?: "cancelled"
        default: "open"
        }
    }
}
