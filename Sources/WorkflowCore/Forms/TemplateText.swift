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
            list(choice, in: requestType).map { label(text, $0) } ?? text
        case (.list(.record(let record)), .list):
            requestType.rows(record).map { self.text(value, .rows($0)) } ?? self.text(value)
        case (.list(let element), .list(let values)):
            values.map { text($0, element, in: requestType) }.joined(separator: ", ")
        default: text(value)
        }
    }
}

extension ValueText {
    /// The list of choices that a type stands for: of the request's own forms, else of those of its children, whose outputs it reads.
    private func list(_ type: ChoiceType, in requestType: RequestType) -> ChoiceList? {
        if let own = requestType.choices(type) { return own }
        return requestType.index.all.lazy.compactMap { step -> ChoiceList? in
            guard case .request(let child) = step.kind else { return nil }
            return configuration.requestTypes[child.type]?.choices(type)
        }.first
    }
}

extension RequestType {
    /// The list of choices that a type of its expressions stands for; nil when none of its forms asks for it.
    fileprivate func choices(_ type: ChoiceType) -> ChoiceList? {
        fields.lazy.compactMap(\.kind.choices).first { $0.expressionType == type }
    }

    /// The rows that a type of its expressions stands for; nil when none of its forms asks for them.
    fileprivate func rows(_ type: RecordType) -> RowsKind? {
        let type = ExpressionType.list(.record(type))
        return fields.lazy.compactMap { field in
            if case .rows(let rows) = field.kind, rows.expressionType == type { rows } else { nil }
        }.first
    }

    /// The fields of its form and of what its steps leave behind, columns after their rows.
    private var fields: [Field] {
        let steps = index.all.lazy.compactMap(\.kind.outputForm)
        return ([form.fields] + steps.map(\.fields)).flatMap { $0 }.flatMap { field in
            if case .rows(let rows) = field.kind { [field] + rows.columns.fields } else { [field] }
        }
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
