import Logging
import Synchronization
import Testing

@testable import bureaud

@Suite struct LogLineTests {
    static let line = LogLine(
        time: "2026-03-29T01:30:00.005Z", level: .warning, label: "bureaud", message: "Two\nlines",
        fields: [("a", "b c"), ("quoted", "\"\u{301}\\")])

    @Test("Text stays on one line")
    func text() {
        #expect(
            Self.line.text == "2026-03-29T01:30:00.005Z WARNING Two\\nlines a=\"b c\" quoted=\"\u{301}\\\n")
    }

    @Test("JSON escapes by scalars, so that a combining mark hides no quotation mark")
    func json() {
        let expected =
            #"{"time":"2026-03-29T01:30:00.005Z","level":"warning","logger":"bureaud","message":"Two\nlines","#
            + #""metadata":{"a":"b c","quoted":"\""# + "\u{301}" + #"\\"}}"# + "\n"
        #expect(Array(Self.line.json.utf8) == Array(expected.utf8))
    }

    @Test(
        "Instants are written in UTC",
        arguments: [(0, "1970-01-01T00:00:00.007Z"), (1_774_747_800, "2026-03-29T01:30:00.007Z")])
    func time(_ seconds: Int, _ text: String) {
        #expect(LogLine.rfc3339(seconds: seconds, milliseconds: 7) == text)
    }

    @Test("The handler merges metadata and respects the level")
    func handler() {
        let lines = Mutex<[String]>([])
        var logger = Logger(label: "test") { label in
            DaemonLogHandler(label: label, level: .info, format: .text) { line in lines.withLock { $0.append(line) } }
        }
        logger[metadataKey: "request"] = "7"
        logger.debug("unseen")
        logger.info("seen", metadata: ["step": "approve"])
        #expect(lines.withLock { $0.count } == 1)
        #expect(lines.withLock { $0.first?.hasSuffix("INFO seen request=7 step=approve\n") } == true)
    }
}
