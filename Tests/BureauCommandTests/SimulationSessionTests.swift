import Testing
import WorkflowConfiguration
import WorkflowCore

@testable import bureau

@Suite("bureau simulate")
struct SimulationSessionTests {
    /// Plays lines; gives what each of them says.
    private func play(_ lines: String..., language: String? = nil, on text: String? = nil) throws -> [[String]] {
        let folder = try TemporaryConfiguration()
        if let text { try folder.write(text, to: "departments/hr/requests/leave.yaml") }
        let configuration = try CheckedConfiguration.load(folder.path)
        let time = try CheckedConfiguration.time(of: configuration)
        let desk = Simulation(
            configuration: configuration,
            directory: try ScenarioFiles.directory(
                of: folder.text(of: "demo/people.csv"), configuration: configuration),
            time: time, now: ScenarioClock(configuration.organisation, time).usual)
        var session = SimulationSession(
            try CheckedConfiguration.requestType("hr.leave", in: configuration), desk: desk,
            style: Style(isColoured: false, width: nil), language: language)
        return lines.map { session.take($0) }
    }

    @Test("A request is raised, worked and ended, and each line says where it is")
    func whole() throws {
        let answers = try play(
            "as lin.zhao", "raise kind=vacation from=2027-02-01 until=2027-02-05 contact=\"at home\"", "as",
            "approve decide", "as jonas.brandt complete record", "fields", "requests", "timeline")
        #expect(answers[0] == ["You are lin.zhao."])
        #expect(
            answers[1] == [
                "HR-1  hr.leave  for lin.zhao  open", "  STEP    KIND      WITH         DUE",
                "  decide  approval  anke.reuter  Thu 2027-01-07 09:00", "  next: Thu 2027-01-07 09:00  HR-1 decide",
            ])
        #expect(answers[3].contains("  record  task  team:hr  Wed 2027-01-06 09:00"))
        #expect(answers[3].contains("  Mon 2027-01-04 09:00  HR-1  decide approved by anke.reuter"))
        #expect(answers[4].contains("HR-1  hr.leave  for lin.zhao  approved"))
        #expect(answers[5].contains("  from: 1 February 2027") && answers[5].contains("  contact: at home"))
        #expect(answers[6] == ["* HR-1  hr.leave  approved"])
        #expect(answers[7].first == "Mon 2027-01-04 09:00  HR-1  raised hr.leave by lin.zhao")
    }

    @Test(
        "It speaks German when asked to, of whatever country: its own sentences, and the titles of the type",
        arguments: ["de", "de-AT"])
    func german(_ language: String) throws {
        let answers = try play(
            "form", "as lin.zhao", "raise kind=vacation from=2027-02-01 until=2027-02-05", "as", "approve decide",
            "complete record", "requests", "nonsense", "advance nothing", "help", language: language)
        #expect(answers[0].contains { $0.contains("Datum") })
        #expect(answers[1] == ["Sie sind lin.zhao."])
        #expect(answers[2].first == "HR-1  hr.leave  für lin.zhao  offen")
        #expect(answers[2].contains { $0.contains("SCHRITT") && $0.hasSuffix("FÄLLIG") })
        #expect(
            answers[2].contains { $0.hasPrefix("  decide „") && $0.contains("“  Genehmigung  anke.reuter  Do 2027") })
        #expect(answers[2].last == "  als Nächstes: Do 2027-01-07 09:00  HR-1 decide")
        #expect(answers[4].contains("  Mo 2027-01-04 09:00  HR-1  decide genehmigt von anke.reuter"))
        #expect(answers[5].contains { $0.hasPrefix("HR-1  hr.leave  für lin.zhao  ") && $0.hasSuffix("(approved)") })
        #expect(answers[5].contains { $0.hasSuffix("geschlossen: Genehmigt") })
        #expect(answers[6] == ["* HR-1  hr.leave  approved"])
        #expect(answers[7].first?.hasPrefix("abgelehnt: Es gibt keinen Befehl `nonsense`.") == true)
        #expect(answers[8].first?.contains("keine Zeitspanne") == true)
        #expect(answers[9].count == SimulationSession.help.count && answers[9] != SimulationSession.help)
    }

    @Test("What was refused takes no number")
    func numbers() throws {
        let answers = try play(
            "raise kind=vacation", "raise kind=nothing", "raise kind=vacation from=2027-02-01 until=2027-02-05",
            "raise",
            "raise kind=vacation from=2027-02-01 until=2027-02-05", "requests")
        #expect(answers[0].first?.hasPrefix("refused: ") == true)
        #expect(answers[2].first?.hasPrefix("HR-1  hr.leave") == true)
        #expect(answers[5] == ["  HR-1  hr.leave  open", "* HR-2  hr.leave  open"])
    }

    @Test("The clock moves, and timers say what they do")
    func clock() throws {
        let answers = try play(
            "raise kind=vacation from=2027-02-01 until=2027-02-05", "advance 1 day", "next", "until 2027-02-01", "next")
        #expect(answers[1].first == "It is Tue 2027-01-05 09:00.")
        #expect(answers[2].first == "It is Thu 2027-01-07 09:00.")
        #expect(answers[2].contains { $0.contains("decide is overdue") })
        #expect(answers[3].first == "It is Mon 2027-02-01 09:00.")
        #expect(answers[4].first?.hasPrefix("refused: No timer is set.") == true)
    }

    @Test("Moments in forms are on the organisation's clocks, as elsewhere")
    func moments() throws {
        let answers = try play(
            "as lin.zhao", "raise opens=2027-01-08T20:00", "fields",
            on: """
                title: {en: Window, de: Zeitfenster}
                audience: role:employee
                outcomes: {done: good, no: bad}
                form: {opens: {label: {en: From when?, de: Ab wann?}, type: datetime}}
                steps:
                  - {task: work, assign: team:hr, forever: true}
                """)
        #expect(answers[2] == ["  opens: 8 January 2027, 20:00"], "\(answers)")
    }

    @Test(
        "What cannot be done is refused with a sentence",
        arguments: [
            ("aprove decide", "Did you mean `approve`?"), ("approve decid", "Did you mean `decide`?"),
            ("approve", "Which step?"), ("complete record", "[request.step.not_open]"),
            ("as lin.zhaoo", "Did you mean `lin.zhao`?"), ("as lin.zhao approve decide", "You have no vote on this."),
            ("complete record note", "name=value"), ("advance 3 dayz", "no span"), ("until never", "no moment"),
            ("until 2020-01-01", "no moment"), ("use HR-9", "no such request"), ("say \"hello", "quote"),
            ("tick decide", "tick STEP LINE"), ("hand-over decide", "hand-over STEP HANDLE"),
            ("add-voter decide mei.tanaka", "[request.vote.not_added]"), ("add decide", "add EACH VALUE"),
            ("answer decide a=b", "[simulation.no_call]"), ("answer decide failed Down", "[simulation.no_call]"),
            ("event parcel weight=7", "[request.event.not_allowed]"), ("event", "event NAME"),
            ("amend from=2027-02-02", "[request.amend"), ("rate", "rate 5"), ("rate 5 good", "[request."),
            ("reopen from=2027-02-02", "[request."),
            ("give-up decide", "give-up STEP OUTCOME"), ("raise contact=[", "no JSON"),
            ("raise kind=vacation", "from: This is required. [form.required]"), ("form decide", "is no task"),
        ])
    func refused(line: String, part: String) throws {
        let answers = try play("as lin.zhao", "raise kind=vacation from=2027-02-01 until=2027-02-05", line)
        #expect(answers[2].count == 1)
        #expect(answers[2][0].hasPrefix("refused: ") && answers[2][0].contains(part), "\(answers[2])")
    }

    @Test("Questions, help, comments and empty lines")
    func questions() throws {
        let answers = try play("form", "help", "# only said", "", "show", "quit")
        #expect(answers[0][0] == "  kind  What kind of leave? (one of; vacation parental special unpaid)")
        #expect(answers[0].contains { $0.contains("when kind == \"special\"") })
        #expect(answers[1].contains { $0.hasPrefix("advance 3 working days") })
        #expect(answers[2].isEmpty && answers[3].isEmpty && answers[5].isEmpty)
        #expect(
            answers[4] == [
                "refused: Nothing has been raised yet; `form` shows the questions, `raise name=value …` begins."
            ])
        #expect(Set(SimulationSession.verbs).isSuperset(of: SimulationSession.stepVerbs))
    }
}
