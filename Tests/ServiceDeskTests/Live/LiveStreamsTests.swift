import Expressions
import Testing
import WorkflowCore

@testable import ServiceDesk

@Suite("Streams of what changes")
struct LiveStreamsTests {
    private static func person(_ number: UInt64) -> PersonID { PersonID(UniqueID(high: 0, low: number)) }
    private static func request(_ number: UInt64) -> RequestID { RequestID(UniqueID(high: 1, low: number)) }

    private static func listener(
        _ number: UInt64, session: UInt64 = 1, buffer: Int = 100
    ) -> (LiveStreams.Listener, AsyncStream<LiveEvent>) {
        let (stream, continuation) = AsyncStream.makeStream(
            of: LiveEvent.self, bufferingPolicy: .bufferingOldest(buffer))
        let listener = LiveStreams.Listener(
            person: person(number), credential: .session(UniqueID(high: 2, low: session)), continuation: continuation)
        return (listener, stream)
    }

    /// Everything that was said, once the stream is over.
    private static func said(_ stream: AsyncStream<LiveEvent>) async -> [LiveEvent] {
        var events: [LiveEvent] = []
        for await event in stream { events.append(event) }
        return events
    }

    private static func changed(_ number: UInt64) -> ChangedRequest {
        ChangedRequest(id: request(number), number: "IT-\(number)", version: 3)
    }

    @Test("A change is told to those who may know of it, and to nobody else")
    func telling() async {
        var streams = LiveStreams(epoch: 7)
        let (ada, adaStream) = Self.listener(1)
        let (bo, boStream) = Self.listener(2)
        #expect(streams.add(ada) != nil && streams.add(bo) != nil)
        streams.tell(Self.request(1), as: Self.changed(1), to: [Self.person(1)])
        streams.tell(Self.request(2), as: nil, to: [])
        streams.end { _ in true }
        let start = LivePosition(epoch: 7, sequence: 0)
        #expect(
            await Self.said(adaStream)
                == [.ready(start), .changed(LivePosition(epoch: 7, sequence: 1), Self.changed(1))])
        #expect(await Self.said(boStream) == [.ready(start)])
        #expect(streams.listeners.isEmpty)
    }

    @Test("Whoever comes back hears what they missed, or looks at everything anew")
    func missing() {
        var streams = LiveStreams(epoch: 7)
        for number in 1...3 { streams.tell(Self.request(UInt64(number)), as: nil, to: []) }
        streams.tell(Self.request(3), as: nil, to: [])
        #expect(streams.missed(since: "7-4") == .requests([]))
        #expect(streams.missed(since: "7-1") == .requests([Self.request(2), Self.request(3)]))
        for position in ["8-1", "7-5", "", "7", "7-x", "-7-1", "7-1-1", String(repeating: "7", count: 40)] {
            #expect(streams.missed(since: position) == .everything, "\(position)")
        }
        let before = streams.position.description
        streams.reset()
        #expect(streams.missed(since: before) == .everything)
        #expect(streams.missed(since: streams.position.description) == .requests([]))
        for number in 0...60 { streams.tell(Self.request(UInt64(number)), as: nil, to: []) }
        #expect(streams.missed(since: "7-5") == .everything)
    }

    @Test("One person has a few streams, and gets another when one is over")
    func limits() async {
        var streams = LiveStreams(epoch: 7)
        let (listener, _) = Self.listener(1)
        let ids = (0..<LiveStreams.maximumOfPerson).compactMap { _ in streams.add(listener) }
        #expect(ids.count == LiveStreams.maximumOfPerson && streams.add(listener) == nil)
        #expect(streams.add(Self.listener(2).0) != nil)
        streams.remove(ids[0])
        #expect(streams.add(listener) != nil)
    }

    @Test("A stream ends after a while, and when its reader is too slow")
    func ending() async {
        var streams = LiveStreams(epoch: 7)
        let (quick, quickStream) = Self.listener(1)
        let (slow, slowStream) = Self.listener(2, buffer: 2)
        _ = streams.add(quick)
        _ = streams.add(slow)
        for _ in 0...LiveStreams.life { streams.beat() }
        #expect(streams.listeners.isEmpty)
        #expect(await Self.said(quickStream).count == LiveStreams.life + 1)
        #expect(await Self.said(slowStream) == [.ready(LivePosition(epoch: 7, sequence: 0)), .beat])
    }

    @Test("What daemons tell each other is read as it was meant, and fits into a notification")
    func announcements() {
        var announcements = Announcements()
        let requests = (1...450).map { Self.request($0) }
        announcements.add(requests)
        announcements.end([UniqueID(high: 3, low: 3)])
        let texts = announcements.take(from: 0xABC)
        #expect(texts.count == 4 && texts.allSatisfy { $0.utf8.count < 8_000 } && announcements.take(from: 1).isEmpty)
        var heard: [RequestID] = []
        for text in texts.dropLast() {
            #expect(Announcements.read(text, unlessFrom: 0xABC) == .own)
            if case .changed(let some) = Announcements.read(text, unlessFrom: 1) { heard += some }
        }
        #expect(heard == requests)
        #expect(Announcements.read(texts[3], unlessFrom: 1) == .ended([UniqueID(high: 3, low: 3)]))
        for text in ["", "x", "1 more", "1 changed", "1 new 2"] {
            #expect(Announcements.read(text, unlessFrom: 7) == .unreadable)
        }
        announcements.add((1...3000).map { Self.request($0) })
        #expect(announcements.take(from: 5) == ["5 all"])
    }
}
