import Expressions
import WorkflowCore

/// What other request types need to know of one that they start.
final class Contract {
    let draft: DraftRequestType
    /// In the order of the file. A type that is not known, because of an error in it, is any.
    let outputs: [Output]

    /// One output, and how large it can be, as far as the form it comes from bounds it.
    struct Output {
        let name: String
        let type: ExpressionType
        let size: SizeBound?
    }

    init(draft: DraftRequestType, outputs: [Output]) {
        self.draft = draft
        self.outputs = outputs
    }

    /// What stands for the outcome of a child that never came to one.
    private static let failures = ["refused", "evaluation"]

    /// What is known of a child behind its step's name, once the step has settled.
    ///
    /// - Parameter presence: of the outputs; the outcome is there whenever the record is.
    func record(named step: String, wait: ChildWait, outputs presence: Presence) -> RecordType {
        switch wait {
        case .submitted:
            return RecordType(name: step, fields: ["number": VariableDeclaration(type: .string, presence: presence)])
        case .ended:
            var fields: [String: VariableDeclaration] = [:]
            for output in outputs {
                fields[output.name] = VariableDeclaration(
                    type: output.type, presence: presence, size: output.size ?? output.type.usualSize)
            }
            let outcomes = ChoiceType(
                name: "outcomes of \(draft.id)", members: draft.outcomes.map(\.id.text) + Self.failures)
            fields["outcome"] = VariableDeclaration(type: .choice(outcomes))
            return RecordType(name: step, fields: fields)
        }
    }
}

/// The contracts of the types checked so far. A class, so that each further one is added in its place.
final class Contracts {
    private var byType: [RequestTypeID: Contract] = [:]

    subscript(type: RequestTypeID) -> Contract? {
        get { byType[type] }
        set { byType[type] = newValue }
    }
}
