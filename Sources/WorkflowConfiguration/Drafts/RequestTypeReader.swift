import WorkflowCore

/// Reads `departments/<id>/requests/<name>.yaml`.
struct RequestTypeReader {
    let context: ReadingContext
    let forms: FormReader

    private var findings: Findings { context.findings }

    /// Nil when the file is no mapping.
    func read(_ node: YAMLNode, id: RequestTypeID, department: DepartmentID) -> DraftRequestType? {
        guard let reader = MappingReader(node, Shapes.requestType, findings: findings) else { return nil }
        let steps = StepReader(context: context, forms: forms)
        let ends = reader["outcomes"].map { outcomes($0, at: reader.location(of: "outcomes")) } ?? []
        let draft = DraftRequestType(
            id: id,
            department: department,
            title: reader["title"].flatMap(context.text),
            summary: reader["summary"].flatMap(context.text),
            audience: reader["audience"].map(audience) ?? [],
            offeredTo: reader["offered_to"].map(context.offer) ?? .nobody,
            outcomes: ends.map(\.outcome),
            outcomeTitles: ends.reduce(into: [:]) { $0[$1.outcome.id] = $1.title },
            fields: forms.fields(reader["form"]),
            outputs: reader["outputs"].map(outputs) ?? [],
            cancellation: reader["cancel"].flatMap { cancellation($0, at: reader.location(of: "cancel")) },
            steps: bounded(reader["steps"].map(steps.steps) ?? []),
            promises: PromiseReader(context: context).promises(reader),
            places: Places(reader.mapping, except: Self.definitions),
            location: reader.location
        )
        draft.keywords = reader["keywords"].flatMap(context.text)
        return draft
    }

    /// Keys whose values hold definitions with places of their own.
    private static let definitions: Set = ["form", "steps"]

    /// The most steps of a process, those inside others counted too.
    static let maximumSteps = 500

    private func bounded(_ steps: [DraftStep]) -> [DraftStep] {
        func count(_ steps: [DraftStep]) -> Int { steps.reduce(0) { $0 + 1 + count($1.inner) } }
        guard count(steps) > Self.maximumSteps else { return steps }
        func all(_ steps: [DraftStep]) -> [DraftStep] {
            steps.flatMap { [$0] + all($0.inner) }
        }
        let flat = all(steps)
        findings.error(
            .configTooMany, "A process has at most \(Self.maximumSteps) steps.",
            hint: "Let another request type do a part of it.",
            at: flat[Self.maximumSteps].id.location)
        return []
    }

    /// Who may raise it, without expressions: there is no request yet that they could read.
    private func audience(_ node: YAMLNode) -> [DraftPeople] {
        context.people(node).filter { source in
            guard case .expression(let draft) = source else { return true }
            let word = draft.scalar.text
            findings.error(
                .audienceExpression, "An audience is made of roles, groups, teams and persons.",
                hint: context.names.roles.contains(word)
                    ? "Write `role:\(word)`." : "Write role:, group:, team: or person: and the name.",
                at: draft.scalar.location)
            return false
        }
    }

    private typealias TitledOutcome = (outcome: Outcome, title: LocalizedText?)

    /// `good` or `bad`, or that and a title.
    private func outcome(_ id: OutcomeID, _ node: YAMLNode, at location: SourceLocation) -> TitledOutcome? {
        var title: LocalizedText?
        var isTitled = false
        var value: YAMLNode? = node
        if case .mapping = node {
            guard let reader = MappingReader(node, Shapes.outcome, at: location, findings: findings) else { return nil }
            title = reader["title"].flatMap(context.text)
            isTitled = reader.has("title")
            value = reader["is"]
        }
        guard let word = value.flatMap({ context.word($0, of: ["good", "bad"]) }) else { return nil }
        if !isTitled {
            context.missText(
                of: id.text, "title", "Write `\(id): {is: \(word.value), title: {\(context.languageKeys)}}`.",
                at: location)
        }
        return (Outcome(id: id, isGood: word.value == "good"), title)
    }

    private func outcomes(_ node: YAMLNode, at location: SourceLocation) -> [TitledOutcome] {
        guard let mapping = node.mapping("`outcomes` is a mapping from names to `good` or `bad`", findings) else {
            return []
        }
        let outcomes = mapping.entries.compactMap { entry -> TitledOutcome? in
            guard let name = context.identifier(entry.key) else { return nil }
            return outcome(OutcomeID(name.value), entry.value, at: entry.key.location)
        }
        guard outcomes.count == mapping.entries.count else { return outcomes }
        if !outcomes.contains(where: \.outcome.isGood) {
            findings.error(
                .outcomeNoneGood, "No outcome is good.",
                hint: "The first good outcome is reached when the last step has settled.", at: location)
        }
        if !outcomes.contains(where: { !$0.outcome.isGood }) {
            findings.error(
                .outcomeNoneBad, "No outcome is bad.",
                hint: "Every request may be cancelled by the one that started it; add one such as `withdrawn: bad`.",
                at: location)
        }
        return outcomes
    }

    private func outputs(_ node: YAMLNode) -> [DraftOutput] {
        guard let mapping = node.mapping("`outputs` is a mapping from names to expressions", findings) else {
            return []
        }
        return mapping.entries.compactMap { entry in
            guard let name = context.identifier(entry.key) else { return nil }
            if name.value == "outcome" {
                findings.error(
                    .nameReserved, "The outcome of a child is known anyway; it cannot be an output.", at: name.location)
            }
            return DraftOutput(name: name, value: context.expression(entry.value))
        }
    }

    private func cancellation(_ node: YAMLNode, at location: SourceLocation) -> DraftCancellation? {
        guard let reader = MappingReader(node, Shapes.cancel, at: location, findings: findings) else { return nil }
        return DraftCancellation(
            by: reader["by"].map(context.people) ?? [],
            until: reader["until"].flatMap { context.name($0, "the name of a step") },
            outcome: reader["outcome"].flatMap { context.name($0, "the name of an outcome") },
            location: location
        )
    }
}
