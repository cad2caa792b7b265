public import Expressions

extension LocalizedTemplate {
    /// The template in the reader's language (`de` serves `de-AT`), else in the first of the organisation's that it has; nil without any.
    public func template(for reader: ValueText) -> CheckedTemplate? {
        reader.languages.lazy.compactMap { byLanguage[$0] }.first
    }

    /// The text in the reader's language, else in the first of the organisation's that it has, with values as that reader reads them:
    /// dates and moments written out, choices by their labels, people by name. Nil when there is none or an expression in it fails.
    public func text(_ values: ValueText, in activation: RequestActivation) -> String? {
        guard let template = template(for: values) else { return nil }
        do throws(EvaluationError) {
            return try values.text(template, in: activation)
        } catch {
            return nil
        }
    }
}

extension ValueText {
    /// The text of a template with the values of a request.
    ///
    /// - Throws: the first expression's error.
    public func text(_ template: CheckedTemplate, in activation: RequestActivation) throws(EvaluationError) -> String {
        try template.evaluate(in: activation) { value, type in text(value, type, in: activation.type) }
    }

    /// A value of an expression in a request of that type.
    private func text(_ value: Value, _ type: ExpressionType, in requestType: RequestType) -> String {
        switch (type, value) {
        case (.choice(let choice), .string(let text)):
            requestType.choices(choice).map { label(text, $0) } ?? text
        case (.list(let element), .list(let values)):
            values.map { text($0, element, in: requestType) }.joined(separator: ", ")
        default: text(value)
        }
    }
}

extension RequestType {
    /// The list of choices that a type of its expressions stands for; nil when none of its forms asks for it.
    fileprivate func choices(_ type: ChoiceType) -> ChoiceList? {
        let tasks = index.all.lazy.compactMap { step -> Form? in
            if case .task(let task) = step.kind { task.form } else { nil }
        }
        for fields in [form.fields] + tasks.map(\.fields) {
            for field in fields {
                if let list = field.kind.choices, list.expressionType == type { return list }
            }
        }
        return nil
    }
}

extension FieldKind {
    /// What is chosen from; nil when nothing is.
    fileprivate var choices: ChoiceList? {
        switch self {
        case .choice(let list), .choices(let list, _, _): list
        case .list(of: let element, _, _, _): element.choices
        default: nil
        }
    }
}
