import Expressions
import WorkflowCore

/// A request type to begin with: a commented file that passes the check, and scenarios that pass.
struct StartingFiles {
    let department: Department
    /// `parking_place`
    let name: String
    private let configuration: Configuration
    private let team: Team

    /// - Throws: `ClientError` when the department does not exist or has no team.
    init(_ id: String, configuration: Configuration) throws(ClientError) {
        let parts = id.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2, Self.isIdentifier(parts[1]) else {
            throw .usage("A request type is called like hr.parking_place: department, dot, small letters.")
        }
        guard let department = configuration.departments[DepartmentID(parts[0])] else {
            let known = configuration.departments.keys.map(\.text).sorted()
            throw .usage(
                "There is no department `\(parts[0])`. "
                    + (NearestName.hint(for: parts[0], among: known) ?? "There are: \(known.joined(separator: ", "))."))
        }
        let teams = configuration.teams.values.filter { $0.department == department.id }.sorted { $0.id < $1.id }
        guard let team = department.agents.lazy.compactMap({ configuration.teams[$0] }).first ?? teams.first else {
            throw .usage("The department \(department.id) has no team yet; say one in its teams.yaml first.")
        }
        self.department = department
        name = parts[1]
        self.configuration = configuration
        self.team = team
    }

    /// Where the request type stands, inside the configuration folder.
    var requestPath: String { "departments/\(department.id)/requests/\(name).yaml" }
    /// Where its scenarios stand.
    var testPath: String { "departments/\(department.id)/tests/\(name).yaml" }

    var request: String {
        """
        # \(department.id).\(name). Every key is explained in Config/README.md; `bureau check` says what is wrong,
        # `bureau simulate \(department.id).\(name)` plays it, `bureau draw \(department.id).\(name)` draws it.

        # What people read in the catalogue\(isMultilingual ? ", in every language of the organisation" : "").
        title: \(text(title, title))
        summary: \(text("One sentence that says what you get.", "Ein Satz, der sagt, was Sie bekommen."))

        # Who may raise it: roles of shared/roles.yaml, groups, teams, persons.
        audience: [\(audience)]

        # How it can end. The first good one is reached when every step has settled.
        outcomes:
          done: {is: good, title: \(text("Done", "Erledigt"))}
          rejected: {is: bad, title: \(text("Rejected", "Abgelehnt"))}
          withdrawn: {is: bad, title: \(text("Withdrawn", "Zurückgezogen"))}

        # The questions, in the order in which people see them.
        form:
          reason:
            label: \(text("What do you need it for?", "Wofür brauchen Sie das?"))
            type: long_text
          by:
            label: \(text("When do you need it?", "Wann brauchen Sie das?"))
            type: date
            check: by >= today
            message: \(text("That day has passed.", "Dieser Tag ist vorbei."))

        # Until the work begins, whoever asked may take it back.
        cancel: {by: requester, until: work, outcome: withdrawn}

        # The process. A step begins when the steps in its `after` have settled; without `after` it begins at once.
        steps:
          - approval: decide
            title: \(text("\(title): {{ reason }}", "\(title): {{ reason }}"))
            from: manager_of(requester)
            need: any
            not: [requester]                  # nobody approves their own request
            fallback: team:\(team.id)\(padding)# when there is no manager
            due: 3 working days
            on_overdue: {tell: team:\(team.id)}
            on_rejected: {end: rejected}
          - task: work
            after: decide
            title: \(text("Do what was asked by {{ by }}", "Bis {{ by }} erledigen"))
            assign: team:\(team.id)
            form:                             # what is entered when it is done; other steps read it as work.note
              note:
                label: \(text("What was done?", "Was wurde getan?"))
                type: text
                optional: true
            due: by
            on_overdue: {tell: team:\(team.id)}

        """
    }

    var tests: String {
        """
        # What \(department.id).\(name) does; `bureau test` plays it.
        given:
          clock: 2027-01-04T09:00             # a Monday
          people:
            anna: {manager: ben\(groupOfAudience)}
            ben: {\(group == nil ? "manager: clara" : "")}
            clara: {\(group.map { "groups: [\($0)]" } ?? "")}
        scenarios:
          - scenario: It is approved and done
            play:
              - {raise: \(department.id).\(name), as: anna, form: {reason: To try it out, by: 2027-02-01}}
              - expect: {open: decide, asked: {decide: ben}}
              - {approve: decide, as: ben}
              - expect: {open: work, asked: {work: team:\(team.id)}, due: {work: 2027-02-01}}
              - {complete: work, as: clara, form: {note: It is there}}
              - expect: {outcome: done}

          - scenario: The manager says no
            play:
              - {raise: \(department.id).\(name), as: anna, form: {reason: To try it out, by: 2027-02-01}}
              - {reject: decide, as: ben, comment: Not this year}
              - expect: {outcome: rejected, cancelled: work}

          - scenario: It is taken back
            play:
              - {raise: \(department.id).\(name), as: anna, form: {reason: To try it out, by: 2027-02-01}}
              - {cancel: No longer needed, as: anna}
              - expect: {outcome: withdrawn}

          - scenario: A day that has passed is refused
            play:
              - {raise: \(department.id).\(name), as: anna, form: {reason: Late, by: 2027-01-03}, refused: form.check}

        """
    }

    // MARK: Parts

    private var isMultilingual: Bool { configuration.organisation.languages.count > 1 }

    /// One text, or one for each language; languages that we do not write begin with English.
    private func text(_ english: String, _ german: String) -> String {
        let languages = configuration.organisation.languages
        guard isMultilingual else { return quoted(languages.first?.isGerman == true ? german : english) }
        let parts = languages.map { "\($0): \(quoted($0.isGerman ? german : english))" }
        return "{\(parts.joined(separator: ", "))}"
    }

    private func quoted(_ text: String) -> String {
        text.contains { ",:{}?".contains($0) } ? "\"\(text)\"" : text
    }

    /// `Parking place`
    private var title: String {
        let words = String(name.map { $0 == "_" ? " " : $0 })
        return words.prefix(1).uppercased() + words.dropFirst()
    }

    private var everybody: RoleID? {
        configuration.roles.values.filter { role in
            role.members.contains { if case .everyone = $0 { true } else { false } }
        }.map(\.id).min()
    }

    private var audience: String { everybody.map { "role:\($0)" } ?? "team:\(team.id)" }

    private var groupOfAudience: String {
        everybody == nil ? group.map { ", groups: [\($0)]" } ?? "" : ""
    }

    /// A group whose members are in the team; nil when it is made of managers or of everybody.
    private var group: GroupID? { group(of: team.members, depth: 0) }

    private func group(of members: [MemberSource], depth: Int) -> GroupID? {
        guard depth < 16 else { return nil }
        for member in members {
            switch member {
            case .group(let group): return group
            case .team(let id):
                if let group = group(of: configuration.teams[id]?.members ?? [], depth: depth + 1) { return group }
            case .managers, .everyone: continue
            }
        }
        return nil
    }

    /// So that the comment stands below the one above it where there is room.
    private var padding: String { String(repeating: " ", count: max(2, 19 - team.id.text.count)) }

    private static func isIdentifier(_ text: String) -> Bool {
        guard let first = text.utf8.first, (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(first) else { return false }
        return text.utf8.count <= 64
            && text.utf8.allSatisfy { byte in
                (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
                    || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == UInt8(ascii: "_")
            }
    }
}
