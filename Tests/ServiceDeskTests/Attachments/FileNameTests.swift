import ServiceDesk
import Testing

@Suite("Names of files")
struct FileNameTests {
    @Test(
        "A name keeps what people read and nothing that misleads",
        arguments: [
            ("report.pdf", "report.pdf"), ("Übersicht 2026.xlsx", "Übersicht 2026.xlsx"),
            ("../../etc/passwd", "passwd"), ("C:\\Users\\kim\\scan.png", "scan.png"), ("/", "file"), ("", "file"),
            ("..", "file"), (".bashrc", "bashrc"), ("a\u{0}b\nc.txt", "abc.txt"),
            ("photo\u{202E}gpj.exe", "photogpj.exe"), ("a<b>\"c|d?.txt", "abcd.txt"),
            ("zero\u{200B}width.txt", "zerowidth.txt"),
            ("  spaced .pdf. ", "spaced .pdf"),
        ])
    func cleaned(_ sent: String, _ kept: String) {
        #expect(FileName(cleaning: sent).description == kept)
    }

    @Test("A long name is shortened between letters and keeps its ending")
    func shortened() {
        let name = FileName(cleaning: String(repeating: "ü", count: 300) + ".pdf").description
        #expect(name.utf8.count <= 255 && name.hasSuffix("ü.pdf"))
        let accents = FileName(cleaning: "a" + String(repeating: "\u{301}", count: 300) + ".pdf").description
        #expect((200...255).contains(accents.utf8.count) && accents.hasSuffix(".pdf"))
        #expect(FileName(cleaning: "a" + String(repeating: "\u{301}", count: 300)).description.utf8.count == 255)
    }
}
