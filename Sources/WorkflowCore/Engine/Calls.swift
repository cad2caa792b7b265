import Expressions

extension Decision {
    /// Orders a call with what its path and `with` give now.
    mutating func start(_ instance: StepInstance, _ call: CallStep) throws(EvaluationError) {
        order(instance, call, entered: try entered(into: call, at: instance))
    }

    /// Orders the call of an instance, with what was entered into it.
    mutating func order(_ instance: StepInstance, _ call: CallStep, entered: [String: Value]) {
        let frozen = FrozenCall(
            id: orderCall(), service: call.service, method: call.method, path: "", inputs: [:], timeout: call.timeout,
            retries: call.retries, firstPause: call.firstPause)
        emit(.started(instance.name, .call(frozen.replacingEntered(entered))))
    }

    /// What the path and `with` of a call give now, as `FrozenCall.entered` has it.
    func entered(into call: CallStep, at instance: StepInstance) throws(EvaluationError) -> [String: Value] {
        let activation = activation(at: instance)
        let path = try call.path.evaluate(in: activation) { (value, _) throws(EvaluationError) in
            try value.pathSegment
        }
        var entered: [String: Value] = [FrozenCall.pathName: .string(path)]
        for input in call.inputs {
            entered[FrozenCall.enteredName(of: input.name)] = try value(of: input.value, in: activation)
        }
        return entered
    }

    /// The final result of a call. One that is no longer needed has had its effect all the same, if it was answered well: the step is
    /// done then, so that what undoes it can run.
    mutating func callAnswered(_ name: InstanceName, _ call: CallID, _ report: CallReport) throws(Rejection) {
        guard let instance = type.index.instance(name), let definition = callDefinition(of: instance),
            case .call(let open)? = state.steps[name]?.status, open.id == call, state.steps[name]?.keptEnd == nil
        else { throw .stale("The step no longer waits for this call.") }
        take(end(report, definition, at: instance), of: instance, isCancelRequested: open.isCancelRequested)
    }

    /// What a report comes to: an answer that is not as declared is a failure.
    private func end(_ report: CallReport, _ definition: CallStep, at instance: StepInstance) -> StepEnd {
        switch report {
        case .failed(let reason): return .failed(reason: String(reason.prefix(500)))
        case .answered(let status, let body):
            guard (200..<300).contains(status) else {
                return .failed(reason: "The service answered with the status \(status).")
            }
            let result = definition.answer.check(
                entries(of: body, in: definition.answer), in: activation(at: instance), context: context)
            guard result.problems.isEmpty else { return .failed(reason: Self.sentence(about: result.problems)) }
            return .answered(status: status, outputs: result.values)
        }
    }

    /// The call that an instance makes: its own, or that of its undo.
    private func callDefinition(of instance: StepInstance) -> CallStep? {
        if instance.isUndo {
            if case .call(let call)? = instance.step.undo { call } else { nil }
        } else if case .call(let call) = instance.step.kind {
            call
        } else {
            nil
        }
    }

    /// The members of an answer that are asked for. Services may answer more than that.
    private func entries(of body: JSONValue, in form: Form) -> [FieldID: Entry] {
        guard case .object(let members) = body else { return [:] }
        var entries: [FieldID: Entry] = [:]
        for field in form.fields {
            if let member = members[field.id.text] { entries[field.id] = .raw(member) }
        }
        return entries
    }

    /// Names what is wrong and not what was answered: the sentence is stored for ever.
    private static func sentence(about problems: [Rejection.FieldProblem]) -> String {
        let fields = problems.map { "`\($0.field)` (\($0.code))" }.joined(separator: ", ")
        return "The service's answer is not as declared: \(fields)."
    }
}

extension Value {
    /// The value inside a path of an address (RFC 3986, section 3.3): all but unreserved characters are percent-encoded.
    ///
    /// Nothing at all and segments of dots would turn the address into another one.
    fileprivate var pathSegment: String {
        get throws(EvaluationError) {
            let text: String
            switch json {
            case .string(let plain), .number(let plain): text = plain
            case .bool(let answer): text = answer ? "true" : "false"
            case .object where isMoney: text = "\(self)"
            case .null, .array, .object: text = ""
            }
            guard !text.isEmpty, text != ".", text != ".." else {
                throw EvaluationError(
                    code: "evaluation.path", message: "A value in the path of a call is empty or consists of dots.")
            }
            return text.percentEncoded
        }
    }

    private var isMoney: Bool { if case .money = self { true } else { false } }
}

extension String {
    /// With `%XX` for every UTF-8 octet that is no letter, digit or `-._~` of ASCII.
    var percentEncoded: String {
        var encoded = ""
        for byte in utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"):
                encoded.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                let digits = String(byte, radix: 16, uppercase: true)
                encoded += digits.utf8.count == 1 ? "%0\(digits)" : "%\(digits)"
            }
        }
        return encoded
    }
}
