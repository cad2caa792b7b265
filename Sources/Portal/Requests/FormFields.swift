package import HTTPAPI
import ServiceDesk

/// What a form sent, as `application/x-www-form-urlencoded`, in its order.
package struct FormFields: Sendable, Hashable {
    package var pairs: [Pair]

    package struct Pair: Sendable, Hashable {
        package let name: String
        package let value: String

        package init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    /// More are no form of ours.
    static let maximumPairs = 5000

    package init(pairs: [Pair] = []) {
        self.pairs = pairs
    }

    /// - Throws: `body.unreadable` for what is no text and for more fields than any form has.
    package init(_ body: String) throws(Problem) {
        pairs = []
        for part in body.split(separator: "&", omittingEmptySubsequences: true) {
            let halves = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard pairs.count < Self.maximumPairs, let name = percentDecoded(halves[0], plusIsSpace: true),
                let value = percentDecoded(halves.count > 1 ? halves[1] : "", plusIsSpace: true)
            else { throw Problem(.bodyUnreadable) }
            // Browsers send line ends as CR LF, whatever was typed.
            pairs.append(Pair(name, value.withLineFeeds))
        }
    }

    /// The first value of that name; nil when there is none.
    subscript(name: String) -> String? { pairs.first { $0.name == name }?.value }

    func values(_ name: String) -> [String] { pairs.filter { $0.name == name }.map(\.value) }

    func has(_ name: String) -> Bool { pairs.contains { $0.name == name } }

    /// The value without blanks around it; nil when that is nothing.
    func text(_ name: String) -> String? {
        guard let value = self[name] else { return nil }
        let trimmed = value.trimmed
        return trimmed.isEmpty ? nil : trimmed
    }

    mutating func set(_ name: String, _ value: String) {
        pairs.removeAll { $0.name == name }
        pairs.append(Pair(name, value))
    }

    /// The same with other values of those names.
    func setting(_ values: [String: String]) -> FormFields {
        var fields = self
        for (name, value) in values { fields.set(name, value) }
        return fields
    }
}

extension FormFields {
    private static let carriedPrefix = "carried."
    private static let carriedAddress = "carried-to"
    private static let writerName = "writer"

    /// Who was signed in on the page that made the form; nil where it does not say.
    var writer: String? { self["csrf"].flatMap { FormProof($0).writer } ?? self[Self.writerName] }

    /// What was typed, without what the page said of its session.
    var typed: FormFields {
        FormFields(pairs: pairs.filter { $0.name != "csrf" && $0.name != Self.writerName })
    }

    /// The same as hidden fields of a sign-in page, so that nothing typed is lost; of what belonged to the session only whose it was.
    func carried(to path: String) -> [Pair] {
        [Pair(Self.carriedAddress, path)]
            + (writer.map { [Pair(Self.carriedPrefix + Self.writerName, $0)] } ?? [])
            + typed.pairs.filter { !$0.name.hasPrefix(Self.carriedPrefix) }
            .map { Pair(Self.carriedPrefix + $0.name, $0.value) }
    }

    /// What a sign-in page carried on, and where it was to go; nil when it carried nothing.
    var carried: (path: String, fields: FormFields)? {
        guard let path = self[Self.carriedAddress], !path.isEmpty else { return nil }
        let carried = pairs.filter { $0.name.hasPrefix(Self.carriedPrefix) }
            .map { Pair(String($0.name.dropFirst(Self.carriedPrefix.count)), $0.value) }
        return (path, FormFields(pairs: carried))
    }
}

extension String {
    var trimmed: String {
        var text = Substring(self)
        while let first = text.first, first.isWhitespace { text.removeFirst() }
        while let last = text.last, last.isWhitespace { text.removeLast() }
        return String(text)
    }

    /// With line feeds alone.
    var withLineFeeds: String {
        guard utf8.contains(UInt8(ascii: "\r")) else { return self }
        var bytes: [UInt8] = []
        var last: UInt8 = 0
        for byte in utf8 {
            if byte == UInt8(ascii: "\n"), last == UInt8(ascii: "\r") { bytes.removeLast() }
            bytes.append(byte == UInt8(ascii: "\r") ? UInt8(ascii: "\n") : byte)
            last = byte
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// For paths and queries.
    var percentEncoded: String { TextForms.percentEncoded(self) }
}
