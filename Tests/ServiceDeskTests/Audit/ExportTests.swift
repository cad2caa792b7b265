import Expressions
import ServiceDesk
import Synchronization
import Testing
import WorkflowCore

@Suite("Exports of the audit and of journals")
struct ExportTests {
    /// The lines of an export, without their line breaks.
    private func lines(
        _ write: (@escaping (String) async throws -> Void) async throws -> Void
    ) async throws -> [String] {
        let text = Mutex("")
        try await write { line in text.withLock { $0 += line } }
        return text.withLock { $0 }.split(separator: "\n").map(String.init)
    }

    private func verify(_ lines: [String]) -> ExportVerifier.Report {
        var verifier = ExportVerifier()
        for line in lines { verifier.read(line) }
        return verifier.finish()
    }

    /// Three days with entries of several logs.
    private func audited(_ body: (DeskHarness) async throws -> Void) async throws {
        try await DeskHarness.with { harness in
            for day in 0..<3 {
                let ada = try await harness.viewer("ada").person.id
                for turn in 0..<3 {
                    try await harness.desk.audit(
                        .tokenRevoked, by: "operator", subject: "token:\(day)\(turn)", details: ["why": "a \"test\""],
                        words: ["handle": AuditWord("ada", of: ada), "note": AuditWord("Ä \u{1}", of: nil)])
                }
                try await harness.desk.audit(.signedIn, by: "person:x")
                harness.clock.advance(by: .seconds(86_400))
            }
            try await body(harness)
        }
    }

