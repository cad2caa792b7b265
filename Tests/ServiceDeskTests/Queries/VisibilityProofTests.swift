import Foundation
import PostgresClient
import TestSupport
import Testing
import WorkflowCore

@testable import ServiceDesk

/// What SQL lets people see is what the pure rules let them see, on random organisations whose requests were driven through the real desk,
/// and whose teams, agents, leads, confidants and those whom they are kept from changed between the commands.
///
/// `BUREAU_PROOF_ROUNDS` says how many organisations, `BUREAU_PROOF_SEED` which one first.
@Suite("The rules in SQL")
struct VisibilityProofTests {
    @Test("Lists, searches, counts, inboxes and single reads show everybody exactly what the rules say")
    func agreement() async throws {
        let environment = ProcessInfo.processInfo.environment
        let rounds = environment["BUREAU_PROOF_ROUNDS"].flatMap { Int($0) } ?? 1
        let first = environment["BUREAU_PROOF_SEED"].flatMap { UInt64($0) } ?? UInt64.random(in: 0...999_999)
        for round in 0..<max(1, rounds) {
            let seed = first &+ UInt64(round)
            print("VisibilityProofTests: BUREAU_PROOF_SEED=\(seed)")
            var organisation = RandomOrganisation(seed: seed)
            try await DeskHarness.with(files: organisation.files, people: organisation.people) { harness in
                try await organisation.live(in: harness)
                try await open(organisation, in: harness)
                try await compare(organisation, in: harness, seed)
                // Requests keep the files that they began with; who holds an office is decided today.
                _ = try await harness.desk.applyConfiguration(files: organisation.filesAfterMoves, by: "tests")
                try await compare(organisation, in: harness, seed)
                // Somebody leaves, somebody comes, and others change what they belong to, report to and stand in for.
                let leaver = organisation.move()
                _ = try await harness.desk.importPeople(csv: organisation.people, by: "tests")
                try await harness.work()
                #expect(try await harness.desk.viewer(handle: leaver) == nil)
                try await compare(organisation, in: harness, seed)
            }
        }
    }

    /// The platform's administrator opens every other request that they do not see.
    private func open(_ organisation: RandomOrganisation, in harness: DeskHarness) async throws {
        let administrator = try await harness.viewer(RandomOrganisation.administrator)
        for (place, request) in try await everything(in: harness).enumerated() where place % 2 == 0 {
            guard try await harness.desk.queries.view(of: request.current, for: administrator) == nil else { continue }
            let isHidden = try await isHidden(request.current.state, from: administrator, in: harness)
            let code = try await refusal {
                _ = try await harness.desk.breakGlass("\(request.id)", reason: "x", by: administrator)
            }
            // Some departments have nobody in charge.
            #expect((isHidden ? ["request.not_found"] : ["nothing", "break_glass.nobody_told"]).contains(code))
        }
    }

