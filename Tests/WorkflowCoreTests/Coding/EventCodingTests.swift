import Expressions
import Foundation
import Testing

@testable import WorkflowCore

/// Events are stored for ever: what format 1 looks like is a file, and that file must be read by every later release.
@Suite("The stored form of events and states")
struct EventCodingTests {
    private struct Stored: Decodable {
        let kind: String
    }

    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Golden")

    private func lines(_ file: String) throws -> [String] {
        try String(contentsOf: Self.folder.appending(path: file), encoding: .utf8).split(separator: "\n").map(
            String.init)
    }

    private func encoded(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }

    /// Each line is a kind, a space and the event's JSON with sorted keys.
    @Test("Every event of format 1 is read, and written the same again")
    func golden() throws {
        var kinds: Set<String> = []
        for line in try lines("events-1.txt") {
            let space = try #require(line.firstIndex(of: " "))
            let (kind, json) = (String(line[..<space]), String(line[line.index(after: space)...]))
            let decoder = JSONDecoder()
            decoder.userInfo[.eventKind] = kind
            let event = try decoder.decode(Event.self, from: Data(json.utf8))
            #expect(event.kind == kind)
            #expect(try encoded(event) == json)
            kinds.insert(kind)
        }
        #expect(kinds == Set(Self.examples.map(\.kind)), "every kind has its line")
    }

    @Test("The state of format 1 is read, and written the same again")
    func goldenState() throws {
        for line in try lines("states-1.txt") {
            let state = try JSONDecoder().decode(RequestState.self, from: Data(line.utf8))
            #expect(try encoded(state) == line)
        }
    }

    /// One of each kind at least; the switch in `Event.kind` reminds whoever adds one.
    static let examples: [Event] = [
        .raised(
            Raised(
                id: Story.id, type: "hr.leave", number: "HR-1", configuration: "c1", requester: Person.rosa,
                beneficiary: Person.mila, parent: Parent(request: Story.id, instance: "a#2[x]"), values: ["a": .int(1)])
        ),
        .started("a", .task(offeredTo: [.team("it"), .person(Person.mila)], assignee: Person.mila)),
        .started("a", .approval(Electorate(seats: [[Person.mila]], need: .percent(60), rejection: .unreachable))),
        .started("a", .request(child: Story.id, type: "it.account", inputs: ["x": .bool(true)], wait: .submitted)),
        .reoffered("a", .approval(Electorate(seats: [[Person.mila]], need: .count(2), rejection: .any))),
        .reoffered("a", .task(offeredTo: [.role("hr-lead")], assignee: nil)),
        .started("a", .block), .skipped("a"), .claimed("a", by: Person.mila), .released("a"),
        .completed("a", by: Person.mila, outputs: ["x": .date(date("2026-11-21"))]),
        .voted("a", by: Person.mila, .approve, comment: "Fine."), .voted("a", by: Person.mila, .reject, comment: nil),
        .childSubmitted("a", number: "IT-1"), .childRefused("a", reason: "no"),
        .childClosed("a", .done, outputs: ["x": .null]), .done("a", outcome: "approved"), .done("a", outcome: nil),
        .failed("a", .rejected, handling: .continued), .failed("a", .child(outcome: "refused"), handling: .outward),
        .failed("a", .overdue, handling: .ending), .failed("a", .inner("b"), handling: .left("c")),
        .failed("a", .evaluation("It failed."), handling: .retried),
        .failed("a", .nobody, handling: .asked([.role("hr")])),
        .retried("a", attempt: 2), .reset("a"), .cancelled("a"), .deadlineSet("a", moment("2026-11-21T08:00:00Z")),
        .deadlineRemoved("a"), .deadlinePassed("a"), .told([.group("staff")], .overdue, about: "a"),
        .told([.person(Person.mila)], .closed, about: nil), .commented("Hello."), .cancelRequested(reason: "no"),
        .cancelRequested(reason: nil), .childCancelRequested("a"), .ending(.rejected),
        .closed(.done, outputs: ["x": .int(1)]),
        .started("a", .choice(1, gives: ["level": .string("board")])), .started("a", .choice(nil, gives: [:])),
        .started("a#2", .rounds),
        .started("a", .elements([Element(key: "x]", value: .string("x]")), Element(key: "2", value: .int(2))])),
        .started("a[x]", .block),
        .started("a!undo", .request(child: Story.id, type: "it.account", inputs: [:], wait: .ended)),
        .roundStarted("a", round: 2), .elementAdded("a", Element(key: "x", value: .string("x"))),
        .stepAdded("a", "b", key: "1"), .won("a", branch: "b"), .held("a", resource: "van"), .suspended("a"),
        .resumed("a"), .undoPrepared("a[x]", inputs: ["login": .string("x")]), .undoDue("a[x]"),
        .failed("a", .exhausted, handling: .outward), .failed("a", .unmet, handling: .outward),
        .failed("a", .noCase, handling: .outward),
    ]

    @Test("What was entered stands apart and comes back", arguments: examples)
    func roundTrip(_ event: Event) throws {
        let decoder = JSONDecoder()
        decoder.userInfo[.eventKind] = event.kind
        let bare = try decoder.decode(Event.self, from: JSONEncoder().encode(event))
        #expect(bare.replacingEntered(event.entered) == event)
        #expect(bare.entered.values.allSatisfy { $0 == .string("") })
        #expect(event.replacingEntered([:]).kind == event.kind)
    }

    @Test("An event without its kind, or of an unknown one, is an error")
    func unknown() throws {
        #expect(throws: DecodingError.self) { try JSONDecoder().decode(Event.self, from: Data("{}".utf8)) }
        let decoder = JSONDecoder()
        decoder.userInfo[.eventKind] = "exploded"
        #expect(throws: DecodingError.self) { try decoder.decode(Event.self, from: Data("{}".utf8)) }
    }

    @Test(
        "Principals and needs are texts",
        arguments: ["person:\(Person.rosa)", "system:timer", "system:parent", "system:child"])
    func principals(_ text: String) {
        #expect(Principal(text)?.description == text)
        #expect(Principal(text + "x") == nil)
    }

    @Test(
        "Reports of children travel",
        arguments: [
            ChildReport.submitted(number: "IT-1"), .refused(reason: "no"),
            .closed(.done, outputs: ["x": .double(.nan)]),
        ])
    func reports(_ report: ChildReport) throws {
        #expect(try JSONDecoder().decode(ChildReport.self, from: JSONEncoder().encode(report)) == report)
    }
}
