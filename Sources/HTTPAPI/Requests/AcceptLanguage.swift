/// The languages somebody reads, as browsers send them (RFC 9110, section 12.5.4).
package struct AcceptLanguage: Sendable {
    /// Lower-case ranges, the most wanted first; unwanted ones (`q=0`) and what is malformed are left out.
    package let ranges: [String]

    package init(_ header: String) {
        var wanted: [(range: String, quality: Double)] = []
        for item in header.split(separator: ",").prefix(32) {
            let parts = item.split(separator: ";").map { $0.drop(while: { $0 == " " }) }
            guard let range = parts.first?.prefix(while: { $0 != " " }), !range.isEmpty else { continue }
            var quality = 1.0
            if let parameter = parts.dropFirst().first(where: { $0.lowercased().hasPrefix("q=") }) {
                guard let value = Double(parameter.dropFirst(2).prefix(while: { $0 != " " })) else { continue }
                quality = value
            }
            if quality > 0 { wanted.append((range.lowercased(), quality)) }
        }
        // The standard library's sort is stable, so equal wishes keep their order.
        ranges = wanted.sorted { $0.quality > $1.quality }.map(\.range)
    }

    /// The first wanted language that there is, by the whole tag, else by its primary part (`de-AT` finds `de`); nil when none fits or anything will do.
    package func best(of languages: [String]) -> String? {
        for range in ranges {
            if range == "*" { return nil }
            if let exact = languages.first(where: { $0.lowercased() == range }) { return exact }
            let primary = range.prefix { $0 != "-" }
            if let close = languages.first(where: { $0.lowercased().prefix { $0 != "-" } == primary }) { return close }
        }
        return nil
    }
}