    private func compare(_ organisation: RandomOrganisation, in harness: DeskHarness, _ seed: UInt64) async throws {
        let requests = try await everything(in: harness)
        var visible = 0
        var work = 0
        var exceptions = 0
        for handle in organisation.handles {
            let viewer = try await harness.viewer(handle)
            let said: Comment = "seed \(seed): \(handle)"
            var expected: [RequestID] = []
            var expectedOpen: [RequestID] = []
            var expectedWork: Set<WorkPlace> = []
            var kept: Set<RequestID> = []
            for (id, current) in requests {
                let state = current.state
                // The view of a state that lies at hand is judged by the pure rules alone.
                let isRead = try await harness.desk.queries.view(of: current, for: viewer) != nil
                var plain = viewer
                plain.opened = []
                let isSeen = try await harness.desk.queries.view(of: current, for: plain) != nil
                let isHidden = try await isHidden(state, from: viewer, in: harness)
                if isHidden { kept.insert(id) }
                #expect(isRead == (isSeen || (viewer.opened.contains(id) && !isHidden)))
                let places = try await places(in: state, for: viewer, in: harness)
                let saidHere: Comment = "seed \(seed): \(handle) and \(state.number)"
                #expect(isSeen || places.isEmpty, saidHere)
                expectedWork.formUnion(places)
                if isSeen {
                    expected.append(id)
                    if case .open = state.phase, department(of: state) == "hr" { expectedOpen.append(id) }
                }
                let read = try await harness.storage.request(id, for: Asker(viewer))
                #expect((read != nil) == isSeen, saidHere)
                let events = try await harness.storage.events(of: id, after: 0, limit: 9, for: Asker(reading: viewer))
                #expect(events.isEmpty == !isRead, saidHere)
                let code = try await refusal { _ = try await harness.desk.request(state.number, for: viewer) }
                #expect(code == (isRead ? "nothing" : Rejection.unknownRequest.code), saidHere)
                if isRead, !isSeen { exceptions += 1 }
                if !isSeen {
                    for reference in isRead ? [state.number, "\(id)"] : ["\(id)"] {
                        let refused = try await refusal {
                            try await harness.perform(.comment("x"), on: reference, by: handle)
                        }
                        #expect(refused == Rejection.unknownRequest.code, saidHere)
                    }
                }
            }
            let listed = try await list(viewer, RequestFilter(), in: harness)
            #expect(listed == expected.sorted().reversed(), said)
            let open = try await list(viewer, RequestFilter(phase: .open, department: "hr"), in: harness)
            #expect(open == expectedOpen.sorted().reversed(), said)
            let inbox = try await inbox(viewer, in: harness)
            #expect(Set(inbox).symmetricDifference(expectedWork).isEmpty && inbox.count == expectedWork.count, said)
            let states = requests.map(\.current.state).filter { expected.contains($0.id) }
            for (type, title) in Self.titles {
                let hits = try await search(title, viewer, in: harness)
                #expect(hits == states.filter { $0.type == type }.map(\.id).sorted().reversed(), said)
            }
            let counts = try await harness.desk.counts(for: viewer)
            #expect(counts == expectedCounts(viewer, states), said)
            if handle == RandomOrganisation.administrator {
                let needed = viewer.opened.filter { !expected.contains($0) && !kept.contains($0) }.count
                let isProof = exceptions > 0 || !expected.isEmpty || !kept.isEmpty || viewer.opened.isEmpty
                #expect(exceptions == needed && isProof, said)
            }
            visible += expected.count
            work += inbox.count
        }
        // A proof about nothing proves nothing.
        #expect(visible > 0 && visible < requests.count * organisation.handles.count && work > 0)
    }

    /// What there is, whoever may see it: children that nobody has met yet are requests as well.
    private func everything(in harness: DeskHarness) async throws -> [(id: RequestID, current: CurrentRequest)] {
        let ids = try await harness.database.query("SELECT id::text FROM bureau.request").map {
            try #require(RequestID(try $0.decode(at: 0, as: String.self)))
        }
        return try await harness.storage.requests(ids).map { stored in
            let state = try StateCodec.decode(stored)
            return (
                stored.id, CurrentRequest(state: state, raisedAt: stored.raisedAt, changedAt: stored.changedAt)
            )
        }
    }

    private func department(of state: RequestState) -> DepartmentID {
        state.type.text.hasPrefix("hr.") ? "hr" : "it"
    }

    private func isHidden(
        _ state: RequestState, from viewer: Viewer, in harness: DeskHarness
    ) async throws -> Bool {
        let compiled = try await harness.desk.configurations.version(state.configuration)
        let type = try #require(compiled.configuration.requestTypes[state.type])
        return state.hidden(by: type).contains(viewer.person.id)
    }

