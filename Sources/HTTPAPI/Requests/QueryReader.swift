package import Hummingbird

/// Reads a query strictly: parameters are taken by name, and what nobody took is refused.
package struct QueryReader {
    private var values: [String: String] = [:]

    package init(_ request: Request) throws(Problem) {
        guard let query = request.uri.query, !query.isEmpty else { return }
        for pair in query.split(separator: "&", omittingEmptySubsequences: true) {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = percentDecoded(parts[0], plusIsSpace: true),
                let value = percentDecoded(parts.count > 1 ? parts[1] : "", plusIsSpace: true)
            else {
                throw Problem(.invalidParameter, detail: "The query holds a percent-encoding that is not one of text.")
            }
            guard values.updateValue(value, forKey: name) == nil else {
                throw Problem(.invalidParameter, detail: "The query parameter “\(name)” stands twice.")
            }
        }
    }

    /// A text of 1 to 200 characters, or as many as are said; nil when the parameter is absent.
    package mutating func text(_ name: String, maximum: Int = 200) throws(Problem) -> String? {
        guard let value = values.removeValue(forKey: name) else { return nil }
        guard (1...maximum).contains(value.unicodeScalars.count) else {
            throw Problem(.invalidParameter, detail: "The query parameter “\(name)” takes 1 to \(maximum) characters.")
        }
        return value
    }

    /// One of the cases; nil when the parameter is absent.
    package mutating func choice<Choice: RawRepresentable & CaseIterable>(
        _ name: String, of type: Choice.Type = Choice.self
    ) throws(Problem) -> Choice? where Choice.RawValue == String {
        guard let value = values.removeValue(forKey: name) else { return nil }
        guard let choice = Choice(rawValue: value) else {
            let choices = Choice.allCases.map(\.rawValue).joined(separator: ", ")
            throw Problem(.invalidParameter, detail: "The query parameter “\(name)” takes one of: \(choices).")
        }
        return choice
    }

    /// `true` or `false`; false when the parameter is absent.
    package mutating func flag(_ name: String) throws(Problem) -> Bool {
        switch values.removeValue(forKey: name) {
        case nil, "false": return false
        case "true": return true
        default: throw Problem(.invalidParameter, detail: "The query parameter “\(name)” takes true or false.")
        }
    }

    /// How many elements a page has: 1 to 200, else 50.
    package mutating func limit() throws(Problem) -> Int {
        guard let value = values.removeValue(forKey: "limit") else { return 50 }
        guard value.utf8.count <= 3, value.utf8.allSatisfy((UInt8(ascii: "0")...UInt8(ascii: "9")).contains),
            let limit = Int(value), (1...200).contains(limit)
        else { throw Problem(.invalidParameter, detail: "The query parameter “limit” takes a number from 1 to 200.") }
        return limit
    }

    /// An opaque place in a list; nil when the parameter is absent.
    package mutating func cursor() throws(Problem) -> String? {
        guard let value = values.removeValue(forKey: "cursor") else { return nil }
        guard (1...1000).contains(value.utf8.count) else {
            throw Problem(.invalidParameter, detail: "The query parameter “cursor” is not one that a page gave.")
        }
        return value
    }

    /// Refuses what was not taken.
    package func finish() throws(Problem) {
        guard let name = values.keys.min() else { return }
        throw Problem(.unknownParameter, detail: "The query parameter “\(name)” does not exist here.")
    }
}
