import Expressions
import Logging
import Testing

@testable import bureaud

@Suite struct TestClockTests {
    private static let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    @Test("It is refused unless the environment allows it", arguments: [[:], ["BUREAU_ALLOW_TEST_CLOCK": "1"]])
    func refused(_ environment: [String: String]) {
        #expect(throws: Refusal.self) {
            _ = try TestClock(path: "/nowhere", environment: environment, logger: Self.quiet)
        }
    }

    @Test("It moves with its file, never back, and ignores what is no number")
    func moves() throws {
        let folder = try TemporaryFolder.make()
        defer { TemporaryFolder.remove(folder) }
        let path = folder + "/clock"
        let start = Instant(seconds: 1_795_420_800)
        let clock = try TestClock(
            path: path, environment: ["BUREAU_ALLOW_TEST_CLOCK": "yes"], logger: Self.quiet, machine: { start })
        #expect(clock.now() == start)
        var expected = start
        let steps: [(text: String, moves: Int64)] = [
            ("0\n", 0), ("86400\n", 86_400), ("tomorrow", 0), ("3600", 0), ("-5", 0), ("99999999999999", 0),
            ("172800", 86_400),
        ]
        for (text, seconds) in steps {
            try Files.replace(path, with: text, permissions: 0o600)
            expected = expected + .seconds(seconds)
            #expect(clock.now() == expected, "\(text)")
        }
    }
}
