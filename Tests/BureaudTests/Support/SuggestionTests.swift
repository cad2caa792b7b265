import Testing

@testable import bureaud

@Suite struct SuggestionTests {
    @Test(
        "A near word is suggested, a far one is not",
        arguments: [("databse", "database"), ("log-level", "log_level"), ("zzz", nil), ("", nil)] as [(String, String?)]
    )
    func nearest(_ word: String, _ suggestion: String?) {
        #expect(Suggestion.nearest(to: word, among: ["database", "log_level", "listen"]) == suggestion)
    }
}
