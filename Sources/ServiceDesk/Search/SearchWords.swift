/// The words by which texts are found: runs of letters and digits, in lower case, Latin ones without accents.
///
/// A German umlaut counts as it is written without one: “Müller” is found as “mueller” and as “muller”, and whoever types
/// an umlaut finds both “Müller” and “Mueller”. A number such as `HR-1042` is one word besides its parts. The same rules
/// make what is stored and what is asked, so they may only change together with all stored words.
enum SearchWords {
    /// Longer words are cut there, both where they are stored and where they are looked for.
    private static let longest = 60

    /// The words of a text as they are stored, sorted; each once.
    ///
    /// - Parameter maximum: How many at most, the first of the text.
    static func stored(_ texts: [String], maximum: Int) -> [String] {
        var words: Set<String> = []
        for text in texts {
            for chunk in text.split(whereSeparator: \.isWhitespace) {
                if words.count >= maximum { return words.sorted() }
                if let number = number(chunk) { words.insert(number) }
                for word in runs(in: chunk) {
                    words.insert(spelled(word, .expanded))
                    if word.contains(where: { umlauts[$0] != nil }) { words.insert(spelled(word, .bare)) }
                }
            }
        }
        return words.sorted()
    }

    /// What is looked for, in the order of the text: all of these words.
    ///
    /// - Returns: Empty for a text without words, which finds nothing.
    static func asked(_ text: String) -> [SearchTerm] {
        var terms: [SearchTerm] = []
        for chunk in text.split(whereSeparator: \.isWhitespace) {
            if let number = number(chunk) {
                terms.append(SearchTerm(word: number))
            } else {
                terms += runs(in: chunk).map(term)
            }
        }
        // The last word may not be finished, unless a space or a full number says that it is.
        guard let last = terms.last, let end = text.last, !end.isWhitespace, last.word.utf8.count >= shortestBeginning,
            !last.word.contains("-")
        else { return terms }
        terms[terms.count - 1] = SearchTerm(word: last.word, inflected: last.inflected, isBeginning: true)
        return terms
    }

    /// Both spellings of a word count for its other forms: “Häuser” is a form of “Haus” only without the e.
    private static func term(_ run: [Unicode.Scalar]) -> SearchTerm {
        let word = spelled(run, .expanded)
        guard run.allSatisfy({ $0.properties.numericType == nil }) else { return SearchTerm(word: word) }
        let bare = spelled(run, .bare)
        return SearchTerm(word: word, inflected: word == bare ? [word] : [word, bare])
    }

    /// One letter is the beginning of nearly everything.
    private static let shortestBeginning = 2

    private enum Spelling { case expanded, bare }

    /// Runs of letters and digits, in lower case, as scalars without the accents that stand alone.
    private static func runs(in chunk: Substring) -> [[Unicode.Scalar]] {
        var runs: [[Unicode.Scalar]] = []
        var run: [Unicode.Scalar] = []
        func finish() {
            if !run.isEmpty { runs.append(run) }
            run = []
        }
        for scalar in chunk.unicodeScalars {
            if scalar == "\u{308}", let last = run.last, let umlaut = composed[last] {
                run[run.count - 1] = umlaut
            } else if scalar.properties.isDiacritic || scalar.properties.generalCategory == .nonspacingMark {
                continue
            } else if scalar.properties.isAlphabetic || scalar.properties.numericType != nil {
                run += scalar.properties.lowercaseMapping.unicodeScalars.filter {
                    $0.properties.generalCategory != .nonspacingMark
                }
            } else {
                finish()
            }
        }
        finish()
        return runs
    }

    private static func spelled(_ word: [Unicode.Scalar], _ spelling: Spelling) -> String {
        var text = String.UnicodeScalarView()
        for scalar in word {
            if let umlaut = umlauts[scalar] {
                text.append(contentsOf: (spelling == .expanded ? umlaut.expanded : umlaut.bare).unicodeScalars)
            } else if let letters = plain[scalar] {
                text.append(contentsOf: letters.unicodeScalars)
            } else {
                text.append(scalar)
            }
        }
        return String(String.UnicodeScalarView(text.prefix(longest)))
    }

    /// `hr-1042`, of a chunk that is nothing but letters, a hyphen and digits.
    private static func number(_ chunk: Substring) -> String? {
        let parts = chunk.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        guard parts.count == 2, (1...20).contains(parts[0].count), (1...20).contains(parts[1].count),
            parts[0].allSatisfy({ ($0 | 0x20) >= UInt8(ascii: "a") && ($0 | 0x20) <= UInt8(ascii: "z") }),
            parts[1].allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
        else { return nil }
        return chunk.lowercased()
    }

    private static let umlauts: [Unicode.Scalar: (expanded: String, bare: String)] = [
        "ä": ("ae", "a"), "ö": ("oe", "o"), "ü": ("ue", "u"),
    ]

    /// Umlauts that were typed as a letter and two dots.
    private static let composed: [Unicode.Scalar: Unicode.Scalar] = ["a": "ä", "o": "ö", "u": "ü"]

    /// Letters of Latin alphabets without what is added to them.
    private static let plain: [Unicode.Scalar: String] = {
        var table: [Unicode.Scalar: String] = ["ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "þ": "th", "ĳ": "ij"]
        let letters = [
            ("a", "àáâãåāăą"), ("c", "çćĉċč"), ("d", "ďđð"), ("e", "èéêëēĕėęě"), ("g", "ĝğġģ"), ("h", "ĥħ"),
            ("i", "ìíîïĩīĭįı"), ("j", "ĵ"), ("k", "ķ"), ("l", "ĺļľŀł"), ("n", "ñńņňŉŋ"), ("o", "òóôõōŏő"), ("r", "ŕŗř"),
            ("s", "śŝşšș"), ("t", "ţťŧț"), ("u", "ùúûũūŭůűų"), ("w", "ŵ"), ("y", "ýÿŷ"), ("z", "źżž"),
        ]
        for (base, accented) in letters {
            for scalar in accented.unicodeScalars { table[scalar] = base }
        }
        return table
    }()
}
