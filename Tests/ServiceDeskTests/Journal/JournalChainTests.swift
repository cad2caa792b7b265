import Expressions
import Testing
import WorkflowCore

@testable import ServiceDesk

@Suite struct JournalChainTests {
    private static let request = RequestID(UniqueID(high: 0x0192_0000_0000_7000, low: 0x8000_0000_0000_0001))

    private static func entry(
        _ sequence: Int = 1, at: Int64 = 1_795_248_000_000_001, kind: String = "raised", format: Int = 1,
        configuration: ConfigurationVersion = "c0", principal: String = "system:timer", data: String = "{}",
        hash: [UInt8] = []
    ) -> JournalEntry {
        JournalEntry(
            sequence: sequence, at: Instant(microseconds: at), kind: kind, format: format, configuration: configuration,
            principal: principal, data: data, hash: hash)
    }

    @Test("The hash is over exactly the documented bytes")
    func bytes() {
        var bytes = Digest.sha256([0x01, 0x92, 0, 0, 0, 0, 0x70, 0, 0x80, 0, 0, 0, 0, 0, 0, 1])
        #expect(JournalChain.start(of: Self.request) == bytes)
        bytes += [0, 0, 0, 0, 0, 0, 0, 1]
        bytes += [0x00, 0x06, 0x60, 0xC7, 0x1F, 0xB4, 0xC0, 0x01]
        bytes += [0, 0, 0, 1]
        for text in ["raised", "c0", "system:timer", "{}"] {
            bytes += [0, 0, 0, UInt8(text.utf8.count)] + Array(text.utf8)
        }
        let microseconds = (0..<8).reduce(Int64(0)) { $0 << 8 | Int64(bytes[40 + $1]) }
        #expect(
            JournalChain.hash(of: Self.entry(at: microseconds), after: JournalChain.start(of: Self.request))
                == Digest.sha256(bytes))
    }

    @Test("Every column counts")
    func columns() {
        let previous = JournalChain.start(of: Self.request)
        let variants = [
            Self.entry(), Self.entry(2), Self.entry(at: 1_795_248_000_000_002), Self.entry(kind: "closed"),
            Self.entry(format: 2), Self.entry(configuration: "c1"), Self.entry(principal: "system:child"),
            Self.entry(data: "{ }"), Self.entry(kind: "raisedc", configuration: "0"),
        ]
        let hashes = variants.map { JournalChain.hash(of: $0, after: previous) }
        #expect(Set(hashes).count == variants.count)
        #expect(JournalChain.hash(of: Self.entry(), after: hashes[1]) != hashes[0])
    }

    @Test("A missing, moved or cut entry is noticed")
    func breaks() {
        var previous = JournalChain.start(of: Self.request)
        let entries = (1...5).map { number in
            let plain = Self.entry(number, data: "{\"n\":\(number)}")
            previous = JournalChain.hash(of: plain, after: previous)
            return Self.entry(number, data: plain.data, hash: previous)
        }
        func firstBreak(_ entries: [JournalEntry]) -> Int? {
            JournalChain.firstBreak(in: entries, of: Self.request, lastHash: previous)
        }
        #expect(firstBreak(entries) == nil)
        #expect(firstBreak(Array(entries.dropLast())) == 5)
        #expect(firstBreak(Array(entries.dropFirst())) == 1)
        #expect(firstBreak([entries[0], entries[2], entries[1], entries[3], entries[4]]) == 2)
        let other = RequestID(UniqueID(high: 1, low: 1))
        #expect(JournalChain.firstBreak(in: entries, of: other, lastHash: previous) == 1)
    }

    @Test(
        "Instants keep their microseconds, also before 1970", arguments: [0, 1, 1_795_248_000_123_456, -1, -1_500_001])
    func microseconds(number: Int64) {
        #expect(Instant(microseconds: number).microseconds == number)
    }
}
