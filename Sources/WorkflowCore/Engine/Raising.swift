import Expressions

extension Decision {
    /// Checks the form and starts the process.
    static func raise(_ submission: Submission, _ context: DecisionContext) throws(Rejection) -> [Event] {
        guard submission.type == context.type.id else {
            throw .unknownType(submission.type)
        }
        guard submission.beneficiary.map(context.directory.isActive) ?? (submission.requester == .anonymous) else {
            throw Rejection(
                .invalid, code: "request.unknown_beneficiary",
                message: "The person whom the request is for is not in the directory.")
        }
        let result = context.type.form.check(
            submission.entries, in: RequestActivation(submission, context), context: context)
        if let rejection = result.rejection { throw rejection }
        var raised = Raised(
            id: submission.id, type: submission.type, number: submission.number,
            configuration: context.configuration.version, requester: submission.requester,
            beneficiary: submission.beneficiary, parent: submission.parent, values: result.values)
        raised.successorOf = submission.successorOf
        raised.restriction = submission.restriction
        var decision = Decision(raised: raised, context: context)
        try decision.demandSomebodyWhoSees()
        decision.settle()
        return decision.events
    }

    /// Throws for a request of a confidential type that is kept from all whom its type names: it would wait for nobody, and nobody could
    /// be told so.
    private func demandSomebodyWhoSees() throws(Rejection) {
        guard type.confidential != nil, !state.hidden(by: type).isEmpty,
            !departmentAgents.contains(where: { context.directory.hasMembers($0, in: context.configuration) })
        else { return }
        throw Rejection(
            .invalid, code: "request.kept_from_everybody",
            message: "Nobody would be left who may see this request.",
            hint: "Keep it from fewer people, or turn to somebody outside of this desk.",
            fields: type.hiddenFrom.filter { state.values[$0.text] != nil }.map {
                Rejection.FieldProblem(
                    field: $0, code: "request.kept_from_everybody",
                    message: "With these people nobody is left who may see the request.")
            })
    }
}
