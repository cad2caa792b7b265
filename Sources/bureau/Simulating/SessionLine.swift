/// A line that somebody typed, in words: blanks separate them, double quotes keep blanks together.
struct SessionLine {
    let words: [String]

    /// Nil when a quote is not closed.
    init?(_ text: String) {
        var words: [String] = []
        var word: String?
        var isQuoted = false
        for character in text {
            switch character {
            case "\"":
                isQuoted.toggle()
                word = word ?? ""
            case " ", "\t":
                if isQuoted {
                    word?.append(character)
                } else if let done = word {
                    words.append(done)
                    word = nil
                }
            default: word = (word ?? "") + String(character)
            }
        }
        guard !isQuoted else { return nil }
        if let word { words.append(word) }
        self.words = words
    }

    /// The words from one on, with blanks between them.
    func text(from index: Int) -> String { words.dropFirst(index).joined(separator: " ") }
}
