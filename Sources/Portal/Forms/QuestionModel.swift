import ServiceDesk
import WorkflowCore

/// A question as its template shows it.
struct QuestionModel: ViewModel {
    enum Look: Sendable { case input, long, select, options, rows, computed, files }

    /// Of the field in the form: `f.items[0].what`.
    let name: String
    var label: String
    var help: String?
    var look = Look.input
    var isOptional = false
    var error: String?
    var value = ""
    /// The type of the input: `text`, `date`, `radio`.
    var input = "text"
    var inputMode: String?
    var autocomplete: String? = "off"
    var unit: String?
    var width: String?
    var height = "4"
    var isPerson = false
    /// Whether the form says that it asked this.
    var isShown = false
    var options: [OptionModel] = []
    /// What it means that nothing is chosen; nil where something must be.
    var nothing: String?
    /// Further answers of a list, by what they have in common.
    var groups: [OptionGroupModel] = []
    var rows: [RowModel] = []
    var addRow: String?
    var files: [FileModel] = []
    /// Whether several files may be chosen.
    var isMany = false
    /// Which files the browser offers; nil for all.
    var accept: String?
    /// Of a file, in octets.
    var maximumSize = 0

    /// Unique on the page; the name where nothing else is said.
    private var ownID: String?
    var id: String { ownID ?? name }
    var isGroup: Bool { look == .options || look == .rows }
    /// What the label of the error summary leads to: the first thing that can be filled.
    var target: String {
        switch look {
        case .options: options.first?.id ?? anchor
        case .rows, .computed: anchor
        case .input, .long, .select, .files: id
        }
    }
    var anchor: String { "q-\(id)" }

    init(name: String, label: String, help: String?, look: Look = .input) {
        self.name = name
        self.label = label
        self.help = help
        self.look = look
    }

    /// The same where several forms of a page have a field of that name.
    func identified(_ id: String) -> QuestionModel {
        var question = self
        question.ownID = id
        return question
    }

    private var described: String? {
        let parts = [help == nil ? nil : "\(id)-help", error == nil ? nil : "\(id)-error"].compactMap { $0 }
        return parts.isEmpty ? nil : parts.joined(separator: " ")
    }

    static let readable: [String: Readable<Self>] = [
        "name": .text { $0.name },
        "id": .text { $0.id },
        "anchor": .text { $0.anchor },
        "label": .text { $0.label },
        "help": .text { $0.help },
        "error": .text { $0.error },
        "described": .text { $0.described },
        "value": .text { $0.value },
        "input": .text { $0.input },
        "input_mode": .text { $0.inputMode },
        "autocomplete": .text { $0.autocomplete },
        "unit": .text { $0.unit },
        "width": .text { $0.width },
        "height": .text { $0.height },
        "is_person": .flag { $0.isPerson },
        "is_optional": .flag { $0.isOptional },
        "is_shown": .flag { $0.isShown && $0.look != .computed },
        "is_group": .flag { $0.isGroup },
        "is_rows": .flag { $0.look == .rows },
        "is_computed": .flag { $0.look == .computed },
        "is_select": .flag { $0.look == .select },
        "is_long": .flag { $0.look == .long },
        "is_input": .flag { $0.look == .input },
        "is_files": .flag { $0.look == .files },
        "files": .list { $0.files },
        "is_many": .flag { $0.isMany },
        "accept": .text { $0.accept },
        "maximum_size": .text { String($0.maximumSize) },
        "nothing": .text { $0.nothing },
        "options": .list { $0.options },
        "groups": .list { $0.groups },
        "rows": .list { $0.rows },
        "add_row": .text { $0.addRow },
    ]
}

/// One of several answers.
struct OptionModel: ViewModel {
    let id: String
    let value: String
    let label: String
    let isChecked: Bool

    static let readable: [String: Readable<Self>] = [
        "option_id": .text { $0.id },
        "value": .text { $0.value },
        "label": .text { $0.label },
        "is_checked": .flag { $0.isChecked },
    ]
}

/// Answers that have something in common.
struct OptionGroupModel: ViewModel {
    let label: String
    let options: [OptionModel]

    static let readable: [String: Readable<Self>] = [
        "group_label": .text { $0.label },
        "options": .list { $0.options },
    ]
}

/// One row of a question with rows.
struct RowModel: ViewModel {
    let title: String
    let name: String
    /// Nil when there must be so many rows.
    let remove: String?
    let questions: [QuestionModel]

    static let readable: [String: Readable<Self>] = [
        "row_title": .text { $0.title },
        "row_name": .text { $0.name },
        "remove": .text { $0.remove },
        "questions": .list { $0.questions },
    ]
}
