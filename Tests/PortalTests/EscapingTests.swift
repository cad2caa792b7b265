import HTTPAPI
import Mustache
import Portal
import Testing

@Suite("Escaping")
struct EscapingTests {
    @Test(
        "Nothing that ends an attribute or begins an element goes through",
        arguments: [
            ("plain", "plain"), ("", ""), ("<b>", "&lt;b&gt;"), ("a & b", "a &amp; b"), ("\"", "&quot;"),
            ("it's", "it&#39;s"),
            // One character with the mark that follows it, and two scalars.
            ("\"\u{301} onclick=x", "&quot;\u{301} onclick=x"), ("<\u{338}script", "&lt;\u{338}script"),
            ("'\u{20DD}", "&#39;\u{20DD}"), ("&\u{FE0F}lt;", "&amp;\u{FE0F}lt;"), ("é ü 漢 👩‍👩‍👧", "é ü 漢 👩‍👩‍👧"),
        ])
    func escapes(text: String, expected: String) {
        #expect(HTML.escaped(text).unicodeScalars.elementsEqual(expected.unicodeScalars))
    }

    @Test("A quotation mark under an accent stays inside of its attribute on a page")
    func attribute() throws {
        MustacheContentTypes.register(HTMLContent(), named: "BUREAU")
        let template = try MustacheTemplate(string: "{{% CONTENT_TYPE:BUREAU}}<a title=\"{{text}}\">")
        let page = template.render(["text": "\"\u{301}><script>"])
        #expect(page.unicodeScalars.elementsEqual("<a title=\"&quot;\u{301}&gt;&lt;script&gt;\">".unicodeScalars))
    }
}
