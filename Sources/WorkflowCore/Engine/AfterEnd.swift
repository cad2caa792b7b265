import Expressions

extension Decision {
    /// How it went, once.
    mutating func rate(_ score: Int, _ comment: String?) throws(Rejection) {
        guard case .closed = state.phase else {
            throw Rejection(.conflict, code: "request.open", message: "The request has not ended yet.")
        }
        guard type.asksForFeedback else {
            throw Rejection(
                .conflict, code: "request.feedback.not_asked", message: "Nobody asks how this request went.")
        }
        guard state.score == nil else {
            throw Rejection(.conflict, code: "request.feedback.already_given", message: "You have said so already.")
        }
        guard (1...5).contains(score) else {
            throw Rejection(
                .invalid, code: "request.feedback.score", message: "The score is a whole number from 1 to 5.")
        }
        emit(.rated(score: score, comment: try TextRules.checked(comment)))
    }

    /// Orders a successor with the same fields but for the entries; once, and in time.
    mutating func reopen(_ entries: [FieldID: Entry]) throws(Rejection) {
        guard case .closed(let outcome, _) = state.phase else {
            throw Rejection(.conflict, code: "request.open", message: "The request has not ended yet.")
        }
        guard let span = type.reopen, outcome.isGood, let closedAt = state.closedAt else {
            throw Rejection(.conflict, code: "request.reopen.not_possible", message: "This request stays as it ended.")
        }
        guard state.successor == nil else {
            throw Rejection(
                .conflict, code: "request.reopen.already", message: "The request has been reopened already.")
        }
        guard context.now <= context.time.working.instant(closedAt, adding: span) else {
            throw Rejection(
                .conflict, code: "request.reopen.too_late",
                message: "The request ended too long ago to be reopened; raise a new one.")
        }
        var all: [FieldID: Entry] = [:]
        for field in type.form.fields where field.computed == nil {
            all[field.id] = state.values[field.id.text].map { .value($0) }
        }
        all.merge(entries) { $1 }
        let activation = RequestActivation(requester: state.requester, beneficiary: state.beneficiary, context)
        let result = type.form.check(all, in: activation, context: context)
        if let rejection = result.rejection { throw rejection }
        emit(.reopened(orderSuccessor(), values: result.values))
    }

    mutating func successorRefused(_ successor: RequestID, _ reason: String) throws(Rejection) {
        guard state.successor == successor else { throw .stale("No such successor is awaited.") }
        emit(.successorRefused(successor, reason: reason))
        emit(.told([state.requester.party], .reopeningRefused, about: nil))
    }
}
