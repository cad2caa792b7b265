import Glibc

/// Answers to the operator, on standard output. Everything else is the log's.
enum Console {
    /// Writes one line and flushes it, so that whoever reads a pipe sees it at once.
    static func print(_ line: String) {
        Swift.print(line)
        fflush(nil)
    }
}
