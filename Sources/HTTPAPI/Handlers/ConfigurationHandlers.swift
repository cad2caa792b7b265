import HTTPTypes
import Hummingbird
import JSONText
import ServiceDesk
import WorkflowCore

/// The configuration and the directory, for those who administer them.
struct ConfigurationHandlers: Sendable {
    let desk: any Desk
    let maximumBodySize: Int

    func show(_ request: Request, _ context: ViewerContext) async throws -> Response {
        try QueryReader(request).finish()
        let view = try await desk.configuration(for: context.viewer)
        return .json(headers: [.eTag: "\"\(view.version)\""], capacity: 8192) { $0.configuration(view) }
    }

    func applyShared(_ request: Request, _ context: ViewerContext) async throws -> Response {
        try await apply(.shared, request, context)
    }

    func applyDepartment(_ request: Request, _ context: ViewerContext) async throws -> Response {
        try await apply(.department(DepartmentID(context.variable("department"))), request, context)
    }

    private func apply(
        _ part: ConfigurationPart, _ request: Request, _ context: ViewerContext
    ) async throws -> Response {
        try QueryReader(request).finish()
        let current = try request.expectedConfiguration()
        let files = try FilesBody(try await request.json(upTo: maximumBodySize)).files
        let applied = try await desk.apply(part, files: files, replacing: current, by: context.viewer)
        return .json(headers: [.eTag: "\"\(applied.version)\""]) { $0.applied(applied) }
    }

    func importPeople(_ request: Request, _ context: ViewerContext) async throws -> Response {
        try QueryReader(request).finish()
        let body = try PeopleBody(try await request.json(upTo: maximumBodySize))
        let report = try await desk.importPeople(csv: body.csv, by: context.viewer)
        return .json { writer in
            writer.object { writer in
                writer.key("joined")
                writer.integer(report.joined)
                writer.key("changed")
                writer.integer(report.changed)
                writer.key("left")
                writer.integer(report.left)
            }
        }
    }

    func erase(_ request: Request, _ context: ViewerContext) async throws -> Response {
        try QueryReader(request).finish()
        var body = try BodyReader(try await request.json(upTo: maximumBodySize, isOptional: true))
        try body.finish()
        let report = try await desk.erasePerson(context.variable("handle"), by: context.viewer)
        return .json { writer in
            writer.object { writer in
                writer.key("requests")
                writer.integer(report.requests)
                writer.key("pseudonym")
                writer.string(report.pseudonym)
            }
        }
    }
}

extension Request {
    /// The configuration that `If-Match` demands; nil for an asterisk.
    fileprivate func expectedConfiguration() throws(Problem) -> ConfigurationVersion? {
        guard let header = headers[.ifMatch] else { throw Problem(.preconditionRequired) }
        if header == "*" { return nil }
        let digits = header.utf8.dropFirst().dropLast()
        guard header.utf8.count == 66, header.hasPrefix("\""), header.hasSuffix("\""),
            digits.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x66).contains($0) })
        else {
            throw Problem(
                .malformedIfMatch, detail: "If-Match must be one version as it came in ETag, or an asterisk.")
        }
        return ConfigurationVersion(String(decoding: digits, as: UTF8.self))
    }
}

/// Files by path.
struct FilesBody {
    let files: [String: String]

    init(_ value: JSONValue) throws(Problem) {
        guard case .object(let members) = value else {
            throw Problem(.wrongType, detail: "The body must be a JSON object with a text for each path.")
        }
        var files: [String: String] = [:]
        var problems: [Problem.Field] = []
        for (path, content) in members.sorted(by: { $0.key < $1.key }) {
            if case .string(let text) = content {
                files[path] = text
            } else {
                problems.append(
                    Problem.Field(
                        field: path, code: ProblemCode.wrongType.rawValue, message: "“\(path)” must be a text."))
            }
        }
        if let first = problems.first {
            var problem = Problem(.wrongType, detail: first.message)
            problem.fields = problems
            throw problem
        }
        self.files = files
    }
}

/// `{"csv": "handle,name,…"}`.
struct PeopleBody {
    let csv: String

    init(_ value: JSONValue) throws(Problem) {
        var reader = try BodyReader(value)
        csv = reader.text("csv")
        try reader.finish()
    }
}
