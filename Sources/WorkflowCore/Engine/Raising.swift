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
        decision.settle()
        return decision.events
    }
}
