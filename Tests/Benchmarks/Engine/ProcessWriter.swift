/// Writes one process of segments: what departments put one after the other.
struct ProcessWriter {
    /// How many steps there are, containers included.
    private(set) var count = 0
    /// The top-level steps, indented by two.
    private(set) var text = ""
    /// The last top-level step.
    private(set) var last = ""
    private(set) var random: SeededGenerator
    private let department: String
    private let provider: (Int) -> String
    private var segment = 0

    /// - Parameter provider: The request type that a number stands for.
    init(department: String, random: SeededGenerator, provider: @escaping (Int) -> String) {
        self.department = department
        self.random = random
        self.provider = provider
    }

    mutating func addSegment() {
        segment += 1
        let kinds = 9
        let kind = segment == 1 ? 0 : Int(random.next() % UInt64(kinds))
        switch kind {
        case 0: approvalLoop()
        case 1: choice()
        case 2: table()
        case 3, 4: children()
        case 5: elements()
        case 6: waiting()
        case 7: race()
        default: tasks()
        }
    }

    private mutating func add(_ steps: Int, last id: String, _ lines: String) {
        var lines = lines.split(separator: "\n").map { "  " + $0 }
        if !last.isEmpty { lines.insert("    after: \(last)", at: 1) }
        text += (text.isEmpty ? "" : "\n") + lines.joined(separator: "\n")
        count += steps
        last = id
    }

    private mutating func days() -> UInt64 { random.next() % 9 }

    private mutating func approvalLoop() {
        let n = segment
        add(
            3, last: "intake\(n)",
            """
            - repeat: intake\(n)
              stage: Approval
              until: decide\(n).outcome == "approved"
              max: 3
              on_exhausted: {end: rejected}
              steps:
                - task: correct\(n)
                  when: intake\(n).round > 1
                  assign: requester
                  fallback: team:\(department)
                  edit: [wishes]
                  due: 2 working days
                  on_overdue: {end: withdrawn}
                - approval: decide\(n)
                  after: correct\(n)
                  from: [manager_of(requester), group:leads]
                  need: each
                  not: [requester]
                  fallback: role:lead
                  reject_when: any
                  due: \(days() + 1) working days
                  on_overdue: reject
                  on_rejected: continue
            """)
    }

    private mutating func choice() {
        let n = segment
        add(
            4, last: "route\(n)",
            """
            - choose: route\(n)
              cases:
                - when: cost > money("\(random.next() % 900).00 EUR")
                  steps:
                    - task: compare\(n)
                      assign: team:\(department)
                      form: {offer: {label: Best offer, type: money}}
                      due: \(days() + 1) working days
                      on_overdue: {tell: role:lead}
                - when: site == "remote" and not privileged
                  steps:
                    - task: ship\(n)
                      title: "Ship to {{ name }}"
                      assign: team:\(department)
                      due: start - \(days()) working days
                      on_overdue: {tell: role:lead}
              else:
                steps:
                  - task: collect\(n)
                    assign: requester
                    fallback: team:\(department)
                    due: 3 working days
                    on_overdue: {tell: role:lead}
            """)
    }

    private mutating func table() {
        let n = segment
        add(
            1, last: "level\(n)",
            """
            - choose: level\(n)
              table:
                - {impact: high, privileged: true, gives: {days: 1}}
                - {impact: high, gives: {days: 2}}
                - {impact: [medium, low], privileged: false, gives: {days: 9}}
                - {gives: {days: 5}}
            """)
        add(
            1, last: "handle\(n)",
            """
            - task: handle\(n)
              title: "Within {{ level\(n).days }} days"
              when: level\(n).days < 9
              assign: team:\(department)
              form: {note: {label: Note, type: long_text, optional: true}}
              due: \(days() + 1) working days
              on_overdue: {tell: role:lead}
            """)
    }

    private mutating func children() {
        let n = segment
        add(
            5, last: "prepare\(n)",
            """
            - block: prepare\(n)
              stage: Preparation
              due: start - 2 working days
              on_overdue: {tell: role:lead}
              steps:
                - request: account\(n)
                  type: \(provider(Int(random.next() % 1_000)))
                  with: {name: name, site: site, by: start}
                  on_failed: {ask: role:lead}
                  undo: none
                - request: device\(n)
                  after: account\(n)
                  type: \(provider(Int(random.next() % 1_000)))
                  with: {name: account\(n).login, site: site, by: start}
                  on_failed: {ask: role:lead}
                  undo: none
                - task: desk\(n)
                  when: site != "remote"
                  title: "Desk for {{ name }}"
                  assign: team:\(department)
                  form: {number: {label: Number, type: text, check: 'number.matches("^[A-Z]-[0-9]+$")'}}
                  due: start - \(days()) working days
                  on_overdue: {tell: role:lead}
                - approval: clearance\(n)
                  when: privileged
                  from: group:security
                  need: any
                  not: [requester]
                  fallback: role:lead
                  due: 5 working days
                  on_overdue: reject
                  on_rejected: {end: rejected}
            """)
    }

    private mutating func elements() {
        let n = segment
        add(
            3, last: "access\(n)",
            """
            - each: access\(n)
              of: {app\(n): apps}
              key: app\(n)
              need: all
              on_failed: {ask: role:lead}
              steps:
                - request: grant\(n)
                  type: \(provider(Int(random.next() % 1_000)))
                  with: {name: app\(n), site: site, by: start}
                  on_failed: continue
                  undo: none
                - task: verify\(n)
                  after: grant\(n)
                  title: "Verify {{ app\(n) }}"
                  assign: team:\(department)
                  due: \(days() + 1) working days
                  on_overdue: {tell: role:lead}
            """)
    }

    private mutating func waiting() {
        let n = segment
        add(
            1, last: "tell\(n)",
            """
            - notify: tell\(n)
              to: [requester, team:\(department)]
              message: "{{ name }} starts on {{ start }} in {{ site }}."
            """)
        add(
            1, last: "day\(n)",
            """
            - wait: day\(n)
              until: start at 09:00
            """)
    }

    private mutating func race() {
        let n = segment
        add(
            3, last: "answer\(n)",
            """
            - race: answer\(n)
              win: first_step
              steps:
                - wait: reply\(n)
                  event: reply_\(n)
                  forever: true
                - wait: patience\(n)
                  for: \(days() + 1) working days
            """)
    }

    private mutating func tasks() {
        let n = segment
        for index in 1...3 {
            add(
                1, last: "do\(n)_\(index)",
                """
                - task: do\(n)_\(index)
                  title: "Part \(index) of {{ amount }} for {{ name }}"
                  assign: team:\(department)
                  form:
                    result: {label: Result, type: choice, of: impacts}
                    minutes: {label: Minutes, type: integer, min: 0, max: 600}
                  due: \(days() + 1) working days
                  on_overdue: {tell: role:lead}
                """)
        }
    }
}
