import WorkflowCore

/// A request as people read it.
enum RequestText {
    static func lines(_ request: JSONValue, _ style: Style) -> [String] {
        let outcome = request["outcome"]
        let state = outcome?["title"]?.text ?? outcome?["id"]?.text ?? request["phase"]?.text ?? ""
        var lines = [
            "\(style.bold(Output.safe(request["number"]?.text ?? "")))  \(Output.safe(request["title"]?.text ?? ""))  "
                + paint(outcome, state, style)
        ]
        let requester = request["requester"]?["name"]?.text ?? ""
        let beneficiary = request["beneficiary"]?["name"]?.text ?? requester
        let whom = requester == beneficiary ? "for \(requester)" : "for \(beneficiary), raised by \(requester)"
        lines.append(style.dim("\(Output.safe(whom)), \(Moment.full(request["raised_at"]?.text))"))
        if let parent = request["parent"]?["number"]?.text { lines.append("part of \(Output.safe(parent))") }
        lines += facts(request["fields"], style)
        let steps = request["steps"]?.elements ?? []
        if !steps.isEmpty { lines += [""] + table(steps).lines(style: style) }
        let outputs = facts(request["outputs"], style)
        if !outputs.isEmpty { lines += [""] + outputs }
        for step in steps {
            let actions = (step["actions"]?.elements ?? []).compactMap(\.text)
            guard !actions.isEmpty else { continue }
            let names = actions.map { String($0.map { $0 == "_" ? "-" : $0 }) }.joined(separator: ", ")
            lines.append("You can: \(style.green(names)) \(Output.safe(step["instance"]?.text ?? ""))")
            lines += choices(of: step, style)
        }
        let own = (request["actions"]?.elements ?? []).compactMap(\.text).map { $0 == "receive" ? "event" : $0 }
        let changes = own.filter { $0 != "comment" && $0 != "cancel" }
        if !changes.isEmpty {
            lines.append("You can: \(style.green(changes.joined(separator: ", "))) \(request["number"]?.text ?? "")")
        }
        return lines
    }

    private static func facts(_ fields: JSONValue?, _ style: Style) -> [String] {
        (fields?.elements ?? []).map { field in
            let text = Output.safe(field["text"]?.text ?? "", keepsLines: true)
                .split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\n    ")
            return "\(style.dim(Output.safe(field["label"]?.text ?? ""))): \(text)"
        }
    }

    /// The lines of a checklist and the steps that may be added, by what the command line calls them.
    private static func choices(of step: JSONValue, _ style: Style) -> [String] {
        let ticks = (step["checklist"]?.elements ?? []).map { line in
            "  [\(line["done"]?.isTrue == true ? "x" : " ")] \(style.bold(Output.safe(line["id"]?.text ?? "")))  "
                + Output.safe(line["label"]?.text ?? "")
        }
        let templates = (step["templates"]?.elements ?? []).map { template in
            "  \(style.bold(Output.safe(template["id"]?.text ?? "")))  \(Output.safe(template["title"]?.text ?? ""))"
        }
        return ticks + templates
    }

    private static func table(_ steps: [JSONValue]) -> Table {
        var table = Table(["STEP", "TITLE", "STATE", "DUE", "WITH"], flexible: 1)
        table.rows = steps.map { step in
            let waiting = (step["waiting_for"]?.elements ?? []).compactMap { $0["name"]?.text }
            let who = step["assignee"]?["name"]?.text ?? step["child"]?["number"]?.text
            let isOverdue = step["overdue"]?.isTrue == true
            let status = step["status"]?.text ?? ""
            let state = [status, step["outcome_title"]?.text ?? step["outcome"]?.text].compactMap(\.self).joined(
                separator: ", ")
            return [
                Table.Cell(step["instance"]?.text) { $0.bold($1) }, Table.Cell(step["title"]?.text),
                Table.Cell(state) { status == "failed" || status == "asking" ? $0.red($1) : $1 },
                Table.Cell(Moment.short(step["due"]?.text)) { isOverdue ? $0.red($1) : $1 },
                Table.Cell(who ?? waiting.joined(separator: ", ")),
            ]
        }
        return table
    }

    private static func paint(_ outcome: JSONValue?, _ state: String, _ style: Style) -> String {
        guard let outcome else { return style.yellow(Output.safe(state)) }
        return outcome["good"]?.isTrue == true ? style.green(Output.safe(state)) : style.red(Output.safe(state))
    }
}
