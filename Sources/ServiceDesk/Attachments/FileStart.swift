/// How files of a kind begin. What somebody opens by the ending of its name should be what the ending says.
package enum FileStart {
    /// How much of a file is looked at, in octets.
    package static let length = 1024

    /// Whether a file that begins like that can be of a media type; anything can be of one that is not known.
    ///
    /// - Parameter start: The first `length` octets, or the whole of a shorter one.
    package static func fits(_ start: [UInt8], _ mediaType: String) -> Bool {
        func begins(_ signature: [UInt8], at place: Int = 0) -> Bool { start.dropFirst(place).starts(with: signature) }
        func begins(_ text: String, at place: Int = 0) -> Bool { begins(Array(text.utf8), at: place) }
        switch mediaType {
        // Some programs write lines before it; readers look for it here (ISO 32000-1, annex H.3.4.1).
        case "application/pdf": return contains("%PDF-", in: start)
        case "image/png": return begins([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])
        case "image/jpeg": return begins([0xFF, 0xD8, 0xFF])
        case "image/gif": return begins("GIF87a") || begins("GIF89a")
        case "image/webp": return begins("RIFF") && begins("WEBP", at: 8)
        case "image/heic": return isHEIF(start)
        case "image/tiff":
            return [[0x49, 0x49, 0x2A, 0], [0x4D, 0x4D, 0, 0x2A], [0x49, 0x49, 0x2B, 0]].contains { begins($0) }
        case "application/rtf": return begins(#"{\rtf"#)
        // Word keeps rich text under its own ending too.
        case "application/msword": return begins(compoundFile) || begins(#"{\rtf"#)
        case "application/vnd.ms-excel", "application/vnd.ms-powerpoint": return begins(compoundFile)
        case _ where mediaType.hasPrefix("application/vnd.o"): return begins([0x50, 0x4B, 0x03, 0x04])
        case "text/plain", "text/csv": return isText(start)
        default: return true
        }
    }

    /// Of the older office files (MS-CFB, 2.2).
    private static let compoundFile: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]

    /// Pictures alone: films and other files of the same family begin alike, and say what they are in their first box (ISO 14496-12, 4.3;
    /// ISO 23008-12, annex B).
    private static func isHEIF(_ start: [UInt8]) -> Bool {
        guard start.count >= 12, start[4..<8].elementsEqual("ftyp".utf8) else { return false }
        let size = start[..<4].reduce(0) { $0 << 8 | Int($1) }
        let end = min(max(size, 12), start.count)
        // The brand of the file, its version, and the brands that it is readable as.
        let places = [8] + stride(from: 16, to: end, by: 4)
        return places.contains { place in
            place + 4 <= end && heifBrands.contains(String(decoding: start[place..<place + 4], as: UTF8.self))
        }
    }

    private static let heifBrands: Set<String> = [
        "heic", "heix", "heim", "heis", "hevc", "hevx", "hevm", "hevs", "mif1", "msf1",
    ]

    /// No control characters but tabs, the ends of lines and pages, and the escapes of coloured logs; in UTF-16 any octet may come.
    private static func isText(_ start: [UInt8]) -> Bool {
        if start.starts(with: [0xFF, 0xFE]) || start.starts(with: [0xFE, 0xFF]) { return true }
        return start.allSatisfy { ($0 >= 0x20 && $0 != 0x7F) || (0x08...0x0D).contains($0) || $0 == 0x1B }
    }

    private static func contains(_ text: String, in start: [UInt8]) -> Bool {
        let wanted = Array(text.utf8)
        return start.indices.contains { start[$0...].starts(with: wanted) }
    }
}
