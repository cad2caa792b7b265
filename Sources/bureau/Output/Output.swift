import Glibc

/// Writing to people and to pipes.
enum Output {
    /// A line on the standard output.
    static func line(_ text: String = "") {
        write(text + "\n", to: STDOUT_FILENO)
    }

    /// Text as it is on the standard output.
    static func text(_ text: String) {
        write(text, to: STDOUT_FILENO)
    }

    /// A line on the standard error.
    static func error(_ text: String) {
        write(text + "\n", to: STDERR_FILENO)
    }

    /// Text without a line feed on the standard error: questions, so that pipes stay clean.
    static func prompt(_ text: String) {
        write(text, to: STDERR_FILENO)
    }

    private static func write(_ text: String, to descriptor: Int32) {
        var text = text
        text.withUTF8 { buffer in
            var rest = UnsafeRawBufferPointer(buffer)[...]
            while !rest.isEmpty {
                let count = Glibc.write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
                if count < 0 {
                    if errno == EINTR { continue }
                    return  // whoever read has gone; there is nobody to tell
                }
                rest = rest.dropFirst(count)
            }
        }
    }

    /// A text of somebody else's, made harmless for a terminal: control characters and bidirectional overrides become `�`.
    /// Line feeds stay where `keepsLines`.
    static func safe(_ text: String, keepsLines: Bool = false) -> String {
        var scalars = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0x0A where keepsLines: scalars.append(scalar)
            case 0x0A, 0x0D, 0x09: scalars.append(" ")
            case 0..<0x20, 0x7F..<0xA0, 0x202A...0x202E, 0x2066...0x2069: scalars.append("\u{FFFD}")
            default: scalars.append(scalar)
            }
        }
        return String(scalars)
    }
}
