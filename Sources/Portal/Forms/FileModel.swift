import WorkflowCore

/// A file in a form: chosen, and stored already.
struct FileModel: ViewModel {
    let name: String
    let size: String
    /// The name of its question.
    let question: String
    let id: String

    init(_ file: AttachedFile, of question: String, _ texts: Texts) {
        name = file.name
        size = FileWords.size(Int(file.size), texts)
        self.question = question
        id = file.id.description
    }

    static let readable: [String: Readable<Self>] = [
        "file_name": .text { $0.name },
        "file_size": .text { $0.size },
        "file_question": .text { $0.question },
        "file_id": .text { $0.id },
        "drop": .text { "drop:\($0.question):\($0.id)" },
    ]
}

/// Files that were just stored, for a page that shows the rest of the question already.
struct FilesContent: ViewModel {
    let files: [FileModel]
    /// Why one was not taken.
    let refusal: String?

    static let readable: [String: Readable<Self>] = [
        "files": .list { $0.files },
        "refusal": .text { $0.refusal },
    ]
}

/// What files are, in words.
enum FileWords {
    /// `12 kB`, `3.4 MB`.
    static func size(_ octets: Int, _ texts: Texts) -> String {
        if octets < 1_000 { return "\(octets) B" }
        if octets < 999_500 { return "\((octets + 500) / 1_000) kB" }
        let tenths = (octets + 50_000) / 100_000
        let whole = "\(tenths / 10)"
        return tenths % 10 == 0 ? "\(whole) MB" : "\(texts.numberEntry("\(whole).\(tenths % 10)")) MB"
    }

    /// The kinds that a question takes: `PDF, image`; empty for all.
    static func kinds(_ types: [String], _ texts: Texts) -> String {
        types.compactMap { type -> String? in
            switch FileClass(rawValue: type) {
            case .pdf: "PDF"
            case .image: texts[.fileImage]
            case .text: texts[.fileText]
            case .office: texts[.fileOffice]
            case .any, nil: nil
            }
        }.joined(separator: ", ")
    }

    /// What a file input offers: endings of the kinds that are taken; nil for all.
    static func accept(_ types: [String]) -> String? {
        let classes = types.compactMap(FileClass.init)
        guard !classes.isEmpty, !classes.contains(.any) else { return nil }
        return MediaTypes.endings.filter { MediaTypes.known[$0.value].map(classes.contains) ?? false }
            .keys.sorted().map { ".\($0)" }.joined(separator: ",")
    }
}
