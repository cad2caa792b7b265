import Expressions

@testable import WorkflowCore

/// A small organisation: two departments, a few people, and what tests vary about it.
struct World {
    var people: [Directory.Person] = Person.all
    var requestTypes: [RequestType] = []
    var organisation = Organisation(
        title: text("Test"), languages: ["en", "de"], timeZone: "Europe/Berlin", workingHours: Self.hours,
        currency: "EUR")
    var departments: [DepartmentID: Department] = [
        "hr": Department(id: "hr", title: text("HR"), prefix: "HR", agents: ["hr"]),
        "it": Department(id: "it", title: text("IT"), prefix: "IT", agents: ["it"]),
    ]

    var directory: Directory { Directory(revision: 1, people: people) }

    /// Berlin's offset in winter all year round, so that tables can be worked out by hand; 09:00 to 17:00, Monday to Friday.
    static let zone = ZoneRules.fixed(offsetSeconds: 3600)
    static let hours = WorkingHours(
        weekdays: [1, 2, 3, 4, 5], from: time("09:00"), to: time("17:00"))
    static let timeFrame = TimeFrame(
        home: zone, working: WorkingCalendar(hours: hours, zone: zone), zones: { _ in nil })

    var configuration: Configuration {
        Configuration(
            version: "c1",
            organisation: organisation,
            groups: groups("hr-staff", "hr-leads", "hr-inner", "it-staff", "security", "empty"),
            roles: roles, lists: [:],
            departments: departments,
            teams: [
                "hr": Team(id: "hr", department: "hr", title: text("HR"), members: [.group("hr-staff")]),
                "hr-inner": Team(
                    id: "hr-inner", department: "hr", title: text("Inner HR"), members: [.group("hr-inner")]),
                "it": Team(id: "it", department: "it", title: text("IT"), members: [.group("it-staff")]),
            ],
            requestTypes: Dictionary(uniqueKeysWithValues: requestTypes.map { ($0.id, $0) }))
    }

    private var roles: [RoleID: Role] {
        let roles = [
            Role(id: "hr-lead", title: text("HR lead"), members: [.group("hr-leads")]),
            Role(id: "manager", title: text("Manager"), members: [.managers]),
            Role(id: "employee", title: text("Employee"), members: [.everyone]),
            Role(id: "vacant", title: text("Vacant"), members: [.group("empty")]),
        ]
        return Dictionary(uniqueKeysWithValues: roles.map { ($0.id, $0) })
    }

    private func groups(_ names: String...) -> [GroupID: Group] {
        Dictionary(uniqueKeysWithValues: names.map { (GroupID($0), Group(id: GroupID($0), title: text($0))) })
    }

    /// Somebody's row, changed.
    mutating func leave(_ person: PersonID) {
        change(person) { row in
            Directory.Person(
                id: row.id, handle: row.handle, name: row.name, email: row.email, language: row.language,
                manager: row.manager, site: row.site, isActive: false, groups: row.groups)
        }
    }

    /// Somebody is in these groups from now on, and in no others.
    mutating func move(_ person: PersonID, to groups: Set<GroupID>) {
        change(person) { row in
            Directory.Person(
                id: row.id, handle: row.handle, name: row.name, email: row.email, language: row.language,
                manager: row.manager, site: row.site, isActive: row.isActive, groups: groups)
        }
    }

    private mutating func change(_ person: PersonID, _ changed: (Directory.Person) -> Directory.Person) {
        people = people.map { row in
            guard row.id == person else { return row }
            var new = changed(row)
            new.deputies = row.deputies
            return new
        }
    }

    func context(_ principal: Principal, _ type: RequestType, at now: Instant, seed: UInt64 = 1) -> DecisionContext {
        DecisionContext(
            now: now, principal: principal, configuration: configuration, type: type, directory: directory,
            time: Self.timeFrame, seed: (seed, seed &* 31))
    }
}

/// The people of the test organisation, by number.
enum Person {
    static let rosa = id(1)
    static let mila = id(2)
    static let hans = id(3)
    static let ilse = id(4)
    static let ivo = id(5)
    static let sina = id(6)
    static let carl = id(7)
    static let greta = id(8)

    static func id(_ number: UInt64) -> PersonID { PersonID(UniqueID(high: 0, low: number)) }

    /// Rosa asks; Mila is her manager; Hans and Greta are HR, Greta leads it; Ilse and Ivo are IT; Sina is security; Carl has left.
    static let all = [
        row(rosa, "rosa", manager: mila, []), row(mila, "mila", manager: nil, []),
        row(hans, "hans", manager: greta, ["hr-staff"]), row(greta, "greta", manager: mila, ["hr-staff", "hr-leads"]),
        row(ilse, "ilse", manager: mila, ["it-staff"]), row(ivo, "ivo", manager: ilse, ["it-staff"]),
        row(sina, "sina", manager: carl, ["security"]),
        row(carl, "carl", manager: mila, ["security", "hr-staff", "it-staff"], isActive: false),
    ]

    private static func row(
        _ id: PersonID, _ handle: String, manager: PersonID?, _ groups: Set<GroupID>, isActive: Bool = true
    ) -> Directory.Person {
        Directory.Person(
            id: id, handle: handle, name: handle.capitalizedFirst, email: "\(handle)@example.org",
            language: handle == "hans" ? "de" : nil, manager: manager, site: nil, isActive: isActive, groups: groups)
    }

    /// The handle, for transcripts.
    static func handle(_ id: PersonID) -> String { all.first { $0.id == id }?.handle ?? "\(id)" }
}

extension String {
    fileprivate var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}

func text(_ text: String) -> LocalizedText { LocalizedText(["en": text, "de": text]) }

func time(_ text: String) -> TimeOfDay {
    guard let time = TimeOfDay(text) else { preconditionFailure("no time: \(text)") }
    return time
}

func date(_ text: String) -> CivilDate {
    guard let date = CivilDate(iso8601: text) else { preconditionFailure("no date: \(text)") }
    return date
}

/// An instant of RFC 3339.
func moment(_ text: String) -> Instant {
    guard let instant = Instant(rfc3339: text) else { preconditionFailure("no instant: \(text)") }
    return instant
}
