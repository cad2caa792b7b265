public import Expressions

/// A file that somebody has uploaded, as forms and expressions know it: what it is called, never what is in it.
public struct AttachedFile: Hashable, Sendable {
    /// Under which its content is kept.
    public let id: UniqueID
    /// What people call it, without folders; at most 255 octets.
    public let name: String
    /// Its length in octets.
    public let size: Int64
    /// One of `MediaTypes.known`, else `application/octet-stream`.
    public let mediaType: String

    /// Takes the parts as they are.
    public init(id: UniqueID, name: String, size: Int64, mediaType: String) {
        self.id = id
        self.name = name
        self.size = size
        self.mediaType = mediaType
    }

    /// A record with `name`, `size` and `media_type` for expressions, and the identifier under a key that no expression can write.
    public var value: Value {
        .map([
            Self.identifierKey: .string(id.description), .string("name"): .string(name), .string("size"): .int(size),
            .string("media_type"): .string(mediaType),
        ])
    }

    /// Reads what `value` wrote; nil for everything else.
    public init?(_ value: Value) {
        guard case .map(let members)? = value.present, case .string(let text)? = members[Self.identifierKey],
            let id = UniqueID(text), case .string(let name)? = members[.string("name")],
            case .int(let size)? = members[.string("size")], case .string(let type)? = members[.string("media_type")]
        else { return nil }
        self.init(id: id, name: name, size: size, mediaType: type)
    }

    /// What expressions see.
    public static let expressionType = ExpressionType.record(
        RecordType(
            name: "a file",
            fields: [
                "name": VariableDeclaration(type: .string, size: .text(255)),
                "size": VariableDeclaration(type: .int),
                "media_type": VariableDeclaration(type: .string, size: .text(100)),
            ]))

    private static let identifierKey = Value.string("$file")
}

extension ExpressionType {
    /// Whether a value of it may hold files.
    public var holdsFiles: Bool {
        switch self {
        case AttachedFile.expressionType: true
        case .list(let element), .optional(let element), .type(let element): element.holdsFiles
        case .map(let key, let value): key.holdsFiles || value.holdsFiles
        case .record(let record): record.fields.values.contains { $0.type.holdsFiles }
        default: false
        }
    }
}

extension Value {
    /// All files in it, in lists and rows too, in the order in which they stand there.
    public var files: [AttachedFile] {
        if let file = AttachedFile(self) { return [file] }
        switch self {
        case .list(let elements): return elements.flatMap(\.files)
        case .map(let members): return members.keys.sorted { "\($0)" < "\($1)" }.flatMap { members[$0]?.files ?? [] }
        case .optional(let value?): return value.files
        default: return []
        }
    }
}

/// Which files a field takes.
public struct FileKind: Hashable, Sendable {
    /// Never empty.
    public let types: Set<FileClass>
    /// In octets.
    public let maximumSize: Int64

    /// Takes the parts as they are.
    public init(types: Set<FileClass>, maximumSize: Int64) {
        self.types = types
        self.maximumSize = maximumSize
    }

    /// The largest size for people: `10 MB`, `500 kB`.
    var sizeText: String {
        maximumSize.isMultiple(of: 1_000_000) ? "\(maximumSize / 1_000_000) MB" : "\(maximumSize / 1_000) kB"
    }

    func takes(_ mediaType: String) -> Bool {
        types.contains { $0 == .any || MediaTypes.known[mediaType] == $0 }
    }
}

/// What files are, as people speak of them.
public enum FileClass: String, CaseIterable, Sendable, Comparable {
    case pdf, image, text, office, any

    /// In the order in which they stand above.
    public static func < (left: FileClass, right: FileClass) -> Bool {
        allCases.firstIndex(of: left) ?? 0 < allCases.firstIndex(of: right) ?? 0
    }
}

/// The media types that Bureau tells apart; everything else is kept as `application/octet-stream`.
public enum MediaTypes {
    /// What is given out for everything that is not known.
    public static let unknown = "application/octet-stream"

    /// By media type (IANA, in small letters). Nothing that a browser would run: no HTML, no SVG, no script.
    public static let known: [String: FileClass] = [
        "application/pdf": .pdf, "image/png": .image, "image/jpeg": .image, "image/gif": .image, "image/webp": .image,
        "image/heic": .image, "image/tiff": .image, "text/plain": .text, "text/csv": .text,
        "application/msword": .office, "application/vnd.ms-excel": .office, "application/vnd.ms-powerpoint": .office,
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document": .office,
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": .office,
        "application/vnd.openxmlformats-officedocument.presentationml.presentation": .office,
        "application/vnd.oasis.opendocument.text": .office, "application/vnd.oasis.opendocument.spreadsheet": .office,
        "application/vnd.oasis.opendocument.presentation": .office, "application/rtf": .office,
    ]

    /// By the end of a name, in small letters.
    public static let endings: [String: String] = [
        "pdf": "application/pdf", "png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "gif": "image/gif",
        "webp": "image/webp", "heic": "image/heic", "tif": "image/tiff", "tiff": "image/tiff", "txt": "text/plain",
        "log": "text/plain", "csv": "text/csv", "doc": "application/msword", "xls": "application/vnd.ms-excel",
        "ppt": "application/vnd.ms-powerpoint",
        "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        "odt": "application/vnd.oasis.opendocument.text", "ods": "application/vnd.oasis.opendocument.spreadsheet",
        "odp": "application/vnd.oasis.opendocument.presentation", "rtf": "application/rtf",
    ]

    /// The type under which a file is kept. The ending decides, as it does on the machine where somebody opens the file; what the sender
    /// declares counts only for a name without one.
    public static func of(name: String, declared: String?) -> String {
        guard !name.contains("."), let declared, known[declared] != nil else { return ofName(name) }
        return declared
    }

    /// The type that a name's ending stands for; `unknown` for any other.
    public static func ofName(_ name: String) -> String {
        guard let dot = name.lastIndex(of: ".") else { return unknown }
        return endings[name[name.index(after: dot)...].lowercased()] ?? unknown
    }
}

/// The files that entries of a command may name.
public enum FileSource: Sendable {
    /// Those that the person has uploaded, by identifier.
    case uploaded([UniqueID: AttachedFile])
    /// A text is the name of a file that need not exist: scenarios and simulations.
    case madeUp

    /// The file that an entry names; nil when there is none that the person may name.
    public func file(_ text: String) -> AttachedFile? {
        switch self {
        case .uploaded(let files): return UniqueID(text).flatMap { files[$0] }
        case .madeUp:
            if text.isEmpty || text.contains("/") { return nil }
            var (high, low): (UInt64, UInt64) = (0xCBF2_9CE4_8422_2325, 0x8422_2325_CBF2_9CE4)
            for byte in text.utf8 {
                high = (high ^ UInt64(byte)) &* 0x100_0000_01B3
                low = (low ^ high) &* 0x100_0000_01B3
            }
            return AttachedFile(
                id: UniqueID(high: high, low: low), name: text, size: 1_000, mediaType: MediaTypes.ofName(text))
        }
    }
}

extension FieldKind {
    /// Whether its values may hold files.
    public var holdsFiles: Bool {
        switch self {
        case .file: true
        case .list(let element, _, _, _): element.holdsFiles
        case .rows(let rows): rows.columns.fields.contains { $0.kind.holdsFiles }
        default: false
        }
    }
}
