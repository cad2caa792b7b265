import Glibc

/// A server that takes one connection for each answer, reads a request and writes the answer; an empty one closes without a word.
final class ScriptedServer: Sendable {
    let port: Int
    private let listener: Int32

    init() throws {
        listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr = in_addr(s_addr: UInt32(0x7F00_0001).bigEndian)
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let listener = listener
        let isOpen = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                bind(listener, generic, length) == 0 && listen(listener, 8) == 0
                    && getsockname(listener, generic, &length) == 0
            }
        }
        guard isOpen else { throw ServerError() }
        port = Int(UInt16(bigEndian: address.sin_port))
    }

    struct ServerError: Error {}

    deinit { close(listener) }

    /// Serves the answers in turn and gives what was received; blocks until all are given.
    func serve(_ answers: [String]) -> [String] {
        answers.map { answer in
            let connection = accept(listener, nil, nil)
            defer { close(connection) }
            var received: [UInt8] = []
            var buffer = [UInt8](repeating: 0, count: 65_536)
            while !Self.isComplete(received) {
                let count = read(connection, &buffer, buffer.count)
                guard count > 0 else { break }
                received += buffer[..<count]
            }
            _ = answer.withCString { write(connection, $0, strlen($0)) }
            return String(decoding: received, as: UTF8.self)
        }
    }

    /// Whether a request has arrived with the body that it announced.
    private static func isComplete(_ bytes: [UInt8]) -> Bool {
        let text = String(decoding: bytes, as: UTF8.self)
        guard let end = text.firstRange(of: "\r\n\r\n") else { return false }
        let length = text[..<end.lowerBound].split(separator: "\r\n").compactMap { line in
            line.lowercased().hasPrefix("content-length: ") ? Int(line.dropFirst(16)) : nil
        }
        return text[end.upperBound...].utf8.count >= length.first ?? 0
    }

    /// An answer with a JSON body.
    static func answer(_ status: String, _ body: String) -> String {
        "HTTP/1.1 \(status)\r\nContent-Type: application/json\r\nContent-Length: \(body.utf8.count)\r\nConnection: close\r\n\r\n\(body)"
    }
}
