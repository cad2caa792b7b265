import Expressions
import JSONText
import WorkflowCore

/// Offices in departments that people lost or got lately, as the audit has it.
///
/// Nobody changes who answers for a department and uses that at once: whoever has lost an office is guarded for a while as if they had
/// it, and whoever has got one is no witness yet. What an operator did counts at once, and so does what an administrator of the department
/// did for it.
struct RecentOffices {
    /// How long that is, in days.
    static let days = 30

    /// By whom they were, and by department: `agent`, `lead`, `administrator`, `confidant of` a type.
    private(set) var lost: [PersonID: [DepartmentID: Set<String>]] = [:]
    private(set) var got: [PersonID: [DepartmentID: Set<String>]] = [:]

    /// - Parameter entries: Of the kind `.membershipChanged`, in any order.
    init(_ entries: [StoredAuditEntry], in directory: Directory, _ configuration: Configuration) {
        var owned: [String: Set<DepartmentID>] = [:]
        for entry in entries {
            guard let change = Change(entry), change.principal != AuditRecord.operator else { continue }
            let own =
                owned[change.principal]
                ?? Principal(change.principal)?.person.map { person in
                    Authority(of: person, in: directory, configuration).administratorOf
                } ?? []
            owned[change.principal] = own
            for (department, office) in change.added where !own.contains(department) {
                got[change.person, default: [:]][department, default: []].insert(office)
            }
            for (department, office) in change.removed where !own.contains(department) {
                lost[change.person, default: [:]][department, default: []].insert(office)
            }
        }
    }

    /// What people lost, by whom they were.
    var lostAdvantages: [PersonID: Set<Advantage>] {
        lost.mapValues { offices in
            Set(offices.flatMap { department, names in names.map { Advantage("\(department):\($0)", in: department) } })
        }
    }

    /// Whether somebody has administered or led a department for longer than a while.
    func isWitness(_ person: PersonID, for department: DepartmentID) -> Bool {
        got[person]?[department]?.isDisjoint(with: ["administrator", "lead"]) ?? true
    }

    /// One entry: offices of departments; those of the platform are left out.
    private struct Change {
        let principal: String
        let person: PersonID
        let added: [(DepartmentID, String)]
        let removed: [(DepartmentID, String)]

        init?(_ stored: StoredAuditEntry) {
            guard case .object(let members)? = try? JSONReader.value(of: stored.entry.text),
                case .string(let principal)? = members["principal"], case .string(let subject)? = members["subject"],
                case .object(let details)? = members["details"], subject.hasPrefix("person:"),
                let person = PersonID(String(subject.dropFirst("person:".count)))
            else { return nil }
            self.principal = principal
            self.person = person
            added = Self.offices(details["added"])
            removed = Self.offices(details["removed"])
        }

        private static func offices(_ names: JSONValue?) -> [(DepartmentID, String)] {
            guard case .string(let names)? = names else { return [] }
            return names.split(separator: ",").compactMap { name in
                guard let colon = name.firstIndex(of: ":"), name[..<colon] != "platform" else { return nil }
                return (DepartmentID(String(name[..<colon])), String(name[name.index(after: colon)...]))
            }
        }
    }
}

extension ServiceDesk {
    /// By the people and files of a moment.
    func recentOffices(
        in directory: Directory, _ configuration: Configuration
    ) async throws(DeskError) -> RecentOffices {
        let first = clock() - .seconds(RecentOffices.days * 86_400)
        var entries: [StoredAuditEntry] = []
        var query = AuditQuery(
            log: .administration, from: String(first.description.prefix(10)), kind: .membershipChanged, limit: 1000)
        while true {
            let wanted = query
            let page = try await asking { () throws(StorageError) in try await storage.auditEntries(wanted) }
            entries += page
            guard page.count == query.limit, let last = page.last else { break }
            query.before = last.place
        }
        return RecentOffices(entries, in: directory, configuration)
    }

    /// Who confirms codes and tokens, by the people and files of a moment; offices that were lost lately count.
    func invitationRule(
        _ directory: Directory, _ configuration: Configuration
    ) async throws(DeskError) -> InvitationRule {
        InvitationRule(
            directory, configuration, lost: try await recentOffices(in: directory, configuration).lostAdvantages)
    }
}
