import ArgumentParser
import JSONText
import WorkflowCore

struct Claim: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Take a task that is offered to you.")

    @OptionGroup var target: StepTarget
    @OptionGroup var connection: ConnectionOptions

    func run() throws { try connection.perform("claim", on: target, body: [:]) }
}

struct Release: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Give back a task that you took.")

    @OptionGroup var target: StepTarget
    @OptionGroup var connection: ConnectionOptions

    func run() throws { try connection.perform("release", on: target, body: [:]) }
}

struct Approve: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Vote for it.")

    @OptionGroup var target: StepTarget

    @Option(help: "What to say about it.")
    var comment: String?

    @OptionGroup var connection: ConnectionOptions

    func run() throws {
        try connection.perform("approve", on: target, body: comment.map { ["comment": .string($0)] } ?? [:])
    }
}

struct Reject: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Vote against it.")

    @OptionGroup var target: StepTarget

    @Option(help: "Why.")
    var comment: String?

    @OptionGroup var connection: ConnectionOptions

    func run() throws {
        try connection.perform("reject", on: target, body: comment.map { ["comment": .string($0)] } ?? [:])
    }
}

struct Retry: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Start a failed step again.")

    @OptionGroup var target: StepTarget
    @OptionGroup var connection: ConnectionOptions

    func run() throws { try connection.perform("retry", on: target, body: [:]) }
}

struct GiveUp: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "End the request because of a failed step.")

    @OptionGroup var target: StepTarget

    @Option(help: "With which of the type's bad outcomes.")
    var outcome: String

    @OptionGroup var connection: ConnectionOptions

    func run() throws { try connection.perform("give_up", on: target, body: ["outcome": .string(outcome)]) }
}

struct Accept: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Leave as it is what could not be taken back.")

    @OptionGroup var target: StepTarget
    @OptionGroup var connection: ConnectionOptions

    func run() throws { try connection.perform("accept", on: target, body: [:]) }
}

struct HandOver: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Give a task to somebody else.")

    @OptionGroup var target: StepTarget

    @Option(help: ArgumentHelp("To whom.", valueName: "handle"))
    var to: String

    @OptionGroup var connection: ConnectionOptions

    func run() throws { try connection.perform("hand_over", on: target, body: ["to": .string(to)]) }
}

struct Tick: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Tick a line of a task's checklist.")

    @OptionGroup var target: StepTarget

    @Option(help: "The line's identifier, as `bureau show` has it.")
    var item: String

    @Flag(help: "Take the tick back.")
    var undo = false

    @OptionGroup var connection: ConnectionOptions

    func run() throws {
        try connection.perform("tick", on: target, body: ["item": .string(item), "done": .bool(!undo)])
    }
}

struct AddVoter: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Give somebody else a vote.")

    @OptionGroup var target: StepTarget

    @Option(help: ArgumentHelp("Whom.", valueName: "handle"))
    var voter: String

    @OptionGroup var connection: ConnectionOptions

    func run() throws { try connection.perform("add_voter", on: target, body: ["voter": .string(voter)]) }
}

struct AddElement: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Add an element to a step that runs for each of a list.")

    @OptionGroup var target: StepTarget

    @Option(help: "The element: a text, or JSON.")
    var element: String

    @OptionGroup var connection: ConnectionOptions

    func run() throws {
        // Words are texts; what is JSON of another kind is meant as such.
        let value = (try? JSONReader.value(of: element)) ?? .string(element)
        try connection.perform("add_element", on: target, body: ["element": value])
    }
}

struct AddStep: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Start one of the steps that may be added.")

    @OptionGroup var target: StepTarget

    @Option(help: "Which, as `bureau show` has it.")
    var template: String

    @OptionGroup var connection: ConnectionOptions

    func run() throws { try connection.perform("add_step", on: target, body: ["step": .string(template)]) }
}

struct Complete: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Complete a task.", discussion: "On a terminal, what is missing is asked.")

    @OptionGroup var target: StepTarget

    @Option(help: ArgumentHelp("An entry of the form; again for further values of a list.", valueName: "name=value"))
    var field: [String] = []

    @Option(help: ArgumentHelp("A file with the form as a JSON object, - for standard input.", valueName: "file"))
    var jsonForm: String?

    @OptionGroup var connection: ConnectionOptions

    func run() throws {
        let client = try connection.client()
        let input = try FormInput(fields: field, jsonForm: jsonForm)
        let asks = FormDialog.isPossible && !connection.json
        let answer = try target.perform("complete", with: client) { (path, step) throws(ClientError) in
            let form = (step?["form"]?.elements ?? []).map(FormField.init)
            return try FormSubmission(form: form, asks: asks).submit(input.entries(for: form)) {
                (entries) throws(ClientError) in
                try client.post(path, .object(["form": .object(entries)]))
            }
        }
        try connection.show(answer) { RequestText.lines($0, Style()) }
    }
}

extension ConnectionOptions {
    /// Does something with a step and shows the request afterwards.
    func perform(_ action: String, on target: StepTarget, body: [String: JSONValue]) throws {
        let client = try client()
        let answer = try target.perform(action, with: client) { (path, _) throws(ClientError) in
            try client.post(path, .object(body))
        }
        try show(answer) { RequestText.lines($0, Style()) }
    }
}
