import Expressions
import WorkflowCore

/// The core's rules as the application asks them. The only place that knows how the engine is called.
enum Rules {
    /// Whether the principal may give the command at all.
    static func authorise(
        _ command: Command, on state: RequestState?, in context: DecisionContext
    ) throws(Rejection) {
        try Access(context).authorise(command, on: state)
    }

    /// What happens when the command is carried out.
    static func decide(
        _ command: Command, on state: RequestState?, in context: DecisionContext
    ) throws(Rejection) -> [Event] {
        try Engine.decide(state, command, context)
    }

    static func apply(_ event: Event, at instant: Instant, to state: inout RequestState?) {
        Engine.apply(event, at: instant, to: &state)
    }

    static func effects(of events: [Event], from before: RequestState?, to after: RequestState) -> [Effect] {
        Engine.effects(of: events, from: before, to: after)
    }

    /// Whether the rules would not refuse the command of the context's principal; an incomplete form is no refusal.
    static func isPossible(_ command: Command, on state: RequestState, in context: DecisionContext) -> Bool {
        Engine.permits(command, on: state, context)
    }

    /// Everybody who may see the request besides its requester and the person it is for.
    static func audience(of state: RequestState, in context: DecisionContext) -> Set<Party> {
        Access(context).audience(of: state)
    }

    /// Whether the context's principal may see the request.
    static func canSee(_ state: RequestState, in context: DecisionContext) -> Bool {
        Access(context).canSee(state)
    }

    /// Why somebody may see the request; nil when they may not.
    static func reason(
        for person: PersonID, toSee state: RequestState, in context: DecisionContext
    ) -> Access.Reason? {
        Access(context).reason(for: person, toSee: state)
    }

    /// Whether the request is kept from somebody because it is about them.
    static func isHidden(_ state: RequestState, from person: PersonID, in context: DecisionContext) -> Bool {
        Access(context).isHidden(state, from: person)
    }

    /// Whom to tell when somebody reads the request by exception.
    static func guardians(of state: RequestState, in context: DecisionContext) -> Set<Party> {
        Access(context).guardians(of: state)
    }

    /// Why somebody may see the request and do something with it, as far as the context's principal may know of its steps.
    static func explain(
        _ person: PersonID, _ state: RequestState, in context: DecisionContext
    ) -> AccessExplanation {
        Access(context).explain(person, state) { canSee($0, on: state, in: context) }
    }

    /// Whether the context's principal may see what happens in a step.
    static func canSee(_ instance: InstanceName, on state: RequestState, in context: DecisionContext) -> Bool {
        Access(context).canSee(instance, of: state)
    }

    /// Whether the context's principal may read a field of the request's form.
    static func canRead(_ field: Field, on state: RequestState, in context: DecisionContext) -> Bool {
        Access(context).canRead(field, of: state)
    }

    /// Whether the context's principal may read what was entered in a step, or what a child's output was computed from.
    static func canRead(
        _ field: Field, in instance: InstanceName, on state: RequestState, in context: DecisionContext
    ) -> Bool {
        Access(context).canRead(field, in: instance, of: state)
    }

    /// Whether the context's principal may read a note.
    static func canRead(
        _ audience: NoteAudience, by author: PersonID?, on state: RequestState, in context: DecisionContext
    ) -> Bool {
        Access(context).canRead(audience, by: author, of: state)
    }

    /// In whose place the context's principal may act on an instance now.
    static func represented(
        at instance: InstanceName, on state: RequestState, in context: DecisionContext
    ) -> [PersonID] {
        context.principal.person.map { Access(context).represented(by: $0, at: instance, of: state) } ?? []
    }

    /// Whether the context's principal may raise requests of the context's type.
    static func mayRaise(in context: DecisionContext) -> Bool {
        switch context.principal {
        case .person(let person), .service(let person): Access(context).mayRaise(person)
        case .anonymous: Access(context).mayRaiseAnonymously
        case .system: false
        }
    }

    /// A text with the values of a request as somebody reads them, seen from an instance: its rounds and elements; nil when one of its expressions cannot be evaluated.
    static func render(
        _ template: LocalizedTemplate, for reader: ValueText, at instance: InstanceName, on state: RequestState,
        in context: DecisionContext
    ) -> String? {
        template.text(reader, in: RequestActivation(state, context).at(instance))
    }
}
