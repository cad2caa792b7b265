import Testing
import WorkflowCore

@testable import ServiceDesk

@Suite("How files of a kind begin")
struct FileStartTests {
    private static let zip: [UInt8] = [0x50, 0x4B, 0x03, 0x04, 0x14]
    private static let png: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0]
    private static let office: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]
    private static let starts: [(String, [UInt8])] = [
        ("pdf", Array("%PDF-1.7".utf8)), ("png", png), ("jpg", [0xFF, 0xD8, 0xFF, 0xE0]), ("gif", Array("GIF89a".utf8)),
        ("webp", Array("RIFF1234WEBPVP8 ".utf8)), ("heic", [0, 0, 0, 0x18] + Array("ftypheic".utf8)),
        ("tiff", [0x4D, 0x4D, 0, 0x2A]), ("txt", Array("Gr\u{FC}\u{DF}e\n".utf8)), ("xls", office), ("docx", zip),
        ("rtf", Array(#"{\rtf1"#.utf8)),
    ]

    @Test("What begins as it should fits its own kind, and no other but one that is as wide", arguments: starts)
    func kinds(ending: String, start: [UInt8]) {
        for (other, _) in Self.starts {
            let wider = ending == other || (other == "txt" && ["pdf", "gif", "jpg", "rtf", "webp"].contains(ending))
            #expect(FileStart.fits(start, MediaTypes.ofName("a.\(other)")) == wider, "\(ending) as \(other)")
        }
        #expect(FileStart.fits(start, MediaTypes.unknown))
    }

    @Test(
        "Of files that say what they are only pictures are pictures",
        arguments: [
            ([0, 0, 0, 0x18], "ftypmif1\0\0\0\0mif1heic", true), ([0, 0, 0, 0x18], "ftypXXXX\0\0\0\0mif1heic", true),
            ([0, 0, 0, 0x14], "ftypisom\0\0\0\0mp42heic", false), ([0, 0, 0, 0x18], "ftypM4V \0\0\0\0isommp42", false),
            ([0, 0, 0, 0x18], "ftypqt  ", false), ([0xFF, 0xFF, 0xFF, 0xFF], "ftypheic", true),
            ([0, 0, 0, 0], "ftypheic", true), ([0, 0, 0, 0x18], "ftyphei", false),
        ] as [([UInt8], String, Bool)])
    func pictures(size: [UInt8], text: String, isPicture: Bool) {
        #expect(FileStart.fits(size + Array(text.utf8), "image/heic") == isPicture, "\(text)")
    }

    @Test("Every kind that is known has its beginning, and nothing but a text is empty")
    func whole() {
        for type in MediaTypes.known.keys {
            #expect(FileStart.fits([], type) == type.hasPrefix("text/"), "\(type)")
            #expect(!FileStart.fits([0, 1, 2, 3, 4, 5, 6, 7, 8], type), "\(type)")
        }
    }
}
