import Expressions
import Testing

@testable import WorkflowCore

@Suite("On behalf of somebody")
struct OnBehalfTests {
    private func code(
        _ onBehalf: [PeopleSource]?, by person: PersonID, for beneficiary: PersonID, as principal: Principal? = nil
    ) -> String? {
        var type = requestType(
            audience: [.role("employee")], offeredTo: .everyone, [step("work", task(.team("hr")))])
        type.onBehalf = onBehalf
        let isChild = principal != nil
        let submission = Submission(
            id: Story.id, type: type.id, number: "HR-1", requester: .person(person), beneficiary: beneficiary,
            parent: isChild ? Parent(request: Story.id, instance: "x") : nil, parentType: isChild ? "hr.parent" : nil,
            entries: [:])
        let context = World().context(principal ?? .person(person), type, at: moment("2026-11-23T09:00:00Z"))
        do throws(Rejection) {
            try Access(context).authorise(.raise(submission), on: nil)
            return nil
        } catch {
            return error.code
        }
    }

    @Test("Without the key nobody raises anything for somebody else, and everybody for themself")
    func without() {
        #expect(code(nil, by: Person.mila, for: Person.rosa) == "request.on_behalf.not_allowed")
        #expect(code(nil, by: Person.mila, for: Person.mila) == nil)
    }

    @Test("With it those do whom it names, who may be computed from whom it is for")
    func with() {
        #expect(code([.team("hr")], by: Person.hans, for: Person.rosa) == nil)
        #expect(code([.team("hr")], by: Person.mila, for: Person.rosa) == "request.on_behalf.not_allowed")
        let managers = [people("manager_of(beneficiary)")]
        #expect(code(managers, by: Person.mila, for: Person.rosa) == nil)
        #expect(code(managers, by: Person.rosa, for: Person.mila) == "request.on_behalf.not_allowed")
    }

    @Test("A child is for whom its parent is for, whatever its own type says")
    func child() {
        #expect(code(nil, by: Person.rosa, for: Person.mila, as: .system(.parent)) == nil)
    }
}
