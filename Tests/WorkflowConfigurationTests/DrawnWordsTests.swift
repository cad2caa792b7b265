import Testing
import WorkflowConfiguration
import WorkflowCore

/// What stands in pictures is for people who have never seen the file.
@Suite("Words in pictures")
struct DrawnWordsTests {
    private static let type = """
        title: {en: Case, de: Fall}
        audience: role:employee
        outcomes: {done: good, rejected: bad, odd_end: bad}
        cancel: {by: requester, outcome: rejected}
        form:
          name: {label: {en: Who starts?, de: Wer fängt an?}, type: text}
          apps: {label: {en: Applications, de: Anwendungen}, type: choices, of: sites}
          much: {label: {en: Has it stopped the work of a whole department for more than a day?, de: Ruht die Arbeit?}, type: yes_no}
          more: {label: {en: More, de: Mehr}, type: yes_no}
        steps:
          - choose: risk
            title: {en: Risk, de: Risiko}
            hit: unique
            table:
              - {much: true, more: true, gives: {level: {text: high}}}
              - {much: true, more: false, gives: {level: {text: low}}}
              - {much: false, gives: {level: {text: low}}}
          - task: prepare
            title: {en: 'Account of {{ name }}', de: 'Konto von {{ name }}'}
            after: risk
            assign: team:hr
            form:
              when: {label: {en: When?, de: Wann?}, type: choice, of: {never: {en: Not at all, de: Gar nicht}, soon: {en: Soon, de: Bald}}}
            forever: true
          - wait: parcel
            after: prepare
            when: risk.level == "high"
            event: parcel_arrived
            due: 3 days
            on_overdue: fail
            on_failed: continue
          - {end: odd, outcome: odd_end, after: prepare, when: prepare.when == "never"}
          - each: access
            of: {app: apps}
            steps:
              - {task: open, title: {en: '{{ app }}', de: '{{ app }}'}, assign: team:hr, forever: true}
              - {task: tell, title: {en: 'Tell {{ app }}', de: 'Sagen: {{ app }}'}, assign: team:hr, forever: true}
        """

    private func texts(_ language: String, _ type: String = type) throws -> [StepID?: [String]] {
        let compilation = Fixtures.compile([
            "departments/hr/requests/case.yaml": type,
            "shared/organisation.yaml": """
            title: Acme
            languages: [en, de]
            time_zone: Europe/Berlin
            working_hours: {days: [monday, tuesday], from: 09:00, to: 17:00}
            currency: EUR
            """,
        ])
        let type = try #require(compilation.configuration?.requestTypes["hr.case"], "\(compilation.diagnostics)")
        let picture = Drawing.picture(of: type, in: try #require(compilation.configuration), language: language)
        return Dictionary(grouping: picture.boxes) { $0.step }.mapValues { boxes in
            boxes.map { $0.texts.map(\.text).joined(separator: " ") }
        }
    }

    @Test("A value in a title is the question that it answers; no identifier stands there")
    func titles() throws {
        let english = try texts("en"), german = try texts("de")
        #expect(english["prepare"]?.first?.hasPrefix("Account of “Who starts?”") == true)
        #expect(german["prepare"]?.first?.hasPrefix("Konto von „Wer fängt an?“") == true)
        #expect(english["open"]?.first?.hasPrefix("Open ") == true)
        #expect(english["tell"]?.first?.hasPrefix("Tell …") == true)
        #expect(!english.values.joined().contains { $0.contains("‹") })
    }

    @Test("The rows of a table stand there whole, so that two can be told apart")
    func rows() throws {
        let lanes = try #require(try texts("en")[nil])
        #expect(Set(lanes).count == 3 && !lanes.contains { $0.contains("…") }, "\(lanes)")
    }

    @Test("What cases give is said with the labels that the choose declares")
    func given() throws {
        let declared = Self.type.replacing(
            "    hit: unique\n",
            with: """
                    gives:
                      level:
                        label: {en: Hazard, de: Gefahr}
                        type: choice
                        of: {low: {en: Little, de: Gering}, high: {en: Great, de: Groß}}
                    hit: unique

                """)
        let (english, german) = (try texts("en", declared), try texts("de", declared))
        #expect(english.values.joined().contains { $0.contains("Hazard: Great") }, "\(english)")
        #expect(german.values.joined().contains { $0.contains("Gefahr: Gering") }, "\(german)")
        #expect(german["parcel"]?.first?.contains("nur wenn „Risiko“: „Gefahr“ ist Groß") == true, "\(german)")
    }

    @Test("What the file has no title for is said in German, or marked as the file's own word")
    func german() throws {
        let german = try texts("de")
        #expect(german["parcel"]?.first?.contains("nur wenn „Risiko“: „level“ ist „high“") == true)
        #expect(german["parcel"]?.first?.contains("bis es von außen gemeldet wird") == true)
        #expect(german["odd"]?.first?.contains("„Wann?“ ist Gar nicht") == true, "\(german)")
        #expect(german.values.joined().contains { $0.contains("„level“: „low“") })
    }
}
