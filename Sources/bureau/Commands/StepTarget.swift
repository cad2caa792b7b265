import ArgumentParser
import WorkflowCore

/// A step of a request on the command line.
struct StepTarget: ParsableArguments {
    @Argument(help: "The request's number or identifier.")
    var id: String

    @Argument(help: "The step; may be left out when there is only one that you can do this with.")
    var step: String?

    /// Does it and gives the request afterwards. The body may depend on the step as it stands.
    func perform(
        _ action: String, with client: APIClient,
        body: (_ path: String, _ step: JSONValue?) throws(ClientError) -> JSONValue
    ) throws(ClientError) -> JSONValue {
        let request = "/api/v1/requests/\(try segment(id, "request"))"
        let found = try find(action, in: try client.get(request))
        return try body("\(request)/steps/\(try segment(found.name, "step"))/\(action)", found.step)
    }

    /// The step named, else the only one with that action.
    func find(_ action: String, in request: JSONValue) throws(ClientError) -> (name: String, step: JSONValue?) {
        let steps = request["steps"]?.elements ?? []
        if let step { return (step, steps.first { $0["instance"]?.text == step }) }
        let able = steps.filter { $0["actions"]?.elements.contains(.string(action)) ?? false }
        guard let only = able.first, let name = only["instance"]?.text else {
            let verb = String(action.map { $0 == "_" ? " " : $0 })
            let others = steps.flatMap { step in
                (step["actions"]?.elements ?? []).compactMap(\.text).map { action in
                    "\(String(action.map { $0 == "_" ? "-" : $0 })) \(step["instance"]?.text ?? "")"
                }
            }
            throw .impossible(
                "There is nothing in \(id) that you can \(verb) now."
                    + (others.isEmpty ? "" : " You can: \(others.joined(separator: ", "))."))
        }
        guard able.count == 1 else {
            let names = able.compactMap { $0["instance"]?.text }.joined(separator: ", ")
            throw .usage("Say which step of \(id): \(names).")
        }
        return (name, only)
    }
}