    /// Where work waits for the viewer, or for somebody in whose place they may do it.
    private func places(
        in state: RequestState, for viewer: Viewer, in harness: DeskHarness
    ) async throws -> Set<WorkPlace> {
        let compiled = try await harness.desk.configurations.version(state.configuration)
        let reading = Reading(
            viewer: viewer, directory: try await harness.desk.directories.current(), compiled: compiled,
            type: try #require(compiled.configuration.requestTypes[state.type]), now: harness.clock.now)
        guard !state.hidden(by: reading.type).contains(viewer.person.id) else { return [] }
        return Set(
            state.workItems.values.filter { item in
                item.assignee.map { $0 == viewer.person.id } ?? viewer.parties.contains(where: item.offeredTo.contains)
                    || !Rules.represented(at: item.instance, on: state, in: reading.context).isEmpty
            }.map { WorkPlace(request: state.id, instance: $0.instance) })
    }

    private struct WorkPlace: Hashable {
        let request: RequestID
        let instance: InstanceName
    }

    /// By which a search finds all requests of a type and no others.
    private static let titles: [(type: RequestTypeID, title: String)] = [
        ("hr.leave", "Abwesenheit"), ("hr.joiner", "colleague"), ("hr.complaint", "Complaint"),
        ("hr.warning", "Warning"),
        ("it.account", "Account"),
    ]

    private func expectedCounts(_ viewer: Viewer, _ visible: [RequestState]) -> RequestCounts {
        var counts = RequestCounts()
        for state in visible {
            for item in state.workItems.values
            where item.assignee.map({ $0 == viewer.person.id })
                ?? viewer.parties.contains(where: item.offeredTo.contains)
            {
                counts.waiting[item.kind, default: 0] += 1
            }
            guard case .open = state.phase else { continue }
            if state.requester.person == viewer.person.id || state.beneficiary == viewer.person.id { counts.mine += 1 }
            let department = department(of: state)
            if viewer.authority.readerOf.contains(department) { counts.open[department, default: 0] += 1 }
        }
        return counts
    }

    private func search(_ text: String, _ viewer: Viewer, in harness: DeskHarness) async throws -> [RequestID] {
        try await pages { cursor in
            try await harness.desk.search(text, for: viewer, cursor: cursor, limit: 3)
        }.map(\.id)
    }

    /// All pages, of three each.
    private func list(_ viewer: Viewer, _ filter: RequestFilter, in harness: DeskHarness) async throws -> [RequestID] {
        try await pages { cursor in
            try await harness.desk.requests(for: viewer, filter: filter, cursor: cursor, limit: 3)
        }.map(\.id)
    }

    private func inbox(_ viewer: Viewer, in harness: DeskHarness) async throws -> [WorkPlace] {
        try await pages { cursor in
            try await harness.desk.inbox(for: viewer, filter: InboxFilter(), cursor: cursor, limit: 3)
        }.map { WorkPlace(request: $0.request.id, instance: $0.instance) }
    }

    private func pages<Item>(_ page: (String?) async throws -> Page<Item>) async throws -> [Item] {
        var found: [Item] = []
        var cursor: String?
        repeat {
            let next = try await page(cursor)
            found += next.items
            cursor = next.next
        } while cursor != nil
        return found
    }
}

/// The test organisation with a confidential type, random people in random groups with random managers and deputies, and what they do.
struct RandomOrganisation {
    /// Who administers the platform.
    static let administrator = "p8"

    private var random: SeededGenerator
    /// Those of the present file.
    private(set) var handles: [String]
    private(set) var people: String

    init(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        handles = (1...8).map { "p\($0)" }
        people = Self.people(handles, &random)
        self.random = random
    }

    /// Somebody leaves, somebody comes, and everybody's groups, managers and deputies are drawn anew.
    ///
    /// - Returns: Who has left.
    mutating func move() -> String {
        let leaver = pick(handles.filter { $0 != Self.administrator })
        handles = handles.filter { $0 != leaver } + ["p9"]
        people = Self.people(handles, &random)
        return leaver
    }

