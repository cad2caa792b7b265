import HTTPTypes

/// Which methods a path takes, for answering 405 where the router only says that it found nothing.
struct RouteTable: Sendable {
    private struct Entry {
        let segments: [Substring]
        let method: HTTPRequest.Method
    }

    private let entries: [Entry]

    init(_ routes: [Route]) {
        entries = routes.map { Entry(segments: $0.path.split(separator: "/"), method: $0.method) }
    }

    /// The methods that a path takes, sorted; empty when there is nothing at that path.
    func methods(at path: String) -> [String] {
        let segments = path.split(separator: "/")
        var methods: Set<String> = []
        for entry in entries where matches(entry.segments, segments) {
            methods.insert(entry.method.rawValue)
            if entry.method == .get { methods.insert(HTTPRequest.Method.head.rawValue) }
        }
        return methods.sorted()
    }

    private func matches(_ template: [Substring], _ path: [Substring]) -> Bool {
        template.count == path.count
            && zip(template, path).allSatisfy { pattern, segment in pattern.hasPrefix("{") || pattern == segment }
    }
}
