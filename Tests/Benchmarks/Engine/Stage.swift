import Expressions
import FoundationEssentials
import WorkflowConfiguration
import WorkflowCore

/// One process as departments have it, and people to play it: a form, an approval by two, tasks side by side, a block with a deadline.
struct Stage {
    private let configuration: Configuration
    private let directory: Directory
    private let time: TimeFrame
    private let type: RequestType
    private let anna: PersonID
    private let ben: PersonID
    private let clara: PersonID
    private static let start = Instant(seconds: 1_799_053_200)

    init() throws {
        var files = GeneratedOrganisation(types: 0).files.filter { $0.key.hasPrefix("shared/") }
        files["departments/hr/department.yaml"] = "title: HR\nprefix: HR\nagents: [team:hr]\n"
        files["departments/hr/teams.yaml"] = "hr: {title: HR, members: [group:staff]}\n"
        files["departments/hr/requests/process.yaml"] = Self.process
        let bundle = ConfigurationBundle(files: files)
        let compilation = Compiler.compile(bundle, version: "stage")
        guard let configuration = compilation.configuration, let type = configuration.requestTypes["hr.process"],
            let time = TimeFrame(configuration.organisation, zones: { ZoneFiles.rules(of: $0) })
        else { throw BenchmarkError(compilation.diagnostics.map(\.description).joined(separator: "\n")) }
        self.configuration = configuration
        self.type = type
        self.time = time
        func person(_ number: UInt64) -> PersonID { PersonID(UniqueID(high: 1, low: number)) }
        (anna, ben, clara) = (person(1), person(2), person(3))
        let people: [(PersonID, String, PersonID?, Set<GroupID>)] = [
            (anna, "anna", ben, []), (ben, "ben", nil, []), (clara, "clara", ben, ["staff", "leads"]),
        ]
        directory = Directory(
            revision: 1,
            people: people.map { id, handle, manager, groups in
                Directory.Person(
                    id: id, handle: handle, name: handle, email: "\(handle)@example.org", language: nil,
                    manager: manager, site: nil, isActive: true, groups: groups)
            })
    }

    private static let process = """
        title: Process
        audience: [role:employee]
        outcomes: {done: good, rejected: bad}
        form:
          name: {label: Who?, type: text}
          start: {label: First day, type: date, check: start >= today}
          site: {label: Where?, type: choice, of: sites}
          cost: {label: Cost, type: money, optional: true}
        steps:
          - approval: decide
            from: [manager_of(requester), group:leads]
            need: each
            not: [requester]
            fallback: role:lead
            due: 3 working days
            on_overdue: {tell: role:lead}
            on_rejected: {end: rejected}
          - block: prepare
            after: decide
            due: start - 2 working days
            on_overdue: {tell: role:lead}
            steps:
              - task: account
                title: "Account for {{ name }}"
                assign: team:hr
                form: {login: {label: Login, type: text}}
              - task: desk
                when: site != "remote"
                assign: team:hr
                form: {number: {label: Number, type: integer}}
              - task: parcel
                when: site == "remote"
                assign: team:hr
              - task: badge
                after: [account, desk, parcel]
                title: "Badge for {{ account.login }}"
                assign: team:hr
          - task: welcome
            after: prepare
            assign: manager_of(requester)
            fallback: team:hr
            due: start + 1 working day
            on_overdue: {tell: role:lead}
        """

    /// What is done, and by whom; the first raises.
    private var script: [(Command, PersonID)] {
        func step(_ id: StepID) -> InstanceName { InstanceName(id) }
        func text(_ text: String) -> Entry { .raw(.string(text)) }
        return [
            (
                .raise(
                    Submission(
                        id: RequestID(UniqueID(high: 1, low: 1)), type: type.id, number: "HR-1",
                        requester: .person(anna),
                        beneficiary: anna, parent: nil,
                        entries: ["name": text("Mia"), "start": text("2027-03-01"), "site": text("berlin")])), anna
            ),
            (.approve(step("decide"), comment: nil), ben), (.approve(step("decide"), comment: "Welcome"), clara),
            (.claim(step("account")), clara), (.complete(step("account"), entries: ["login": text("mia")]), clara),
            (.complete(step("desk"), entries: ["number": text("7")]), clara), (.comment("All there?"), anna),
            (.complete(step("badge"), entries: [:]), clara), (.complete(step("welcome"), entries: [:]), ben),
        ]
    }

    /// Authorises, decides and applies each command, and derives its effects; gives how many there were.
    func play(encoding: Bool) throws -> Int {
        var state: RequestState?
        let encoder = JSONEncoder()
        let decoder = JSONDecoder()
        for (index, (command, person)) in script.enumerated() {
            if encoding, let before = state {
                state = try decoder.decode(RequestState.self, from: encoder.encode(before))
            }
            let context = DecisionContext(
                now: Self.start + .seconds(index), principal: .person(person), configuration: configuration,
                type: type, directory: directory, time: time, seed: (1, UInt64(index)))
            try Access(context).authorise(command, on: state)
            let events = try Engine.decide(state, command, context)
            let before = state
            for event in events { Engine.apply(event, at: context.now, to: &state) }
            if let after = state { _ = Engine.effects(of: events, from: before, to: after) }
        }
        guard case .closed? = state?.phase else { throw BenchmarkError("The process has not ended.") }
        return script.count
    }

    /// The same on a simulated desk.
    func simulate() throws {
        var desk = Simulation(configuration: configuration, directory: directory, time: time, now: Self.start)
        var request: RequestID?
        for (command, person) in script {
            if case .raise(let submission) = command {
                request = try desk.raise(
                    type.id, submission.entries.compactMapValues { if case .raw(let json) = $0 { json } else { nil } },
                    by: person)
            } else if let request {
                try desk.give(command, on: request, as: .person(person))
            }
        }
        guard let request, case .closed? = desk[request]?.state.phase else {
            throw BenchmarkError("The simulated process has not ended.")
        }
    }
}
