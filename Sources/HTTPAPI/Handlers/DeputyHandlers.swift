import Hummingbird
import JSONText
import ServiceDesk
import WorkflowCore

/// Who stands in for whom.
struct DeputyHandlers: Sendable {
    let desk: any Desk
    let maximumBodySize: Int

    func mine(_ request: Request, _ context: ViewerContext) async throws -> Response {
        try QueryReader(request).finish()
        let view = try await desk.deputies(of: context.viewer)
        return .json { writer in
            writer.object { writer in
                writer.key("deputies")
                writer.array(view.deputies) { $0.deputy($1) }
                writer.key("stands_in_for")
                writer.array(view.standsInFor) { $0.deputy($1) }
            }
        }
    }

    func appoint(_ request: Request, _ context: ViewerContext) async throws -> Response {
        try QueryReader(request).finish()
        let body = try DeputyBody(try await request.json(upTo: maximumBodySize))
        let view = try await desk.appointDeputy(body.appointment, by: context.viewer)
        return .json(status: .created) { $0.deputy(view) }
    }

    func withdraw(_ request: Request, _ context: ViewerContext) async throws -> Response {
        try QueryReader(request).finish()
        try await desk.withdrawDeputy(context.identifier("deputy"), by: context.viewer)
        return Response(status: .noContent)
    }

    func list(_ request: Request, _ context: ViewerContext) async throws -> Response {
        try QueryReader(request).finish()
        let views = try await desk.deputies(in: context.department(), for: context.viewer)
        return .json { writer in
            writer.object { writer in
                writer.key("deputies")
                writer.array(views) { $0.deputy($1) }
            }
        }
    }

    func appointForDepartment(_ request: Request, _ context: ViewerContext) async throws -> Response {
        try QueryReader(request).finish()
        let department = try context.department()
        let body = try DepartmentDeputyBody(try await request.json(upTo: maximumBodySize), in: department)
        let view = try await desk.appointDeputy(
            body.appointment, for: body.person, in: department, by: context.viewer)
        return .json(status: .created) { $0.deputy(view) }
    }

    func withdrawFromDepartment(_ request: Request, _ context: ViewerContext) async throws -> Response {
        try QueryReader(request).finish()
        try await desk.withdrawDeputy(
            context.identifier("deputy"), in: context.department(), by: context.viewer)
        return Response(status: .noContent)
    }
}

extension ViewerContext {
    /// The department of the path.
    func department() throws(Problem) -> DepartmentID { DepartmentID(try variable("department")) }

    /// An identifier from the path; one that nothing has when it is none, so that the answer is the same.
    func identifier(_ name: String) throws(Problem) -> UniqueID {
        UniqueID(try variable(name)) ?? UniqueID(high: 0, low: 0)
    }
}
