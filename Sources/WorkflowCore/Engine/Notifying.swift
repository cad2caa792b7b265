import Expressions

extension Decision {
    /// Tells people a text, frozen in every language, and settles.
    mutating func start(_ instance: StepInstance, _ notify: NotifyStep) throws(EvaluationError) {
        let activation = activation(at: instance)
        var text: [String: String] = [:]
        for (language, template) in notify.message.byLanguage {
            let values = ValueText(
                language: language, configuration: context.configuration, directory: context.directory,
                home: context.time.home)
            text[language] = try values.text(template, in: activation)
        }
        emit(.notified(instance.name, try people(at: instance).parties(notify.to), text: text))
        emit(.done(instance.name, outcome: nil))
    }
}
