import ServiceDesk
import Testing

@testable import bureaud

/// Against real programs on this machine.
@Suite("The program that looks at uploads")
struct ScannerProgramTests {
    /// Writes a program for the time of the body.
    private static func with(_ script: String, _ body: (String) async throws -> Void) async throws {
        let folder = try TemporaryFolder.make()
        defer { TemporaryFolder.remove(folder) }
        let path = "\(folder)/scanner"
        try Files.replace(path, with: "#!/bin/sh\n\(script)\n", permissions: 0o755)
        try await body(path)
    }

    private static func pieces(_ count: Int = 1, _ text: String = "content") -> AttachmentPieces {
        AttachmentPieces { number in number < count ? Array(text.utf8) : nil }
    }

    @Test(
        "How it ends says what it thinks",
        arguments: [
            ("cat > /dev/null; exit 0", ScanVerdict.harmless),
            ("cat > /dev/null; echo 'A virus.'; echo more; exit 1", .harmful("A virus.")),
            ("exit 1", .harmful("The scanner refuses it.")),
        ])
    func verdict(_ script: String, _ expected: ScanVerdict) async throws {
        try await Self.with(script) { path in
            #expect(await ScannerProgram(path: path).verdict(on: Self.pieces()) == expected)
        }
    }

    @Test("It gets the file whole and in order, and nothing of the daemon's environment")
    func content() async throws {
        try await Self.with("[ \"$(cat | wc -c)\" = 4000000 ] && [ -z \"$HOME\" ]") { path in
            let content = String(repeating: "0123456789", count: 25_000)
            #expect(await ScannerProgram(path: path).verdict(on: Self.pieces(16, content)) == .harmless)
        }
    }

    @Test("One that has seen enough need not read to the end")
    func enough() async throws {
        try await Self.with("head -c 10 > /dev/null; echo 'Begins badly.'; exit 1") { path in
            let content = String(repeating: "x", count: 262_144)
            #expect(await ScannerProgram(path: path).verdict(on: Self.pieces(40, content)) == .harmful("Begins badly."))
        }
    }

    @Test("Another end is no verdict", arguments: ["exit 3", "kill -9 $$", "exit 127"])
    func oddEnd(_ script: String) async throws {
        try await Self.with(script) { path in
            guard case .unknown = await ScannerProgram(path: path).verdict(on: Self.pieces()) else {
                Issue.record("it was taken for a verdict")
                return
            }
        }
    }

    @Test("Without the program there is no verdict")
    func missing() async {
        guard case .unknown = await ScannerProgram(path: "/nonexistent/scanner").verdict(on: Self.pieces()) else {
            Issue.record("it was taken for a verdict")
            return
        }
    }

    @Test(
        "One that hangs is ended with all that it has started, and has given no verdict", .timeLimit(.minutes(1)),
        arguments: ["sleep 600", "sleep 600 & sleep 601", "trap '' TERM; sleep 600; sleep 600", "while :; do :; done"])
    func hanging(_ script: String) async throws {
        try await Self.with(script) { path in
            let scanner = ScannerProgram(path: path, patience: .milliseconds(200))
            guard case .unknown = await scanner.verdict(on: Self.pieces(100, String(repeating: "x", count: 10_000)))
            else {
                Issue.record("it was taken for a verdict")
                return
            }
        }
    }

    @Test("When the file cannot be read, there is no verdict")
    func unreadable() async throws {
        try await Self.with("cat > /dev/null") { path in
            let broken = AttachmentPieces { number throws(DeskError) in
                guard number < 2 else { throw DeskError.unavailable(retryAfterSeconds: 1) }
                return [1, 2, 3]
            }
            guard case .unknown = await ScannerProgram(path: path).verdict(on: broken) else {
                Issue.record("it was taken for a verdict")
                return
            }
        }
    }
}
