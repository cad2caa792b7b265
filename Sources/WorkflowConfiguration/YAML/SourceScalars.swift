/// The Unicode scalars of a text by number. A text that is all ASCII, as nearly every file is, takes an octet for each instead of four.
struct SourceScalars: RandomAccessCollection, Sendable {
    private enum Storage {
        case ascii([UInt8])
        case any([Unicode.Scalar])
    }

    private let storage: Storage
    let endIndex: Int

    var startIndex: Int { 0 }

    init(_ text: String) {
        let bytes = Array(text.utf8)
        if bytes.allSatisfy({ $0 < 0x80 }) {
            storage = .ascii(bytes)
            endIndex = bytes.count
        } else {
            let scalars = Array(text.unicodeScalars)
            storage = .any(scalars)
            endIndex = scalars.count
        }
    }

    subscript(position: Int) -> Unicode.Scalar {
        switch storage {
        case .ascii(let bytes): Unicode.Scalar(bytes[position])
        case .any(let scalars): scalars[position]
        }
    }

    /// Where each line begins; the first is 0. Lines end at LF, CR LF and CR.
    var lineStarts: [Int] {
        var starts = [0]
        // Lines of 25 scalars on the average; growing by and by moves them again and again.
        starts.reserveCapacity(endIndex / 25 + 2)
        switch storage {
        case .ascii(let bytes):
            for (index, byte) in bytes.enumerated()
            where byte == 0x0A || (byte == 0x0D && (index + 1 == bytes.count || bytes[index + 1] != 0x0A)) {
                starts.append(index + 1)
            }
        case .any(let scalars):
            for (index, scalar) in scalars.enumerated()
            where scalar == "\n" || (scalar == "\r" && (index + 1 == scalars.count || scalars[index + 1] != "\n")) {
                starts.append(index + 1)
            }
        }
        return starts
    }
}
