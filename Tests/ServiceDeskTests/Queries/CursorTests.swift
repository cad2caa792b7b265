import Expressions
import Testing
import WorkflowCore

@testable import ServiceDesk

@Suite struct CursorTests {
    private let request = RequestID(UniqueID(high: 0x0192_0000_0000_7000, low: 0x8000_0000_0000_0001))

    @Test("Cursors read back")
    func roundTrip() throws {
        #expect(try Cursor.request(Cursor.encode(request)) == request)
        for place in [TimelinePlace(after: 17, glasses: 0), TimelinePlace(after: 17, glasses: 3)] {
            #expect(try Cursor.timeline(Cursor.encode(place)) == place)
        }
        for due in [nil, Instant(microseconds: 1_795_248_000_123_456)] {
            let position = InboxPosition(
                due: due, since: Instant(microseconds: 1_795_248_000_000_001), request: request,
                instance: InstanceName("grant", scopes: [.round(2), .key("a\nb]")]))
            #expect(try Cursor.inbox(Cursor.encode(position)) == position)
        }
    }

    @Test(
        "What no page gave is refused",
        arguments: [
            "", "x", "r1", "aGVsbG8", TextForms.base64URL(Array("r1\nnonsense".utf8)), TextForms.base64URL([0xFF]),
        ])
    func refused(cursor: String) {
        #expect(code { () throws(DeskError) in _ = try Cursor.request(cursor) } == "page.bad_cursor")
        #expect(code { () throws(DeskError) in _ = try Cursor.timeline(cursor) } == "page.bad_cursor")
        #expect(code { () throws(DeskError) in _ = try Cursor.inbox(cursor) } == "page.bad_cursor")
    }

    @Test("A cursor of one list is none of another")
    func lists() {
        #expect(code { () throws(DeskError) in _ = try Cursor.inbox(Cursor.encode(request)) } == "page.bad_cursor")
        #expect(
            code { () throws(DeskError) in _ = try Cursor.request(Cursor.encode(TimelinePlace.start)) }
                == "page.bad_cursor")
    }

    @Test("Limits are 1 to 200", arguments: [(0, false), (1, true), (200, true), (201, false), (-1, false)])
    func limits(limit: Int, isGood: Bool) {
        #expect(code { () throws(DeskError) in try Cursor.check(limit: limit) } == (isGood ? nil : "page.bad_limit"))
    }

    private func code(_ body: () throws(DeskError) -> Void) -> String? {
        do throws(DeskError) {
            try body()
            return nil
        } catch {
            guard case .rejected(let rejection) = error else { return "not a rejection" }
            return rejection.code
        }
    }
}
