/// The mappings of the language, as data. A key that is not here is not part of this release.
enum Shapes {
    /// `{text: …}` where an expression stands otherwise.
    static let literalText = MappingShape(
        "a literal text", [KeyShape("text", .template, required: true, "`text` says the text.")])
}
