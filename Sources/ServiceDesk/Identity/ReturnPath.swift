/// Where a browser goes once somebody has signed in: a path of ours, so that a link to the sign-in leads nowhere else.
package enum ReturnPath {
    package static let home = "/"

    /// The path; home for nothing, for anything that is no path, and for what some browser may read as another host's address.
    package static func checked(_ text: String?) -> String {
        guard let text, text.hasPrefix("/"), !text.hasPrefix("//"), text.utf8.count <= 500,
            text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\\") })
        else { return home }
        return text
    }
}
