/// How identifiers are written.
enum Names {
    /// What an expression can name: `[a-z][a-z0-9_]*`, at most 64 letters.
    static func isIdentifier(_ text: String) -> Bool {
        isWord(text, hyphens: false)
    }

    /// Departments, teams, roles, groups and lists: `[a-z][a-z0-9-]*` with underscores too, at most 64 letters.
    static func isSharedName(_ text: String) -> Bool {
        isWord(text, hyphens: true)
    }

    private static func isWord(_ text: String, hyphens: Bool) -> Bool {
        guard let first = text.utf8.first, text.utf8.count <= 64 else { return false }
        guard (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(first) else { return false }
        return text.utf8.allSatisfy { byte in
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
                || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                || byte == UInt8(ascii: "_") || (hyphens && byte == UInt8(ascii: "-"))
        }
    }

    /// Words of the expression language.
    static let reserved: Set<String> = [
        "and", "or", "not", "at", "in", "true", "false", "null", "as", "break", "const", "continue", "else", "for",
        "function", "if", "import", "let", "loop", "namespace", "package", "return", "var", "void", "while", "has",
        "optional",
    ]
}
