/// The name of an uploaded file as it is kept: its last part alone, nothing that hides or breaks a line, at most 255 octets
/// (the storage composes it, which may change that a little).
package struct FileName: Sendable, Hashable, CustomStringConvertible {
    package let description: String

    /// Cleans what a client sent; `file` when nothing is left of it.
    package init(cleaning text: String) {
        let last = text.unicodeScalars.split { $0 == "/" || $0 == "\\" }.last.map(String.UnicodeScalarView.init)
        var kept = String.UnicodeScalarView()
        for scalar in last ?? String.UnicodeScalarView() where !Self.isHarmful(scalar) { kept.append(scalar) }
        var name = String(kept)
        while let first = name.first, first == "." || first.isWhitespace { name.removeFirst() }
        while let end = name.last, end == "." || end.isWhitespace { name.removeLast() }
        description = name.isEmpty ? "file" : Self.shortened(name)
    }

    /// Control characters, line ends, and what changes the direction of writing or is not seen: `photo\u{202E}gpj.exe` reads `photoexe.jpg`.
    private static func isHarmful(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned: true
        default: "\"<>:|?*".unicodeScalars.contains(scalar)
        }
    }

    /// At most 255 octets of UTF-8, the ending kept.
    private static func shortened(_ name: String) -> String {
        let limit = 255
        guard name.utf8.count > limit else { return name }
        let ending = name.lastIndex(of: ".").map { String(name[$0...]) } ?? ""
        let kept = ending.utf8.count <= 20 ? ending : ""
        // By scalars: a single character may carry any number of accents.
        var start = String.UnicodeScalarView()
        var count = kept.utf8.count
        for scalar in name.unicodeScalars {
            count += scalar.utf8.count
            if count > limit { break }
            start.append(scalar)
        }
        return String(start) + kept
    }
}
