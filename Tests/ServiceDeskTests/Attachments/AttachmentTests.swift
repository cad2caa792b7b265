import Expressions
import PostgresClient
import ServiceDesk
import TestSupport
import Testing
import WorkflowCore

@Suite("Attachments")
struct AttachmentTests {
    private static let files = TestOrganisation.files.merging([
        "departments/hr/requests/claim.yaml": """
        title: {en: Claim, de: Antrag}
        audience: [role:employee]
        outcomes: {done: good, refused: bad}
        form:
          proof: {label: {en: Proof, de: Beleg}, type: file, types: [pdf, image], max_size: 1 MB}
          private: {label: {en: Diagnosis, de: Befund}, type: file, optional: true, sensitive: team:hr}
        steps:
          - task: pay
            assign: role:employee
            form:
              receipts: {label: {en: Receipts, de: Quittungen}, type: list, of: {type: file}, max: 3}
            due: 3 working days
            on_overdue: {tell: role:hr-lead}
        """,
        "departments/hr/requests/badge.yaml": """
        title: {en: Badge, de: Ausweis}
        audience: [role:employee]
        outcomes: {done: good, failed: bad}
        form:
          photo: {label: {en: Photo, de: Foto}, type: file, types: image}
          contract: {label: {en: Contract, de: Vertrag}, type: file, types: pdf}
        steps:
          - request: print
            type: it.print
            with: {picture: photo}
            on_failed: {end: failed}
            undo: none
        """,
        "departments/it/requests/print.yaml": """
        title: {en: Print, de: Drucken}
        audience: [role:employee]
        offered_to: [hr]
        outcomes: {done: good, refused: bad}
        form:
          picture: {label: {en: Picture, de: Bild}, type: file, types: image}
        steps:
          - task: print
            assign: team:it
            form:
              badge: {label: {en: Scan of it, de: Scan davon}, type: file, types: image}
            due: 3 working days
            on_overdue: {tell: team:it}
        outputs:
          badge: print.badge
        """,
    ]) { $1 }

    private struct Pieces: AsyncSequence {
        typealias Element = [UInt8]
        let pieces: [[UInt8]]
        var breaks = false

        struct Broken: Error {}

        struct Iterator: AsyncIteratorProtocol {
            var rest: ArraySlice<[UInt8]>
            let breaks: Bool

            mutating func next() async throws -> [UInt8]? {
                if let piece = rest.popFirst() { return piece }
                if breaks { throw Broken() }
                return nil
            }
        }

        func makeAsyncIterator() -> Iterator { Iterator(rest: pieces[...], breaks: breaks) }
    }

    private static func upload(
        _ name: String, _ bytes: [UInt8], by handle: String, _ harness: DeskHarness
    ) async throws -> UploadView {
        try await harness.desk.upload(
            name: name, mediaType: nil, content: Pieces(pieces: [start(of: name), bytes]), by: harness.viewer(handle))
    }

