import JSONText
import Testing
import WorkflowCore

@Suite("Writing JSON")
struct JSONWriterTests {
    private func text(_ write: (inout JSONWriter) -> Void) -> String {
        var writer = JSONWriter()
        write(&writer)
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    @Test(
        "Strings are escaped where the standard asks for it and nowhere else",
        arguments: [
            ("", "\"\""), ("plain", "\"plain\""), ("a\"b\\c", "\"a\\\"b\\\\c\""),
            ("\u{8}\t\n\u{C}\r", "\"\\b\\t\\n\\f\\r\""), ("\u{0}\u{1F}\u{7F}", "\"\\u0000\\u001f\u{7F}\""),
            ("</script>é😀\u{2028}", "\"</script>é😀\u{2028}\""), ("\"\u{301}", "\"\\\"\u{301}\""),
        ])
    func escaping(plain: String, written: String) {
        #expect(text { $0.string(plain) }.utf8.elementsEqual(written.utf8))
    }

    @Test("Commas stand between members and elements only")
    func commas() {
        let written = text { writer in
            writer.object { writer in
                writer.key("a")
                writer.integer(-1)
                writer.key("b")
                writer.array([[1, 2], []]) { writer, row in writer.array(row) { $0.integer($1) } }
                writer.key("c")
                writer.object { _ in }
                writer.key("d")
                writer.bool(true)
                writer.key("e")
                writer.string(nil)
            }
        }
        #expect(written == "{\"a\":-1,\"b\":[[1,2],[]],\"c\":{},\"d\":true,\"e\":null}")
    }

    @Test("Members of a value are in the order of their keys")
    func order() {
        let value = JSONValue.object(["b": .number("1.10"), "a": .array([.null, .bool(false)]), "\"": .string("x")])
        #expect(text { $0.value(value) } == "{\"\\\"\":\"x\",\"a\":[null,false],\"b\":1.10}")
    }
}
