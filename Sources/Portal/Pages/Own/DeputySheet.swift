import Expressions
import ServiceDesk
import WorkflowCore

/// Deputies as lines of a list, and the form that appoints one.
struct DeputySheet {
    let visit: Visit
    /// Where the forms go; nil where nothing can be changed.
    let base: String?

    private var texts: Texts { visit.texts }

    func row(_ deputy: DeputyView) -> SheetRowModel {
        var facts = [
            deputy.department.map { texts(.inDepartment, visit.department($0)) } ?? texts[.inEverything],
            days(deputy),
        ]
        if let by = deputy.appointedBy { facts.append(texts(.appointedBy, by.name)) }
        let title = texts(.standsInFor, deputy.deputy.name, deputy.person.name)
        var row = SheetRowModel(title: title, facts: facts)
        row.action = base.map { .small("\($0)/withdraw", id: deputy.id, texts[.withdraw], of: title) }
        return row
    }

    private func days(_ deputy: DeputyView) -> String {
        switch (deputy.from, deputy.until) {
        case (let from?, let until?): texts(.fromTo, texts.date(from), texts.date(until))
        case (let from?, nil): texts(.fromOn, texts.date(from))
        case (nil, let until?): texts(.upTo, texts.date(until))
        case (nil, nil): texts[.always]
        }
    }

    func errors(_ refusal: Rejection?) -> ErrorSummary? {
        ErrorSummary(refusal.map { [LineModel(text: text($0), address: "#\(field($0))")] } ?? [], texts: texts)
    }

    private func text(_ refusal: Rejection) -> String {
        refusal.code == "deputy.unknown_person" ? texts[.noPerson] : texts.refusal(refusal)
    }

    /// What a refusal is about.
    private func field(_ refusal: Rejection) -> String {
        switch refusal.code {
        case "deputy.bad_days": "until"
        case "deputy.unknown_department": "department"
        default: "deputy"
        }
    }

    /// - Parameter department: The only one that it is about; nil lets the reader choose.
    func form(
        _ typed: FormFields?, _ refusal: Rejection?, asksWhom: Bool, department: DepartmentID?
    ) -> ActionForm {
        var questions: [QuestionModel] = []
        if asksWhom { questions.append(person("person", .forWhomDeputy, typed)) }
        questions.append(person("deputy", .whoStandsIn, typed))
        if department == nil {
            var choice = QuestionModel(name: "department", label: texts[.inWhichDepartment], help: nil, look: .select)
            choice.isOptional = true
            choice.nothing = texts[.anyDepartment]
            choice.options = visit.organisation.departments.keys.map { ($0, visit.department($0)) }
                .sorted { $0.1 < $1.1 }
                .map { id, title in
                    OptionModel(
                        id: "", value: id.text, label: title, isChecked: typed?["department"] == id.text)
                }
            questions.append(choice)
        }
        for (name, label) in [("from", OfficeText.fromDay), ("until", .untilDay)] {
            var day = QuestionModel(name: name, label: texts[label], help: nil)
            (day.input, day.width, day.isOptional) = ("date", "short", true)
            day.value = typed?[name] ?? ""
            questions.append(day)
        }
        let wrong = refusal.map(field)
        return ActionForm(
            address: base ?? "", key: "",
            questions: questions.map { question in
                var question = question
                if question.name == wrong { question.error = refusal.map(text) }
                return question
            },
            buttons: [ButtonModel(text: texts[.appoint], style: "primary")])
    }

    private func person(_ name: String, _ label: OfficeText, _ typed: FormFields?) -> QuestionModel {
        var question = QuestionModel(name: name, label: texts[label], help: texts[.personHelp])
        (question.isPerson, question.width) = (true, "middle")
        question.value = typed?[name] ?? ""
        return question
    }
}
