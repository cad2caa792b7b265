/// Why a command could not do what was asked.
enum ClientError: Error, Equatable {
    /// The server said no.
    case refused(ProblemDocument)
    /// The request, as it stands, leaves nothing that could be done.
    case impossible(String)
    /// The command line or its input is wrong.
    case usage(String)
    /// The server cannot be reached, or what answers is no Bureau.
    case away(String)

    var exitCode: Int32 {
        switch self {
        case .refused(let problem): problem.status >= 500 ? 3 : 1
        case .impossible: 1
        case .usage: 2
        case .away: 3
        }
    }

    /// One sentence with its code, the hint and the fields beneath.
    func text(style: Style) -> String {
        switch self {
        case .refused(let problem):
            var lines = ["\(style.red("bureau:")) \(Output.safe(problem.detail)) [\(Output.safe(problem.code))]"]
            if let hint = problem.hint { lines.append("  hint: \(Output.safe(hint))") }
            for field in problem.fields {
                lines.append(
                    "  \(style.bold(Output.safe(field.field))): \(Output.safe(field.message)) [\(Output.safe(field.code))]"
                )
            }
            if let reference = problem.reference { lines.append("  reference: \(Output.safe(reference))") }
            return lines.joined(separator: "\n")
        case .impossible(let sentence), .usage(let sentence), .away(let sentence):
            return "\(style.red("bureau:")) \(Output.safe(sentence))"
        }
    }
}

/// A problem that the server answered with (RFC 9457).
struct ProblemDocument: Equatable {
    struct Field: Equatable {
        let field: String
        let code: String
        let message: String
    }

    let status: Int
    let code: String
    let detail: String
    let hint: String?
    let reference: String?
    let fields: [Field]
}