    private static func people(_ handles: [String], _ random: inout SeededGenerator) -> String {
        var lines = ["handle,name,email,manager,site,language,groups,deputies"]
        for (place, handle) in handles.enumerated() {
            let manager =
                place == 0 || Bool.random(using: &random) ? "" : handles[Int.random(in: 0..<place, using: &random)]
            let groups = ["hr-staff", "payroll", "it-staff"].filter { _ in Int.random(in: 0..<3, using: &random) == 0 }
            let offices = handle == administrator ? ["platform"] : []
            let deputy = handles.filter { $0 != handle }.randomElement(using: &random) ?? ""
            let deputies = Int.random(in: 0..<3, using: &random) == 0 ? deputy : ""
            lines.append(
                "\(handle),\(handle.uppercased()),\(handle)@test.example,\(manager),berlin,en,"
                    + "\((groups + offices).joined(separator: ";")),\(deputies)")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    var files: [String: String] {
        var files = TestOrganisation.files
        files["departments/hr/requests/complaint.yaml"] = Self.complaint
        files["departments/hr/requests/warning.yaml"] = Self.warning
        files["departments/it/department.yaml", default: ""] += "\nleads: [role:hr-lead]\n"
        files["shared/organisation.yaml", default: ""] += "\nadministrators: [group:platform]\n"
        files["shared/groups.yaml", default: ""] += "\nplatform: {en: Platform, de: Plattform}\n"
        return files
    }

    /// The same with other people in the offices: payroll serves HR's requests, IT is of payroll, HR's leads are of IT, and
    /// nobody leads IT.
    var filesAfterMoves: [String: String] {
        var files = files
        let moves = [
            ("departments/hr/department.yaml", "agents: [team:hr]", "agents: [team:hr-payroll]"),
            ("departments/hr/teams.yaml", "members: [group:payroll]", "members: [group:payroll, group:it-staff]"),
            ("departments/it/department.yaml", "leads: [role:hr-lead]\n", ""),
            ("shared/roles.yaml", "members: [group:hr-staff]", "members: [group:it-staff]"),
        ]
        for (path, old, new) in moves { files[path] = files[path]?.replacing(old, with: new) }
        return files
    }

    /// The same later: other people are in the teams, others serve and lead, and new complaints are for others.
    private mutating func laterFiles() -> [String: String] {
        var files = files
        let groups = ["[group:hr-staff]", "[group:payroll]", "[group:it-staff]", "[group:hr-staff, group:it-staff]"]
        files["departments/hr/teams.yaml"] = """
            hr:
              title: {en: HR service, de: Personalservice}
              members: \(pick(groups))
            hr-payroll:
              title: {en: Payroll, de: Lohnbuchhaltung}
              members: \(pick(groups))
            """
        files["departments/hr/department.yaml"] = """
            title: {en: Human resources, de: Personal}
            prefix: HR
            agents: [\(pick(["team:hr", "team:hr-payroll"]))]
            leads: [\(pick(["role:hr-lead", "group:payroll"]))]
            administrators: [role:hr-lead]
            """
        files["departments/it/department.yaml"] = TestOrganisation.files["departments/it/department.yaml"]
        files["departments/hr/requests/complaint.yaml"] = Self.complaint.replacing(
            "confidential: team:hr-payroll", with: "confidential: team:hr")
        return files
    }

    private static let complaint = """
        title: {en: Complaint, de: Beschwerde}
        audience: [role:employee]
        confidential: team:hr-payroll
        hidden_from: about
        outcomes: {done: good, withdrawn: bad}
        cancel: {by: [requester], outcome: withdrawn}
        form:
          about: {label: {en: About whom?, de: Über wen?}, type: person, optional: true}
        amend:
          about: {by: [requester, team:hr-payroll, team:hr]}
        steps:
          - task: look
            assign: team:hr-payroll
            due: 2 working days
            on_overdue: {tell: team:hr-payroll}
          - task: answer
            after: look
            assign: manager_of(requester)
            fallback: role:hr-lead
            due: 2 working days
            on_overdue: {tell: team:hr-payroll}
        """

    private static let warning = """
        title: {en: Warning, de: Abmahnung}
        audience: [role:employee]
        hidden_from: [people]
        outcomes: {done: good, withdrawn: bad}
        form:
          people: {label: {en: Who?, de: Wer?}, type: list, of: {type: person}, max: 3}
        amend:
          people: {by: [requester, team:hr]}
        steps:
          - task: write
            assign: team:hr
            fallback: team:hr-payroll
            due: 2 working days
            on_overdue: {tell: role:hr-lead}
          - approval: sign
            after: write
            from: manager_of(requester)
            need: all
            fallback: role:hr-lead
            due: 2 working days
            on_overdue: {tell: role:hr-lead}
            on_rejected: {end: withdrawn}
        """

    /// Raises requests and does what views say can be done.
    mutating func live(in harness: DeskHarness) async throws {
        try await raise(12, in: harness)
        try await act(15, in: harness)
        _ = try await harness.desk.applyConfiguration(files: laterFiles(), by: "tests")
        try await raise(4, in: harness)
        try await act(15, in: harness)
    }

    private mutating func raise(_ count: Int, in harness: DeskHarness) async throws {
        for _ in 0..<count {
            let by = pick(handles)
            let type: RequestTypeID = pick(["hr.leave", "hr.joiner", "hr.complaint", "hr.warning"])
            let about = JSONValue.string(pick(handles))
            let names = Bool.random(using: &random)
            let entries: [FieldID: JSONValue] =
                switch type {
                case "hr.leave": ["from": .string("2026-12-01")]
                case "hr.joiner": ["name": .string("Nora")]
                case "hr.warning": ["people": .array([about])]
                case "hr.complaint" where names: ["about": about]
                default: [:]
                }
            let viewer = try await harness.viewer(by)
            _ = try await harness.desk.raise(type, entries: entries, beneficiary: nil, by: viewer, key: nil)
            try await harness.work()
        }
    }

    private mutating func act(_ count: Int, in harness: DeskHarness) async throws {
        for _ in 0..<count {
            let handle = pick(handles)
            guard let item = try await harness.inbox(handle).randomElement(using: &random) else { continue }
            if Int.random(in: 0..<3, using: &random) == 0 {
                let teams: [TeamID?] = item.request.department == "hr" ? ["hr", "hr-payroll", nil] : ["it", nil]
                let team = pick(teams)
                // Whoever may not is refused.
                _ = try await refusal {
                    try await harness.desk.restrict(
                        item.request.number, to: team, reason: "x", by: harness.viewer(handle), key: nil)
                }
                continue
            }
            if let field: FieldID = ["hr.complaint": "about", "hr.warning": "people"][item.request.type],
                Int.random(in: 0..<3, using: &random) == 0
            {
                let about = JSONValue.string(pick(handles))
                // Whoever may not is refused.
                _ = try await refusal {
                    try await harness.perform(
                        .amend([field: field == "people" ? .array([about]) : about]),
                        on: item.request.number, by: handle)
                }
                try await harness.work()
                continue
            }
            let view = try await harness.view(item.request.number, by: handle)
            let choices = view.steps.flatMap { step in step.actions.map { (step, $0) } }
            guard let (step, action) = choices.randomElement(using: &random) else { continue }
            // What a random action lacks (a field, somebody to hand over to) is refused, and that is fine here.
            _ = try await refusal {
                try await harness.perform(step.example(action), on: view.summary.number, by: handle)
            }
            try await harness.work()
        }
    }

    private mutating func pick<Element>(_ elements: [Element]) -> Element {
        elements[Int.random(in: 0..<elements.count, using: &random)]
    }
}
