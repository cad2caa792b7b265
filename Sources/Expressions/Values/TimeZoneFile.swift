/// The parts of a TZif file that offsets need (RFC 8536, section 3): the 64-bit block and the footer.
struct TimeZoneFile {
    private(set) var transitions: [Int64] = []
    private(set) var offsets: [Int] = []
    private(set) var first = 0
    private(set) var footer: ZoneFooter?

    private struct Header {
        let version: UInt8
        let utcCount, standardCount, leapCount, timeCount, typeCount, characterCount: Int

        func size(timeSize: Int) -> Int {
            timeCount * (timeSize + 1) + typeCount * 6 + characterCount + leapCount * (timeSize + 4) + standardCount
                + utcCount
        }
    }

    init?(_ bytes: [UInt8]) {
        var reader = Reader(bytes: bytes)
        guard let old = Self.header(&reader), old.version >= 0x32, reader.skip(old.size(timeSize: 4)),
            let header = Self.header(&reader), header.typeCount > 0
        else { return nil }
        for _ in 0..<header.timeCount {
            guard let time = reader.integer(8) else { return nil }
            if let last = transitions.last, time <= last { return nil }
            transitions.append(time)
        }
        guard let indices = reader.take(header.timeCount) else { return nil }
        var types: [Int] = []
        for _ in 0..<header.typeCount {
            guard let offset = reader.integer(4), abs(offset) <= 93_599, reader.skip(2) else { return nil }
            types.append(Int(offset))
        }
        for index in indices {
            guard Int(index) < types.count else { return nil }
            offsets.append(types[Int(index)])
        }
        first = types[0]
        let rest = header.characterCount + header.leapCount * 12 + header.standardCount + header.utcCount
        guard reader.skip(rest), let text = reader.line() else { return nil }
        if !text.isEmpty {
            guard let footer = ZoneFooter(text) else { return nil }
            self.footer = footer
        }
    }

    private static func header(_ reader: inout Reader) -> Header? {
        guard let magic = reader.take(4), Array(magic) == Array("TZif".utf8), let version = reader.take(1)?.first,
            reader.skip(15)
        else { return nil }
        var counts: [Int] = []
        for _ in 0..<6 {
            guard let count = reader.integer(4), count >= 0, count < 1_000_000 else { return nil }
            counts.append(Int(count))
        }
        return Header(
            version: version, utcCount: counts[0], standardCount: counts[1], leapCount: counts[2], timeCount: counts[3],
            typeCount: counts[4], characterCount: counts[5])
    }

    private struct Reader {
        let bytes: [UInt8]
        var position = 0

        mutating func take(_ count: Int) -> ArraySlice<UInt8>? {
            guard count >= 0, bytes.count - position >= count else { return nil }
            defer { position += count }
            return bytes[position..<position + count]
        }

        mutating func skip(_ count: Int) -> Bool { take(count) != nil }

        /// A signed big-endian number.
        mutating func integer(_ size: Int) -> Int64? {
            guard let slice = take(size), let top = slice.first else { return nil }
            return slice.reduce(top >= 0x80 ? -1 : 0) { $0 << 8 | Int64($1) }
        }

        /// The text between two line feeds.
        mutating func line() -> String? {
            guard take(1)?.first == 0x0A, let end = bytes[position...].firstIndex(of: 0x0A) else { return nil }
            let text = bytes[position..<end]
            guard text.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) else { return nil }
            return String(decoding: text, as: UTF8.self)
        }
    }
}
