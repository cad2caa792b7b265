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
                id: Story.id, type: "hr.leave", number: "HR-1", configuration: "c1", requester: .person(Person.rosa),
                beneficiary: Person.mila, parent: Parent(request: Story.id, instance: "a#2[x]"), values: ["a": .int(1)])
        ),
        .raised(
            Raised(
                id: Story.id, type: "hr.misconduct", number: "HR-2", configuration: "c1", requester: .anonymous,
                beneficiary: nil, parent: nil, values: ["a": .int(1)])
        ),
        .started("a", .task(offeredTo: [.role("hr"), .anonymous], assignee: nil)),
        .completed("a", by: nil, outputs: ["x": .int(1)]), .ticked("a", item: "badge", isDone: true, by: nil),
        .told([.anonymous], .commented, about: nil), .noted("Careful.", .workers),
        .noted("Careful.", .team("hr-payroll")), .told([.person(Person.mila)], .noted, about: nil),
        .restricted("hr-inner", reason: "Careful."), .unrestricted(reason: "Over."),
        .confined("a", to: [.team("hr-inner"), .person(Person.mila)]),
        .told([.team("hr-inner")], .restricted, about: nil),
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
        .told([.person(Person.mila)], .closed, about: nil), .commented("Hello."),
        .commented(
            "Look.",
            files: [AttachedFile(id: UniqueID(high: 1, low: 2), name: "a.pdf", size: 3, mediaType: "application/pdf")]),
        .cancelRequested(reason: "no"),
        .cancelRequested(reason: nil), .childCancelRequested("a"), .ending(.rejected),
        .closed(.done, outputs: ["x": .int(1)]),
        .started(
            "a",
            .call(
                FrozenCall(
                    id: CallID(UniqueID(high: 1, low: 2)), service: "directory", method: .put, path: "/people/ann",
                    inputs: ["path": .string("x"), "quota": .int(5)], timeout: 30, retries: 5, firstPause: 10))),
        .started("a", .wait(event: "parcel_arrived", key: "A1")), .started("a", .wait(event: nil, key: nil)),
        .started(
            "a",
            .approval(
                Electorate(
                    seats: [[Person.mila]], need: .any, rejection: .any,
                    standIns: [Person.mila: [Person.hans, Person.rosa]]))),
        .changed("a", values: ["x": .int(1)], cleared: ["y"]), .changed(nil, values: ["x": .int(1)], cleared: []),
        .changeHeld(
            HeldChange(
                number: 1, author: Person.rosa, instance: "a", values: ["x": .int(1)], cleared: ["y"],
                approvals: ["decide#2"])),
        .changeHeld(
            HeldChange(number: 2, author: nil, instance: nil, values: [:], cleared: [], approvals: ["decide"])),
        .changeConfirmed(1), .changeDropped(2), .changeForwarded("a", values: ["x": .int(1)], cleared: ["y"]),
        .childChangeRefused("a", reason: "no"), .parentChanged(version: 7), .parentChangeRefused(reason: "no"),
        .notified("a", [.team("it")], text: ["en": "Hello", "de": "Hallo"]),
        .alarmSet("a", .wake, moment("2026-11-21T08:00:00Z")), .alarmRemoved("a", .remind), .alarmRang("a", .escalate),
        .alarmSet("a", .look, moment("2026-11-21T23:00:00Z")),
        .received("a", outputs: ["x": .int(1)], at: moment("2026-11-21T08:00:00Z")),
        .kept(
            KeptEvent(
                number: 1, event: "parcel_arrived", key: "A1", receivedAt: moment("2026-11-21T08:00:00Z"),
                until: moment("2026-11-28T08:00:00Z"), values: ["x": .int(1)])),
        .taken("a", number: 1, outputs: ["x": .int(1)]), .expired(number: 1),
        .callAnswered("a", status: 201, outputs: ["x": .int(1)]),
        .callCancelRequested("a"), .ticked("a", item: "badge", isDone: true, by: Person.mila),
        .handedOver("a", to: Person.hans, by: Person.mila), .voterAdded("a", Person.hans, by: Person.mila),
        .stoodIn("a", by: Person.hans, for: [Person.mila]), .returned("a"), .askedOthers("a", [.person(Person.mila)]),
        .targetSet(
            "ready",
            TargetClock(
                unit: .workingMinutes, budget: 240, spent: 0, since: moment("2026-11-21T08:00:00Z"),
                due: moment("2026-11-21T12:00:00Z"), warning: moment("2026-11-21T10:00:00Z"))),
        .targetSet("ready", TargetClock(unit: .seconds, budget: 60, spent: 5, since: nil, due: nil, warning: nil)),
        .targetWarned("ready", percent: 50), .targetMet("ready"), .targetMissed("ready"), .targetDropped("ready"),
        .rated(score: 5, comment: "Fine."), .rated(score: 1, comment: nil),
        .reopened(Story.id, values: ["x": .int(1)]), .successorRefused(Story.id, reason: "no"), .erased(.retention),
        .failed("a", .call("No connection."), handling: .retried), .failed("a", .rule("it.account"), handling: .ending),
        .failed("a", .changed("start"), handling: .retried), .told([.team("it")], .targetWarning, about: "a"),
        .voted("decide!change1", by: Person.mila, .approve, comment: nil),
        .started("a", .choice(1, gives: ["level": .string("board")])), .started("a", .choice(nil, gives: [:])),
        .started("a#2", .rounds),
        .started("a", .elements([Element(key: "x]", value: .string("x]")), Element(key: "2", value: .int(2))])),
        .started("a[x]", .block),
        .started("a!undo", .request(child: Story.id, type: "it.account", inputs: [:], wait: .ended)),
        .roundStarted("a", round: 2), .elementAdded("a", Element(key: "x", value: .string("x"))),
        .stepAdded("a", "b", key: "1"), .won("a", branch: "b"), .held("a", resource: "van"), .suspended("a"),
        .resumed("a"), .undoPrepared("a[x]", inputs: ["login": .string("x")]), .undoDue("a[x]"),
        .postponed("a"), .endKept("a", .closed(.done, outputs: ["x": .int(1)])), .endKept("a", .refused(reason: "no")),
        .endKept("a", .answered(status: 200, outputs: ["x": .int(1)])),
        .endKept("a", .failed(reason: "No connection.")),
        .unreadable(
            "a", .due, reason: "The expression at `due` of the step `a` could not be evaluated: division by zero"),
        .unreadable("a", .onlyWhile, reason: "no"), .readable("a", .due),
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
        arguments: ["person:\(Person.rosa)", "system:timer", "system:parent", "system:child", "system:call"])
    func principals(_ text: String) {
        #expect(Principal(text)?.description == text)
        #expect(Principal(text + "x") == nil)
    }

    @Test(
        "Reports of children travel",
        arguments: [
            ChildReport.submitted(number: "IT-1"), .refused(reason: "no"),
            .closed(.done, outputs: ["x": .double(.nan)]), .changeRefused(reason: "no"),
        ])
    func reports(_ report: ChildReport) throws {
        #expect(try JSONDecoder().decode(ChildReport.self, from: JSONEncoder().encode(report)) == report)
    }
}
