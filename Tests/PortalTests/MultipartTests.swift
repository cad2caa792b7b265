import Expressions
import HTTPAPI
import Testing

@testable import Portal

@Suite("Forms with files as browsers send them")
struct MultipartTests {
    private static let binary = (0..<3000).map { UInt8(truncatingIfNeeded: $0 &* 7) }

    /// A text, an empty text, a file that looks like a boundary, an empty file.
    private static let body: [UInt8] =
        Array("--B\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\nproof\r\n".utf8)
        + Array("--B\r\nContent-Disposition: form-data; name=\"empty\"\r\n\r\n\r\n".utf8)
        + Array(
            ("--B\r\nContent-Disposition: form-data; name=\"f.a\"; filename=\"q%22uote ü.pdf\"\r\n"
                + "Content-Type: application/PDF; x=y\r\n\r\n\r\n--\r\n--A\r\r\n-").utf8) + binary
        + Array("\r\n--B\r\ncontent-disposition: form-data; name=\"f.b\"; filename=\"\"\r\n\r\n\r\n--B--\r\nmore".utf8)

    private struct Read: Equatable {
        var part: MultipartParser.Part
        var content: [UInt8] = []
    }

    private static func read(_ body: [UInt8], cutting sizes: () -> Int) throws -> [Read]? {
        var parser = MultipartParser(boundary: "B")
        var parts: [Read] = []
        var rest = body[...]
        while true {
            switch try parser.next() {
            case nil:
                guard !rest.isEmpty else { return nil }
                let size = max(1, sizes())
                parser.add(Array(rest.prefix(size)))
                rest = rest.dropFirst(size)
            case .begin(let part): parts.append(Read(part: part))
            case .data(let bytes): parts[parts.count - 1].content += bytes
            case .end: continue
            case .finished: return parts
            }
        }
    }

    @Test("However it is cut into pieces, the same parts come out")
    func cuts() throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        var state = seed
        let whole = try #require(try Self.read(Self.body) { 1 << 20 })
        #expect(whole.map(\.part.name) == ["csrf", "empty", "f.a", "f.b"])
        #expect(whole.map(\.part.fileName) == [nil, nil, "q\"uote ü.pdf", ""])
        #expect(whole[2].part.mediaType == "application/pdf" && whole[0].content == Array("proof".utf8))
        #expect(whole[1].content.isEmpty && whole[3].content.isEmpty)
        #expect(whole[2].content == Array("\r\n--\r\n--A\r\r\n-".utf8) + Self.binary)
        for round in 0..<60 {
            let read = try Self.read(Self.body) {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                return round == 0 ? 1 : Int(state >> 33) % (1 << (round % 9 + 1))
            }
            #expect(read == whole, "seed \(seed), round \(round)")
        }
    }

    @Test(
        "What is no such form is refused or never ends",
        arguments: [
            "--B\r\n\r\n\r\nx\r\n--B--", "--B\r\nContent-Disposition: attachment; name=\"a\"\r\n\r\nx\r\n--B--",
            "--B\r\nContent-Disposition: form-data\r\n\r\nx\r\n--B--",
            "--B\r\nContent-Disposition: form-data; name=\"a",
            "", "--B", "--B\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx",
            "--B\r\n" + String(repeating: "x", count: 9000), String(repeating: "x", count: 9000),
        ])
    func broken(text: String) {
        do {
            #expect(try Self.read(Array(text.utf8)) { 1000 } == nil)
        } catch {
            #expect(error as? Problem == Problem(.bodyUnreadable))
        }
    }

    @Test(
        "The boundary stands in the header",
        arguments: [
            ("multipart/form-data; boundary=abc", "abc"),
            ("Multipart/Form-Data; charset=utf-8; boundary=\"a b\"", "a b"),
            ("multipart/form-data", nil), ("multipart/form-data; boundary=", nil), ("multipart/mixed; boundary=a", nil),
            ("application/x-www-form-urlencoded", nil),
        ] as [(String, String?)])
    func boundary(header: String, expected: String?) {
        #expect(MultipartParser.boundary(of: header) == expected)
        #expect(MultipartParser.boundary(of: nil) == nil)
    }

    @Test(
        "A file is taken away by its button",
        arguments: [("drop:f.a:2", ["1"]), ("drop:f.a:", ["1", "2"]), ("send", ["1", "2"])])
    func drop(button: String, left: [String]) {
        let fields = FormFields(pairs: [.init("f.a", "1"), .init("f.a", "2"), .init("f.b", "2"), .init("do", button)])
        let after = RowOrder(fields).fields
        #expect(after.values("f.a") == left && after.values("f.b") == ["2"])
    }

    @Test("Sizes are read as people say them")
    func sizes() {
        let (english, german) = (
            Texts(language: "en", home: .utc, now: .earliest), Texts(language: "de", home: .utc, now: .earliest)
        )
        for (octets, text) in [
            (0, "0 B"), (999, "999 B"), (1_000, "1 kB"), (999_499, "999 kB"), (999_500, "1 MB"), (2_540_000, "2.5 MB"),
            (25_000_000, "25 MB"),
        ] {
            #expect(FileWords.size(octets, english) == text)
        }
        #expect(FileWords.size(2_540_000, german) == "2,5 MB")
        #expect(FileWords.accept(["pdf"]) == ".pdf" && FileWords.accept(["any"]) == nil && FileWords.accept([]) == nil)
    }
}
