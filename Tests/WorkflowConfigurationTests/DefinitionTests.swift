import Expressions
import Foundation
import Testing
import WorkflowConfiguration
import WorkflowCore

@Suite("What files become")
struct DefinitionTests {
    private static func shipped() throws -> Configuration {
        let bundle = try ConfigurationBundle.load(directory: Folders.configuration.path)
        return try #require(Compiler.compile(bundle, version: Fixtures.version).configuration)
    }

    @Test("The shipped organisation offers at least three request types in each of its four departments")
    func catalogue() throws {
        let configuration = try Self.shipped()
        let offers = Dictionary(grouping: configuration.requestTypes.values, by: \.department)
        #expect(offers.keys.map(\.text).sorted() == ["facilities", "hr", "it", "security"])
        #expect(offers.values.allSatisfy { $0.count >= 3 })
        #expect(configuration.departments.values.map(\.prefix).sorted() == ["FAC", "HR", "IT", "SEC"])
        #expect(configuration.roles["manager"]?.members == [.managers])
        #expect(configuration.organisation.workingHours.weekdays == [1, 2, 3, 4, 5])
    }

    @Test("A form keeps its order, its bounds and its conditions")
    func form() throws {
        let leave = try #require(try Self.shipped().requestTypes["hr.leave"])
        #expect(leave.form.fields.map(\.id) == ["kind", "from", "until", "days", "occasion", "substitute", "contact"])
        let occasion = try #require(leave.form["occasion"])
        #expect(occasion.kind == .text(maximumLength: 200))
        #expect(occasion.askWhen?.references == ["kind"])
        #expect(occasion.sensitive?.count == 1)
        #expect(leave.form["until"]?.message?.byLanguage["de"]?.references == ["from"])
        #expect(leave.form["substitute"]?.isOptional == true)
        #expect(leave.form["days"]?.computed?.references == ["from", "until"])
        #expect(leave.form["kind"]?.source.description == "departments/hr/requests/leave.yaml:12:3")
        #expect(leave.regularOutcome?.id == "approved")
    }

    @Test("A process keeps its tree, its order and what it passes on")
    func process() throws {
        let onboarding = try #require(try Self.shipped().requestTypes["hr.onboarding"])
        #expect(onboarding.steps.map(\.id) == ["intake", "prepare", "first_day", "welcome"])
        #expect(onboarding.index["badge"]?.after == ["account", "desk"])
        #expect(onboarding.index.parent(of: "badge") == "prepare")
        guard case .request(let badge)? = onboarding.index["badge"]?.kind else {
            Issue.record("badge is no child")
            return
        }
        #expect(badge.type == "security.badge")
        #expect(badge.inputs.map(\.field) == ["name", "reason", "site", "login", "desk", "by"])
        guard case .expression(let login)? = badge.inputs.first(where: { $0.field == "login" })?.value else {
            Issue.record("login is no expression")
            return
        }
        #expect(login.type == .string)
        guard case .approval(let decide)? = onboarding.index["decide"]?.kind else {
            Issue.record("decide is no approval")
            return
        }
        #expect(decide.need == .each)
        #expect(decide.excluded.count == 1)
        #expect(onboarding.cancellation?.until == "welcome")
    }

    @Test("The salary of a new colleague is passed to nobody")
    func salary() throws {
        let onboarding = try #require(try Self.shipped().requestTypes["hr.onboarding"])
        for step in onboarding.index.all {
            guard case .request(let child) = step.kind else { continue }
            for input in child.inputs {
                switch input.value {
                case .expression(let expression): #expect(!expression.references.contains("salary"))
                case .text(let template): #expect(!template.references.contains("salary"))
                }
            }
        }
    }

    @Test(
        "What an approval needs is read",
        arguments: zip(["any", "all", "each", "2", "60%"], [Need.any, .all, .each, .count(2), .percent(60)]))
    func need(_ text: String, _ need: Need) throws {
        let compilation = Fixtures.compile(
            requestType: """
                title: Case
                audience: role:employee
                outcomes: {done: good, no: bad}
                steps:
                  - approval: decide
                    from: [group:leads, team:hr]
                    need: \(text)
                    reject_when: unreachable
                    due: 1 day
                    on_overdue: reject
                    on_rejected: {end: no}
                """)
        let type = try #require(compilation.configuration?.requestTypes["hr.case"])
        guard case .approval(let approval) = type.steps[0].kind else {
            Issue.record("no approval")
            return
        }
        #expect(approval.need == need)
        #expect(approval.rejection == .unreachable)
    }

    @Test("The same files give the same diagnostics, in the order of their places")
    func order() throws {
        let files = [
            "departments/hr/requests/b.yaml": "title: x\nstep: 1\n",
            "departments/hr/requests/a.yaml": "titel: x\nsteps: 1\n",
        ]
        let first = Fixtures.compile(files).diagnostics
        #expect(first == Fixtures.compile(files).diagnostics)
        #expect(zip(first, first.dropFirst()).allSatisfy { !($1.location < $0.location) })
        #expect(Set(first.map(\.location.file)).count == 2)
    }
}
