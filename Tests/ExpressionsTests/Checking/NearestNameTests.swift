import Expressions
import Testing

@Suite struct NearestNameTests {
    @Test(
        "A near name is suggested, a far one is not",
        arguments: [("databse", "database"), ("log-level", "log_level"), ("zzz", nil), ("", nil)] as [(String, String?)]
    )
    func nearest(_ name: String, _ suggestion: String?) {
        #expect(NearestName.of(name, among: ["database", "log_level", "listen"]) == suggestion)
    }
}
