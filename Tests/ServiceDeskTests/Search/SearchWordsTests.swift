import Testing

@testable import ServiceDesk

@Suite("Words of a search")
struct SearchWordsTests {
    static let stored: [(text: String, words: [String])] = [
        ("A new laptop, please!", ["a", "laptop", "new", "please"]),
        ("Müller", ["mueller", "muller"]),
        ("Mu\u{308}ller", ["mueller", "muller"]),
        ("STRASSE Straße", ["strasse"]),
        ("Crème brûlée à Łódź", ["a", "brulee", "creme", "lodz"]),
        ("HR-1042", ["1042", "hr", "hr-1042"]),
        ("2026-12-01", ["01", "12", "2026"]),
        ("lin.zhao@test.example", ["example", "lin", "test", "zhao"]),
        ("ΣΊΣΥΦΟΣ 東京", ["σίσυφοσ", "東京"]),
        (" \u{0} … \u{301}", []),
        (String(repeating: "x", count: 70), [String(repeating: "x", count: 60)]),
    ]

    @Test("Texts are stored as their words without accents, umlauts in both spellings", arguments: stored)
    func store(text: String, words: [String]) {
        #expect(SearchWords.stored([text], maximum: 99) == words)
    }

    static let asked: [(text: String, terms: [String])] = [
        ("lap", ["lap*"]),
        ("new lap", ["new", "lap*"]),
        ("new lap ", ["new", "lap"]),
        ("n", ["n"]),
        ("Müll", ["muell*"]),
        ("hr-1042", ["hr-1042"]),
        ("HR-1042 lap", ["hr-1042", "lap*"]),
        ("it's", ["it", "s"]),
        ("' & | ! \\ :*", []),
        ("", []),
    ]

    @Test("Whoever looks types words, the last of them perhaps not to its end", arguments: asked)
    func ask(text: String, terms: [String]) {
        #expect(SearchWords.asked(text).map { $0.word + ($0.isBeginning ? "*" : "") } == terms)
    }

    static let inflected: [(text: String, spellings: [[String]])] = [
        ("laptops", [["laptops"]]), ("Häuser ", [["haeuser", "hauser"]]), ("hr-1042", [[]]),
        ("room 204b", [["room"], []]),
    ]

    @Test("Words have other forms, in both spellings; numbers have none", arguments: inflected)
    func forms(text: String, spellings: [[String]]) {
        #expect(SearchWords.asked(text).map(\.inflected) == spellings)
    }

    @Test("Whatever is typed, words hold nothing that means something where a query of words is read")
    func harmless() {
        for scalar in (0...0x2FFF).compactMap({ Unicode.Scalar($0 as UInt32) }) {
            let text = "a\(scalar)b-\(scalar) \(scalar)-1"
            for term in SearchWords.asked(text) {
                for word in [term.word] + term.inflected {
                    #expect(!word.isEmpty && !word.contains { " '\\&|!:*()<>\0".contains($0) }, "U+\(scalar.value)")
                }
            }
            #expect(SearchWords.stored([text], maximum: 99).allSatisfy { !$0.isEmpty && !$0.contains(" ") })
        }
    }

    @Test("A text has as many words as it may")
    func many() {
        #expect(SearchWords.stored(["a b c d", "e f"], maximum: 3) == ["a", "b", "c"])
    }
}
