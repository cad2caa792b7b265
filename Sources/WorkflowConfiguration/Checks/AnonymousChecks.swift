import WorkflowCore

/// What changes in a request type that people may raise without saying who they are.
struct AnonymousChecks {
    let findings: Findings

    func check(_ type: DraftRequestType, _ graph: ProcessGraph) {
        guard type.promises.allowsAnonymous else { return }
        for step in graph.steps {
            guard case .task(let task) = step.kind, task.fallback.isEmpty, mayBeAnonymous(task.assign) else { continue }
            findings.error(
                .anonymousAssignee,
                "Only the requester is asked to do `\(step.id.value)`, and who is anonymous may never come back.",
                hint: "Add `fallback: role:…`, or a team: they are asked as well.", at: step.id.location)
        }
    }

    /// Whether nobody else is surely among them.
    private func mayBeAnonymous(_ people: [DraftPeople]) -> Bool {
        people.contains(where: \.isRequester) && people.allSatisfy { $0.isRequester || $0.mayBeNobody }
    }
}

extension DraftPeople {
    /// Whether it is the requester or the person whom the request is for, in so many words.
    fileprivate var isRequester: Bool {
        guard case .expression(let draft) = self else { return false }
        return draft.scalar.text == "requester" || draft.scalar.text == "beneficiary"
    }
}