    @Test("An export verifies, whole or from a day on, and its heads are those of the days")
    func whole() async throws {
        try await audited { harness in
            let all = try await lines {
                try await harness.desk.auditExport(of: nil, from: nil, to: nil, by: "operator").write($0)
            }
            let report = verify(all)
            #expect(report.faults == [])
            #expect(report.erased == 0 && report.withheld == 0)
            #expect(
                report.chains.map(\.name) == [
                    "administration/2026-11-23", "administration/2026-11-24", "administration/2026-11-25",
                    "sign_in/2026-11-23", "sign_in/2026-11-24", "sign_in/2026-11-25", "exports/2026-11-26",
                ])
            // The organisation was applied and its people imported on the first day.
            #expect(report.chains.map(\.entries) == [5, 3, 3, 1, 1, 1, 1])
            let some = try await lines {
                try await harness.desk.auditExport(
                    of: [.administration], from: CivilDate(iso8601: "2026-11-24"), to: CivilDate(iso8601: "2026-11-24"),
                    by: "operator"
                ).write($0)
            }
            let part = verify(some)
            #expect(part.faults == [])
            #expect(part.chains == [report.chains[1]])
        }
    }

    @Test("Every change of an export is found in its line: altered, removed, repeated, moved, cut off, spliced")
    func tampering() async throws {
        try await audited { harness in
            let all = try await lines {
                try await harness.desk.auditExport(of: [.administration], from: nil, to: nil, by: "operator").write($0)
            }
            func faults(_ change: (inout [String]) -> Void) -> [Int] {
                var changed = all
                change(&changed)
                return verify(changed).faults.map(\.line)
            }
            #expect(faults { _ in } == [])
            // Line 1 is the head, 2 begins the first chain, 3 is its first entry.
            for line in 2..<(all.count - 1) where all[line].contains(#""entry":"#) {
                let altered = all[line].replacing("at\\\":\\\"2026", with: "at\\\":\\\"2027")
                #expect(faults { $0[line] = altered }.first == line + 1)
                #expect(faults { $0.remove(at: line) }.first == line + 1)
                #expect(faults { $0.insert($0[line], at: line) }.first == line + 2)
                if all[line + 1].contains(#""entry":"#) {
                    #expect(faults { $0.swapAt(line, line + 1) }.first == line + 1)
                }
                if all[line].contains(#""text":"ada""#) {
                    #expect(
                        faults { $0[line] = $0[line].replacing(#""text":"ada""#, with: #""text":"bob""#) }.first == line
                            + 1)
                }
            }
            for count in 0..<all.count {
                #expect(!faults { $0.removeLast(all.count - count) }.isEmpty, "cut at \(count)")
            }
            // A whole day, with its beginning and its end.
            let begin = try #require(all.firstIndex { $0.contains("2026-11-24") })
            let end = try #require(all.lastIndex { $0.contains(#""chain":"administration/2026-11-24""#) })
            #expect(faults { $0.removeSubrange(begin...end) }.first == begin + 1)
            #expect(!faults { $0.append($0[2]) }.isEmpty)
            #expect(!faults { $0[0] = "[]" }.isEmpty)
            #expect(!faults { $0[4] = "not JSON" }.isEmpty)
            #expect(!verify([]).faults.isEmpty)
        }
    }

    /// The same lines with an end that fits them, as somebody writes it who has changed one.
    private func sealed(_ lines: [String]) -> [String] {
        let body = Array(lines.dropLast())
        var digest: [UInt8] = []
        for line in body { digest = Digest.sha256(digest + Array(line.utf8)) }
        return body + [#"{"digest":"\#(TextForms.hexadecimal(digest))","end":true,"lines":\#(body.count)}"#]
    }

    private func withheld(_ line: String) -> String { #"{"withheld":true,"# + line.dropFirst() }

    @Test("Nothing of the audit can be called withheld, so that it would not be checked")
    func withheldAudit() async throws {
        try await audited { harness in
            let all = try await lines {
                try await harness.desk.auditExport(of: [.administration], from: nil, to: nil, by: "operator").write($0)
            }
            #expect(verify(sealed(all)).faults == [])
            let line = try #require(all.firstIndex { $0.contains(#""text":"ada""#) })
            let altered = all[line].replacing("at\\\":\\\"2026", with: "at\\\":\\\"2027")
            let another = all[line].replacing(#""text":"ada""#, with: #""text":"bob","withheld":true"#)
            #expect(altered != all[line] && another != all[line])
            for changed in [withheld(altered), withheld(all[line]), another] {
                var file = all
                file[line] = changed
                let report = verify(sealed(file))
                #expect(report.faults.map(\.line) == [line + 1] && report.withheld == 0, "\(changed)")
            }
            // Nor by calling it the export of a journal.
            var file = all
            file[0] = all[0].replacing(#""audit""#, with: #""journal""#)
            file[line] = withheld(altered)
            #expect(verify(sealed(file)).faults.first?.line == 2)
        }
    }

    @Test("What of a journal is withheld says nothing of its own")
    func withheldJournal() async throws {
        try await DeskHarness.with { harness in
            _ = try await harness.raiseLeave(occasion: "Wedding")
            let hal = try await harness.viewer("hal")
            let own = try await lines { try await harness.desk.journalExport(of: "HR-1", by: hal).write($0) }
            #expect(verify(sealed(own)).faults == [])
            let line = try #require(own.firstIndex { $0.contains("Wedding") })
            let altered = own[line].replacing("person:", with: "persons:")
            let value = own[line].replacing("Wedding", with: "Funeral")
                .replacing(#""text":"#, with: #""withheld":true,"text":"#)
            for changed in [withheld(altered), withheld(own[line]), value] {
                var file = own
                file[line] = changed
                let faults = verify(sealed(file)).faults
                #expect(!faults.isEmpty && faults.allSatisfy { $0.line == line + 1 }, "\(changed)")
            }
        }
    }

    @Test("A journal verifies; what somebody may not read is in it as hashes and digests")
    func journal() async throws {
        try await DeskHarness.with { harness in
            let request = try await harness.raiseLeave(occasion: "Wedding").value.summary
            try await harness.perform(
                .approve(InstanceName("decide"), comment: "Have fun"), on: request.number, by: "boss")
            func exported(_ handle: String) async throws -> [String] {
                let viewer = try await harness.viewer(handle)
                return try await lines {
                    try await harness.desk.journalExport(of: request.number, by: viewer).write($0)
                }
            }
            let own = try await exported("ada")
            let hers = verify(own)
            #expect(hers.faults == [] && hers.erased == 0)
            #expect(hers.chains.map(\.name) == ["request/\(request.id)"])
            let hr = try await exported("hal")
            #expect(verify(hr).faults == [])
            #expect(hr.joined().contains("Wedding"))
            let boss = try await exported("boss")
            #expect(verify(boss).faults == [] && verify(boss).withheld > 0)
            #expect(!boss.joined().contains("Wedding"))
            let stored = try await harness.stored(request.id)
            #expect(own.joined().contains(stored.lastHash.map { hexadecimal($0) }.joined()))
            let answer = try await refusal { _ = try await exported("eve") }
            #expect(answer == "request.not_found")
            var changed = own
            changed[4] = changed[4].replacing("person:", with: "persons:")
            #expect(verify(changed).faults.first?.line == 5)
        }
    }

    @Test("The journal of a child names its parent to those alone who see that, too, and verifies for everybody")
    func child() async throws {
        try await DeskHarness.with { harness in
            let parent = try await harness.raiseJoiner().summary
            try await harness.work()
            func exported(_ handle: String) async throws -> [String] {
                let viewer = try await harness.viewer(handle)
                return try await lines { try await harness.desk.journalExport(of: "IT-1", by: viewer).write($0) }
            }
            #expect(try await refusal { _ = try await harness.view(parent.number, by: "ivo") } == "request.not_found")
            let its = try await exported("ivo")
            #expect(verify(its).faults == [] && verify(its).withheld == 1)
            #expect(!its.joined().contains(parent.id.description))
            // Who asks for an account for somebody new sees both.
            #expect(try await harness.view("IT-1", by: "hal").parent?.number == parent.number)
            let theirs = try await exported("hal")
            #expect(verify(theirs).faults == [] && verify(theirs).withheld == 0)
            #expect(theirs.joined().contains(parent.id.description))
        }
    }

    private func hexadecimal(_ byte: UInt8) -> String {
        let text = String(byte, radix: 16)
        return text.count == 1 ? "0" + text : text
    }
}
