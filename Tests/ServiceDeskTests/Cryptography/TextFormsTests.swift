import Testing

@testable import ServiceDesk

@Suite struct TextFormsTests {
    @Test(
        "Base64url has no padding and reads back",
        arguments: [
            ("", ""), ("f", "Zg"), ("fo", "Zm8"), ("foo", "Zm9v"), ("foob", "Zm9vYg"), ("fooba", "Zm9vYmE"),
            ("foobar", "Zm9vYmFy"), ("\u{FB}\u{FF}", "w7vDvw"),
        ])
    func base64(text: String, encoded: String) {
        #expect(TextForms.base64URL(Array(text.utf8)) == encoded)
        #expect(TextForms.bytes(base64URL: encoded) == Array(text.utf8))
    }

    @Test("What no encoder writes is no base64url", arguments: ["Z", "Zg==", "Zh", "Zm9", "Z+8A", "Zm9v Zg", "Zm9vY"])
    func refused(text: String) {
        #expect(TextForms.bytes(base64URL: text) == nil)
    }

    @Test("All bytes survive both forms")
    func roundTrip() {
        let bytes = (0...255).map { UInt8($0) }
        #expect(TextForms.bytes(base64URL: TextForms.base64URL(bytes)) == bytes)
        #expect(TextForms.bytes(hexadecimal: TextForms.hexadecimal(bytes)) == bytes)
        #expect(TextForms.bytes(hexadecimal: "AbCd") == [0xAB, 0xCD])
        #expect(TextForms.bytes(hexadecimal: "abc") == nil)
        #expect(TextForms.bytes(hexadecimal: "zz") == nil)
    }

    @Test("SHA-256 gives the digests of FIPS 180-4")
    func sha256() {
        #expect(
            TextForms.hexadecimal(Digest.sha256("abc"))
                == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
        #expect(
            TextForms.hexadecimal(Digest.sha256([]))
                == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
        #expect(Digest.areEqual(Digest.sha256("a"), Digest.sha256("a")))
        #expect(!Digest.areEqual(Digest.sha256("a"), Digest.sha256("b")))
        #expect(!Digest.areEqual([], [0]))
    }

    @Test("Drawn bytes differ and have the asked length")
    func random() {
        #expect(SystemRandom.bytes(32).count == 32)
        #expect(SystemRandom.bytes(32) != SystemRandom.bytes(32))
        #expect(SystemRandom.bytes(0).isEmpty)
    }

    @Test("A token has 256 bits between its prefix and its checksum, and only such a text has a digest")
    func tokens() {
        let secret = Tokens.make(SystemRandom.bytes)
        #expect(secret.hasPrefix("bureau_pat_"))
        let bits = String(secret.dropFirst("bureau_pat_".count).dropLast(6))
        #expect(TextForms.bytes(base64URL: bits)?.count == 32)
        #expect(Tokens.digest(of: secret) == Digest.sha256(secret))
        let otherEnd = secret.hasSuffix("A") ? "B" : "A"
        for broken in ["", String(secret.dropLast()), "x" + secret.dropFirst(), secret.dropLast() + otherEnd] {
            #expect(Tokens.digest(of: broken) == nil)
        }
    }

    @Test("A token of an earlier release, without a checksum, goes on to work")
    func oldTokens() {
        let secret = "bureau_" + TextForms.base64URL(SystemRandom.bytes(32))
        #expect(Tokens.digest(of: secret) == Digest.sha256(secret))
        #expect(Tokens.digest(of: secret + "A") == nil)
    }
}