    /// How a file of that name has to begin; a text in UTF-16 holds any octets.
    private static func start(of name: String) -> [UInt8] {
        switch MediaTypes.ofName(name) {
        case "application/pdf": Array("%PDF-1.7".utf8)
        case "image/png": [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
        case "text/plain": [0xFF, 0xFE]
        default: []
        }
    }

    private static func raise(
        _ entries: [FieldID: JSONValue], by handle: String = "ada", _ harness: DeskHarness
    ) async throws -> RequestView {
        try await harness.desk.raise(
            "hr.claim", entries: entries, beneficiary: nil, by: harness.viewer(handle), key: nil
        ).value
    }

    private static func content(
        _ id: UniqueID, of number: String, for handle: String, _ harness: DeskHarness
    ) async throws -> [UInt8] {
        let download = try await harness.desk.download(id, of: number, for: harness.viewer(handle))
        var bytes: [UInt8] = []
        for try await piece in download.pieces { bytes += piece }
        #expect(Digest.sha256(bytes) == download.sha256 && Int64(bytes.count) == download.file.size)
        return Array(bytes.dropFirst(start(of: download.file.name).count))
    }

    private static func code(_ body: () async throws -> Void) async -> String? {
        do {
            try await body()
            return nil
        } catch DeskError.rejected(let rejection) {
            return rejection.fields.first?.code ?? rejection.code
        } catch {
            return "\(error)"
        }
    }

    @Test("A form that is being filled takes the files of whoever fills it, and says what is wrong with them")
    func drafts() async throws {
        try await DeskHarness.with(files: Self.files) { harness in
            let proof = try await Self.upload("proof.pdf", [1], by: "ada", harness)
            let foreign = try await Self.upload("other.pdf", [1], by: "bo", harness)
            let text = try await Self.upload("notes.txt", [1], by: "ada", harness)
            func draft(_ id: UniqueID) async throws -> FormDraft {
                try await harness.desk.draft(.new("hr.claim"), for: harness.viewer("ada"), files: [id]) { _ in
                    ["proof": .string(id.description)]
                }
            }
            let good = try await draft(proof.file.id)
            #expect(good.problems == [] && good.questions.first?.files == [proof.file])
            #expect(good.files == [proof.file.id: proof.file])
            let wrong = try await draft(text.file.id)
            #expect(wrong.problems.map(\.code) == ["form.file_type"] && wrong.files[text.file.id] == text.file)
            let others = try await draft(foreign.file.id)
            #expect(others.problems.map(\.code) == ["form.unknown_file"] && others.files.isEmpty)
            let mine = try await harness.desk.uploads(
                [proof.file.id, foreign.file.id], of: harness.viewer("ada"))
            #expect(mine == [proof.file])
        }
    }

    @Test(
        "What somebody uploads and uses comes back octet for octet to those who may read the field, and to nobody else")
    func roundTrip() async throws {
        try await DeskHarness.with(files: Self.files) { harness in
            let large = (0..<700_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
            let proof = try await Self.upload("proof.pdf", large, by: "ada", harness)
            let secret = try await Self.upload("befund.pdf", [1, 2, 3], by: "ada", harness)
            let view = try await Self.raise(
                ["proof": .string(proof.file.id.description), "private": .string(secret.file.id.description)], harness)
            let number = view.summary.number
            #expect(view.fields.map(\.text) == ["proof.pdf", "befund.pdf"])
            #expect(try await Self.content(proof.file.id, of: number, for: "ada", harness) == large)
            #expect(try await Self.content(proof.file.id, of: number, for: "bo", harness) == large)
            #expect(try await Self.content(secret.file.id, of: number, for: "hal", harness) == [1, 2, 3])
            // Bo is offered the work, so sees the request; the sensitive field is not his.
            let hidden = await Self.code {
                _ = try await harness.desk.download(secret.file.id, of: number, for: harness.viewer("bo"))
            }
            #expect(hidden == "attachment.unknown")
            let elsewhere = await Self.code {
                _ = try await harness.desk.download(
                    UniqueID(high: 7, low: 7), of: number, for: harness.viewer("ada"))
            }
            #expect(elsewhere == hidden)
        }
    }

    @Test("A file whose beginning is another than its name says is not taken, and nothing of it is kept")
    func otherContent() async throws {
        try await DeskHarness.with(files: Self.files) { harness in
            for (name, bytes, code) in [
                ("a.pdf", Array("<html>".utf8), "attachment.other_content"),
                ("a.pdf", Array(repeating: 0x20, count: 300_000), "attachment.other_content"),
                ("a.pdf", [], "attachment.other_content"), ("a.html", Array("<html>".utf8), nil),
                ("a.pdf", Array("\n%PDF-1.4\n".utf8), nil), ("a.txt", [], nil),
                ("a.txt", [0x4D, 0x5A, 0], "attachment.other_content"),
            ] as [(String, [UInt8], String?)] {
                // In small pieces, as it comes over a network.
                let pieces = stride(from: 0, to: bytes.count, by: 3).prefix(200).map {
                    Array(bytes[$0..<min($0 + 3, bytes.count)])
                }
                let rest = Array(bytes.dropFirst(600))
                let found = await Self.code {
                    _ = try await harness.desk.upload(
                        name: name, mediaType: "application/pdf", content: Pieces(pieces: pieces + [rest]),
                        by: harness.viewer("ada"))
                }
                #expect(found == code, "\(name)")
            }
            let rows = try await harness.database.query("SELECT name FROM bureau.attachment ORDER BY name")
            #expect(try rows.map { try $0.decode(at: 0, as: String.self) } == ["a.html", "a.pdf", "a.txt"])
        }
    }

    @Test("Nobody uses what somebody else has uploaded, or an upload that broke off")
    func foreign() async throws {
        try await DeskHarness.with(files: Self.files) { harness in
            let proof = try await Self.upload("proof.pdf", [1], by: "ada", harness)
            let foreign = await Self.code {
                _ = try await Self.raise(["proof": .string(proof.file.id.description)], by: "bo", harness)
            }
            #expect(foreign == "form.unknown_file")
            await #expect(throws: Pieces.Broken.self) {
                _ = try await harness.desk.upload(
                    name: "half.bin", mediaType: nil,
                    content: Pieces(pieces: [Array(repeating: 1, count: 300_000)], breaks: true),
                    by: harness.viewer("ada"))
            }
            let left = try await harness.storage.unusedSize(
                of: .person(harness.viewer("ada").person.id), besides: UniqueID(high: 0, low: 0))
            #expect(left == 16_384)
        }
    }

    @Test("What no request uses is forgotten after a day; what one uses stays")
    func purge() async throws {
        try await DeskHarness.with(files: Self.files) { harness in
            let used = try await Self.upload("used.pdf", [1], by: "ada", harness)
            let unused = try await Self.upload("unused.pdf", [2], by: "ada", harness)
            let number = try await Self.raise(["proof": .string(used.file.id.description)], harness).summary.number
            harness.clock.advance(by: .seconds(90_000))
            let late = await Self.code {
                _ = try await Self.raise(["proof": .string(unused.file.id.description)], harness)
            }
            #expect(late == "form.unknown_file")
            #expect(try await harness.storage.purgeAttachments(before: harness.clock.now - .seconds(86_400)) == 1)
            #expect(try await Self.content(used.file.id, of: number, for: "ada", harness) == [1])
        }
    }

    @Test("Files that a task asks for are outputs, and for those who see the step")
    func outputs() async throws {
        try await DeskHarness.with(files: Self.files) { harness in
            let proof = try await Self.upload("proof.pdf", [1], by: "ada", harness)
            let number = try await Self.raise(["proof": .string(proof.file.id.description)], harness).summary.number
            let receipt = try await Self.upload("receipt.txt", [9, 9], by: "bo", harness)
            try await harness.perform(
                .complete(InstanceName("pay"), ["receipts": .array([.string(receipt.file.id.description)])]),
                on: number,
                by: "bo")
            #expect(try await Self.content(receipt.file.id, of: number, for: "ada", harness) == [9, 9])
        }
    }

    @Test("A child has the files that it was passed and no others, and its parent those that it gives back")
    func passedOn() async throws {
        try await DeskHarness.with(files: Self.files) { harness in
            let photo = try await Self.upload("ada.png", [1], by: "ada", harness).file.id
            let contract = try await Self.upload("contract.pdf", [2], by: "ada", harness).file.id
            let parent = try await harness.desk.raise(
                "hr.badge",
                entries: ["photo": .string(photo.description), "contract": .string(contract.description)],
                beneficiary: nil, by: harness.viewer("ada"), key: nil
            ).value.summary.number
            try await harness.work()
            #expect(try await Self.content(photo, of: "IT-1", for: "ivo", harness) == [1])
            for (file, request) in [(contract, "IT-1"), (photo, parent), (contract, parent)] {
                let refusal = await Self.code {
                    _ = try await harness.desk.download(file, of: request, for: harness.viewer("ivo"))
                }
                #expect(refusal == (request == parent ? "request.not_found" : "attachment.unknown"))
            }
            let scan = try await Self.upload("badge.png", [3], by: "ivo", harness).file.id
            try await harness.perform(
                .complete(InstanceName("print"), ["badge": .string(scan.description)]), on: "IT-1", by: "ivo")
            try await harness.work()
            #expect(try await Self.content(scan, of: parent, for: "ada", harness) == [3])
            harness.clock.advance(by: .seconds(200_000))
            #expect(try await harness.storage.purgeAttachments(before: harness.clock.now) == 0)
        }
    }

    @Test("A comment's file is for those who read the comment, is named in the timeline, and stays")
    func comments() async throws {
        try await DeskHarness.with(files: Self.files) { harness in
            let proof = try await Self.upload("proof.pdf", [1], by: "ada", harness)
            let number = try await Self.raise(["proof": .string(proof.file.id.description)], harness).summary.number
            let note = try await Self.upload("note.txt", [7], by: "bo", harness)
            for (id, code) in [
                (UniqueID(high: 1, low: 1), "comment.unknown_file"), (proof.file.id, "comment.unknown_file"),
            ] {
                let refusal = await Self.code {
                    try await harness.perform(.comment("Look.", files: [id]), on: number, by: "bo")
                }
                #expect(refusal == code)
            }
            try await harness.perform(.comment("Look.", files: [note.file.id]), on: number, by: "bo")
            let entries = try await harness.desk.timeline(
                of: number, for: harness.viewer("ada"), cursor: nil, limit: 50
            ).items
            #expect(entries.flatMap(\.files) == [note.file])
            #expect(try await Self.content(note.file.id, of: number, for: "ada", harness) == [7])
            // The task is offered to everybody, who therefore see the request; of a badge only those who work on it do.
            #expect(try await Self.content(note.file.id, of: number, for: "eve", harness) == [7])
            let photo = try await Self.upload("me.png", [1], by: "ada", harness).file.id
            let contract = try await Self.upload("contract.pdf", [2], by: "ada", harness).file.id
            let badge = try await harness.desk.raise(
                "hr.badge",
                entries: ["photo": .string(photo.description), "contract": .string(contract.description)],
                beneficiary: nil, by: harness.viewer("ada"), key: nil
            ).value.summary.number
            let map = try await Self.upload("map.txt", [8], by: "ada", harness)
            try await harness.perform(.comment("Here.", files: [map.file.id]), on: badge, by: "ada")
            #expect(try await Self.content(map.file.id, of: badge, for: "ada", harness) == [8])
            let hidden = await Self.code {
                _ = try await harness.desk.download(map.file.id, of: badge, for: harness.viewer("eve"))
            }
            #expect(hidden == "request.not_found")
            harness.clock.advance(by: .seconds(200_000))
            #expect(try await harness.storage.purgeAttachments(before: harness.clock.now) == 0)
            try await harness.checkJournal(of: harness.view(number, by: "ada").summary.id)
        }
    }

    @Test("Files go with what was entered: those of somebody who worked on it with them, all with the requester")
    func erased() async throws {
        try await DeskHarness.with(files: Self.files) { harness in
            let proof = try await Self.upload("proof.pdf", [1], by: "ada", harness).file.id
            let receipt = try await Self.upload("receipt.txt", [2], by: "bo", harness).file.id
            let note = try await Self.upload("note.txt", [3], by: "bo", harness).file.id
            let number = try await Self.raise(["proof": .string(proof.description)], harness).summary.number
            try await harness.perform(.comment("Look.", files: [note]), on: number, by: "bo")
            try await harness.perform(
                .complete(InstanceName("pay"), ["receipts": .array([.string(receipt.description)])]), on: number,
                by: "bo")
            func left() async throws -> [Int] {
                let rows = try await harness.database.query(
                    """
                    SELECT count(*) FROM bureau.attachment UNION ALL
                    SELECT count(*) FROM bureau.attachment_chunk UNION ALL
                    SELECT count(*) FROM bureau.attachment_use
                    """)
                return try rows.map { try $0.decode(at: 0, as: Int.self) }
            }
            #expect(try await left() == [3, 3, 3])
            var people = TestOrganisation.people.split(separator: "\n")
            for (leaver, count) in [("bo", 1), ("ada", 0)] {
                people.removeAll { $0.hasPrefix("\(leaver),") }
                _ = try await harness.desk.importPeople(csv: people.joined(separator: "\n"), by: "operator")
                try await harness.work()
                _ = try await harness.desk.erasePerson(leaver, by: "operator")
                #expect(try await left() == [count, count, count])
            }
        }
    }

    @Test("A file is one request's: nobody raises a second one with it, and the first may name it again")
    func once() async throws {
        try await DeskHarness.with(files: Self.files) { harness in
            let proof = try await Self.upload("proof.pdf", [1], by: "bo", harness)
            let entries: [FieldID: JSONValue] = ["proof": .string(proof.file.id.description)]
            let number = try await Self.raise(entries, by: "bo", harness).summary.number
            #expect(await Self.code { _ = try await Self.raise(entries, by: "bo", harness) } == "form.unknown_file")
            try await harness.perform(
                .complete(InstanceName("pay"), ["receipts": .array([.string(proof.file.id.description)])]),
                on: number, by: "bo")
            #expect(try await harness.view(number, by: "bo").summary.phase == .closed)
        }
    }

    @Test("Too much, too many and the wrong kind are refused with their reason")
    func bounds() async throws {
        var settings = DeskSettings()
        settings.maximumUpload = 100_000
        settings.unusedUploads = 150_000
        try await DeskHarness.with(settings, files: Self.files) { harness in
            let large = await Self.code {
                _ = try await Self.upload("a.pdf", Array(repeating: 0, count: 100_001), by: "ada", harness)
            }
            #expect(large == "attachment.too_large")
            let script = try await Self.upload("a.html", Array(repeating: 0, count: 90_000), by: "ada", harness)
            #expect(script.file.mediaType == "application/octet-stream")
            let kind = await Self.code {
                _ = try await Self.raise(["proof": .string(script.file.id.description)], harness)
            }
            #expect(kind == "form.file_type")
            _ = try await Self.upload("b.pdf", Array(repeating: 0, count: 90_000), by: "ada", harness)
            let many = await Self.code { _ = try await Self.upload("c.pdf", [1], by: "ada", harness) }
            #expect(many == "attachment.too_many_unused")
            #expect(await Self.code { _ = try await Self.upload("c.pdf", [1], by: "bo", harness) } == nil)
        }
    }
}
