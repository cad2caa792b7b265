import Expressions
import WorkflowCore

/// The files of a bundle by what they are; a file's place says it.
struct BundleFiles {
    /// A file of a department.
    struct Own {
        let department: String
        let path: String
        let node: YAMLNode
    }
    /// A file that is one request type. It is read when its turn comes: nodes take far more room than their text, and what is read,
    /// used and freed at once stays in the processor's cache.
    struct RequestFile {
        let department: String
        let name: String
        let path: String
        let text: String
    }

    private(set) var shared: [String: YAMLNode] = [:]
    private(set) var departments: [Own] = []
    private(set) var teams: [Own] = []
    private(set) var requests: [RequestFile] = []
    /// The request types that have a file, readable or not.
    private(set) var requestTypes: Set<String> = []
    /// The complaints about references that a file which cannot be read leaves without ground.
    private(set) var groundless: Set<DiagnosticCode> = []
    /// The folders below `departments/`, in order.
    private(set) var departmentNames: [String] = []

    static let sharedFiles = ["organisation", "groups", "skills", "roles", "lists", "services"]

    /// Reads every file but those of request types, in the order of their paths. A file that cannot be read has been complained about
    /// and is left out.
    init(_ bundle: ConfigurationBundle, findings: Findings) {
        var names: Set<String> = []
        for path in bundle.files.keys.sorted() where ConfigurationBundle.isConfiguration(path) {
            guard let text = bundle.files[path] else { continue }
            let parts = path.split(separator: "/").map(String.init)
            guard let place = Self.place(parts) else {
                Self.complain(about: path, parts, findings)
                continue
            }
            if parts[0] == "departments" { names.insert(parts[1]) }
            if case .request(let name) = place {
                requestTypes.insert("\(parts[1]).\(name)")
                requests.append(RequestFile(department: parts[1], name: name, path: path, text: text))
                continue
            }
            let read = YAMLReader.read(text, path: path, findings: findings)
            if Self.isUnreadable(read, text) { groundless.formUnion(place.references) }
            guard let node = read else { continue }
            switch place {
            case .shared(let name): shared[name] = node
            case .department: departments.append(Own(department: parts[1], path: path, node: node))
            case .teams: teams.append(Own(department: parts[1], path: path, node: node))
            case .request: break
            }
        }
        departmentNames = names.sorted()
        for name in Self.sharedFiles where bundle.files["shared/\(name).yaml"] == nil && name == "organisation" {
            findings.error(
                .configMissingFile, "`shared/\(name).yaml` is missing.",
                at: SourceLocation(file: "shared/\(name).yaml", line: 1, column: 1))
        }
        for name in departmentNames where bundle.files["departments/\(name)/department.yaml"] == nil {
            let file = "departments/\(name)/department.yaml"
            findings.error(
                .configMissingFile, "`\(file)` is missing.",
                hint: "Every department says its title, prefix and agents there.",
                at: SourceLocation(file: file, line: 1, column: 1))
        }
    }

    /// Whether a file may declare what nobody can read; one that is empty declares nothing.
    private static func isUnreadable(_ node: YAMLNode?, _ text: String) -> Bool {
        if case .mapping? = node { return false }
        return text.split(whereSeparator: \.isNewline).contains { line in
            line.first { !$0.isWhitespace }.map { $0 != "#" } ?? false
        }
    }

    private enum Place {
        case shared(String)
        case department
        case teams
        case request(String)

        /// The complaints about what is declared there.
        var references: Set<DiagnosticCode> {
            switch self {
            case .shared("groups"): [.unknownGroup]
            case .shared("skills"): [.unknownSkill]
            case .shared("roles"): [.unknownRole]
            case .shared("lists"): [.unknownList]
            case .shared("services"): [.unknownService]
            case .teams: [.unknownTeam]
            case .shared, .department, .request: []
            }
        }
    }

    private static func place(_ parts: [String]) -> Place? {
        guard let file = parts.last, file.hasSuffix(".yaml") else { return nil }
        let name = String(file.dropLast(5))
        switch parts.count {
        case 2 where parts[0] == "shared" && sharedFiles.contains(name): return .shared(name)
        case 3 where parts[0] == "departments" && Names.isSharedName(parts[1]) && name == "department":
            return .department
        case 3 where parts[0] == "departments" && Names.isSharedName(parts[1]) && name == "teams": return .teams
        case 4 where parts[0] == "departments" && Names.isSharedName(parts[1]) && parts[2] == "requests":
            return Names.isIdentifier(name) ? .request(name) : nil
        default: return nil
        }
    }

    private static func complain(about path: String, _ parts: [String], _ findings: Findings) {
        findings.error(
            .configUnknownFile, "`\(path)` has no place in the configuration.", hint: hint(for: parts),
            at: SourceLocation(file: path, line: 1, column: 1))
    }

    private static func hint(for parts: [String]) -> String {
        let file = parts.last ?? ""
        switch (parts[0], parts.count) {
        case ("departments", 3...) where !Names.isSharedName(parts[1]):
            return "The name of a department has small letters, digits and hyphens."
        case ("departments", 4) where parts[2] == "requests" && file.hasSuffix(".yaml"):
            return "The name of a request type has small letters, digits and underscores."
        case ("departments", 3) where file.hasSuffix(".yaml"):
            return near(file, ["department", "teams"], in: "departments/\(parts[1])/")
                ?? "Request types stand in departments/\(parts[1])/requests/."
        case ("shared", 2):
            if let near = near(file, sharedFiles, in: "shared/") { return near }
        default: break
        }
        return "There are shared/…, departments/<id>/department.yaml, teams.yaml and requests/<name>.yaml."
    }

    private static func near(_ file: String, _ names: [String], in folder: String) -> String? {
        NearestName.of(String(file.prefix { $0 != "." }), among: names).map { "Did you mean `\(folder)\($0).yaml`?" }
    }
}
