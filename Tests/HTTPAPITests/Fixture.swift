import Expressions
import ServiceDesk
import WorkflowCore

/// Views with something in every member.
enum Fixture {
    static let person = PersonReference(
        id: PersonID(UniqueID(high: 1, low: 2)), handle: "amara.okafor", name: "Amara \"Mara\" Okafor")
    static let requestID = RequestID(UniqueID(high: 3, low: 4))
    static let moment = Instant(seconds: 1_795_000_000)

    static let viewer = Viewer(
        person: Directory.Person(
            id: person.id, handle: person.handle, name: person.name, email: "amara@example.org", language: "de",
            manager: nil, site: nil, isActive: true, groups: ["staff"]),
        parties: [.person(person.id)], agentOf: ["hr"], language: "de")

    static let party = PartyView(party: .team("hr-payroll"), name: "Payroll")

    static let profile = ProfileView(
        person: person, email: "amara@example.org", language: "de", manager: person, groups: [party], teams: [],
        roles: [], agentOf: ["hr"])

    static let formField = FormFieldView(
        id: "kind", label: "Kind", help: nil, type: "choice", elementType: nil, isOptional: false, askWhen: nil,
        choices: [ChoiceView(value: "vacation", label: "Vacation")], minimum: nil, maximum: nil,
        defaultValue: .string("vacation"))

    static let entry = CatalogueEntry(
        type: "hr.leave", department: "hr", departmentTitle: "HR", title: "Leave", summary: nil, form: [formField])

    static func request(version: Int) -> RequestView {
        let summary = RequestSummary(
            id: requestID, number: "HR-1042", type: "hr.leave", title: "Leave", department: "hr", phase: .closed,
            outcome: Outcome(id: "approved", isGood: true), requester: person, beneficiary: person, raisedAt: moment,
            changedAt: moment, version: version)
        let field = FieldView(id: "days", label: "Days", value: .number("2.50"), text: "2.5")
        let step = StepView(
            instance: InstanceName("grant", scopes: [.round(2), .key("a/b")]), kind: "approval", title: "Grant",
            stage: nil, status: .open, outcome: nil, since: moment, due: nil, isOverdue: true, waitingFor: [party],
            assignee: person, votes: [VoteView(voter: person, decision: .approve, comment: nil)],
            child: ChildView(id: nil, number: "IT-1", type: "it.account", title: "Account"), outputs: [field],
            actions: StepAction.allCases, form: [formField])
        return RequestView(
            summary: summary, parent: RequestReference(id: requestID, number: "HR-1"), fields: [field], steps: [step],
            outputs: [], actions: [.comment])
    }

    static let inboxItem = InboxItem(
        request: request(version: 3).summary, instance: InstanceName("decide"), kind: .approval, title: "Decide",
        since: moment, due: moment, offeredTo: [party], assignee: nil)

    static let timelineEntry = TimelineEntry(
        sequence: 1, at: moment, kind: "raised", by: nil, text: "Raised.", instance: nil, comment: "x")
}
