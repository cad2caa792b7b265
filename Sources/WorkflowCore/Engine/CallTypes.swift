public import Expressions

/// One call of a service, its idempotency key: the same for every repetition, another one when the step starts again.
public struct CallID: Hashable, Comparable, Sendable, Codable, CustomStringConvertible {
    /// The identifier itself.
    public let id: UniqueID

    /// Takes the parts as they are.
    public init(_ id: UniqueID) {
        self.id = id
    }

    /// Reads a UUID; nil for anything else.
    public init?(_ text: some StringProtocol) {
        guard let id = UniqueID(text) else { return nil }
        self.id = id
    }

    /// Reads the stored form.
    public init(from decoder: any Decoder) throws {
        id = try UniqueID(from: decoder)
    }

    /// Writes the form with hyphens.
    public func encode(to encoder: any Encoder) throws {
        try id.encode(to: encoder)
    }

    /// Earlier ones are less.
    public static func < (left: CallID, right: CallID) -> Bool { left.id < right.id }

    /// The lower-case form with hyphens.
    public var description: String { id.description }
}

/// What a `call` sends, frozen when the step starts.
public struct FrozenCall: Hashable, Sendable {
    /// Names the call.
    public let id: CallID
    /// Whom.
    public let service: ServiceID
    /// How.
    public let method: CallMethod
    /// Behind the service's address, percent-encoded; begins as the file says.
    public let path: String
    /// By member; `json` gives what is sent. What has no value is absent.
    public let inputs: [String: Value]
    /// In seconds, of one attempt.
    public let timeout: Int
    /// After the first attempt.
    public let retries: Int
    /// In seconds; each further pause is twice as long, at most an hour.
    public let firstPause: Int

    /// Takes the parts as they are.
    public init(
        id: CallID, service: ServiceID, method: CallMethod, path: String, inputs: [String: Value], timeout: Int,
        retries: Int, firstPause: Int
    ) {
        self.id = id
        self.service = service
        self.method = method
        self.path = path
        self.inputs = inputs
        self.timeout = timeout
        self.retries = retries
        self.firstPause = firstPause
    }
}

/// A call to be made, with all that its maker has to know.
public struct CallOrder: Hashable, Sendable, Codable {
    /// Who asks.
    public let request: RequestID
    /// The step that waits for the answer.
    public let instance: InstanceName
    /// The step's attempt, from 1; repetitions of the call are none.
    public let attempt: Int
    /// What is sent.
    public let call: FrozenCall

    /// Takes the parts as they are.
    public init(request: RequestID, instance: InstanceName, attempt: Int, call: FrozenCall) {
        self.request = request
        self.instance = instance
        self.attempt = attempt
        self.call = call
    }
}

/// The final result of a call.
public enum CallReport: Hashable, Sendable {
    /// With that HTTP status; `null` for an answer without a body. Whether it is a good one is for the engine to say.
    case answered(status: Int, JSONValue)
    /// No answer that counts, all repetitions included. The reason is one sentence that holds nothing of what was sent or answered.
    case failed(reason: String)
}

/// A call whose answer is awaited.
public struct OpenCall: Hashable, Sendable {
    /// Names the call.
    public let id: CallID
    /// Whom.
    public let service: ServiceID
    /// Whether it is no longer needed; its result is waited for, because it may have had its effect.
    public internal(set) var isCancelRequested: Bool

    /// Takes the parts as they are.
    public init(id: CallID, service: ServiceID, isCancelRequested: Bool = false) {
        self.id = id
        self.service = service
        self.isCancelRequested = isCancelRequested
    }
}

extension FrozenCall: Codable {
    private enum CodingKeys: String, CodingKey {
        case id = "call", service, method, path, inputs, timeout, retries, firstPause = "first_pause"
    }
}

extension FrozenCall {
    /// What was entered into it: the path as `path`, the inputs as `with.` and their names.
    var entered: [String: Value] {
        var entered: [String: Value] = path.isEmpty ? [:] : [Self.pathName: .string(path)]
        for (name, value) in inputs { entered[Self.enteredName(of: name)] = value }
        return entered
    }

    /// What `entered` calls the path.
    package static let pathName = "path"
    private static let inputPrefix = "with."

    /// What `entered` calls an input.
    package static func enteredName(of input: String) -> String { inputPrefix + input }

    func replacingEntered(_ entered: [String: Value]) -> FrozenCall {
        var path = ""
        if case .string(let text)? = entered[Self.pathName] { path = text }
        var inputs: [String: Value] = [:]
        for (name, value) in entered where name.hasPrefix(Self.inputPrefix) {
            inputs[String(name.dropFirst(Self.inputPrefix.count))] = value
        }
        return FrozenCall(
            id: id, service: service, method: method, path: path, inputs: inputs, timeout: timeout, retries: retries,
            firstPause: firstPause)
    }
}
