/// An organisation of any size, made up: departments, and request types with a realistic mix of about thirty steps each.
struct GeneratedOrganisation {
    /// Text by path, as a configuration bundle takes it.
    private(set) var files: [String: String] = [:]
    /// The request types that people raise, in order.
    private(set) var types: [String] = []
    /// All steps of all types.
    private(set) var stepCount = 0
    private var random: SeededGenerator
    private static let departments = ["hr", "it", "facilities", "security", "finance", "legal", "sales", "quality"]

    init(types count: Int, seed: UInt64 = 1) {
        random = SeededGenerator(seed: seed)
        addShared()
        for name in Self.departments {
            files["departments/\(name)/department.yaml"] =
                "title: \(name)\nprefix: \(name.uppercased().prefix(6))\nagents: [team:\(name)]\n"
            files["departments/\(name)/teams.yaml"] = "\(name): {title: \(name), members: [group:staff]}\n"
        }
        // One in ten serves the others and starts no children, so that nothing recurses.
        let providers = max(1, count / 10)
        for index in 0..<providers { add(provider: index) }
        for index in 0..<max(0, count - providers) { add(process: index, providers: providers) }
    }

    private mutating func addShared() {
        files["shared/organisation.yaml"] = """
            title: Generated
            languages: [en]
            time_zone: Europe/Berlin
            working_hours: {days: [monday, tuesday, wednesday, thursday, friday], from: 09:00, to: 17:00}
            currency: EUR
            """
        files["shared/groups.yaml"] = "staff: All staff\nleads: Leads\nsecurity: Security\n"
        files["shared/roles.yaml"] = """
            employee: {title: Everybody, members: everyone}
            lead: {title: Lead, members: [group:leads]}
            """
        files["shared/lists.yaml"] = """
            sites: {berlin: Berlin, porto: Porto, remote: From home}
            applications: {mail: Mail, erp: Orders, cad: Drawings, crm: Customers}
            impacts: {high: High, medium: Medium, low: Low}
            """
        files["shared/services.yaml"] =
            "directory: {title: Directory, url: \"https://directory.example.org\", offered_to: everyone}\n"
    }

    private static func department(_ index: Int) -> String { departments[index % departments.count] }

    private mutating func add(provider index: Int) {
        let department = Self.department(index)
        files["departments/\(department)/requests/service_\(index).yaml"] = """
            title: Service \(index)
            audience: [team:\(department)]
            offered_to: everyone
            outcomes: {done: good, failed: bad}
            form:
              name: {label: Name, type: text}
              site: {label: Site, type: choice, of: sites}
              by: {label: By, type: date}
            outputs: {login: work.login}
            cancel: {by: team:\(department), until: hand_over, outcome: failed}
            steps:
              - approval: agree
                from: team:\(department)
                need: any
                due: 2 working days
                on_overdue: {tell: role:lead}
                on_rejected: {end: failed}
              - task: work
                after: agree
                title: "Work for {{ name }}"
                assign: team:\(department)
                form: {login: {label: Login, type: text, max_length: 20}}
                due: by - 1 working day
                on_overdue: {tell: role:lead}
              - task: hand_over
                after: work
                assign: team:\(department)
                due: by
                on_overdue: {tell: role:lead}
            """
        stepCount += 3
    }

    private mutating func add(process index: Int, providers: Int) {
        let department = Self.department(index * 7)
        var process = ProcessWriter(department: department, random: random) { number in
            let provider = number % providers
            return "\(Self.department(provider)).service_\(provider)"
        }
        while process.count < 28 { process.addSegment() }
        random = process.random
        let id = "process_\(index)"
        types.append("\(department).\(id)")
        stepCount += process.count
        files["departments/\(department)/requests/\(id).yaml"] = """
            title: Process \(index)
            summary: One of many.
            audience: [role:employee]
            outcomes: {done: good, rejected: bad, withdrawn: bad}
            form:
              name: {label: Who?, type: text, max_length: 120}
              lead: {label: Reports to, type: person, default: requester}
              start:
                label: First day
                type: date
                check: start >= today + \(1 + index % 9) days
                message: Please file earlier.
              site: {label: Where?, type: choice, of: sites}
              impact: {label: How bad?, type: choice, of: impacts}
              wishes: {label: Wishes, type: text, optional: true, ask_when: site != "remote"}
              privileged: {label: Administrator?, type: yes_no, default: false}
              apps: {label: Applications, type: choices, of: applications, max: 4}
              cost: {label: Cost, type: money, check: 'cost <= money("\(1000 + index).00 EUR")'}
              amount: {label: How many?, type: integer, min: 1, max: \(5 + index % 50)}
            cancel: {by: requester, until: finish, outcome: withdrawn}
            targets:
              ready: {of: finish, by: start - 1 working day, warn: [50%, 80%], on_breach: {tell: role:lead}}
            steps:
            \(process.text)
              - task: finish
                after: \(process.last)
                title: "Finish for {{ name }}"
                assign: lead
                fallback: team:\(department)
                due: start + 1 working day
                on_overdue: {tell: role:lead}
            """
        stepCount += 1
    }
}

/// SplitMix64: the same seed gives the same organisation.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
        return value ^ value >> 31
    }
}
