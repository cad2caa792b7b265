import Glibc

/// Colours and widths of a terminal; plain where there is none or the user wants none (no-color.org).
struct Style {
    let isColoured: Bool
    /// Columns; nil when the output is no terminal.
    let width: Int?

    init(descriptor: Int32 = STDOUT_FILENO) {
        let isTerminal = isatty(descriptor) == 1
        isColoured = isTerminal && environment("NO_COLOR") == nil && environment("TERM") != "dumb"
        var size = winsize()
        let isKnown = isTerminal && ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0
        width = isTerminal ? (isKnown ? Int(size.ws_col) : 80) : nil
    }

    init(isColoured: Bool, width: Int?) {
        self.isColoured = isColoured
        self.width = width
    }

    func bold(_ text: String) -> String { wrapped(text, "1") }
    func dim(_ text: String) -> String { wrapped(text, "2") }
    func red(_ text: String) -> String { wrapped(text, "31") }
    func green(_ text: String) -> String { wrapped(text, "32") }
    func yellow(_ text: String) -> String { wrapped(text, "33") }

    private func wrapped(_ text: String, _ code: String) -> String {
        isColoured ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
    }
}
