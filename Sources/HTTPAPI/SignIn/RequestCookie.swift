import HTTPTypes
package import Hummingbird

/// Reads the cookies of a request (RFC 6265bis).
package enum RequestCookie {
    /// The value of that name; nil when there is none.
    ///
    /// - Throws: `header.cookie` when there are two: whoever set the other is not us.
    package static func value(_ name: String, in request: Request) throws(Problem) -> String? {
        var found: String?
        for header in request.headers[values: .cookie] {
            for pair in header.split(separator: ";") {
                let pair = pair.drop { $0 == " " || $0 == "\t" }
                guard let equals = pair.firstIndex(of: "="), pair[..<equals] == name else { continue }
                guard found == nil else { throw Problem(.ambiguousCookie) }
                found = String(pair[pair.index(after: equals)...])
            }
        }
        return found
    }
}
